"""The product's own YAML -> a plan. What a person corrected in it wins over what was read before.

`plan.as_yaml` writes, beside each milestone, what the document said and how that was read. A field that
differs from it was corrected by hand; the rules below follow from that alone and stand, for the person, at
the head of the file.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from datetime import time as time_of_day
from enum import StrEnum
from itertools import pairwise

from service.plan.as_yaml import UNDERSTOOD
from service.plan.dependencies import with_sound_dependencies
from service.plan.finding import Finding
from service.plan.milestone import Milestone
from service.plan.place import Place, Spot, place_of
from service.plan.plan import Plan
from service.plan.window import Certainty, Kind, Window
from service.reading.checks import due_day, findings_about
from service.reading.deadline import read_day_in, read_deadline
from service.reading.errors import (
    YamlDueOutside,
    YamlEndsFirst,
    YamlIdTwice,
    YamlValueMissing,
    YamlWithoutMilestones,
)
from service.reading.formats.cells import shortened
from service.reading.formats.plan_yaml import Node
from service.reading.identity import milestone_ids, unused
from service.reading.yaml_dependencies import predecessors, under_present_names
from service.reading.yaml_fields import YEARS, Fields
from service.reading.yaml_parties import Directory

_PLAN = ("title", "language", "year", "parties", "milestones")
_MILESTONE = (
    *("id", "activity", "phase", "deadline", *UNDERSTOOD),
    *("responsible", "parties", "after", "checklist", "source"),
)
_SOURCE = ("row", "where", "id", "deadline", "read_as", "responsible", "parties")


class _Language(StrEnum):
    DANISH = "da"
    NORWEGIAN = "no"
    SWEDISH = "sv"
    ENGLISH = "en"


def plan_from_tree(tree: Node, file: str, year: int | None = None) -> Plan:
    """The plan; `year` goes before the one in the file. Raises a sentence that names the line."""
    fields = Fields.of(file, tree, _PLAN)
    directory = Directory.of(fields)
    entries = [_Entry.of(each) for each in fields.children("milestones", _MILESTONE)]
    if not entries:
        raise YamlWithoutMilestones(file=file)
    ids = _ids(entries)
    rows = _rows(entries)
    milestones: list[Milestone] = []
    findings: list[Finding] = []
    year = year or fields.number("year", among=YEARS)
    for entry, milestone_id, row in zip(entries, ids, rows, strict=True):
        understood, told = entry.understood(year)
        milestone = entry.milestone(milestone_id, row, understood, directory)
        year = _year_of(understood) or year
        milestones.append(milestone)
        findings += [replace(each, row=row, where=milestone.where) for each in (*told, *_nobody(milestone))]
    language = fields.one_of("language", _Language) or _Language.DANISH
    findings += findings_about(milestones, language, fields.text("title"))
    present = {entry.id_as_read: milestone.id for entry, milestone in zip(entries, milestones, strict=True)}
    plan = Plan(
        title=fields.text("title"),
        language=language,
        milestones=tuple(under_present_names(milestones, present)),
        parties=directory.parties,
        findings=tuple(findings),
        given_ids=frozenset(entry.id for entry in entries if entry.is_id_given),
        is_order_given=True,
    )
    return with_sound_dependencies(plan)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Understood:
    """The fields of a deadline; None where nothing stands."""

    starts_on: date | None = None
    ends_on: date | None = None
    due_on: date | None = None
    kind: Kind | None = None
    certainty: Certainty | None = None
    time: time_of_day | None = None

    @classmethod
    def of(cls, fields: Fields | None) -> "_Understood":
        if fields is None:
            return cls()
        return cls(
            starts_on=fields.day("starts_on"),
            ends_on=fields.day("ends_on"),
            due_on=fields.day("due_on"),
            kind=fields.one_of("kind", Kind),
            certainty=fields.one_of("certainty", Certainty),
            time=fields.clock("time"),
        )

    @property
    def days(self) -> tuple[date | None, date | None]:
        return self.starts_on, self.ends_on


_NOTHING = _Understood()


@dataclass(frozen=True, slots=True)
class _Entry:
    """One milestone of the file, and what the document said of it (nothing for one written by hand)."""

    fields: Fields
    source: Fields | None
    stands: _Understood
    before: _Understood

    @classmethod
    def of(cls, fields: Fields) -> "_Entry":
        if not fields.text("activity").strip():
            raise YamlValueMissing(file=fields.file, line=fields.line, key="activity")
        source = fields.child("source", _SOURCE)
        read_as = source.child("read_as", UNDERSTOOD) if source else None
        return cls(fields, source, _Understood.of(fields), _Understood.of(read_as))

    @property
    def id(self) -> str:
        return self.fields.text("id")

    @property
    def id_as_read(self) -> str:
        """The id that the document's reading gave; "" for what was written by hand."""
        return self._said("id")

    @property
    def is_id_given(self) -> bool:
        """Chosen by a person: another one than the document's reading gave."""
        return bool(self.id) and self.id != self.id_as_read

    def milestone(
        self, milestone_id: str, row: int, understood: _Understood, directory: Directory
    ) -> Milestone:
        fields, source = self.fields, self.source
        window, due_on = self._window(understood), understood.due_on
        if due_on and not window.holds(due_on):
            raise YamlDueOutside(
                file=fields.file,
                line=fields.line_of("due_on"),
                due=due_on,
                starts=window.starts_on or "…",
                ends=window.ends_on or "…",
            )
        return Milestone(
            id=milestone_id,
            row=row,
            where=place_of(source.text("where")) if source else Place.at(Spot.LINE, fields.line),
            deadline=fields.text("deadline"),
            window=window,
            due_on=due_on,
            activity=fields.text("activity"),
            responsible=fields.text("responsible"),
            parties=directory.responsible(fields, source),
            checklist=tuple(point.text for point in fields.texts("checklist")),
            phase=fields.text("phase"),
            after=predecessors(fields),
        )

    def understood(self, year: int | None) -> tuple[_Understood, tuple[Finding, ...]]:
        """The fields as they stand, put in order where they were corrected, or read anew from the text."""
        is_reworded = self.fields.text("deadline") != self._said("deadline")
        if self.stands == _NOTHING or (self.stands == self.before and is_reworded):
            return self._read_anew(_year_of(self.before) or year)
        if self.stands != self.before:
            return self._corrected(), ()
        return self.stands, tuple(self._other_day())

    def _other_day(self) -> Iterator[Finding]:
        """The activity names a day that the due date does not follow: perhaps only the text was corrected."""
        activity, due_on = self.fields.text("activity"), self.stands.due_on
        named = read_day_in(activity, self._window(self.stands))
        if named and due_on and named != due_on:
            values = {
                "understood": named.isoformat(),
                "due": due_on.isoformat(),
                "written": shortened(activity),
            }
            yield Finding(code="day-in-activity", values=values)

    def _read_anew(self, year: int | None) -> tuple[_Understood, tuple[Finding, ...]]:
        deadline = read_deadline(self.fields.text("deadline"), year)
        window = deadline.window
        understood = _Understood(
            starts_on=window.starts_on,
            ends_on=window.ends_on,
            due_on=due_day(self.fields.text("activity"), window),
            kind=window.kind,
            certainty=window.certainty,
            time=window.time,
        )
        return understood, deadline.findings

    def _corrected(self) -> _Understood:
        """What was corrected stands; what was left as it was and no longer fits follows from it."""
        stands, before = self.stands, self.before
        if stands.due_on and stands.days == (None, None):
            stands = replace(stands, starts_on=stands.due_on, ends_on=stands.due_on)
        if stands.days != before.days:
            stale = {name for name in _FOLLOWS if getattr(stands, name) == getattr(before, name)}
            stands = replace(stands, **dict.fromkeys(stale))
        stands = replace(
            stands,
            kind=stands.kind or _kind_of(*stands.days),
            certainty=stands.certainty or _certainty_of(*stands.days),
        )
        due_on = stands.due_on or due_day(self.fields.text("activity"), self._window(stands))
        return replace(stands, due_on=due_on)

    def _window(self, understood: _Understood) -> Window:
        starts_on, ends_on = understood.days
        if starts_on and ends_on and starts_on > ends_on:
            line = self.fields.line_of("ends_on")
            raise YamlEndsFirst(file=self.fields.file, line=line, starts=starts_on, ends=ends_on)
        return Window(
            starts_on=starts_on,
            ends_on=ends_on,
            kind=understood.kind or Kind.TBD,
            certainty=understood.certainty or Certainty.AWAITING,
            time=understood.time,
        )

    def _said(self, key: str) -> str:
        return self.source.text(key) if self.source else ""


