"""`overview`: where the whole plan stands, as the coordinator is told each month."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import typer

from service.bootstrap import Parts, open_parts
from service.cli.options import Json
from service.cli.output import print_json, reply_language, tell
from service.cli.trial import command_settings
from service.cli.upcoming_command import NoPlanImportedError
from service.messages.overview import overview_in_words
from service.plan.plan import Plan
from service.reminders.overview import Overview, overview_of
from service.reminders.schedule import Standing
from service.storage import plans
from service.storage.reach import reach_of
from service.web.answers_view import response_as_json


def register(app: typer.Typer) -> None:
    app.command()(overview)


def overview(*, json: Json = False) -> None:
    """Vis, hvordan hele planen står: over fristen, ubesvaret, uden dato, på vej, udført, ikke nået."""
    with open_parts(command_settings()) as parts:
        plan, found = _today(parts)
    if json:
        print_json(_as_json(found))
    else:
        _show(plan, found)


def _today(parts: Parts) -> tuple[Plan, Overview]:
    office = parts.office
    with parts.database.read() as connection:
        latest = plans.latest_revision(connection)
        if latest is None:
            raise NoPlanImportedError
        plan, told, _findings = office.settle(latest.plan)
        stand = plans.standings(connection, office.duty(plan))
        reach = reach_of(connection)
    on = office.rules.local_day(parts.clock.now())
    return plan, overview_of(plan, stand, told, rules=office.rules, reach=reach, on=on)


def _show(plan: Plan, found: Overview) -> None:
    words = overview_in_words(reply_language(), plan, found)
    tell(" · ".join(f"{each.count} {each.label}" for each in words.sums))
    for section in words.sections:
        tell(f"\n{section.heading}")
        if section.says:
            tell(section.says)
        for line in section.lines:
            tell(f"- {line.when}{f', {line.mark}' if line.mark else ''}: {line.what}")
            for note in line.notes:
                tell(f"    {note}")


def _as_json(found: Overview) -> dict[str, Any]:
    return {
        "on": found.on.isoformat(),
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "late": _rows(found, found.late),
        "history": _rows(found, found.history),
        "unanswered": _rows(found, found.unanswered),
        "undated": [
            {
                **_row(found, each.standing),
                "before": each.between.before.id if each.between.before else None,
                "after": each.between.after.id if each.between.after else None,
                "settle_by": _iso(each.between.settle_by),
            }
            for each in found.undated
        ],
        "coming": _rows(found, found.coming),
        "done": _rows(found, found.done),
        "unreachable": {
            "parties": [
                {"id": each.party.id, "name": each.party.name, "open": each.open} for each in found.unheard
            ],
            "recipients": [
                {
                    "recipient": each.trouble.recipient,
                    "medium": each.trouble.medium.value,
                    "since": each.since.isoformat(),
                    "code": each.trouble.code,
                    "suppressed": each.trouble.is_dead,
                }
                for each in found.failing
            ],
            "paused": [
                {
                    "recipient": each.recipient,
                    "from": None if each.pause.first == date.min else each.pause.first.isoformat(),
                    "to": each.pause.last.isoformat(),
                }
                for each in found.away
            ],
        },
    }


def _rows(found: Overview, standings: Iterable[Standing]) -> list[dict[str, Any]]:
    return [_row(found, standing) for standing in standings]


def _row(found: Overview, standing: Standing) -> dict[str, Any]:
    milestone, told, settled = standing.milestone, found.told.get(standing.milestone.id), standing.settled
    started = standing.progress.started
    return {
        "id": milestone.id,
        "row": milestone.row,
        "deadline": milestone.deadline,
        "due_on": _iso(milestone.due_on),
        "activity": milestone.activity,
        "parties": list(milestone.parties),
        "days": (milestone.due_on - found.on).days if milestone.due_on else None,
        "reminded": told.days if told else 0,
        "last_reminded_on": _iso(told.last_on) if told else None,
        "started_on": _iso(started.on) if started else None,
        "settled": {"kind": settled.kind.value, "on": settled.on.isoformat(), "by": settled.by}
        if settled
        else None,
        "answers": [response_as_json(each) for _, each in found.answers if each.milestone == milestone.id],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
