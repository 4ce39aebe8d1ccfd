"""Whatever stands in a document, a page shows it as text."""

from dataclasses import replace
from datetime import date
from functools import partial
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from service.bundled import TEMPLATES
from service.messages.templates import Templates
from service.plan.milestone import Predecessor
from service.plan.plan import Plan
from service.reminders.consequences import dependencies
from service.reminders.rules import Rules
from service.reminders.schedule import Standing
from service.web.consequences_view import pressed
from service.web.plan_view import counts, months
from service.web.wording import say
from tests.web.housing_plan import housing_plan

TEMPLATE = Templates(TEMPLATES)
TODAY = date(2024, 3, 11)

NASTY = st.one_of(
    st.text(),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            "</style><img src=x onerror=alert(1)>",
            '"><a href="javascript:alert(1)">x</a>',
            "{{ 7 * 7 }}{% raw %}",
            "<!--",
            "]]>",
            "&lt;b&gt;",
        ]
    ),
)


class Markup(HTMLParser):
    """The elements of a page in their order, with the names of their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(name for name, _ in attrs)))


def page_of(plan: Plan) -> str:
    standings = [Standing(milestone=each, since=TODAY) for each in plan.milestones]
    found = months(plan, standings, TODAY, "da")
    return TEMPLATE.html(
        "web/plan.html",
        language="da",
        phrase=partial(say, "da"),
        title=plan.title,
        number=1,
        read_on="i dag",
        counts=counts(row for month in found for row in month.rows),
        months=found,
        pressed=pressed(dependencies(standings, TODAY, Rules()), "da"),
        outbox={},
        act_under="/plan/token",
        left_out=[each.activity for each in plan.milestones],
        overview_path="/overview/token",
    )


FIRST, *OTHERS = housing_plan().milestones
AFTER = (Predecessor(id=FIRST.id, days=7),)
FULL = (FIRST, *(replace(each, phase="Fase 1", after=AFTER) for each in OTHERS))
PLAIN = Markup(page_of(replace(housing_plan(), milestones=FULL))).elements


@given(nasty=NASTY)
def test_the_elements_of_the_page_are_the_same_whatever_the_plan_says(nasty: str) -> None:
    plan = replace(housing_plan(), milestones=FULL)
    parties = tuple(replace(party, name=f"x{nasty}") for party in plan.parties)
    milestones = tuple(
        replace(
            each,
            activity=f"x{nasty}",
            deadline=each.deadline and f"x{nasty}",
            phase=each.phase and f"x{nasty}",
            checklist=tuple(f"x{nasty}" for _ in each.checklist),
        )
        for each in plan.milestones
    )
    page = page_of(replace(plan, title=f"x{nasty}", parties=parties, milestones=milestones))
    assert Markup(page).elements == PLAIN
