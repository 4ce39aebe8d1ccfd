"""The product's own YAML: what is written is read back, and what a person corrects wins."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from service.plan.as_yaml import plan_as_yaml
from service.plan.finding import Severity
from service.plan.milestone import Milestone, Predecessor
from service.plan.party import Party
from service.plan.place import place_of
from service.plan.plan import Plan
from service.plan.window import AWAITING, Certainty, Kind, Window
from service.reading.errors import UnreadableFile
from service.reading.formats.cells import visible
from service.reading.formats.plan_yaml import load
from service.reading.formats.source import Source
from service.reading.from_yaml import plan_from_tree
from service.reading.reader import read_plan
from tests.factories import a_day, a_milestone, a_plan, a_stretch

PLANS = Path(__file__).parents[1] / "plans"


def read_back(text: str) -> Plan:
    return plan_from_tree(load(Source(name="plan.yaml", content=text.encode())), "plan.yaml")


def without_findings(plan: Plan) -> Plan:
    return replace(plan, findings=())


# There and back ------------------------------------------------------------------------------------------

TRAPS = ["no", "NO", "yes", "null", "~", "12:30", "010", "1e3", "0x1F", "2024-03-13", "true", "- a", "a: b"]
TRAPS += [
    "# x",
    "a #b",
    "&a",
    "*a",
    "!a",
    "|",
    ">",
    "%x",
    "@x",
    "`x",
    "{a",
    "[a",
    "'",
    '"',
    "\\",
    "---",
    "...",
    "?",
]
TRAPS += [
    " a",
    "a ",
    "a\nb",
    "a\r\nb",
    "\t",
    "\x00",
    "\x85",
    "\u2028",
    "\ufeff",
    "\u200b",
    "😀",
    "a\u0301",
    "»a«",
]
TRAPS += ["ord " * 60, ("ord " * 60).strip(), "x" * 300, "# " * 100, "- ord " * 40]
text = st.one_of(st.text(), st.sampled_from(TRAPS)).map(visible)  # as every reader leaves a cell
filled = text.filter(str.strip)
FIRST, LAST = date(1900, 1, 1), date(2200, 12, 31)
days = st.dates(FIRST, LAST)
clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@st.composite
def windows(draw: st.DrawFn) -> Window:
    starts_on, ends_on = draw(st.one_of(st.none(), days)), draw(st.one_of(st.none(), days))
    if starts_on and ends_on and starts_on > ends_on:
        starts_on, ends_on = ends_on, starts_on
    return Window(
        starts_on=starts_on,
        ends_on=ends_on,
        kind=draw(st.sampled_from(Kind)),
        certainty=draw(st.sampled_from(Certainty)),
        time=draw(st.one_of(st.none(), clocks)),
    )


def days_in(window: Window) -> st.SearchStrategy[date]:
    return st.dates(window.starts_on or FIRST, window.ends_on or LAST)


def predecessors(ids: list[str]) -> st.SearchStrategy[list[Predecessor]]:
    one = st.builds(Predecessor, id=st.sampled_from(ids or [""]), days=st.integers(0, 3660))
    return st.lists(one, max_size=min(3, len(ids)), unique_by=lambda each: each.id)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    party_ids = draw(st.lists(filled, unique=True, max_size=4))
    some = st.lists(st.sampled_from(party_ids), unique=True).map(tuple) if party_ids else st.just(())
    ids = draw(st.lists(filled, unique=True, min_size=1, max_size=5))
    rows = sorted(draw(st.sets(st.integers(1, 9999), min_size=len(ids), max_size=len(ids))))
    spans = [draw(windows()) for _ in ids]
    milestones = (
        Milestone(
            id=milestone_id,
            row=row,
            where=place_of(draw(text)),
            deadline=draw(text),
            window=window,
            due_on=draw(st.one_of(st.none(), days_in(window))),
            activity=draw(filled),
            responsible=draw(text),
            parties=draw(some),
            checklist=tuple(draw(st.lists(text, max_size=3))),
            phase=draw(text),
            after=tuple(draw(predecessors(ids[:place]))),
        )
        for place, (milestone_id, row, window) in enumerate(zip(ids, rows, spans, strict=True))
    )
    parties = (
        Party(id=each, name=draw(text), aliases=tuple(draw(st.lists(text, max_size=2))), members=draw(some))
        for each in party_ids
    )
    return Plan(
        title=draw(text),
        language=draw(st.sampled_from(("da", "no", "sv", "en"))),
        milestones=tuple(milestones),
        parties=tuple(parties),
    )


@given(plan=plans(), language=st.sampled_from(("da", "en")))
def test_any_plan_is_the_same_plan_after_yaml(plan: Plan, language: str) -> None:
    assert plan == without_findings(read_back(plan_as_yaml(plan, language)))  # type: ignore[arg-type]


@given(plan=plans())
def test_any_other_reader_of_yaml_takes_every_text_for_text(plan: Plan) -> None:
    loaded = yaml.safe_load(plan_as_yaml(plan, "da"))
    for milestone, written in zip(plan.milestones, loaded["milestones"], strict=True):
        for field in ("id", "activity", "deadline", "responsible"):
            wanted = getattr(milestone, field)
            assert wanted == written[field], field


@pytest.mark.parametrize("name", ["procesplan.docx", "procesplan.pdf", "procesplan.xlsx", "procesplan.csv"])
def test_the_users_plan_is_the_same_plan_after_yaml(name: str, tmp_path: Path) -> None:
    plan = read_plan(PLANS / name)
    (tmp_path / "plan.yaml").write_text(plan_as_yaml(plan, "da"), encoding="utf-8")
    assert without_findings(plan) == without_findings(read_plan(tmp_path / "plan.yaml"))


def test_each_finding_is_a_comment_beside_its_row() -> None:
    plan = read_plan(PLANS / "procesplan.docx")
    written = plan_as_yaml(plan, "da")
    for finding in plan.findings:
        assert finding.message("da")[:40].split("\n")[0] in " ".join(written.replace("\n  # ", " ").split())


# Corrected by hand ---------------------------------------------------------------------------------------

MARCH = a_milestone(
    a_day(date(2024, 3, 13)),
    id="m1",
    row=1,
    deadline="13. marts",
    activity="Bestyrelsen godkender budgettet.",
)
MAY = a_milestone(
    a_stretch(date(2024, 5, 1), date(2024, 5, 31), Kind.MONTH),
    id="m2",
    row=2,
    deadline="Maj 2024",
    activity="Byrådsmøde 27. maj om budgettet.",
    due_on=date(2024, 5, 27),
    responsible="SK",
    parties=("sk",),
)
LATER = a_milestone(AWAITING, id="m3", row=3, deadline="Afventer dato", activity="Politisk fremlæggelse.")
WRITTEN = plan_as_yaml(a_plan(MARCH, MAY, LATER), "da")


def corrected(*changes: tuple[str, str]) -> Plan:
    """The plan after the first place of each text was changed, as in an editor."""
    lines = WRITTEN
    for before, after in changes:
        assert before in lines
        lines = lines.replace(before, after, 1)
    return read_back(lines)


def test_a_deadline_whose_text_alone_was_corrected_is_read_anew_in_its_year() -> None:
    march = corrected(("deadline: 13. marts", "deadline: 14. marts")).milestones[0]
    assert (a_day(date(2024, 3, 14)), date(2024, 3, 14)) == (march.window, march.due_on)


def test_dates_that_were_corrected_hold_whatever_the_text_says() -> None:
    march = corrected(
        ("deadline: 13. marts", "deadline: ultimo marts"),
        ("starts_on: 2024-03-13\n    ends_on: 2024-03-13", "starts_on: 2024-03-20\n    ends_on: 2024-03-21"),
    ).milestones[0]
    assert a_stretch(date(2024, 3, 20), date(2024, 3, 21)).ends_on == march.due_on
    assert ("ultimo marts", Kind.RANGE, Certainty.EXACT) == (
        march.deadline,
        march.window.kind,
        march.window.certainty,
    )


def test_deleted_dates_are_read_from_the_text() -> None:
    dates = [f"    {field}: 2024-03-13\n" for field in ("starts_on", "ends_on", "due_on")]
    gone = "".join([*dates, "    kind: day\n", "    certainty: exact\n"])
    assert MARCH.window == corrected((gone, "")).milestones[0].window


def test_a_day_that_only_the_activity_was_given_is_told() -> None:
    plan = corrected(("Byrådsmøde 27. maj", "Byrådsmøde 28. maj"))
    assert date(2024, 5, 27) == plan.milestones[1].due_on
    assert ["day-in-activity"] == [finding.code for finding in plan.findings if finding.row == 2]


def test_a_due_date_alone_is_enough_for_a_row_that_awaited_one() -> None:
    head, _, rest = WRITTEN.partition("activity: Politisk")
    later = read_back(
        head + "activity: Politisk" + rest.replace("due_on:", "due_on: 2024-06-01", 1)
    ).milestones[2]
    assert (a_day(date(2024, 6, 1)), date(2024, 6, 1)) == (later.window, later.due_on)


def test_a_due_date_may_be_another_day_than_the_window_ends() -> None:
    may = corrected(("due_on: 2024-05-27", "due_on: 2024-05-28")).milestones[1]
    assert (MAY.window, date(2024, 5, 28)) == (may.window, may.due_on)


def test_a_due_date_counts_as_inside_where_the_window_is_left_open() -> None:
    march = corrected(
        ("starts_on: 2024-03-13", "starts_on:"), ("due_on: 2024-03-13", "due_on: 2024-03-01")
    ).milestones[0]
    assert (None, date(2024, 3, 1)) == (march.window.starts_on, march.due_on)


def test_a_time_can_be_added() -> None:
    march = corrected(("certainty: exact\n", 'certainty: exact\n    time: "16:00"\n')).milestones[0]
    assert a_day(date(2024, 3, 13), time(16)) == march.window


def test_responsible_parties_whose_text_alone_was_corrected_are_read_anew() -> None:
    march, *_ = corrected(("responsible: SB", "responsible: FOB og Slagelse Kommunen")).milestones
    assert ("fob", "sk") == march.parties


def test_a_corrected_cell_may_bring_in_a_party_nobody_knew() -> None:
    plan = corrected(("responsible: SB", "responsible: Ældresagen"))
    assert (("aeldresagen",), "Ældresagen") == (plan.milestones[0].parties, plan.party("aeldresagen").name)


def test_corrected_parties_hold_whatever_the_text_says() -> None:
    march, *_ = corrected(("parties: [sb]", "parties: [fob, sk]")).milestones
    assert ("fob", "sk") == march.parties


def test_a_milestone_written_by_hand_needs_only_activity_and_deadline() -> None:
    plan = read_back(WRITTEN + "\n  - activity: Evaluering\n    deadline: 1. juni\n")
    new = plan.milestones[3]
    assert (4, "Evaluering", a_day(date(2024, 6, 1)), ()) == (new.row, new.activity, new.window, new.parties)
    assert any(finding.row == 4 and finding.code == "responsible-empty" for finding in plan.findings)


def test_an_id_that_a_person_wrote_is_told_from_one_that_was_read() -> None:
    assert frozenset() == corrected().given_ids
    assert {"m7"} == corrected(("id: m1", "id: m7")).given_ids


# What comes after what -------------------------------------------------------------------------------------


def following(**after: str) -> Plan:
    """The plan with what each milestone comes after, as somebody would write it."""
    text = WRITTEN
    for milestone, written in after.items():
        text = text.replace(f"  - id: {milestone}\n", f"  - id: {milestone}\n    after: {written}\n", 1)
    return read_back(text)


def after(plan: Plan) -> dict[str, list[tuple[str, int]]]:
    found = {each.id: [(first.id, first.days) for first in each.after] for each in plan.milestones}
    return {milestone: firsts for milestone, firsts in found.items() if firsts}


def errors(plan: Plan) -> list[tuple[int | None, str]]:
    return [(each.row, each.code) for each in plan.findings if each.severity is Severity.ERROR]


@pytest.mark.parametrize("written", ["m1", "[m1]", "[{id: m1}]", "{id: m1, days: 0}", "[m1, m1]"])
def test_a_milestone_comes_after_what_stands_in_after(written: str) -> None:
    assert {"m2": [("m1", 0)]} == after(following(m2=written))


def test_there_may_have_to_be_days_between() -> None:
    assert {"m3": [("m1", 0), ("m2", 14)]} == after(following(m3="[m1, {id: m2, days: 14}]"))


def test_nothing_is_proposed_in_what_a_person_may_have_corrected() -> None:
    document = read_plan(PLANS / "procesplan.docx")
    bare = replace(document, milestones=tuple(replace(each, after=()) for each in document.milestones))
    assert {} == after(read_back(plan_as_yaml(bare, "da")))


def test_an_id_that_a_person_changed_need_not_be_changed_in_what_comes_after_it() -> None:
    text = WRITTEN.replace("  - id: m2\n", "  - id: m2\n    after: m1\n", 1)
    assert {"m2": [("budget", 0)]} == after(read_back(text.replace("  - id: m1\n", "  - id: budget\n", 1)))


def test_what_is_no_milestone_is_an_error_and_left_out() -> None:
    plan = following(m2="[m1, m9]")
    assert ({"m2": [("m1", 0)]}, [(2, "after-unknown")]) == (after(plan), errors(plan))


@pytest.mark.parametrize(
    ("written", "kept", "row"),
    [
        ({"m1": "m1"}, {}, 1),
        ({"m1": "m2", "m2": "m1"}, {"m1": [("m2", 0)]}, 2),
        ({"m1": "m3", "m2": "m1", "m3": "m2"}, {"m1": [("m3", 0)], "m3": [("m2", 0)]}, 2),
    ],
)
def test_a_circle_is_an_error_and_its_last_link_left_out(
    written: dict[str, str], kept: dict[str, list[tuple[str, int]]], row: int
) -> None:
    plan = following(**written)
    assert (kept, [(row, "after-in-a-circle")]) == (after(plan), errors(plan))


def test_a_date_that_is_too_early_for_what_comes_before_is_told() -> None:
    told = {each.code: each for each in following(m1="m2").findings}
    assert 1 == told["after-too-early"].row
    assert "after-too-early" not in {each.code for each in following(m2="{id: m1, days: 75}").findings}
    assert "after-too-early" in {each.code for each in following(m2="{id: m1, days: 76}").findings}


# What is wrong is one sentence with its line ---------------------------------------------------------------


def line_of(text: str) -> int:
    return WRITTEN[: WRITTEN.index(text)].count("\n") + 1


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("due_on: 2024-03-13", "due: 2024-03-13", "due_on"),
        ("due_on: 2024-03-13", "due_on: 13. marts", "2024-03-13"),
        ("due_on: 2024-03-13", "due_on: 2024-02-31", "2024-02-31"),
        ("kind: day", "kind: dag", "part-of-month"),
        ("kind: day", "kind: [day]", "kind: ..."),
        ("certainty: exact", 'certainty: exact\n    time: "25:00"', "25:00"),
        ("parties: [sb]", "parties: [sbx]", "»sb«"),
        ("ends_on: 2024-03-13", "ends_on: 2024-03-12", "2024-03-12"),
        ("due_on: 2024-03-13", "due_on: 2024-03-14", "2024-03-13 – 2024-03-13"),
        ("due_on: 2024-05-27", "due_on: 2024-06-03", "due_on 2024-06-03"),
        ("id: m2", "id: m1", "m1"),
        ("title:", "titel:", "title"),
        ("activity: Politisk fremlæggelse.", "activity:", "activity"),
        ("milestones:\n", "milestones: x\n", ""),
        ("parties: [sb]", "parties: [sb]\n    after: [{days: 3}]", "id"),
        ("parties: [sb]", "parties: [sb]\n    after: [{id: m1, days: tre}]", "tre"),
        ("parties: [sb]", "parties: [sb]\n    after: [{id: m1, days: 3661}]", "3661"),
        ("parties: [sb]", "parties: [sb]\n    after: [{id: m1, weeks: 3}]", "days"),
        ("parties: [sb]", "parties: [sb]\n    after: [[m1]]", "after"),
    ],
)
def test_a_slip_is_told_with_its_line_and_what_to_write(before: str, after: str, said: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        corrected((before, after))
    for language in ("da", "en"):
        sentence = caught.value.sentence(language)
        assert "plan.yaml, lin" in sentence
        assert "\n" not in sentence.strip()
    assert said in caught.value.sentence("da")


Spoil = Callable[[str], str]


@given(
    place=st.integers(0, len(WRITTEN) - 1),
    put=st.sampled_from(["", ":", "- ", "[", "{", '"', "\n", "  ", "x", "&"]),
)
def test_whatever_a_slip_of_the_hand_does_the_answer_is_a_plan_or_a_sentence(place: int, put: str) -> None:
    with suppress(UnreadableFile):
        assert read_back(WRITTEN[:place] + put + WRITTEN[place + 1 :]).milestones


def test_what_nobody_sees_is_no_part_of_the_plan() -> None:
    """YAML can write any character; a terminal would obey this one and clear itself."""
    row = r'{deadline: "13. marts 2024", activity: "A\a\u202eB", responsible: SB}'
    plan = read_back('title: "T\\e[2J\\x9b"\n' + f"milestones: [{row}]")
    assert (plan.title, plan.milestones[0].activity) == ("T[2J", "AB")
