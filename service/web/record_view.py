"""The record in words, and as rows of a table that a spreadsheet can open without obeying it."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from service.errors import Language
from service.messages.cleaning import one_line
from service.messages.phrases import Phrase
from service.messages.wording import in_language, short_date
from service.storage.record import Entry, EntryKind
from service.web.record_wording import SAID, reason_in_words

PHRASES: dict[str, Phrase] = {
    "plan": Phrase(
        "Planen ({source}, udgave {revision}, række {row}): »{deadline}« – »{activity}«, »{responsible}«",
        "The plan ({source}, revision {revision}, row {row}): “{deadline}” – “{activity}”, “{responsible}”",
    ),
    "message": Phrase("Skrevet til {to}: {subject}", "Written to {to}: {subject}"),
    "notice": Phrase("Grunden: {occasion} ({why}), frist {due}", "The reason: {occasion} ({why}), due {due}"),
    "attempt": Phrase("{attempt}. forsøg begynder", "Attempt {attempt} begins"),
    "answer": Phrase(
        "Svar på {attempt}. forsøg: {answer} {code} {text}",
        "Answer to attempt {attempt}: {answer} {code} {text}",
    ),
    "returned": Phrase(
        "Kom tilbage fra modtagerens server: {action} {code} {text}",
        "Came back from the recipient's server: {action} {code} {text}",
    ),
    "response": Phrase(
        "Svar fra kalenderen hos {to}: {said} {more}", "Answer from the calendar of {to}: {said} {more}"
    ),
    "ended": Phrase("Ikke sagt: {state} ({reason}) {to}", "Not told: {state} ({reason}) {to}"),
    "mark": Phrase("Meldt af {to}: {kind} {more}", "Reported by {to}: {kind} {more}"),
    "restored": Phrase("Databasen er gendannet fra {copy}", "The database was restored from {copy}"),
    "pruned": Phrase(
        "Ældre linjer er slettet efter deres tid", "Older entries were deleted when their time was over"
    ),
    "erased": Phrase("En modtager er slettet", "A recipient was erased"),
    "nobody": Phrase("(slettet)", "(erased)"),
    "accepted": Phrase("modtaget", "accepted"),
    "delayed": Phrase("udskudt", "delayed"),
    "failed": Phrase("afvist", "refused"),
    "uncertain": Phrase("uvist", "uncertain"),
}
COLUMNS = (
    "number",
    "at",
    "kind",
    "text",
    "milestone",
    "recipient",
    "name",
    "channel",
    "message_id",
    "sha256",
    "attempt",
    "answer",
    "code",
    "hash",
)
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What spreadsheets take for the start of a formula (OWASP, CSV injection)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One entry as people read it; `proof` is what ties it to the bytes and to the chain."""

    kind: str
    at: str
    text: str
    proof: str


def lines(found: Iterable[Entry], zone: ZoneInfo, language: Language) -> list[Line]:
    return [
        Line(
            kind=entry.kind.value,
            at=f"{entry.at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
            text=in_words(entry, language),
            proof=" ".join(
                filter(None, (entry.message_id, _proof(entry), f"#{entry.number} {entry.hash[:12]}"))
            ),
        )
        for entry in found
    ]


def in_words(entry: Entry, language: Language) -> str:
    """One line without an address."""
    values = {
        name: one_line(str(value)) if value is not None else "–" for name, value in entry.details.items()
    }
    for name in ("occasion", "why", "state", "reason", "kind", "action"):
        if name in values:
            values[name] = reason_in_words(language, values[name])
    if said := values.get("said"):
        values["said"] = in_language(language, SAID[said])
    if answer := values.get("answer"):
        values["answer"] = in_language(language, PHRASES[answer]) if answer in PHRASES else answer
    more = ("until", "to", "point", "undoes", "proposed_on", "proposed_time")
    given = {
        "to": _whom(entry, language),
        "due": _day(language, entry.details.get("due_on")),
        "more": " ".join(one_line(str(entry.details[name])) for name in more if entry.details.get(name)),
    }
    return " ".join(in_language(language, PHRASES[entry.kind]).format(**{**values, **given}).split())


def as_csv(found: Iterable[Entry], zone: ZoneInfo, language: Language, *, addresses: bool = False) -> bytes:
    """A table for Excel: a byte order mark, and the separator of the language; no cell begins a formula."""
    columns = (*COLUMNS, *(("address",) if addresses else ()))
    written = io.StringIO()
    separator = ";" if language == "da" else ","
    table = csv.writer(written, delimiter=separator, quoting=csv.QUOTE_ALL)  # some programs split at both
    table.writerow(columns)
    for entry in found:
        row = _row(entry, zone, language)
        table.writerow([harmless(row[column]) for column in columns])
    return ("\ufeff" + written.getvalue()).encode()


def harmless(cell: str) -> str:
    """The text of a cell, with an apostrophe before what a spreadsheet would compute."""
    text = one_line(cell)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _row(entry: Entry, zone: ZoneInfo, language: Language) -> dict[str, str]:
    details = entry.details
    to = entry.to
    return {
        "number": str(entry.number),
        "at": entry.at.astimezone(zone).isoformat(timespec="seconds"),
        "kind": entry.kind.value,
        "text": in_words(entry, language),
        "milestone": entry.milestone,
        "recipient": to.recipient
        if to
        else in_language(language, PHRASES["nobody"])
        if entry.is_erased
        else "",
        "name": to.name if to else "",
        "channel": str(details.get("channel", "")),
        "message_id": entry.message_id,
        "sha256": _proof(entry),
        "attempt": str(details.get("attempt", "")),
        "answer": str(details.get("answer", "")),
        "code": str(details.get("code", "")),
        "hash": entry.hash,
        "address": to.address if to else "",
    }


def _proof(entry: Entry) -> str:
    return str(entry.details["sha256"]) if entry.kind in {EntryKind.MESSAGE, EntryKind.PLAN} else ""


def _whom(entry: Entry, language: Language) -> str:
    if entry.to is None:
        return in_language(language, PHRASES["nobody"]) if entry.is_erased else ""
    name = one_line(entry.to.name) or entry.to.recipient.upper()
    channel = reason_in_words(language, entry.to.channel)
    return f"{name} ({channel})" if channel else name


def _day(language: Language, day: object) -> str:
    return short_date(language, date.fromisoformat(str(day))) if day else "–"
