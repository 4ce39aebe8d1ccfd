"""`outbox`: what waits, what came of the rest, and what an operator can do about it."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from functools import partial
from typing import Annotated, Any, NamedTuple
from zoneinfo import ZoneInfo

import typer
from sqlalchemy import Connection

from service.bootstrap import Parts, open_parts
from service.cli.options import Json
from service.cli.output import console, phrase, print_json, reply_language, table, tell
from service.cli.trial import command_settings
from service.delivery.diagnosis import explain_trouble
from service.errors import RettidigError
from service.reminders.notice import Hearer
from service.reminders.reasons import Ending
from service.reminders.trouble import Trouble, as_called_now, of_those_who_hear
from service.rounds import hearers_now
from service.storage import by_hand, notices
from service.storage.tables import State
from service.storage.troubles import open_troubles
from service.storage.undelivered import take_recipient_for_good
from service.web.record_wording import reason_in_words


class OneThingAtATimeError(RettidigError):
    da = "Skriv kun én af --approve, --retry, --cancel og --clear."
    en = "Write only one of --approve, --retry, --cancel and --clear."


class NoNumbersError(RettidigError):
    da = "Skriv numrene på de påmindelser, der skal annulleres; rettidig outbox viser dem."
    en = "Write the numbers of the notices that are to be cancelled; rettidig outbox shows them."


class NothingToDoError(RettidigError):
    da = "Skriv også, hvad der skal ske med dem: --approve, --retry eller --cancel."
    en = "Write too what is to be done with them: --approve, --retry or --cancel."


class NotInTroubleError(RettidigError):
    da = "Ingen adresse hos »{key}« er spærret eller i vanskeligheder. Det er: {keys}."
    en = "No address of “{key}” is in trouble. These are: {keys}."


class Deed(NamedTuple):
    """Something that is done to the outbox, and how it is told with a number."""

    done: Callable[[Connection], int]
    da: str
    en: str


def register(app: typer.Typer) -> None:
    app.command()(outbox)


def outbox(
    ids: Annotated[
        list[int] | None, typer.Argument(metavar="[NUMMER]...", help="Kun disse påmindelser.")
    ] = None,
    *,
    approve: Annotated[bool, typer.Option("--approve", help="Slip de tilbageholdte løs.")] = False,
    retry: Annotated[bool, typer.Option("--retry", help="Prøv igen, hvad der ikke kom frem.")] = False,
    cancel: Annotated[bool, typer.Option("--cancel", help="Send dem ikke.")] = False,
    clear: Annotated[
        str | None, typer.Option("--clear", metavar="MODTAGER", help="Modtagerens adresser dur igen.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Vis også, hvad der gik, som det skulle.")
    ] = False,
    json: Json = False,
) -> None:
    """Vis, hvad der venter, og hvad der ikke kom frem; prøv igen, annuller eller godkend."""
    with open_parts(command_settings()) as parts:
        now = parts.clock.now()
        numbers = tuple(dict.fromkeys(ids or ()))
        today = parts.office.rules.local_day(now)
        told = hearers_now(parts.database, parts.office)
        deeds = {
            "approve": Deed(partial(by_hand.approve, ids=numbers), "{} godkendt.", "{} approved."),
            "retry": Deed(
                partial(by_hand.try_again, ids=numbers, now=now, today=today),
                "{} prøves igen.",
                "{} will be tried again.",
            ),
            "cancel": Deed(partial(_cancel, ids=numbers, now=now), "{} annulleret.", "{} cancelled."),
            "clear": Deed(
                partial(_clear, recipient=clear or "", told=told, now=now),
                "{} adresser bruges igen; det, der stadig passer, sendes.",
                "{} addresses are used again; what is still true is sent.",
            ),
        }
        wanted = {"approve": approve, "retry": retry, "cancel": cancel, "clear": clear is not None}
        _do(parts, [deeds[name] for name, is_wanted in wanted.items() if is_wanted], numbers, quiet=json)
        _show(parts, numbers, told, everything=everything, json=json)


def _do(parts: Parts, deeds: list[Deed], numbers: Collection[int], *, quiet: bool) -> None:
    if len(deeds) > 1:
        raise OneThingAtATimeError
    if numbers and not deeds:
        raise NothingToDoError
    for deed in deeds:
        with parts.database.write() as connection:
            count = deed.done(connection)
        if not quiet:
            tell(phrase(deed.da, deed.en).format(count))


def _cancel(connection: Connection, ids: Collection[int], now: datetime) -> int:
    if not ids:
        raise NoNumbersError
    return by_hand.cancel(connection, ids, now)


def _clear(connection: Connection, recipient: str, told: Collection[Hearer], now: datetime) -> int:
    count = take_recipient_for_good(connection, recipient.lower(), now, told)
    if not count:
        keys = sorted({as_called_now(each, told).recipient.upper() for each in open_troubles(connection)})
        raise NotInTroubleError(key=recipient, keys=", ".join(keys) or "-")
    return count


def _show(
    parts: Parts, numbers: Collection[int], told: Collection[Hearer], *, everything: bool, json: bool
) -> None:
    with parts.database.read() as connection:
        counts = notices.count_by_state(connection)
        found = notices.listed(connection)
        troubles = open_troubles(connection)
    if json:
        print_json({**counts, "notices": found})
        return
    zone = ZoneInfo(parts.office.rules.timezone)
    now = parts.clock.now().isoformat()
    seen = [
        each
        for each in found
        if (each["id"] in numbers if numbers else everything or _needs_a_look(each, now))
    ]
    if seen:
        console.print(_listing(seen, zone))
    for trouble in of_those_who_hear(troubles, told):
        tell(_in_words(parts, trouble, zone))
    tell(", ".join(f"{state} {count}" for state, count in counts.items()))


def _needs_a_look(notice: dict[str, Any], now: str) -> bool:
    """What did not reach anybody although it was tried, and what should have left by now."""
    match notice["state"]:
        case State.WAITING:
            return bool(notice["at"] <= now)
        case State.SUPPRESSED:
            return bool(notice["reason"] == Ending.ADDRESS_IS_DEAD)
        case State.EXPIRED:
            return bool(notice["attempts"])
        case state:
            return bool(state == State.FAILED)


def _listing(found: Iterable[dict[str, Any]], zone: ZoneInfo) -> Any:  # noqa: ANN401 - rich's table
    headings = (
        "nr.",
        phrase("Til", "To"),
        phrase("Kanal", "Channel"),
        phrase("Anledning", "Occasion"),
        phrase("Tid", "Time"),
        phrase("Tilstand", "State"),
        phrase("Begrundelse", "Reason"),
        phrase("Forsøg", "Tries"),
    )
    fields = ("id", "recipient", "channel", "occasion", "at", "state", "reason", "attempts")
    rows = [{**each, **_in_words_and_local(each, zone)} for each in found]
    return table(headings, ([str(row[field]) for field in fields] for row in rows))


def _in_words_and_local(notice: dict[str, Any], zone: ZoneInfo) -> dict[str, str]:
    """Its state stays the word of the counts below the table."""
    words = {name: reason_in_words(reply_language(), notice[name]) for name in ("occasion", "reason")}
    return {**words, "at": _local(notice["at"], zone)}


def _local(at: str, zone: ZoneInfo) -> str:
    return datetime.fromisoformat(at).astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _in_words(parts: Parts, trouble: Trouble, zone: ZoneInfo) -> str:
    said = explain_trouble(trouble, parts.relay, reply_language())
    since, key = _local(trouble.since.isoformat(), zone), trouble.recipient.upper()
    stopped = phrase(
        f" Der sendes ikke mere hertil: rettidig outbox --clear {key}",
        f" Nothing more is sent there: rettidig outbox --clear {key}",
    )
    return f"✗ {key} ({trouble.medium}, {since}): {said}{stopped if trouble.is_dead else ''}"
