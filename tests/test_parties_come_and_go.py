"""Who hears for a party still does when a new version of the plan names it no more."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from service.plan.party import Party
from service.plan.plan import Plan
from service.reminders.recipients import ConfiguredRecipient, recipients_of
from tests.factories import a_day, a_milestone, a_plan
from tests.workplace import Workplace, a_recipient, a_workplace

SB, FOB, BK = (Party(id=key, name=key.upper()) for key in ("sb", "fob", "bk"))
BOTH = Party(id="begge", name="Begge")
OF_SB = a_milestone(a_day(date(2024, 5, 15)))
OF_FOB = a_milestone(
    a_day(date(2024, 5, 20)), id="m2", row=2, activity="FOB behandler budgettet.", parties=("fob",)
)
OF_BOTH = a_milestone(
    a_day(date(2024, 2, 15)), id="m3", row=3, activity="Fælles møde om planen.", parties=("begge",)
)
THURSDAY = date(2024, 2, 1)


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    people = (a_recipient("sb"), a_recipient("fob"), a_recipient("coordinator", is_coordinator=True))
    with a_workplace(tmp_path, THURSDAY, *people) as opened:
        configured = [ConfiguredRecipient(recipient=replace(each, parties=frozenset())) for each in people]
        office = replace(
            opened.parts.office,
            recipients_of=partial(recipients_of, configured=configured),
            groups={"begge": ("sb", "fob")},
        )
        opened.parts = replace(opened.parts, office=office)
        yield opened


def becomes(workplace: Workplace, plan: Plan, days: int = 1) -> None:
    workplace.import_plan(plan, digest=str(plan))
    workplace.clock.advance(timedelta(days))
    workplace.work()


def subjects(workplace: Workplace, to: str) -> list[str]:
    return [mail["Subject"] for mail in workplace.mails() if f"{to}@" in mail["To"]]


def test_whose_only_row_leaves_the_plan_is_told(workplace: Workplace) -> None:
    becomes(workplace, a_plan(OF_SB, OF_FOB, parties=(SB, FOB)))
    becomes(workplace, a_plan(OF_SB, parties=(SB,)), days=3)
    assert "Udgået: FOB behandler budgettet." in subjects(workplace, "fob")
    assert not [subject for subject in subjects(workplace, "coordinator") if "FOB" in subject]


def test_whose_only_row_left_two_versions_ago_is_told(workplace: Workplace) -> None:
    """Before anything is sent there is one more version."""
    becomes(workplace, a_plan(OF_SB, OF_FOB, parties=(SB, FOB)), days=0)
    workplace.import_plan(a_plan(OF_SB, parties=(SB,)), digest="2")
    becomes(workplace, a_plan(replace(OF_SB, activity="Noget andet"), parties=(SB, BK)))
    assert "Udgået: FOB behandler budgettet." in subjects(workplace, "fob")


def test_a_member_of_a_group_stays_one_when_its_last_row_of_its_own_leaves(workplace: Workplace) -> None:
    becomes(workplace, a_plan(OF_SB, OF_FOB, OF_BOTH, parties=(SB, FOB, BOTH)), days=0)
    becomes(workplace, a_plan(OF_SB, OF_BOTH, parties=(SB, BOTH)), days=7)
    assert "Frist 15. februar 2024: Fælles møde om planen." in subjects(workplace, "sb")
    assert "Frist 15. februar 2024: Fælles møde om planen." in subjects(workplace, "fob")
