"""What an import says that it will send is what the daemon then sends."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from service.importing import Preview, preview_import
from service.messages.outlook import Outlook
from service.plan.milestone import Milestone, Predecessor
from service.plan.plan import Plan
from service.reminders.rules import Rules
from service.storage import plans, tables
from tests.factories import a_day, a_milestone, a_plan
from tests.workplace import Workplace, a_recipient, a_workplace

THURSDAY = date(2024, 2, 1)
MEETING = a_milestone(a_day(date(2024, 3, 13)))
BUDGET = a_milestone(
    a_day(date(2024, 2, 9)), id="m2", row=2, activity="FOB behandler budgettet.", parties=("fob",)
)
HEARING = a_milestone(
    a_day(date(2024, 2, 2)), id="m3", row=3, activity="Høringssvar sendes.", parties=("sb", "fob")
)
PLAN = a_plan(
    replace(MEETING, after=(Predecessor(id="m2", days=7),)),
    replace(BUDGET, after=(Predecessor(id="m3"),)),
    HEARING,
)


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    people = (
        a_recipient("sb", teams=True),
        a_recipient("fob"),
        a_recipient("coordinator", is_coordinator=True),
    )
    with a_workplace(tmp_path, THURSDAY, *people) as opened:
        yield opened


def preview(workplace: Workplace, plan: Plan) -> Preview:
    return preview_import(workplace.parts.database, workplace.clock, workplace.parts.office, plan)


def foreseen(found: Preview) -> Counter[tuple[str, str, str]]:
    """Recipient, channel and subject of everything the preview says will leave."""
    after = found.after
    outlook = Outlook(
        plan=after.plan,
        stand=after.stand,
        messages=found.foresight.messages,
        told=after.told,
        rules=Rules(),
    )
    told = [outlook.as_json(message, "Europe/Copenhagen") for message in outlook.messages]
    return Counter((each["recipient"], each["channel"], each["subject"]) for each in told)


def sent(workplace: Workplace, since: int) -> Counter[tuple[str, str, str]]:
    """The same of everything that has left after the first so many messages."""
    with workplace.parts.database.read() as connection:
        messages = connection.execute(select(tables.message).order_by(tables.message.c.id)).mappings().all()
    return Counter((each["recipient"], each["channel"], each["subject"]) for each in messages[since:])


def messages_so_far(workplace: Workplace) -> int:
    return sum(sent(workplace, 0).values())


def import_and_send(workplace: Workplace, plan: Plan) -> tuple[Preview, Counter[tuple[str, str, str]]]:
    """Preview and import a plan, let the daemon plan at once and send at the next sending."""
    found, before = preview(workplace, plan), messages_so_far(workplace)
    workplace.import_plan(plan, digest=str(before))
    workplace.work()
    workplace.clock.set(found.foresight.at)
    workplace.work()
    return found, sent(workplace, before)


def at(workplace: Workplace, moment: str) -> None:
    workplace.clock.set(datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Europe/Copenhagen")))


def moved(milestone: Milestone, day: date) -> Milestone:
    return replace(milestone, window=a_day(day), due_on=day, deadline=day.isoformat())


def test_a_first_import_says_what_leaves_at_once(workplace: Workplace) -> None:
    found, left = import_and_send(workplace, PLAN)
    assert left == foreseen(found)
    assert ("sb", "email", "Frist 2. februar 2024: Høringssvar sendes.") in left
    assert found.foresight.because == found.foresight.messages


@pytest.mark.parametrize(
    "moment",
    ["2024-02-01T21:00", "2024-02-03T12:00", "2024-02-02T07:00", "2024-02-02T08:00", "2024-02-05T15:00"],
)
def test_a_changed_plan_says_what_leaves_at_the_next_sending(workplace: Workplace, moment: str) -> None:
    import_and_send(workplace, PLAN)
    at(workplace, moment)
    workplace.work()
    found, left = import_and_send(workplace, a_plan(moved(MEETING, date(2024, 3, 20)), HEARING))
    assert left == foreseen(found)


def test_importing_the_same_content_sends_nothing_because_of_it(workplace: Workplace) -> None:
    import_and_send(workplace, PLAN)
    for moment in ("2024-02-01T12:00", "2024-02-02T07:00", "2024-02-12T07:00"):
        at(workplace, moment)
        found = preview(workplace, PLAN)
        assert not found.changes
        assert () == found.foresight.because


def test_a_cancelled_milestone_is_taken_out_of_calendars_that_have_it(workplace: Workplace) -> None:
    import_and_send(workplace, PLAN)
    at(workplace, "2024-02-01T21:00")
    found, left = import_and_send(workplace, a_plan(BUDGET, HEARING))
    assert left == foreseen(found)
    assert any(subject.startswith("Aflyst") for _, _, subject in left)


def test_the_coordinator_hears_what_no_longer_fits_after_a_move_and_reads_it_first(
    workplace: Workplace,
) -> None:
    import_and_send(workplace, PLAN)
    at(workplace, "2024-02-01T21:00")
    found, left = import_and_send(workplace, a_plan(MEETING, BUDGET, moved(HEARING, date(2024, 2, 12))))
    told = [(each.first.milestone.id, each.then.milestone.id, each.slack) for each in found.consequences]
    assert [("m3", "m2", -3), ("m2", "m1", 23)] == told
    assert left == foreseen(found)
    (subject,) = [subject for recipient, _, subject in left if recipient == "coordinator"]
    assert "Ny frist 12. februar 2024: Høringssvar sendes." == subject
    (mail,) = [mail for mail in workplace.mails() if mail["To"].addresses[0].username == "coordinator"]
    body = mail.get_body(("plain",))
    assert body is not None
    assert (
        "9. februar 2024: FOB behandler budgettet – 3 dage for tidligt (1 arbejdsdag)" in body.get_content()
    )


def test_too_many_at_once_are_said_to_wait(workplace: Workplace) -> None:
    office = workplace.parts.office
    workplace.parts = replace(workplace.parts, office=replace(office, rules=Rules(approve_above=2)))
    found, left = import_and_send(workplace, PLAN)
    assert found.foresight.held > 2
    assert left == foreseen(found) == Counter()


def test_nothing_is_stored_by_looking(workplace: Workplace) -> None:
    preview(workplace, PLAN)
    with workplace.parts.database.read() as connection:
        assert plans.latest_revision(connection) is None
    assert 0 == workplace.counts()["planned"]


DAYS = st.dates(date(2024, 1, 15), date(2024, 3, 31))
MOMENTS = st.datetimes(datetime(2024, 2, 1), datetime(2024, 2, 20))  # noqa: DTZ001 - local days


@st.composite
def versions(draw: st.DrawFn) -> Sequence[Plan]:
    return [
        a_plan(
            *(
                moved(each, draw(DAYS))
                for each in draw(st.permutations([MEETING, BUDGET, HEARING]))[: draw(st.integers(1, 3))]
            )
        )
        for _ in range(3)
    ]


@given(plans_to_come=versions(), moments=st.lists(MOMENTS, min_size=3, max_size=3).map(sorted))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_imported_and_when_the_preview_is_what_leaves(
    tmp_path_factory: pytest.TempPathFactory, plans_to_come: Sequence[Plan], moments: Sequence[datetime]
) -> None:
    people = (a_recipient("sb"), a_recipient("fob"), a_recipient("coordinator", is_coordinator=True))
    with a_workplace(tmp_path_factory.mktemp("office"), THURSDAY, *people) as workplace:
        for plan, moment in zip(plans_to_come, moments, strict=True):
            now = moment.replace(tzinfo=ZoneInfo("Europe/Copenhagen"))
            workplace.clock.set(max(now, workplace.clock.now()))
            workplace.work()
            stand_before = preview(workplace, plan).after.stand
            found, left = import_and_send(workplace, plan)
            assert left == foreseen(found)
            with workplace.parts.database.read() as connection:
                stored = {each.milestone.id: each for each in plans.standings(connection)}
            assert {each.milestone.id: each for each in stand_before} == stored
