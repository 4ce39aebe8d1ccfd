"""The last good copy of a feed outlives the process, without its secret address, while somebody has that."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select, update

from service.storage import tables
from service.storage.feed_copies import doubt_all_copies
from service.storage.links import LinkKind, revoke_links
from service.web.feed_keeping import keep_feeds
from tests.web.conftest import Visited
from tests.web.housing_plan import housing_plan


def break_the_plan(visited: Visited) -> None:
    """No milestone can be read any more, and the next day has come."""
    with visited.database.write() as connection:
        connection.execute(update(tables.milestone).values(content={"no": "milestone"}))
    visited.clock.advance(timedelta(days=1))


def copies(visited: Visited) -> list[tuple[str, str, bytes]]:
    c = tables.feed_copy.c
    with visited.database.read() as connection:
        return [
            tuple(row) for row in connection.execute(select(c.subject, c.edition, c.ics).order_by(c.subject))
        ]


def test_after_a_restart_with_a_broken_plan_the_last_good_copy_is_served(visited: Visited) -> None:
    path = f"/feed/{visited.link(subject='sb')}.ics"
    before = visited.get(path)
    keep_feeds(visited.site)
    break_the_plan(visited)
    keep_feeds(visited.site)
    with visited.restarted() as again:
        after = again.get(path)
        assert 500 == again.get(f"/feed/{visited.link(subject='fob')}.ics").status_code, "never kept"
    assert (200, before.content) == (after.status_code, after.content)
    for name in ("ETag", "Last-Modified"):
        assert before.headers[name] == after.headers[name]


def test_last_modified_stays_over_midnight_and_a_restart_while_the_bytes_do(visited: Visited) -> None:
    path = f"/feed/{visited.link(subject='sb')}.ics"
    keep_feeds(visited.site)
    before = visited.get(path)
    visited.clock.advance(timedelta(days=1))
    for _ in range(2):
        with visited.restarted() as again:
            after = again.get(path, **{"If-Modified-Since": before.headers["Last-Modified"]})
        assert 304 == after.status_code
        assert before.headers["Last-Modified"] == after.headers["Last-Modified"]
        with visited.database.write() as connection:
            doubt_all_copies(connection)
        keep_feeds(visited.site)


def test_after_a_restart_with_other_settings_the_feed_is_a_later_one(visited: Visited) -> None:
    path = f"/feed/{visited.link()}.ics"
    keep_feeds(visited.site)
    before = visited.get(path)
    rules = replace(visited.site.office.rules, whole_windows=True)
    site = replace(visited.site, office=replace(visited.site.office, rules=rules))
    with visited.database.write() as connection:
        doubt_all_copies(connection)
    with replace(visited, site=site).restarted() as again:
        after = again.get(path, **{"If-Modified-Since": before.headers["Last-Modified"]})
    assert 200 == after.status_code
    assert before.content != after.content


def test_what_is_kept_does_not_tell_the_address(visited: Visited) -> None:
    token = visited.link(subject="sb")
    visited.get(f"/feed/{token}.ics")
    keep_feeds(visited.site)
    ((subject, _, ics),) = copies(visited)
    assert ("sb", False) == (subject, token.encode() in ics)
    assert token in visited.get(f"/feed/{token}.ics").text.replace("\r\n ", "")


def test_a_copy_is_kept_once_for_all_its_addresses_and_only_while_there_is_one(visited: Visited) -> None:
    for subject in ("sb", "sb", "fob"):
        visited.link(subject=subject)
    keep_feeds(visited.site)
    assert ["fob", "sb"] == [subject for subject, _, _ in copies(visited)]
    with visited.database.write() as connection:
        revoke_links(connection, LinkKind.FEED, "sb", visited.clock.now())
    keep_feeds(visited.site)
    assert ["fob"] == [subject for subject, _, _ in copies(visited)]


def test_an_import_renews_what_is_kept(visited: Visited) -> None:
    visited.link(subject="sb")
    keep_feeds(visited.site)
    before = copies(visited)
    plan = housing_plan()
    visited.import_plan(replace(plan, milestones=plan.milestones[:2]))
    keep_feeds(visited.site)
    assert before != copies(visited)
