"""How a person names a milestone to a command."""

from collections.abc import Iterable
from typing import Annotated

import typer

from service.errors import RettidigError
from service.reminders.schedule import Standing

ONE = typer.Argument(metavar="MILEPÆL", help="Et id, eller rækkens nummer.")

OneMilestone = Annotated[str, ONE]
PerhapsOneMilestone = Annotated[str | None, ONE]


class UnknownMilestoneError(RettidigError):
    da = "Ingen milepæl hedder »{id}«. Skriv et id fra »rettidig upcoming« eller nummeret på rækken."
    en = "No milestone is called “{id}”. Write an id from “rettidig upcoming” or the number of the row."


class RowOfSeveralError(RettidigError):
    da = "Række {row} har flere datoer: {milestones}. Skriv id'et på den, du mener."
    en = "Row {row} has several dates: {milestones}. Write the id of the one you mean."


def standing_called(name: str, stand: Iterable[Standing]) -> Standing:
    """The milestone of the present plan with this id, else with this number of its row."""
    named = [
        standing
        for standing in stand
        if standing.dropped_on is None and name in (standing.milestone.id, str(standing.milestone.row))
    ]
    if not named:
        raise UnknownMilestoneError(id=name)
    if len(named) > 1:
        milestones = ", ".join(f"{each.milestone.id} ({each.milestone.activity})" for each in named)
        raise RowOfSeveralError(row=name, milestones=milestones)
    return named[0]
