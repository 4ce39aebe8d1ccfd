"""The page of a rehearsal: the year, who gets how much, and each message as its reader sees it."""

import json
import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from service.bundled import TEMPLATES
from service.errors import Language
from service.messages.composing import Stationery, Writer
from service.messages.email import Mail
from service.messages.mailbox import Mailbox, Sender
from service.messages.rehearsal import KEY, Contrast, Rehearsal, in_full
from service.messages.rehearsal_page import rehearsal_page
from service.messages.templates import Templates
from service.plan.party import Party
from service.plan.plan import Plan
from service.reminders.comparison import compare
from service.reminders.notice import Channel, Hearer
from service.reminders.rehearsal import first_standings, rehearse
from service.reminders.rules import Rules
from service.reminders.timing import Timing
from tests.chromium import a_page, needs_chromium, overhang
from tests.factories import a_day, a_hearer, a_milestone, a_plan
from tests.messages.markup import NASTY, Markup

SINCE, UNTIL = date(2024, 2, 1), date(2024, 4, 30)
PLAN = a_plan(
    a_milestone(a_day(date(2024, 3, 13)), checklist=("Budget",)),
    a_milestone(a_day(date(2024, 3, 31)), id="m2", row=2, activity="Høring.", parties=("sk",)),
)
PEOPLE = (
    a_hearer("sb", name="Slagelse Boligselskab"),
    a_hearer("sb", Channel.INVITE, name="Slagelse Boligselskab"),
    a_hearer("sk", Channel.TEAMS, name="Slagelse Kommune"),
)
STATIONERY = Stationery(
    templates=Templates(TEMPLATES),
    sender=Sender(mailbox=Mailbox(address="frister@example.dk", name="Rettidig")),
    coordinator_name="Mette Koch",
    zone=ZoneInfo("Europe/Copenhagen"),
    base_url="https://frister.example.dk",
)


def rehearsal_of(plan: Plan, rules: Rules, people: tuple[Hearer, ...] = PEOPLE) -> Rehearsal:
    return Rehearsal(
        plan=plan,
        since=SINCE,
        until=UNTIL,
        rules=rules,
        told=people,
        writer=Writer(plan=plan, key=KEY, stationery=STATIONERY),
        stand=tuple(first_standings(plan, SINCE)),
        messages=tuple(rehearse(plan, people, rules, SINCE, UNTIL)),
    )


REHEARSAL = rehearsal_of(PLAN, Rules())
CALMER = rehearsal_of(PLAN, Rules(timing=Timing(ahead=(7,)), overdue_on="friday"))
CONTRAST = Contrast(
    before=REHEARSAL,
    after=CALMER,
    other="other.toml",
    comparison=compare(REHEARSAL.messages, CALMER.messages),
)


def page_of(
    rehearsal: Rehearsal = REHEARSAL, contrast: Contrast | None = None, language: Language = "da"
) -> str:
    return rehearsal_page(rehearsal, contrast, language, file="plan.docx")


PAGE = page_of()


def test_each_day_with_messages_is_a_link_from_the_year_to_them() -> None:
    days = {f"d-{message.on}" for message in REHEARSAL.messages}
    assert days == set(re.findall(r'href="#(d-[^"]+)"', PAGE))
    assert days == set(re.findall(r'<article class="day[^"]*" id="([^"]+)"', PAGE))


def test_each_mail_stands_in_the_page_as_it_would_be_sent() -> None:
    mails = [each.message.content for each in in_full(REHEARSAL)]
    held = re.findall(r"data-mail='([^']*)'", PAGE)
    assert [mail.html for mail in mails if isinstance(mail, Mail)] == [unescape(html) for html in held]
    assert len(held) > 8


def test_each_card_shows_all_its_texts() -> None:
    said = Markup(PAGE).text
    cards = [
        json.loads(each.message.body)
        for each in in_full(REHEARSAL)
        if isinstance(each.message.content, bytes)
    ]
    assert len(cards) > 8
    for card in cards:
        assert card["attachments"][0]["content"]["body"][0]["text"] in said


def test_an_invitation_says_on_which_day_it_would_stand() -> None:
    assert "Frist: Organisationsbestyrelsen godkender materialet. Onsdag den 13. marts 2024, hele dagen" in (
        Markup(PAGE).text
    )


