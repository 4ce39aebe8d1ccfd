"""Every phrase of a rehearsal, on paper and on the terminal, in Danish and English."""

from collections.abc import Collection

from service.errors import Language
from service.messages.phrases import Phrase
from service.messages.wording import in_language
from service.reminders.comparison import Comparison
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
    "day": Phrase("{weekday} {day:>2}.", "{weekday} {day:>2}"),
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
    # --- the page ----------------------------------------------------------------------------------------
    "from": Phrase(
        "Læst af {file}. Det ville blive sendt, hvis planen blev taget i brug {since}, og ingen meldte noget "
        "udført.",
        "Read from {file}. This is what would be sent if the plan were put to use on {since} and nobody "
        "reported anything as done.",
    ),
    "sum.reminders": Phrase("påmindelser", "reminders"),
    "sum.invites": Phrase("invitationer", "invitations"),
    "sum.recipients": Phrase("modtagere", "recipients"),
    "sum.days": Phrase("dage med beskeder", "days with messages"),
    "filter": Phrase("Vis", "Show"),
    "everybody": Phrase("Alle", "Everybody"),
    "year": Phrase("Året {year}", "The year {year}"),
    "year.legend": Phrase(
        "Jo stærkere farve, jo flere beskeder; tryk på dagen, og se dem. En prik er en frist i planen.",
        "The stronger the colour, the more messages; press the day to see them. A dot is a deadline of the "
        "plan.",
    ),
    "due.day": Phrase("frist i planen", "a deadline of the plan"),
    "tallies": Phrase("Beskeder om måneden", "Messages a month"),
    "tallies.legend": Phrase(
        "Påmindelser ved mail og Teams-kort; +8 er kalenderinvitationer ved siden af.",
        "Reminders by mail and Teams card; +8 are calendar invitations beside them.",
    ),
    "month": Phrase("Måned", "Month"),
    "total": Phrase("I alt", "In all"),
    "most": Phrase("Flest på en måned", "Most in a month"),
    "days": Phrase("Dag for dag", "Day by day"),
    "due": Phrase("Frist", "Due"),
    "header.From": Phrase("Fra", "From"),
    "header.To": Phrase("Til", "To"),
    "header.Reply-To": Phrase("Svar til", "Reply to"),
    "header.Subject": Phrase("Emne", "Subject"),
    "entry.REQUEST": Phrase("Sådan står det i kalenderen", "As it stands in the calendar"),
    "entry.CANCEL": Phrase("Tages ud af kalenderen", "Taken out of the calendar"),
    "bot": Phrase("Workflows", "Workflows"),
    # --- another set of rules ----------------------------------------------------------------------------
    "contrast": Phrase(
        "Med reglerne i {other} i stedet for de nuværende", "With the rules of {other} instead of the present"
    ),
    "contrast.sum": Phrase(
        "Beskeder, der kommer til: {comes}, falder væk: {goes}, flytter dag: {moves}, får andet indhold: "
        "{changes}, er de samme: {same}.",
        "Messages that come: {comes}, go: {goes}, change day: {moves}, say something else: {changes}, stay "
        "the same: {same}.",
    ),
    "contrast.nothing": Phrase("Det ændrer ingen beskeder.", "That changes no message."),
    "contrast.recipient": Phrase("Modtager", "Recipient"),
    "contrast.reminders": Phrase("Påmindelser", "Reminders"),
    "contrast.most": Phrase("Flest på en måned", "Most in a month"),
    "contrast.invites": Phrase("Invitationer", "Invitations"),
    "contrast.comes": Phrase("Kommer til", "Come"),
    "contrast.goes": Phrase("Falder væk", "Go"),
    "contrast.moves": Phrase("Flytter dag", "Change day"),
    "contrast.changes": Phrase("Får andet indhold samme dag", "Say something else on the same day"),
    "outweighed": Phrase(
        "{setting} har ingen virkning: {stronger} er stærkere, både nu og i sammenligningen.",
        "{setting} has no effect: {stronger} is stronger, now and in the comparison.",
    ),
    # --- occasions ---------------------------------------------------------------------------------------
    "occasion.digest": Phrase("overblik", "overview"),
    "occasion.awaiting": Phrase("afventer dato", "awaiting a date"),
    "occasion.opens": Phrase("perioden begynder", "the window opens"),
    "occasion.ahead": Phrase("på vej", "coming up"),
    "occasion.changed": Phrase("ændret", "changed"),
    "occasion.cancelled": Phrase("udgået", "withdrawn"),
    "occasion.due": Phrase("i dag", "today"),
    "occasion.overdue": Phrase("over fristen", "overdue"),
    "occasion.answered": Phrase("svar i kalenderen", "answer of a calendar"),
    "occasion.escalated": Phrase("til koordinatoren", "to the coordinator"),
    "occasion.unreachable": Phrase("ikke nået", "not reached"),
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


def contrast_in_words(language: Language, found: Comparison) -> str:
    """How many messages come, go, move, change and stay."""
    turned = {kind: len(getattr(found, kind)) for kind in ("comes", "goes", "moves", "changes")}
    if not any(turned.values()):
        return say(language, "contrast.nothing")
    return say(language, "contrast.sum", **turned, same=found.same)
