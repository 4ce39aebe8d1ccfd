"""The last good copy of each feed, so that a poll costs two small queries and a bad moment breaks nothing."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from threading import Lock
from zoneinfo import ZoneInfo

from service.logs import log_failure
from service.messages.feed import ComposedFeed
from service.storage.feed_copies import FeedCopy, FeedName, KeptCopy
from service.storage.plans import Version

MOST_COPIES = 512
# What Last-Modified can tell apart.
A_MOMENT = timedelta(seconds=1)

Compose = Callable[[], ComposedFeed]
Kept = Callable[[], KeptCopy | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """All that a feed depends on while the settings stay: the state of the plan, and the day (in a zone),
    which moves the stretch it covers.
    """

    version: Version
    day: date
    zone: str

    def __str__(self) -> str:
        return f"{self.version.revision}/{self.version.mark}/{self.day}"

    @property
    def began(self) -> datetime:
        """The last change of the plan, or the midnight by which the stretch has moved on."""
        midnight = datetime.combine(self.day, time(), ZoneInfo(self.zone))
        return max(midnight, self.version.changed_at or midnight)


class FeedShelf:
    """Requests come from several threads; one composes, the others wait for its copy."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._copies: OrderedDict[FeedName, tuple[str, FeedCopy]] = OrderedDict()

    def copy(self, key: FeedName, edition: Edition, compose: Compose, kept: Kept = lambda: None) -> FeedCopy:
        """The copy of this edition; the last good one when a new one cannot be composed just now.

        `kept` is what an earlier process has kept of it.
        """
        with self._lock:
            made_for, copy = self._copies.get(key) or kept() or ("", None)
            if copy is None or made_for != str(edition):
                try:
                    copy = renewed(copy, edition, compose())
                except Exception as broken:
                    if copy is None:
                        raise
                    log_failure("a feed could not be composed, its last good copy is served", broken)
                    return copy
            self._copies[key] = str(edition), copy
            self._copies.move_to_end(key)
            while len(self._copies) > MOST_COPIES:
                self._copies.popitem(last=False)
            return copy


def renewed(earlier: FeedCopy | None, edition: Edition, composed: ComposedFeed) -> FeedCopy:
    """The earlier copy where it reads the same; another one is later in any case, also by other settings."""
    if earlier and (earlier.ics, earlier.left_out) == composed:
        return earlier
    began = max(edition.began, earlier.modified_at + A_MOMENT) if earlier else edition.began
    return FeedCopy(ics=composed.ics, modified_at=began, left_out=composed.left_out)