def test_the_months_are_counted_for_each_recipient() -> None:
    said = Markup(PAGE).text
    tallies = said[said.index("Beskeder om måneden") : said.index("Dag for dag")]
    assert "Måned Slagelse Boligselskab Slagelse Kommune I alt" in tallies
    assert "Februar 2024 2 +1" in tallies
    total = sum(message.hearer.recipient == "sk" for message in REHEARSAL.messages)
    assert re.search(rf"I alt \d+ \+1 {total} ", tallies)


def test_a_deadline_is_marked_in_the_year_also_where_nobody_works() -> None:
    assert re.search(r'class="cell shade-0 off due-day[^>]*title="Søndag den 31\. marts 2024', PAGE)


def test_what_other_rules_change_is_told_with_the_counts_before_and_after() -> None:
    said = Markup(page_of(contrast=CONTRAST)).text
    part = said[said.index("Med reglerne i other.toml") : said.index("Dag for dag")]
    assert "Kommer til" in part or "Falder væk" in part
    then, now = CONTRAST.burdens["sb"]
    assert f"Slagelse Boligselskab {then.tally.reminders} → {now.tally.reminders}" in part


def test_it_is_told_in_english_too() -> None:
    said = Markup(page_of(contrast=CONTRAST, language="en")).text
    for part in ("The year 2024", "Messages a month", "Day by day", "With the rules of other.toml"):
        assert part in said


def test_an_empty_rehearsal_is_a_page_that_says_so() -> None:
    nobody = rehearsal_of(PLAN, Rules(), people=())
    assert "Ingen beskeder i perioden." in Markup(page_of(nobody)).text


def test_the_page_needs_nothing_but_itself() -> None:
    elements = Markup(PAGE).elements
    assert not {"img", "iframe", "object", "base"} & {tag for tag, _ in elements}
    assert not any("src" in names or "srcdoc" in names for _, names in elements)
    assert "default-src 'none'" in unescape(PAGE)
    outside = set(re.findall(r'href="(?!#|data:)([^"]+)"', PAGE))
    assert all(url.startswith("https://frister.example.dk/m/rehearsal-") for url in outside)


def test_the_same_rehearsal_is_the_same_page() -> None:
    assert PAGE == page_of(rehearsal_of(PLAN, Rules()))


def page_saying(text: str) -> str:
    milestones = tuple(
        replace(each, deadline=text, activity=text, responsible=text, checklist=(text,))
        for each in PLAN.milestones
    )
    parties = tuple(Party(id=each.id, name=text, members=each.members) for each in PLAN.parties)
    people = tuple(replace(hearer, name=f"x{text}") for hearer in PEOPLE)
    plan = replace(PLAN, title=text, milestones=milestones, parties=parties)
    rehearsal = rehearsal_of(plan, Rules(), people)
    return page_of(rehearsal, replace(CONTRAST, before=rehearsal, other=text))


PLAIN = Markup(page_saying("x")).elements


@given(nasty=NASTY)
@settings(deadline=None, max_examples=40)
def test_the_elements_of_the_page_are_the_same_whatever_the_cells_say(nasty: str) -> None:
    assert PLAIN == Markup(page_saying(f"x{nasty}")).elements


@needs_chromium
@pytest.mark.parametrize("width", [1200, 390])
def test_a_mail_is_shown_whole_when_it_is_opened_and_one_reader_can_be_chosen(
    width: int, tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_text(page_of(contrast=CONTRAST), encoding="utf-8")
    with a_page(width) as (page, complaints):
        page.goto(f"file://{tmp_path}/page.html")
        assert 0 == overhang(page)
        first = page.locator("article.day details").first
        first.locator("summary").click()
        shown = first.frame_locator("iframe").get_by_text("Organisationsbestyrelsen godkender materialet.")
        shown.wait_for()
        assert "allow-same-origin" == first.locator("iframe").get_attribute("sandbox")
        page.get_by_text("Slagelse Kommune", exact=True).first.click()
        assert {"Slagelse Kommune"} == set(page.locator("article.day .to:visible").all_inner_texts())
        assert 0 == overhang(page)
        assert [] == complaints
