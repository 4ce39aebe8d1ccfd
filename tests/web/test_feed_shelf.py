"""A feed is composed when something changed, and the last good copy is never lost."""

from datetime import UTC, date, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from service.messages.feed import ComposedFeed, Feed, compose_feed
from service.messages.mailbox import Mailbox
from service.storage.feed_copies import FeedCopy, FeedName, KeptCopy
from service.storage.plans import Version
from service.web.feed_shelf import MOST_COPIES, Edition, FeedShelf

ZONE = "Europe/Copenhagen"
CHANGED_AT = datetime(2024, 3, 1, 9, 30, tzinfo=UTC)
FIRST = Edition(version=Version(revision=1, changed_at=CHANGED_AT), day=date(2024, 3, 1), zone=ZONE)
SECOND = Edition(version=Version(revision=2, changed_at=CHANGED_AT), day=date(2024, 3, 1), zone=ZONE)
NEXT_DAY = Edition(version=Version(revision=1, changed_at=CHANGED_AT), day=date(2024, 3, 2), zone=ZONE)
SECRET = "the details of a row"


def feed_named(name: str) -> ComposedFeed:
    sender = Mailbox(address="frister@example.dk", name="Rettidig")
    feed = Feed(name=name, description="", language="da", zone="UTC", organizer=sender)
    return compose_feed(feed, [])


OF_SB, OF_FOB = FeedName("sb", "da"), FeedName("fob", "da")
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
    copies = [shelf.copy(OF_SB, FIRST, composer) for _ in range(3)]
    assert composer.asked == 1
    assert copies[0] is copies[2]


def test_another_edition_or_another_feed_is_composed_anew() -> None:
    shelf, composer = FeedShelf(), Composer(ONE)
    for key, edition in [(OF_SB, FIRST), (OF_SB, SECOND), (OF_FOB, SECOND)]:
        shelf.copy(key, edition, composer)
    assert composer.asked == 3


def test_a_day_that_changes_nothing_is_no_modification() -> None:
    shelf = FeedShelf()
    before = shelf.copy(OF_SB, FIRST, Composer(ONE))
    after = shelf.copy(OF_SB, NEXT_DAY, Composer(ONE))
    assert after.modified_at == before.modified_at == CHANGED_AT


def test_a_day_that_moves_something_out_of_the_feed_is_one() -> None:
    shelf = FeedShelf()
    shelf.copy(OF_SB, FIRST, Composer(ONE))
    after = shelf.copy(OF_SB, NEXT_DAY, Composer(TWO))
    assert after.modified_at == datetime(2024, 3, 1, 23, tzinfo=UTC)


def test_when_composing_fails_the_last_good_copy_is_served_and_the_log_says_so_without_details() -> None:
    shelf = FeedShelf()
    good = shelf.copy(OF_SB, FIRST, Composer(ONE))
    with capture_logs() as logs:
        served = shelf.copy(OF_SB, SECOND, Composer(None))
    assert served.ics == good.ics
    (line,) = logs
    assert line["log_level"] == "error"
    assert SECRET not in str(line)
    assert shelf.copy(OF_SB, SECOND, Composer(TWO)).ics == TWO.ics


def test_what_was_left_out_is_known_and_is_news_by_itself() -> None:
    shelf = FeedShelf()
    before = shelf.copy(OF_SB, FIRST, Composer(ONE))
    after = shelf.copy(OF_SB, SECOND, Composer(ONE._replace(left_out=("m7",))))
    assert after.left_out == ("m7",)
    assert after.modified_at > before.modified_at


def test_a_feed_that_never_could_be_composed_is_an_error() -> None:
    with pytest.raises(ValueError, match=SECRET):
        FeedShelf().copy(OF_SB, FIRST, Composer(None))


def test_the_shelf_does_not_grow_without_end() -> None:
    shelf, composer = FeedShelf(), Composer(ONE)
    for number in range(MOST_COPIES + 1):
        shelf.copy(FeedName(str(number), "da"), FIRST, composer)
    shelf.copy(FeedName("0", "da"), FIRST, composer)
    assert composer.asked == MOST_COPIES + 2


def kept(composed: ComposedFeed, edition: Edition) -> KeptCopy:
    return KeptCopy(str(edition), FeedCopy(ics=composed.ics, modified_at=CHANGED_AT))


def test_what_an_earlier_process_kept_is_as_good_as_its_own() -> None:
    composer = Composer(TWO)
    assert FeedShelf().copy(OF_SB, FIRST, composer, lambda: kept(ONE, FIRST)).ics == ONE.ics
    assert composer.asked == 0
    after = FeedShelf().copy(OF_SB, NEXT_DAY, Composer(ONE), lambda: kept(ONE, FIRST))
    assert after.modified_at == CHANGED_AT, "the same bytes were there before midnight"
    broken = FeedShelf().copy(OF_SB, SECOND, Composer(None), lambda: kept(ONE, FIRST))
    assert broken.ics == ONE.ics


def test_other_settings_make_a_later_copy_though_neither_plan_nor_day_is_another() -> None:
    after = FeedShelf().copy(OF_SB, FIRST, Composer(TWO), lambda: kept(ONE, FIRST)._replace(edition=""))
    assert after.modified_at == CHANGED_AT + timedelta(seconds=1)
