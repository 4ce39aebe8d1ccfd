"""`record`: who was told what, when, and what the other side answered, for whoever has to account for it."""

from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from service.bootstrap import Parts, open_parts
from service.cli.milestones import UnknownMilestoneError
from service.cli.options import Json
from service.cli.output import complain, phrase, print_json, reply_language, tell
from service.cli.trial import command_settings
from service.storage import plans
from service.storage.chain import Verdict, verify
from service.storage.record import Entry, concerning, entries
from service.web.record_view import as_csv, lines

STDOUT = Path("-")


def register(app: typer.Typer) -> None:
    app.command()(record)


def record(
    milestone: Annotated[
        str | None, typer.Option("--for", metavar="MILEPÆL", help="Kun den; et id eller rækkens nummer.")
    ] = None,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="FIL", help="Som tabel; - er stdout.")] = None,
    *,
    addresses: Annotated[bool, typer.Option("--addresses", help="Med mailadresser (CSV og JSON).")] = False,
    check: Annotated[bool, typer.Option("--verify", help="Se efter, om noget er ændret.")] = False,
    json: Json = False,
) -> None:
    """Vis optegnelsen: hvem der fik hvad at vide hvornår, og hvad den anden side svarede."""
    settings = command_settings()
    zone = ZoneInfo(settings.timezone)
    with open_parts(settings) as parts, parts.database.read() as connection:
        verdict = verify(connection) if check else None
        which = None if milestone is None else concerning(_id(parts, milestone))
        found = [] if check else entries(connection, which)
    if verdict:
        _tell(verdict, json=json)
    elif json:
        print_json([_as_json(entry, addresses=addresses) for entry in found])
    elif csv is not None:
        table = as_csv(found, zone, reply_language(), addresses=addresses)
        if csv == STDOUT:
            typer.echo(table, nl=False)
        else:
            csv.write_bytes(table)
    else:
        for line in lines(found, zone, reply_language()):
            tell(f"{line.at}  {line.text}")
            tell(f"                     {line.proof}")


def _id(parts: Parts, name: str) -> str:
    """The id of a milestone, of one that left the plan too, or of the row with this number."""
    with parts.database.read() as connection:
        stand = plans.standings(connection)
    for each in stand:
        is_row = each.dropped_on is None and name == str(each.milestone.row)
        if name == each.milestone.id or is_row:
            return each.milestone.id
    raise UnknownMilestoneError(id=name)


def _as_json(entry: Entry, *, addresses: bool) -> dict[str, Any]:
    to = entry.to
    return {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "kind": entry.kind.value,
        "milestone": entry.milestone or None,
        "message_id": entry.message_id or None,
        "recipient": to.recipient if to else None,
        "name": to.name if to else None,
        **({"address": to.address if to else None} if addresses else {}),
        "erased": entry.is_erased,
        "details": entry.details,
        "hash": entry.hash,
    }


def _tell(verdict: Verdict, *, json: bool) -> None:
    if json:
        names = ("first", "last", "head", "broken_at", "why")
        print_json({name: getattr(verdict, name) for name in names})
    elif verdict.broken_at is None:
        tell(
            phrase(
                f"Optegnelsen er hel: nr. {verdict.first}-{verdict.last}, sidste hash {verdict.head or '-'}.",
                f"The record is whole: no. {verdict.first}-{verdict.last}, last hash {verdict.head or '-'}.",
            )
        )
    else:
        complain(
            phrase(
                f"Optegnelsen er ændret ved nr. {verdict.broken_at} ({verdict.why}).",
                f"The record was changed at no. {verdict.broken_at} ({verdict.why}).",
            )
        )
    if verdict.broken_at is not None:
        raise typer.Exit(1)
