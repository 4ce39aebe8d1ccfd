"""A plan as the JSON that other programs rely on, and back."""

from datetime import date, time
from typing import Any

from service.errors import Language
from service.plan.finding import Finding
from service.plan.milestone import Milestone, Predecessor
from service.plan.party import Party
from service.plan.place import place_of
from service.plan.plan import Plan
from service.plan.window import Certainty, Kind, Window

Json = dict[str, Any]
_KEPT_IN: Language = "da"


def plan_as_json(plan: Plan, language: Language) -> Json:
    """The stable JSON of `rettidig read`; the findings' sentences and places are in `language`."""
    return {
        "title": plan.title,
        "language": plan.language,
        "milestones": [milestone_as_json(milestone) for milestone in plan.milestones],
        "parties": [party_as_json(party) for party in plan.parties],
        "findings": [finding_as_json(finding, language) for finding in plan.findings],
    }


def window_as_json(window: Window) -> Json:
    return {
        "starts_on": _iso(window.starts_on),
        "ends_on": _iso(window.ends_on),
        "time": window.time.strftime("%H:%M") if window.time else None,
        "kind": window.kind.value,
        "certainty": window.certainty.value,
    }


def milestone_as_json(milestone: Milestone) -> Json:
    window = window_as_json(milestone.window)
    return {
        "id": milestone.id,
        "row": milestone.row,
        "deadline": milestone.deadline,
        "starts_on": window["starts_on"],
        "ends_on": window["ends_on"],
        "due_on": _iso(milestone.due_on),
        "time": window["time"],
        "kind": window["kind"],
        "certainty": window["certainty"],
        "activity": milestone.activity,
        "responsible": milestone.responsible,
        "parties": list(milestone.parties),
        "checklist": list(milestone.checklist),
    }


def kept_plan(plan: Plan) -> Json:
    """A plan as it is kept: the stable JSON, what that leaves out of each row, and no findings."""
    return {
        "title": plan.title,
        "language": plan.language,
        "milestones": [kept_milestone(milestone) for milestone in plan.milestones],
        "parties": [party_as_json(party) for party in plan.parties],
        "former": [party_as_json(party) for party in plan.former],
    }


def kept_milestone(milestone: Milestone) -> Json:
    return {
        **milestone_as_json(milestone),
        "where": milestone.where.in_words(_KEPT_IN),
        "phase": milestone.phase,
        "after": [{"id": first.id, "days": first.days} for first in milestone.after],
    }


def party_as_json(party: Party) -> Json:
    return {
        "id": party.id,
        "name": party.name,
        "aliases": list(party.aliases),
        "members": list(party.members),
    }


def finding_as_json(finding: Finding, language: Language) -> Json:
    return {
        "severity": finding.severity.value,
        "code": finding.code,
        "row": finding.row,
        "where": finding.where.in_words(language),
        "message": finding.message(language),
    }


def plan_from_json(content: Json) -> Plan:
    """The plan that `kept_plan` was given, without its findings: they belong to the reading."""
    return Plan(
        title=content["title"],
        language=content["language"],
        milestones=tuple(milestone_from_json(milestone) for milestone in content["milestones"]),
        parties=tuple(map(_party, content["parties"])),
        former=tuple(map(_party, content.get("former", ()))),  # kept before they were
    )


def _party(content: Json) -> Party:
    return Party(
        id=content["id"],
        name=content["name"],
        aliases=tuple(content["aliases"]),
        members=tuple(content["members"]),
    )


def milestone_from_json(content: Json) -> Milestone:
    return Milestone(
        id=content["id"],
        row=content["row"],
        where=place_of(content["where"]),
        deadline=content["deadline"],
        window=Window(
            starts_on=_day(content["starts_on"]),
            ends_on=_day(content["ends_on"]),
            kind=Kind(content["kind"]),
            certainty=Certainty(content["certainty"]),
            time=time.fromisoformat(content["time"]) if content["time"] else None,
        ),
        due_on=_day(content["due_on"]),
        activity=content["activity"],
        responsible=content["responsible"],
        parties=tuple(content["parties"]),
        checklist=tuple(content["checklist"]),
        # Neither is there in what was kept before they were read.
        phase=content.get("phase", ""),
        after=tuple(Predecessor(**first) for first in content.get("after", ())),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
