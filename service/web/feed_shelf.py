"""The last good copy of each feed, so that a poll costs two small queries and a bad moment breaks nothing."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from threading import Lock
from zoneinfo import ZoneInfo

from service.logs import log_failure
from service.messages.feed import ComposedFeed
from service.storage.plans import Version

MOST_COPIES = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """All that a feed depends on: the state of the plan, and the day, which moves the stretch it covers."""

    version: Version
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedCopy:
    """`since` is the edition in which the feed first read so, `left_out` the milestones it does not show."""

    ics: bytes
    since: Edition
    left_out: tuple[str, ...] = ()

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.ics).hexdigest()[:32]}"'

    def modified_at(self, timezone: str) -> datetime:
        """The last change of the plan, or the midnight by which the stretch has moved on."""
        midnight = datetime.combine(self.since.day, time(), ZoneInfo(timezone))
        return max(midnight, self.since.version.changed_at or midnight)


class FeedShelf:
    """Requests come from several threads; one composes, the others wait for its copy."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._copies: OrderedDict[str, tuple[Edition, FeedCopy]] = OrderedDict()

    def copy(self, key: str, edition: Edition, compose: Callable[[], ComposedFeed]) -> FeedCopy:
        """The copy of this edition; the last good one when a new one cannot be composed just now."""
        with self._lock:
            made_for, copy = self._copies.get(key, (None, None))
            if copy is None or made_for != edition:
                try:
                    copy = _renewed(copy, edition, compose())
                except Exception as broken:
                    if copy is None:
                        raise
                    log_failure("a feed could not be composed, its last good copy is served", broken)
                    return copy
                self._copies[key] = edition, copy
            self._copies.move_to_end(key)
            while len(self._copies) > MOST_COPIES:
                self._copies.popitem(last=False)
            return copy


def _renewed(earlier: FeedCopy | None, edition: Edition, composed: ComposedFeed) -> FeedCopy:
    if earlier and (earlier.ics, earlier.left_out) == composed:
        return earlier
    return FeedCopy(ics=composed.ics, since=edition, left_out=composed.left_out)
