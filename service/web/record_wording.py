"""The reasons of the outbox in words; one that another program kept stands as it is."""

import re

from service.errors import Language
from service.messages.phrases import Phrase
from service.messages.wording import in_language

SAID: dict[str, Phrase] = {
    "accepted": Phrase("takket ja", "accepted"),
    "declined": Phrase("takket nej", "declined"),
    "tentative": Phrase("måske", "tentative"),
    "delegated": Phrase("overladt til en anden", "delegated"),
    "proposed": Phrase("anden tid foreslået", "another time proposed"),
}
"""What calendars answered."""

WORDS: dict[str, Phrase] = {
    # --- occasions and channels
    "ahead": Phrase("påmindelse", "reminder"),
    "opens": Phrase("perioden begynder", "the period begins"),
    "due": Phrase("fristen er i dag", "due today"),
    "overdue": Phrase("over fristen", "overdue"),
    "awaiting": Phrase("afventer dato", "awaiting a date"),
    "changed": Phrase("ændring", "change"),
    "cancelled": Phrase("udgået", "withdrawn"),
    "answered": Phrase("svar i kalenderen", "answer of a calendar"),
    "escalated": Phrase("til koordinatoren", "to the coordinator"),
    "unreachable": Phrase("nogen blev ikke nået", "somebody was not reached"),
    "digest": Phrase("overblik", "overview"),
    "email": Phrase("mail", "mail"),
    "teams": Phrase("Teams", "Teams"),
    "invite": Phrase("kalender", "calendar"),
    # --- why
    "window-opens": Phrase("perioden begynder", "the window opens"),
    "half-way": Phrase("midt i perioden", "in the middle of the window"),
    "due-day": Phrase("på dagen", "on the day"),
    "date-awaited": Phrase("datoen mangler", "the date is missing"),
    "due-date-moved": Phrase("fristen er flyttet", "the due date moved"),
    "dropped-from-plan": Phrase("udgået af planen", "dropped from the plan"),
    "what-comes-after-no-longer-fits": Phrase(
        "det, der kommer efter, passer ikke længere", "what comes after no longer fits"
    ),
    "weekly-overview": Phrase("ugens overblik", "the overview of the week"),
    "monthly-overview": Phrase("månedens overblik", "the overview of the month"),
    "date-in-calendar": Phrase("datoen i kalenderen", "the date in the calendar"),
    "not-in-your-calendar-any-more": Phrase("ud af kalenderen", "out of the calendar"),
    "in-your-calendar-again": Phrase("i kalenderen igen", "in the calendar again"),
    "declined": SAID["declined"],
    "proposed": SAID["proposed"],
    # --- what became of it
    "waiting": Phrase("venter", "waiting"),
    "accepted": Phrase("modtaget", "accepted"),
    "expired": Phrase("forældet", "expired"),
    "withdrawn": Phrase("trukket tilbage", "withdrawn"),
    "suppressed": Phrase("spærret", "suppressed"),
    "failed": Phrase("mislykket", "failed"),
    "its-day-had-passed": Phrase("dagen var gået", "its day had passed"),
    "composed-anew": Phrase("skrevet på ny", "composed anew"),
    "never-told-of-it": Phrase("havde aldrig hørt om det", "had never heard of it"),
    "address-does-not-exist": Phrase("adressen findes ikke", "the address does not exist"),
    "cancelled-by-hand": Phrase("annulleret af en bruger", "cancelled by hand"),
    "calendar-says-so-already": Phrase("kalenderen siger det allerede", "the calendar says so already"),
    "rules-or-recipients-changed": Phrase("regler eller modtagere ændret", "rules or recipients changed"),
    "recipient-left": Phrase("modtageren er taget ud", "the recipient left"),
    "restored": Phrase("databasen er gendannet", "the database was restored"),
    "somebody-was-erased": Phrase("nogen blev slettet", "somebody was erased"),
    "given-up-after-48-hours": Phrase("opgivet efter 48 timer", "given up after 48 hours"),
    "gave-way-to-mail": Phrase("opgivet i Teams, sendt som mail", "given up in Teams, sent by mail"),
    "parked-after-5-claims-without-a-result": Phrase(
        "lagt til side: programmet gik ned fem gange", "put aside: the program ended five times"
    ),
    "not-read": Phrase("postkassen kan ikke læses", "the mailbox cannot be read"),
    "not-written": Phrase("ikke skrevet i kalenderen", "not written into the calendar"),
    "waits-for-approval": Phrase("venter på godkendelse", "waits for approval"),
    "address-is-good-again": Phrase("adressen bruges igen", "the address is used again"),
    "reached-again": Phrase("nået igen", "reached again"),
    "never-invited": Phrase("havde den ikke i kalenderen", "did not have it in the calendar"),
    "is-the-organizer": Phrase("er selv afsenderen", "is the sender itself"),
    "cannot-be-written": Phrase("kunne ikke skrives", "could not be written"),
    "no-answer-after-sending": Phrase("intet svar efter afsendelsen", "no answer after sending"),
    "answered-anew": Phrase("der er svaret på ny", "answered anew"),
    # --- what was reported
    "done": Phrase("udført", "done"),
    "not-relevant": Phrase("ikke relevant", "not relevant"),
    "started": Phrase("i gang", "started"),
    "snoozed": Phrase("udskudt", "put off"),
    "handed-over": Phrase("givet videre", "handed over"),
    "ticked": Phrase("flueben sat", "ticked"),
    "unticked": Phrase("flueben fjernet", "unticked"),
    "reopened": Phrase("åbnet igen", "reopened"),
    "undone": Phrase("fortrudt", "undone"),
}
_DAYS = re.compile(r"(\d+)-days-(before|over)")
_CODE = re.compile(r"(refused|delayed|bounced)( .*)?")
_SAID = {
    "refused": Phrase("afvist{code}", "refused{code}"),
    "delayed": Phrase("udsat{code}", "put off{code}"),
    "bounced": Phrase("kom retur{code}", "came back{code}"),
}
_SIDES = {
    "before": Phrase("{days} dage før fristen", "{days} days before"),
    "over": Phrase("{days} dage efter fristen", "{days} days after"),
}


def reason_in_words(language: Language, reason: str) -> str:
    if counted := _DAYS.fullmatch(reason):
        return in_language(language, _SIDES[counted[2]]).format(days=counted[1])
    if said := _CODE.fullmatch(reason):
        return in_language(language, _SAID[said[1]]).format(code=said[2] or "")
    return in_language(language, WORDS[reason]) if reason in WORDS else reason
