"""`done` and `mark`: what was reported by telephone, or in the corridor."""

from dataclasses import replace
from typing import Annotated, Any

import typer
from sqlalchemy import Connection

from service.bootstrap import Parts, open_parts
from service.cli.milestones import OneMilestone, UnknownMilestoneError, standing_called
from service.cli.options import Json
from service.cli.output import phrase, print_json, tell
from service.cli.short import in_short
from service.cli.trial import command_settings
from service.errors import RettidigError
from service.plan.marks import Mark, MarkKind
from service.plan.plan import Plan
from service.reminders.marking import Reporter, mark_from
from service.reminders.schedule import Standing
from service.storage import plans
from service.storage.marks import store_mark

# What each kind of mark needs to be told besides the milestone.
DETAIL_OF = {
    MarkKind.SNOOZED: "until",
    MarkKind.HANDED_OVER: "to",
    MarkKind.TICKED: "point",
    MarkKind.UNTICKED: "point",
    MarkKind.UNDONE: "mark",
}


class TooMuchSaidError(RettidigError):
    da = "»{kind}« tager ikke mere med; lad »{detail}« være."
    en = "“{kind}” takes nothing more; leave “{detail}” out."


def register(app: typer.Typer) -> None:
    app.command()(done)
    app.command()(mark)


By = Annotated[str, typer.Option(metavar="NAVN", help="Hvem der meldte det.")]


def done(
    milestone: OneMilestone,
    by: By = "rettidig done",
    *,
    undo: Annotated[bool, typer.Option("--undo", help="Det er alligevel ikke udført.")] = False,
    json: Json = False,
) -> None:
    """Meld en milepæl udført; så mindes ingen om den mere."""
    kind = MarkKind.REOPENED if undo else MarkKind.DONE
    with open_parts(command_settings()) as parts:
        standing, _ = _reported(parts, milestone, {"kind": kind}, by)
    found = standing.milestone
    if json:
        print_json({"milestone": found.id, "done": not undo})
    else:
        state = phrase("ikke udført", "not done") if undo else phrase("udført", "done")
        tell(f"{in_short(found)}: {state}.")


def mark(
    milestone: OneMilestone,
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="[HVAD]",
            help="done, not-relevant, started, snoozed DAG, handed-over ANSVARLIG, ticked NR, unticked NR, "
            "reopened eller undone NR; uden vises, hvad der er meldt.",
        ),
    ] = None,
    detail: Annotated[str, typer.Argument(metavar="[DAG|ANSVARLIG|NR]")] = "",
    by: By = "rettidig mark",
    *,
    json: Json = False,
) -> None:
    """Meld noget andet om en milepæl: i gang, udskudt, givet videre ...; uden mere vises, hvad der er."""
    with open_parts(command_settings()) as parts:
        if kind:
            standing, made = _reported(parts, milestone, _wanted(kind, detail), by)
            shown = [made]
        else:
            with parts.database.read() as connection:
                standing = _found(connection, parts, milestone)[1]
            shown = list(standing.progress.in_force)
    if json:
        print_json({"milestone": standing.milestone.id, "marks": [_as_json(each) for each in shown]})
        return
    tell(in_short(standing.milestone))
    for each in shown:
        tell(f"  {each.id}  {each.on}  {each.kind}  {_detail(each)}  {each.by}")


def _wanted(kind: str, detail: str) -> dict[str, str]:
    name = next((name for known, name in DETAIL_OF.items() if known == kind), None)
    if detail and name is None and kind in list(MarkKind):
        raise TooMuchSaidError(kind=kind, detail=detail)
    return {"kind": kind, **({name: detail} if name else {})}


def _reported(parts: Parts, name: str, wanted: dict[str, str], by: str) -> tuple[Standing, Mark]:
    now = parts.clock.now()
    with parts.database.write() as connection:
        plan, standing = _found(connection, parts, name)
        made = mark_from(
            wanted,
            plan=plan,
            standing=standing,
            reporter=Reporter(name=by),
            at=now,
            on=parts.office.rules.local_day(now),
        )
        made = replace(made, id=store_mark(connection, standing.milestone.id, made))
    return standing, made


def _found(connection: Connection, parts: Parts, name: str) -> tuple[Plan, Standing]:
    latest = plans.latest_revision(connection)
    if latest is None:
        raise UnknownMilestoneError(id=name)
    plan, _hearers, _findings = parts.office.settle(latest.plan)
    return plan, standing_called(name, plans.standings(connection, parts.office.duty(plan)))


def _detail(made: Mark) -> str:
    return str(made.until or made.to or made.point or made.undoes or "")


def _as_json(made: Mark) -> dict[str, Any]:
    return {
        "id": made.id,
        "kind": made.kind.value,
        "at": made.at.isoformat(),
        "by": made.by,
        "until": made.until.isoformat() if made.until else None,
        "to": made.to or None,
        "point": made.point or None,
    }
