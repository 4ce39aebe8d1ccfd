"""A feed is composed when something changed, and the last good copy is never lost."""

from datetime import UTC, date, datetime

import pytest
from structlog.testing import capture_logs

from service.messages.feed import ComposedFeed, Feed, compose_feed
from service.messages.mailbox import Mailbox
from service.storage.plans import Version
from service.web.feed_shelf import MOST_COPIES, Edition, FeedShelf

CHANGED_AT = datetime(2024, 3, 1, 9, 30, tzinfo=UTC)
FIRST = Edition(version=Version(revision=1, changed_at=CHANGED_AT), day=date(2024, 3, 1))
SECOND = Edition(version=Version(revision=2, changed_at=CHANGED_AT), day=date(2024, 3, 1))
NEXT_DAY = Edition(version=Version(revision=1, changed_at=CHANGED_AT), day=date(2024, 3, 2))
SECRET = "the details of a row"


def feed_named(name: str) -> ComposedFeed:
    sender = Mailbox(address="frister@example.dk", name="Rettidig")
    url = "https://frister.example.dk/feed/abc.ics"
    feed = Feed(name=name, description="", language="da", zone="UTC", url=url, organizer=sender)
    return compose_feed(feed, [])


ONE, TWO = feed_named("one"), feed_named("two")


class Composer:
    """Gives `composed`, or fails when there is none, and counts how often it was asked."""

    def __init__(self, composed: ComposedFeed | None) -> None:
        self.composed = composed
        self.asked = 0

    def __call__(self) -> ComposedFeed:
        self.asked += 1
        if self.composed is None:
            raise ValueError(SECRET)
        return self.composed


def test_the_same_edition_is_composed_once() -> None:
    shelf, composer = FeedShelf(), Composer(ONE)
    copies = [shelf.copy("a", FIRST, composer) for _ in range(3)]
    assert composer.asked == 1
    assert copies[0] is copies[2]


def test_another_edition_or_another_feed_is_composed_anew() -> None:
    shelf, composer = FeedShelf(), Composer(ONE)
    for key, edition in [("a", FIRST), ("a", SECOND), ("b", SECOND)]:
        shelf.copy(key, edition, composer)
    assert composer.asked == 3


def test_a_day_that_changes_nothing_is_no_modification() -> None:
    shelf = FeedShelf()
    before = shelf.copy("a", FIRST, Composer(ONE))
    after = shelf.copy("a", NEXT_DAY, Composer(ONE))
    assert after.modified_at("Europe/Copenhagen") == before.modified_at("Europe/Copenhagen") == CHANGED_AT


def test_a_day_that_moves_something_out_of_the_feed_is_one() -> None:
    shelf = FeedShelf()
    shelf.copy("a", FIRST, Composer(ONE))
    after = shelf.copy("a", NEXT_DAY, Composer(TWO))
    assert after.modified_at("Europe/Copenhagen") == datetime(2024, 3, 1, 23, tzinfo=UTC)


def test_when_composing_fails_the_last_good_copy_is_served_and_the_log_says_so_without_details() -> None:
    shelf = FeedShelf()
    good = shelf.copy("a", FIRST, Composer(ONE))
    with capture_logs() as logs:
        served = shelf.copy("a", SECOND, Composer(None))
    assert served.ics == good.ics
    (line,) = logs
    assert line["log_level"] == "error"
    assert SECRET not in str(line)
    assert shelf.copy("a", SECOND, Composer(TWO)).ics == TWO.ics


def test_what_was_left_out_is_known_and_is_news_by_itself() -> None:
    shelf = FeedShelf()
    shelf.copy("a", FIRST, Composer(ONE))
    after = shelf.copy("a", SECOND, Composer(ONE._replace(left_out=("m7",))))
    assert (after.left_out, after.since) == (("m7",), SECOND)


def test_a_feed_that_never_could_be_composed_is_an_error() -> None:
    with pytest.raises(ValueError, match=SECRET):
        FeedShelf().copy("a", FIRST, Composer(None))


def test_the_shelf_does_not_grow_without_end() -> None:
    shelf, composer = FeedShelf(), Composer(ONE)
    for number in range(MOST_COPIES + 1):
        shelf.copy(str(number), FIRST, composer)
    shelf.copy("0", FIRST, composer)
    assert composer.asked == MOST_COPIES + 2
