"""Every phrase of a rehearsal, on paper and on the terminal, in Danish and English."""

from collections.abc import Collection

from service.errors import Language
from service.messages.wording import Phrase, in_language
from service.reminders.digest import Collected
from service.reminders.rehearsal import Tally, count_by

PHRASES: dict[str, Phrase] = {
    "title": Phrase("Prøvekørsel", "Rehearsal"),
    "untitled": Phrase("Plan uden titel", "Plan without a title"),
    "span": Phrase(
        "Prøvekørsel fra {since} til {until}. Intet er sendt.",
        "Rehearsal from {since} to {until}. Nothing was sent.",
    ),
    "weekdays": Phrase("Ma Ti On To Fr Lø Sø", "Mo Tu We Th Fr Sa Su"),
    # --- counts ------------------------------------------------------------------------------------------
    "reminders.one": Phrase("1 påmindelse", "1 reminder"),
    "reminders.many": Phrase("{count} påmindelser", "{count} reminders"),
    "invites.one": Phrase("1 invitation", "1 invitation"),
    "invites.many": Phrase("{count} invitationer", "{count} invitations"),
    "both": Phrase("{reminders} og {invites}", "{reminders} and {invites}"),
    "to.one": Phrase("{what} til 1 modtager", "{what} to 1 recipient"),
    "to.many": Phrase("{what} til {count} modtagere", "{what} to {count} recipients"),
    "nothing": Phrase("Ingen beskeder i perioden.", "No messages in this time."),
    "month.none": Phrase("ingen beskeder", "no messages"),
    "legend": Phrase(
        "3+8 er 3 påmindelser (mail eller Teams-kort) og 8 kalenderinvitationer; * er en dag med beskeder.",
        "3+8 is 3 reminders (by mail or Teams card) and 8 calendar invitations; * is a day with messages.",
    ),
    "messages": Phrase("Alle beskeder", "All messages"),
    # --- channels ----------------------------------------------------------------------------------------
    "channel.email": Phrase("mail", "mail"),
    "channel.teams": Phrase("Teams", "Teams"),
    "channel.invite": Phrase("kalender", "calendar"),
}


def say(language: Language, key: str, **values: object) -> str:
    return in_language(language, PHRASES[key]).format(**values)


def tally_in_words(language: Language, tally: Tally) -> str:
    """As in "3 påmindelser og 1 invitation"; only what there is."""
    found = {"reminders": tally.reminders, "invites": tally.invites}
    said = {
        what: say(language, f"{what}.{'one' if count == 1 else 'many'}", count=count)
        for what, count in found.items()
        if count
    }
    return say(language, "both", **said) if len(said) == len(found) else "".join(said.values())


def sum_in_words(language: Language, messages: Collection[Collected]) -> str:
    """How many messages to how many recipients."""
    if not messages:
        return say(language, "nothing")
    what = tally_in_words(language, count_by(messages, lambda _message: None)[None])
    count = len({message.hearer.recipient for message in messages})
    return say(language, f"to.{'one' if count == 1 else 'many'}", what=what, count=count)