_FOLLOWS = ("kind", "certainty", "due_on")
"""What follows from the days of a window."""


def _kind_of(starts_on: date | None, ends_on: date | None) -> Kind:
    """What a window is that a person wrote."""
    if starts_on and ends_on:
        return Kind.DAY if starts_on == ends_on else Kind.RANGE
    return Kind.FROM if starts_on else Kind.BY if ends_on else Kind.TBD


def _certainty_of(starts_on: date | None, ends_on: date | None) -> Certainty:
    return Certainty.EXACT if starts_on or ends_on else Certainty.AWAITING


def _year_of(understood: _Understood) -> int | None:
    days = [*understood.days, understood.due_on]
    return next((day.year for day in days if day), None)


def _ids(entries: Sequence[_Entry]) -> list[str]:
    """Each its own; a milestone written without one gets that of its text."""
    lines: dict[str, int] = {}
    for entry in entries:
        if entry.id in lines:
            line = entry.fields.line_of("id")
            raise YamlIdTwice(
                file=entry.fields.file, line=line, id=shortened(entry.id), first=lines[entry.id]
            )
        if entry.id:
            lines[entry.id] = entry.fields.line_of("id")
    taken = set(lines)
    ids = []
    made_of_text = milestone_ids([entry.fields.text("activity") for entry in entries])
    for entry, made in zip(entries, made_of_text, strict=True):
        ids.append(entry.id or unused(made, taken))
        taken.add(ids[-1])
    return ids


def _rows(entries: Sequence[_Entry]) -> list[int]:
    """The rows of the document while its milestones stand in order, two dates of a row together; else the
    places in the file.
    """
    rows = [entry.source.number("row") if entry.source else None for entry in entries]
    known = [row for row in rows if row is not None]
    in_order = all(one <= other for one, other in pairwise(known))
    return known if in_order and len(known) == len(rows) else list(range(1, len(rows) + 1))


def _nobody(milestone: Milestone) -> Iterator[Finding]:
    if not milestone.parties:
        code = "responsible-unassigned" if milestone.responsible.strip() else "responsible-empty"
        yield Finding(code=code, values={"written": milestone.responsible})
