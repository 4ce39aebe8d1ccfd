"""The demo in a terminal: how far it has come, and what was just sent to whom."""

from threading import Event, Thread

from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from service.demo.performance import DAYS, FIRST_DAY, Performance, daemon_for, on_stage
from service.demo.received import letterhead
from service.errors import Language
from service.messages.wording import long_date

SHOWN = 12
SECONDS_A_PICTURE = 0.15
# A day's cards are posted after its mails; sorted by these words they stand so.
MAIL, CARD = "mail", "teams"

WORDS: dict[Language, dict[str, str]] = {
    "da": {
        "intro": "To års påmindelser på et par minutter. Alt bliver på denne maskine; se det på {url}",
        "headings": "Dato|Til|Kanal|Emne",
        "over": "Den sidste besked er sendt. Se det hele på {url}; stop med Ctrl-C.",
        "totals": "{planned} påmindelser planlagt = {accepted} modtaget + {waiting} venter til efter demoen "
        "+ {withdrawn} trukket tilbage, fordi milepælen blev meldt udført + {expired} udløbet "
        "+ {failed} fejlet + {suppressed} undertrykt.",
        "received": "I den anden ende: {mails} mails og {cards} Teams-kort, hvert med alt fra sin dag.",
    },
    "en": {
        "intro": "Two years of reminders in a few minutes. All of it stays on this machine; look at {url}",
        "headings": "Date|To|Channel|Subject",
        "over": "The last message is sent. Look at it all at {url}; stop with Ctrl-C.",
        "totals": "{planned} notices planned = {accepted} accepted + {waiting} waiting until after the demo "
        "+ {withdrawn} withdrawn since the milestone was reported done + {expired} expired "
        "+ {failed} failed + {suppressed} suppressed.",
        "received": "At the other end: {mails} mails and {cards} Teams cards, each with all of its day.",
    },
}


def perform(language: Language, *, port: int, seconds: float, exit_at_end: bool) -> None:
    """Run the demo; returns when its last notice is sent (`exit_at_end`) or when it is stopped."""
    console = Console(highlight=False)
    words = WORDS[language]
    with on_stage(language, port) as performance:
        console.print(words["intro"].format(url=performance.url))
        daemon = daemon_for(performance, seconds)
        daemon.stop_on_signals()
        view = Thread(
            target=_show,
            args=(console, language, performance, daemon.stopping),
            kwargs={"exit_at_end": exit_at_end},
        )
        view.start()
        daemon.run()
        view.join()
        totals = performance.totals()
        console.print(words["totals"].format(**totals))
        console.print(words["received"].format(**totals))


def _show(
    console: Console, language: Language, performance: Performance, stopping: Event, *, exit_at_end: bool
) -> None:
    """Draw until the performance is over or stopped; where there is no terminal, a line a message instead."""
    draw = _pictures if console.is_terminal else _lines
    draw(console, language, performance, stopping)
    if exit_at_end:
        stopping.set()
    elif not stopping.is_set():
        console.print(WORDS[language]["over"].format(url=performance.url))


def _pictures(console: Console, language: Language, performance: Performance, stopping: Event) -> None:
    with Live(console=console, auto_refresh=False) as live:
        while not stopping.wait(SECONDS_A_PICTURE) and not performance.is_over:
            live.update(_picture(language, performance), refresh=True)
        live.update(_picture(language, performance), refresh=True)


def _picture(language: Language, performance: Performance) -> Group:
    played = (performance.today - FIRST_DAY).days + 1
    sent = Table(*WORDS[language]["headings"].split("|"), expand=True, box=None, pad_edge=False)
    for line in _sent(performance)[-SHOWN:]:
        sent.add_row(*(Text(part, no_wrap=True, overflow="ellipsis") for part in line))
    day = Text(f"{long_date(language, performance.today)}", style="bold")
    return Group(day, ProgressBar(total=DAYS, completed=played), sent)


def _lines(console: Console, _language: Language, performance: Performance, stopping: Event) -> None:
    told = 0
    while True:
        is_last = performance.is_over or stopping.wait(SECONDS_A_PICTURE)
        sent = _sent(performance)
        for line in sent[told:]:
            console.print("  ".join(line), soft_wrap=True, markup=False)
        told = len(sent)
        if is_last:
            return


def _sent(performance: Performance) -> list[tuple[str, str, str, str]]:
    """Date, recipient, channel and subject of everything received, in the order it came."""
    mails = [
        (mail.received_at, MAIL, mail.number, letterhead(mail).to, letterhead(mail).subject)
        for mail in performance.mailbox.messages()
    ]
    cards = [
        (card.received_at, CARD, card.number, card.recipient, str(card.card.get("fallbackText", "")))
        for card in performance.receiver.cards()
    ]
    return [
        (received_at.date().isoformat(), to, channel, subject)
        for received_at, channel, _number, to, subject in sorted(mails + cards)
    ]
