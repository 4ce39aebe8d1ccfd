"""`consequences`: what comes after what, how much room there is, and what no longer fits."""

from collections.abc import Sequence

import typer

from service.bootstrap import Parts, open_parts
from service.cli.dependency_lines import dependency_as_json, tell_dependencies
from service.cli.milestones import PerhapsOneMilestone, standing_called
from service.cli.options import Json
from service.cli.output import phrase, print_json, tell
from service.cli.short import in_short
from service.cli.trial import command_settings
from service.cli.upcoming_command import NoPlanImportedError
from service.plan.milestone import Milestone
from service.reminders.consequences import Dependency, chains, dependencies, following, tightest
from service.reminders.schedule import Standing
from service.storage import plans


def register(app: typer.Typer) -> None:
    app.command()(consequences)


def consequences(milestone: PerhapsOneMilestone = None, *, json: Json = False) -> None:
    """Vis, hvad der kommer efter hvad, hvor megen luft der er, og hvad der ikke passer længere."""
    with open_parts(command_settings()) as parts:
        stand, found = _found(parts)
    about = standing_called(milestone, stand).milestone if milestone else None
    if about:
        before = [each for each in found if each.then.milestone.id == about.id]
        found = [*before, *following(about.id, found)]
    if json:
        print_json(_as_json(about, found))
    else:
        _tell(about, found)


def _found(parts: Parts) -> tuple[list[Standing], Sequence[Dependency]]:
    with parts.database.read() as connection:
        latest = plans.latest_revision(connection)
        if latest is None:
            raise NoPlanImportedError
        plan, _told, _findings = parts.office.settle(latest.plan)
        stand = plans.standings(connection, parts.office.duty(plan))
    rules = parts.office.rules
    return stand, dependencies(stand, rules.local_day(parts.clock.now()), rules)


def _room(about: Milestone, found: Sequence[Dependency]) -> int | None:
    """By how many days more it can be put off before something after it no longer fits; None: for ever."""
    slacks = [each.slack for each in found if each.first.milestone.id == about.id and each.slack is not None]
    return min(slacks, default=None)


def _as_json(about: Milestone | None, found: Sequence[Dependency]) -> dict[str, object]:
    return {
        "milestone": about.id if about else None,
        "room": _room(about, found) if about else None,
        "no_longer_fit": list(
            dict.fromkeys(each.then.milestone.id for each in tightest(found) if not each.fits)
        ),
        "chains": [[dependency_as_json(each) for each in chain] for chain in chains(found)],
    }


def _tell(about: Milestone | None, found: Sequence[Dependency]) -> None:
    if about:
        tell(in_short(about))
        _tell_room(_room(about, found))
    if not found:
        tell(
            phrase(
                "Intet kommer efter noget andet. Skriv »after« i plan.yaml, hvis det er forkert "
                "(rettidig read FIL --write plan.yaml).",
                "Nothing comes after anything else. Write “after” in plan.yaml if that is wrong "
                "(rettidig read FILE --write plan.yaml).",
            )
        )
        return
    misfits = [each for each in tightest(found) if not each.fits]
    if misfits:
        tell(phrase("Passer ikke længere:", "No longer fits:"))
        tell_dependencies(misfits)
        tell(phrase("Hele rækkefølgen:", "The whole order:"))
    for chain in chains(found):
        tell_dependencies(chain)


def _tell_room(room: int | None) -> None:
    if room is None or room < 0:
        return
    tell(
        phrase(
            f"Kan udskydes {room} dage, før noget, der kommer efter, ikke passer længere.",
            f"Can be put off by {room} days before something that comes after no longer fits.",
        )
    )
