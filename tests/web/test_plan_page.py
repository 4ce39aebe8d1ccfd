"""The whole plan for the coordinator."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from service.errors import Language
from service.plan.marks import Mark, MarkKind
from service.plan.milestone import Milestone, Predecessor
from service.reminders.schedule import Standing
from service.storage.links import LinkKind
from service.storage.marks import store_mark
from service.web.plan_view import Stage, counts, months
from tests.factories import a_day, a_mark
from tests.web.conftest import Visited
from tests.web.housing_plan import CHECKLIST, SUBMISSION, housing_plan

TODAY = date(2024, 3, 11)


def standing(
    milestone: Milestone, *, done_on: date | None = None, dropped_on: date | None = None
) -> Standing:
    since = date(2024, 2, 1)
    settled = a_mark(MarkKind.DONE, done_on) if done_on else None
    return Standing(milestone=milestone, since=since, settled=settled, dropped_on=dropped_on)


def test_it_shows_every_milestone_month_by_month_with_its_wording_and_who_is_responsible(
    visited: Visited,
) -> None:
    page = visited.get(f"/plan/{visited.link(LinkKind.PLAN)}").text
    for said in (
        "Samlet procesplan, ny boligsocial helhedsplan",
        "Udgave 1, læst 1. februar 2024",
        "Marts 2024",
        "Søndag den 10. marts 2024",
        "Planen siger: »Primo marts 2024« (1.–10. marts 2024)",
        "Onsdag den 13. marts 2024 kl. 16.00",
        "Boligorganisationerne og Slagelse Kommune",
        "Uden dato",
        *CHECKLIST,
    ):
        assert said in page
    assert page.index("Februar 2024") < page.index("Maj 2024") < page.index("Uden dato")
    assert page.count('<li class="row ') == len(housing_plan().milestones)


def test_a_row_stands_under_its_phase(visited: Visited) -> None:
    first, *others = housing_plan().milestones
    phased = replace(housing_plan(), milestones=(replace(first, phase="Fase 1: <b>Start</b>"), *others))
    visited.import_plan(phased)
    page = visited.get(f"/plan/{visited.link(LinkKind.PLAN)}").text
    assert 1 == page.count('<p class="phase">')
    assert '<p class="phase">Fase 1: &lt;b&gt;Start&lt;/b&gt;</p>' in page


def test_only_the_coordinator_is_shown_what_no_longer_fits(visited: Visited) -> None:
    first, board, *others = housing_plan().milestones
    after = (Predecessor(id="m2"),)
    meeting, *rest = (replace(each, after=after) for each in others)
    visited.import_plan(replace(housing_plan(), milestones=(first, board, meeting, *rest)))
    visited.clock.set(datetime(2024, 3, 14, 7, tzinfo=UTC))
    reading, acting = (
        visited.get(f"/plan/{visited.link(kind)}").text for kind in (LinkKind.PLAN, LinkKind.COORDINATOR)
    )
    assert "Konsekvenser" not in reading
    told = acting[acting.index("Konsekvenser") : acting.index('<ul class="counts">')]
    assert told.index("passer ikke længere") < told.index("1 dag for tidligt (1 arbejdsdag)")
    assert told.index("1 dag for tidligt") < told.index("passer endnu") < told.index("6 dages luft")
    assert "Kommer efter »Bestyrelsen godkender materialet«, som tidligst er overstået 14. marts" in told
    assert 2 == told.count('<li class="row ')
    assert 2 == told.count('/m2">')


def test_it_says_how_many_reminders_are_in_which_state(visited: Visited) -> None:
    page = visited.get(f"/plan/{visited.link(LinkKind.PLAN)}").text
    for state in ("planlagt", "venter", "accepteret", "mislykket", "forældet", "trukket tilbage", "spærret"):
        assert f"<dt>{state}</dt><dd>0</dd>" in page


def test_before_the_first_import_it_says_so(empty: Visited) -> None:
    answer = empty.get(f"/plan/{empty.link(LinkKind.PLAN)}")
    assert answer.status_code == 200
    assert "Der er ingen plan endnu" in answer.text


def test_a_mark_shows_at_once(visited: Visited) -> None:
    path = f"/plan/{visited.link(LinkKind.PLAN)}"
    assert "<b>1</b> udført" not in visited.get(path).text
    with visited.database.write() as connection:
        done = housing_plan().milestones[0]
        mark = Mark(kind=MarkKind.DONE, on=TODAY, at=visited.clock.now(), by="sb")
        store_mark(connection, done.id, mark)
    assert "<b>1</b> udført" in visited.get(path).text


def test_each_milestone_stands_in_one_stage() -> None:
    plan = housing_plan()
    late, coming, awaiting = plan.milestones[1], plan.milestones[2], plan.milestones[7]
    found = months(
        plan,
        [
            standing(late),
            standing(coming),
            standing(awaiting),
            standing(plan.milestones[0], done_on=date(2024, 2, 27)),
            standing(plan.milestones[5], dropped_on=date(2024, 3, 1)),
        ],
        TODAY,
        "da",
    )
    assert [(month.heading, row.stage, row.mark) for month in found for row in month.rows] == [
        ("Februar 2024", Stage.DONE, "27. februar 2024"),
        ("Marts 2024", Stage.LATE, "1 dag over fristen"),
        ("Marts 2024", Stage.COMING, "om 2 dage"),
        ("Uden dato", Stage.AWAITING, ""),
        ("Udgået af planen", Stage.DROPPED, "1. marts 2024"),
    ]
    assert sum(counts(row for month in found for row in month.rows).values()) == 5


def test_what_is_due_today_is_not_late() -> None:
    milestone = replace(housing_plan().milestones[2], window=a_day(TODAY), due_on=TODAY)
    ((month),) = months(housing_plan(), [standing(milestone)], TODAY, "da")
    assert (month.rows[0].stage, month.rows[0].mark) == (Stage.COMING, "i dag")


class TestInEnglish:
    @pytest.fixture
    def language(self) -> Language:
        return "en"

    def test_the_page_is_english_and_the_plan_stays_as_it_is(self, visited: Visited) -> None:
        page = visited.get(f"/plan/{visited.link(LinkKind.PLAN)}").text
        assert '<html lang="en">' in page
        for said in ("March 2024", "Sunday 10 March 2024", "overdue", "awaiting a date", SUBMISSION):
            assert said in page
