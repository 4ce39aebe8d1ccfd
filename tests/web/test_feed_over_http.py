"""A feed as calendar programs fetch it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar, Event

from service.plan.marks import Mark, MarkKind
from service.plan.window import AWAITING
from service.storage.links import OF_THE_COORDINATOR, LinkKind, feed_of, revoke_links
from service.storage.marks import store_mark
from tests.factories import a_day
from tests.web.conftest import Visited
from tests.web.housing_plan import BOARD_MEETING, SUBMISSION, WORKSHOP, housing_plan


def summaries(visited: Visited, token: str) -> list[str]:
    calendar = Calendar.from_ical(visited.get(f"/feed/{token}.ics").content)
    return [str(event["SUMMARY"]) for event in calendar.events]


def test_a_feed_is_served_the_way_that_no_client_breaks_on(visited: Visited) -> None:
    answer = visited.get(f"/feed/{visited.link()}.ics", **{"Accept-Encoding": "gzip, br"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Length"] == str(len(answer.content))
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["Cache-Control"] == "private, max-age=900"
    assert {"Content-Encoding", "Set-Cookie", "Transfer-Encoding"}.isdisjoint(answer.headers)


def test_the_address_is_short_enough_for_google(visited: Visited) -> None:
    assert len(f"https://frister.slagelseboligselskab.example.dk/feed/{visited.link()}.ics") < 256


def test_the_feed_of_the_plan_holds_everything_that_has_a_date(visited: Visited) -> None:
    dated = [each for each in housing_plan().milestones if each.due_on]
    assert len(summaries(visited, visited.link())) == len(dated)


def test_the_feed_of_a_party_holds_its_own_milestones_and_those_of_its_groups(visited: Visited) -> None:
    found = summaries(visited, visited.link(subject="sb"))
    assert len(found) == 2
    assert BOARD_MEETING in found[0]
    assert WORKSHOP[:60] in found[1]


def test_the_feed_of_a_group_holds_what_the_group_is_named_for(visited: Visited) -> None:
    (only,) = summaries(visited, visited.link(subject="boligorganisationerne"))
    assert WORKSHOP[:60] in only


def test_who_has_the_feed_already_is_told_so(visited: Visited) -> None:
    path = f"/feed/{visited.link()}.ics"
    first = visited.get(path)
    etag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    assert not etag.startswith("W/")
    for header in ({"If-None-Match": etag}, {"If-Modified-Since": modified}):
        again = visited.get(path, **header)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == etag


def test_head_says_what_get_would(visited: Visited) -> None:
    path = f"/feed/{visited.link()}.ics"
    got = visited.get(path)
    head = visited.head(path)
    assert head.content == b""
    for name in ("ETag", "Last-Modified", "Content-Length", "Content-Type"):
        assert head.headers[name] == got.headers[name]


def test_the_same_plan_gives_the_same_bytes_after_a_restart(visited: Visited) -> None:
    path = f"/feed/{visited.link()}.ics"
    before = visited.get(path)
    with visited.restarted() as again:
        after = again.get(path)
    assert after.content == before.content
    assert after.headers["ETag"] == before.headers["ETag"]


def test_an_imported_change_shows_at_once_and_as_a_later_version(visited: Visited) -> None:
    path = f"/feed/{visited.link(subject='sb')}.ics"
    before = visited.get(path)
    plan = housing_plan()
    moved = replace(plan.milestones[2], window=a_day(date(2024, 3, 27)), due_on=date(2024, 3, 27))
    visited.import_plan(replace(plan, milestones=(*plan.milestones[:2], moved, *plan.milestones[3:])))
    after = visited.get(path, **{"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    old, new = (Calendar.from_ical(answer.content).events[0] for answer in (before, after))
    assert new["UID"] == old["UID"]
    assert new.decoded("DTSTART") == date(2024, 3, 27)
    assert new.decoded("SEQUENCE") > old.decoded("SEQUENCE")
    assert new.decoded("LAST-MODIFIED") > old.decoded("LAST-MODIFIED")


def test_what_is_done_is_ticked(visited: Visited) -> None:
    token = visited.link(subject="sb")
    with visited.database.write() as connection:
        milestone = housing_plan().milestones[2]
        today = date(2024, 3, 11)
        mark = Mark(kind=MarkKind.DONE, on=today, at=visited.clock.now(), by="sb")
        store_mark(connection, milestone.id, mark)
    assert summaries(visited, token)[0].startswith("✓")


def test_what_is_done_by_its_day_is_taken_off_where_that_is_wanted(visited: Visited) -> None:
    token = visited.link(subject="sb")
    office = visited.site.office
    site = replace(visited.site, office=replace(office, rules=replace(office.rules, when_done="cancel")))
    with replace(visited, site=site).restarted() as shown:
        before = summaries(shown, token)
        mark = Mark(kind=MarkKind.DONE, on=date(2024, 3, 11), at=visited.clock.now(), by="sb")
        with visited.database.write() as connection:
            store_mark(connection, housing_plan().milestones[2].id, mark)
        assert before[1:] == summaries(shown, token)


def test_what_the_plan_drops_stays_for_some_weeks_as_cancelled_and_then_goes(visited: Visited) -> None:
    token = visited.link()
    plan = housing_plan()
    kept = tuple(each for each in plan.milestones if each.activity != SUBMISSION)
    visited.import_plan(replace(plan, milestones=kept))
    assert any(each.startswith("AFLYST") for each in summaries(visited, token))
    visited.clock.advance(timedelta(days=61))
    assert not any(each.startswith("AFLYST") for each in summaries(visited, token))


def test_what_is_not_relevant_any_more_stays_for_as_long_and_then_goes_too(visited: Visited) -> None:
    token = visited.link(subject="bestyrelsen")
    today = date(2024, 3, 11)
    mark = Mark(kind=MarkKind.NOT_RELEVANT, on=today, at=visited.clock.now(), by="bestyrelsen")
    with visited.database.write() as connection:
        store_mark(connection, "m6", mark)
    assert f"AFLYST: {SUBMISSION}" in summaries(visited, token)
    visited.clock.advance(timedelta(days=61))
    assert not any(SUBMISSION in each for each in summaries(visited, token))


def test_what_lost_its_date_stays_where_it_stood_as_cancelled(visited: Visited) -> None:
    token = visited.link(subject="fob")
    plan = housing_plan()
    lost = replace(plan.milestones[3], window=AWAITING, due_on=None, deadline="Afventer dato")
    visited.import_plan(replace(plan, milestones=(*plan.milestones[:3], lost, *plan.milestones[4:])))
    event, *_ = Calendar.from_ical(visited.get(f"/feed/{token}.ics").content).events
    assert str(event["SUMMARY"]).startswith("AFLYST: FOB")
    assert (event.decoded("DTSTART"), event["STATUS"]) == (date(2024, 3, 20), "CANCELLED")
    visited.clock.advance(timedelta(days=61))
    assert len(summaries(visited, token)) == 1


def test_the_feed_of_several_parties_holds_what_is_up_to_any_of_them(visited: Visited) -> None:
    both = summaries(visited, visited.link(subject=feed_of({"sb", "fob"})))
    assert len(both) == 3
    page = visited.get(f"/feed/{visited.link(subject=feed_of({'sb', 'fob'}))}").text
    assert "Frister for FOB og Slagelse Boligselskab" in page


def board_meeting(visited: Visited, path: str) -> Event:
    events = Calendar.from_ical(visited.get(path).content).events
    assert len(events) == len([each for each in housing_plan().milestones if each.due_on])
    return next(event for event in events if BOARD_MEETING in str(event["SUMMARY"]))


def test_the_feed_of_the_coordinator_says_whose_each_deadline_is_and_what_is_late(visited: Visited) -> None:
    path = f"/feed/{visited.link(subject=OF_THE_COORDINATOR)}.ics"
    was = board_meeting(visited, path)
    visited.clock.set(datetime(2024, 3, 14, 7, tzinfo=UTC))
    now = board_meeting(visited, path)
    assert str(was["SUMMARY"]) == f"SB · Frist: {BOARD_MEETING}"
    assert str(now["SUMMARY"]) == f"SB · Over fristen: {BOARD_MEETING}"
    assert now.decoded("SEQUENCE") == was.decoded("SEQUENCE") + 1
    assert now.decoded("LAST-MODIFIED") == datetime(2024, 3, 13, 23, tzinfo=UTC)
    plan = housing_plan()
    later = (
        replace(each, window=a_day(date(2024, 3, 27)), due_on=date(2024, 3, 27))
        if each.activity == BOARD_MEETING
        else each
        for each in plan.milestones
    )
    visited.import_plan(replace(plan, milestones=tuple(later)))
    moved = board_meeting(visited, path)
    assert moved.decoded("SEQUENCE") > now.decoded("SEQUENCE"), "also when it was late before"


def test_windows_stand_whole_where_that_is_wanted(visited: Visited) -> None:
    office = visited.site.office
    rules = replace(office.rules, whole_windows=True)
    site = replace(visited.site, office=replace(office, rules=rules))
    token = visited.link(subject="boligorganisationerne")
    with replace(visited, site=site).restarted() as shown:
        (autumn,) = Calendar.from_ical(shown.get(f"/feed/{token}.ics").content).events
    assert (autumn.decoded("DTSTART"), autumn.decoded("DTEND")) == (date(2024, 8, 1), date(2024, 10, 1))


def test_what_is_long_past_leaves_the_feed(visited: Visited) -> None:
    token = visited.link(subject="bestyrelsen")
    assert len(summaries(visited, token)) == 3
    visited.clock.set(datetime(2024, 6, 1, 7, tzinfo=UTC))
    assert summaries(visited, token) == [f"Frist (ca.): {SUBMISSION}"]


def test_a_feed_from_before_the_first_import_is_empty_and_not_an_error(empty: Visited) -> None:
    answer = empty.get(f"/feed/{empty.link()}.ics")
    assert answer.status_code == 200
    assert Calendar.from_ical(answer.content).events == []


@pytest.mark.parametrize("path", ["/feed/{}.ics", "/feed/{}", "/plan/{}"])
def test_every_link_that_opens_nothing_gives_the_same_answer(visited: Visited, path: str) -> None:
    kind, other = (
        (LinkKind.PLAN, LinkKind.FEED) if path.startswith("/plan") else (LinkKind.FEED, LinkKind.PLAN)
    )
    revoked, wrong_kind = visited.link(kind), visited.link(other)
    assert visited.get(path.format(revoked)).status_code == 200
    with visited.database.write() as connection:
        revoke_links(connection, kind, "", visited.clock.now())
    answers = [visited.get(path.format(token)) for token in (revoked, wrong_kind, "never-made", "æøå%00'")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    for answer in answers:
        assert {name: value for name, value in answer.headers.items() if name != "date"} == {
            name: value for name, value in answers[0].headers.items() if name != "date"
        }
