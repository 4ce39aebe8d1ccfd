"""From the cells of a plan to each page: a browser finds the template's own elements and links, and text."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from service.clock import SteppingClock
from service.messages.cleaning import one_line
from service.messages.composing import Writer
from service.messages.overview import opening_of, overview_in_words
from service.messages.rehearsal import KEY, Rehearsal
from service.messages.rehearsal_page import rehearsal_page
from service.messages.report import report_page
from service.plan.finding import Finding
from service.plan.place import place_of
from service.plan.plan import Plan
from service.reminders.consequences import dependencies
from service.reminders.marking import Reporter
from service.reminders.notice import Channel, Hearer
from service.reminders.office import Office
from service.reminders.overview import Reach, overview_of
from service.reminders.rehearsal import first_standings, rehearse
from service.reminders.rules import Rules
from service.storage.database import Database
from service.web.actions import Case
from service.web.actions import page as milestone_page
from service.web.consequences_view import pressed
from service.web.feed_content import feed_says, feed_title
from service.web.plan_view import counts, months, row_of
from service.web.qr_code import qr_code
from service.web.record_view import lines
from service.web.site import Site
from service.web.subscriptions import subscriptions
from tests.factories import COORDINATOR, a_hearer
from tests.injections.paper import (
    AT,
    CASES,
    CELLS,
    STATIONERY,
    TEMPLATE,
    TODAY,
    TRIED,
    ZONE,
    entries_saying,
    harmless,
    plan_saying,
    standings_of,
)
from tests.injections.readers import Page, needs_parsers, page

pytestmark = needs_parsers
FEED = "https://frister.example.dk/feed/token.ics"
SITE = Site(
    database=Database("sqlite://"),
    clock=SteppingClock(AT),
    templates=TEMPLATE,
    language="da",
    base_url="https://frister.example.dk",
    organizer=STATIONERY.sender.mailbox,
    office=Office(rules=Rules(), recipients_of=lambda _plan: ((), ()), groups={}),
)
CODES = {"year-inferred": ("written", "understood", "source"), "deadline-not-understood": ("written",)}


def plan_page(plan: Plan) -> str:
    stand = standings_of(plan)
    found = months(plan, stand, TODAY, "da")
    return _made(
        "plan.html",
        title=one_line(plan.title),
        number=1,
        read_on="i dag",
        counts=counts(row for month in found for row in month.rows),
        months=found,
        pressed=pressed(dependencies(stand, TODAY, Rules()), "da"),
        outbox={},
        act_under="/plan/token",
        left_out=[one_line(each.activity) for each in plan.milestones],
        overview_path="/overview/token",
    )


def page_of_a_milestone(plan: Plan) -> str:
    reporter = Reporter(name=plan.title, recipient="sb", parties=frozenset({"sb"}))
    late = standings_of(plan)[0]
    shown = milestone_page(Case(plan=plan, standing=late, reporter=reporter, site=SITE), refused=None)
    return bytes(shown.body).decode()


def overview_page(plan: Plan) -> str:
    told = (a_hearer("sb", name=plan.title), COORDINATOR)
    found = overview_of(plan, standings_of(plan), told, rules=Rules(), reach=Reach(), on=TODAY)
    words, opening = overview_in_words("da", plan, found), opening_of("da", plan.title, TODAY)
    return _made("overview.html", words=words, opening=opening, plan_path="/plan/token")


def page_of_a_feed(plan: Plan) -> str:
    title = feed_title(SITE, plan, "sb")
    return _made(
        "feed.html",
        title=title,
        says=feed_says(SITE, plan, "sb"),
        subscriptions=subscriptions(FEED, title),
        reachable=True,
        url=FEED,
        qr_code=qr_code(FEED),
        note="",
        rows=[row_of(plan, each, TODAY, "da") for each in standings_of(plan)],
        hidden=0,
    )


def record_page(plan: Plan) -> str:
    return _made(
        "record.html",
        lines=lines(entries_saying([plan.title, plan.milestones[0].activity]), ZONE, "da"),
        back="/plan/token/m1",
        table="/plan/token/m1/record.csv",
    )


def report(plan: Plan) -> str:
    findings = tuple(
        Finding(code=code, row=row, where=place_of(plan.title), values=dict.fromkeys(values, plan.title))
        for row, (code, values) in enumerate(CODES.items(), start=1)
    )
    told = Plan(
        title=plan.title, language="da", milestones=plan.milestones, parties=plan.parties, findings=findings
    )
    return report_page(told, TEMPLATE, "da", file=plan.title)


def rehearsal(plan: Plan) -> str:
    since, until, rules = date(2024, 2, 26), date(2024, 3, 8), Rules()
    people: tuple[Hearer, ...] = (
        a_hearer("sb", name=plan.title),
        a_hearer("sb", Channel.INVITE, name=plan.title),
        a_hearer("fob", Channel.TEAMS, name=plan.title),
    )
    made = Rehearsal(
        plan=plan,
        since=since,
        until=until,
        rules=rules,
        told=people,
        writer=Writer(plan=plan, key=KEY, stationery=STATIONERY),
        stand=tuple(first_standings(plan, since)),
        messages=tuple(rehearse(plan, people, rules, since, until)),
    )
    return rehearsal_page(made, None, "da", file=plan.title)


PAGES: Mapping[str, Callable[[Plan], str]] = {
    "the plan": plan_page,
    "a milestone": page_of_a_milestone,
    "the overview": overview_page,
    "a feed": page_of_a_feed,
    "the record": record_page,
    "the report on a reading": report,
}


def _made(name: str, **values: Any) -> str:
    return bytes(SITE.page(name, **values).body).decode()


@cache
def shape_of(name: str, cells: int) -> Page:
    return page(ALL[name](plan_saying(harmless(cells))))


ALL = {**PAGES, "a rehearsal": rehearsal}


def shows_only_text(name: str, cells: list[str]) -> None:
    found, like = page(ALL[name](plan_saying(cells))), shape_of(name, len(cells))
    assert found.elements == like.elements
    assert found.comments == like.comments == 0


@TRIED
@given(cells=CELLS, name=st.sampled_from(sorted(PAGES)))
def test_a_page_has_the_elements_and_links_of_its_template(cells: list[str], name: str) -> None:
    shows_only_text(name, cells)


@settings(TRIED, max_examples=CASES // 50)
@given(cells=CELLS)
def test_the_page_of_a_rehearsal_has_too(cells: list[str]) -> None:
    shows_only_text("a rehearsal", cells)
