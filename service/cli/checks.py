"""What `doctor` looks at; each answer is one sentence."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from service.bootstrap import Parts, clock_of, open_parts
from service.cli.output import phrase, reply_language
from service.configured import office_of
from service.delivery.diagnosis import explain, explain_trouble, explain_unread
from service.delivery.patience import WHILE_SOMEBODY_WAITS
from service.delivery.receipt import Answer, Receipt
from service.delivery.relay import Relay
from service.delivery.smtp import SmtpTransport
from service.errors import RettidigError
from service.incoming.inbox import Inbox, InboxUnread, opened
from service.messages.wording import short_date
from service.plan.finding import Severity
from service.plan.plan import Plan
from service.reading.reader import read_plan
from service.reminders.notice import Hearer
from service.reminders.trouble import Medium, of_those_who_hear
from service.rounds import hearers_now
from service.settings import Settings, cautions, clock_shift
from service.storage.chain import verify
from service.storage.notices import held_count
from service.storage.outgoing import late_count
from service.storage.troubles import open_troubles

LATE = timedelta(hours=1)
INBOX_SECONDS = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    name: str
    fine: bool
    sentence: str


def check_everything(settings: Settings) -> list[Check]:
    """Everything a daemon would need, looked at once: nothing is sent and no plan is stored."""
    return [*_plan_checks(settings), *_setting_checks(settings), *_service_checks(settings)]


def _plan_checks(settings: Settings) -> Iterator[Check]:
    name = phrase("planen", "the plan")
    try:
        plan = read_plan(Path(settings.plan))
    except RettidigError as unreadable:
        yield Check(name=name, fine=False, sentence=unreadable.sentence(reply_language()))
        return
    errors = [finding for finding in plan.findings if finding.severity is Severity.ERROR]
    counted = phrase(f"{len(plan.milestones)} milepæle læst.", f"{len(plan.milestones)} milestones read.")
    yield Check(name=name, fine=True, sentence=counted)
    language = reply_language()
    for finding in errors:
        place = finding.where.in_words(language)
        yield Check(name=name, fine=False, sentence=f"{place}: {finding.message(language)}")
    yield from _recipient_checks(settings, plan)


def _recipient_checks(settings: Settings, plan: Plan) -> Iterator[Check]:
    name = phrase("modtagerne", "the recipients")
    office = office_of(settings)
    _, told, findings = office.settle(plan)
    count = len({each.recipient for each in told})
    yield Check(name=name, fine=bool(told), sentence=phrase(f"{count} sat op.", f"{count} set up."))
    today = office.rules.local_day(clock_of(settings).now())
    for hearer in {each.recipient: each for each in told}.values():
        if last := hearer.preferences.away_until(today):
            yield Check(name=name, fine=True, sentence=_away(hearer, last))
    for finding in findings:
        fine = finding.severity is not Severity.ERROR
        yield Check(name=name, fine=fine, sentence=finding.message(reply_language()))


def _away(hearer: Hearer, last: date) -> str:
    day = short_date(reply_language(), last)
    return phrase(
        f"{hearer.recipient.upper()} holder pause til og med {day}.",
        f"{hearer.recipient.upper()} pauses until {day}, that day included.",
    )


def _setting_checks(settings: Settings) -> Iterator[Check]:
    for finding in (*clock_shift(settings), *cautions(settings)):
        yield Check(
            name=phrase("indstillingerne", "the settings"),
            fine=finding.severity is not Severity.ERROR,
            sentence=finding.message(reply_language()),
        )


def _service_checks(settings: Settings) -> Iterator[Check]:
    with open_parts(settings) as parts:
        ready = phrase("Åbnet, og skemaet er det rette.", "Opened, and its schema is this program's.")
        yield Check(name=phrase("databasen", "the database"), fine=True, sentence=ready)
        with parts.database.read() as connection:
            broken_at = verify(connection).broken_at
        whole = phrase("Hel; ingen linje er ændret.", "Whole; no entry was changed.")
        changed = phrase(f"Ændret ved nr. {broken_at}.", f"Changed at no. {broken_at}.")
        fine = broken_at is None
        yield Check(name=phrase("optegnelsen", "the record"), fine=fine, sentence=whole if fine else changed)
        if parts.relay is None:
            yield Check(
                name=phrase("mailserveren", "the mail relay"),
                fine=not any(each.recipient.emails for each in settings.configured_recipients()),
                sentence=phrase("RETTIDIG_SMTP__HOST er ikke sat.", "RETTIDIG_SMTP__HOST is not set."),
            )
        else:
            yield _relay_check(parts.relay)
        if parts.inbox:
            yield _inbox_check(parts.inbox)
        yield from _outbox_checks(parts)


def _relay_check(relay: Relay) -> Check:
    with closing(SmtpTransport(relay, WHILE_SOMEBODY_WAITS)) as transport:
        greeted = transport.greet()
    fine = greeted.answer is Answer.ACCEPTED
    ready = phrase("Svarer, og vi må sende.", "It answers, and we may send.")
    said = ready if fine else explain(greeted, relay, reply_language())
    return Check(name=phrase("mailserveren", "the mail relay"), fine=fine, sentence=said)


def _inbox_check(inbox: Inbox) -> Check:
    """Whether the mailbox can be read. Nothing in it is touched."""
    name = phrase("postkassen", "the mailbox")
    try:
        with opened(replace(inbox, opening=INBOX_SECONDS, command=INBOX_SECONDS), readonly=True) as session:
            can_put_away = not inbox.move_to or (session.can_move and session.has_folder(inbox.move_to))
    except InboxUnread as unread:
        receipt = Receipt(answer=Answer.FAILED, stage=unread.stage, code=unread.code, text=unread.text)
        said = explain_unread(receipt, inbox.host, inbox.port, reply_language())
        return Check(name=name, fine=False, sentence=said)
    ready = phrase("Kan læses.", "It can be read.")
    missing = phrase(
        "Kan læses, men der er ingen mappe som i RETTIDIG_INBOX__MOVE_TO, eller serveren flytter ingen mail.",
        "It can be read, but there is no folder as in RETTIDIG_INBOX__MOVE_TO, or the server moves no mails.",
    )
    return Check(name=name, fine=can_put_away, sentence=ready if can_put_away else missing)


def _outbox_checks(parts: Parts) -> Iterator[Check]:
    """Who cannot be reached, what waits for somebody's word, and what should have left long ago."""
    with parts.database.read() as connection:
        troubles = open_troubles(connection)
        held = held_count(connection)
        late = late_count(connection, parts.clock.now() - LATE)
    for trouble in of_those_who_hear(troubles, hearers_now(parts.database, parts.office)):
        if trouble.medium is Medium.INBOX:
            continue  # it was looked into just now
        said = explain_trouble(trouble, parts.relay, reply_language())
        yield Check(name=trouble.recipient.upper(), fine=False, sentence=said)
    name = phrase("udbakken", "the outbox")
    if held:
        yield Check(
            name=name,
            fine=False,
            sentence=phrase(
                f"{held} påmindelser venter på godkendelse: rettidig outbox --approve",
                f"{held} notices wait for approval: rettidig outbox --approve",
            ),
        )
    if late:
        yield Check(
            name=name,
            fine=False,
            sentence=phrase(
                f"{late} beskeder har ventet mere end en time; se rettidig outbox.",
                f"{late} messages have waited for more than an hour; see rettidig outbox.",
            ),
        )
