"""`answers`: what calendars answered to invitations, and who is not reached, milestone by milestone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import typer

from service.bootstrap import Parts, open_parts
from service.cli.options import Json
from service.cli.output import phrase, print_json, reply_language, tell
from service.cli.trial import command_settings
from service.cli.upcoming_command import NoPlanImportedError
from service.messages.cleaning import one_line
from service.messages.wording import short_date
from service.plan.plan import Plan
from service.reminders.notice import Hearer
from service.reminders.responses import Response
from service.reminders.schedule import Standing
from service.reminders.trouble import Trouble
from service.storage import plans
from service.storage.responses import responses_in_force
from service.storage.troubles import open_troubles
from service.web.answers_view import answers_as_json, answers_in_words


def register(app: typer.Typer) -> None:
    app.command()(answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    plan: Plan
    stand: Sequence[Standing]
    told: Sequence[Hearer]
    responses: Sequence[Response]
    troubles: Sequence[Trouble]


def answers(*, json: Json = False) -> None:
    """Vis, hvad der er svaret på invitationerne, og hvem der ikke kan nås, punkt for punkt."""
    with open_parts(command_settings()) as parts:
        known = _known(parts)
        if json:
            print_json(_as_json(known))
        else:
            _show(parts, known)


def _known(parts: Parts) -> Known:
    with parts.database.read() as connection:
        latest = plans.latest_revision(connection)
        if latest is None:
            raise NoPlanImportedError
        plan, told, _findings = parts.office.settle(latest.plan)
        stand = [each for each in plans.standings(connection, parts.office.duty(plan)) if not each.dropped_on]
        return Known(
            plan=plan,
            stand=stand,
            told=told,
            responses=responses_in_force(connection),
            troubles=open_troubles(connection),
        )


def _as_json(known: Known) -> list[dict[str, Any]]:
    found = answers_as_json(
        known.plan, known.stand, known.told, responses=known.responses, troubles=known.troubles
    )
    return [
        {
            "id": each.milestone.id,
            "row": each.milestone.row,
            "due_on": each.milestone.due_on.isoformat() if each.milestone.due_on else None,
            "activity": each.milestone.activity,
            **found[each.milestone.id],
        }
        for each in known.stand
    ]


def _show(parts: Parts, known: Known) -> None:
    language = reply_language()
    found = answers_in_words(
        known.plan,
        known.stand,
        known.told,
        responses=known.responses,
        troubles=known.troubles,
        on=parts.office.rules.local_day(parts.clock.now()),
        language=language,
        with_remarks=True,
    )
    for standing in known.stand:
        milestone = standing.milestone
        if lines := found.get(milestone.id):
            due = short_date(language, milestone.due_on) if milestone.due_on else one_line(milestone.deadline)
            tell(f"{due}: {one_line(milestone.activity)}")
            for line in lines:
                tell(f"  {line.text}")
                for remark in line.remarks:
                    tell(f"    {remark}")
    if not found:
        tell(phrase("Ingen har svaret endnu.", "Nobody has answered yet."))
