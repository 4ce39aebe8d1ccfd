"""What a collection holds on our behalf -> what it should hold. Nobody else's entry is touched.

Ours are known by their names, which begin as no others do. What somebody changes in them is put back at the
next look where it hides the deadline (the title, the days, whether it stands), and left where it does not.
"""

import hashlib
from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from typing import NamedTuple, Protocol

from service.delivery.caldav import LOOK, Collection, CollectionError, Listing
from service.delivery.receipt import Answer, Receipt
from service.messages.collection import says_the_same
from service.storage.collected import Held


class Remember(Protocol):
    """Keeps what has become of a resource (None: it is gone) before anything else is asked of the server."""

    def __call__(self, name: str, held: Held | None, /) -> object: ...


class Come(NamedTuple):
    """What came of a pass: how many resources were written or removed, and the first that was refused.

    `state` is that of the collection, "" when it has changed since it was asked for.
    """

    changed: int
    refusal: Receipt | None
    state: str


NO_CALENDAR, READ_ONLY = "no-calendar", "read-only"

# Refusals that concern one resource; after any other the next one would fare no better.
OF_ONE = frozenset(
    str(status.value)
    for status in (
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.CONFLICT,
        HTTPStatus.PRECONDITION_FAILED,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    )
)


def mirror(
    collection: Collection,
    wanted: Mapping[str, bytes],
    held: Mapping[str, Held],
    *,
    ours: str,
    remember: Remember,
    is_stopping: Callable[[], bool],
) -> Come:
    """Make the resources whose names begin with `ours` be those that are wanted.

    It may be cut off anywhere and done again: a resource that is there although nobody remembers it is
    written again under its own name. Raises CollectionError when the server is in trouble.
    """
    there = writable(collection.look(depth=1))
    for name in held.keys() - wanted.keys() - there.etags.keys():
        remember(name, None)
    visit = _Visit(collection, there.etags, remember)
    surplus = [name for name in there.etags if name.startswith(ours) and name not in wanted]
    steps = [
        *(partial(visit.bring, name, ics, held.get(name)) for name, ics in wanted.items()),
        *(partial(visit.remove, name) for name in surplus),
    ]
    changed, refusal = 0, None
    for step in steps:
        if is_stopping():
            return Come(changed, refusal, "")
        try:
            changed += step()
        except CollectionError as refused:
            if refused.receipt.code not in OF_ONE:
                raise
            refusal = refusal or refused.receipt
    return Come(changed, refusal, "" if changed or refusal else there.state)


def writable(there: Listing) -> Listing:
    """The same; raises CollectionError for what is no calendar, or is not ours to write in."""
    if not (there.is_calendar and there.takes_events):
        raise CollectionError(Receipt(answer=Answer.DELAYED, code=NO_CALENDAR, stage=LOOK))
    if not there.may_be_written:
        raise CollectionError(Receipt(answer=Answer.DELAYED, code=READ_ONLY, stage=LOOK))
    return there


class _Visit(NamedTuple):
    """A collection with the ETags of what is in it; each deed returns whether something was changed."""

    collection: Collection
    etags: Mapping[str, str]
    remember: Remember

    def bring(self, name: str, ics: bytes, before: Held | None) -> bool:
        digest, etag = hashlib.sha256(ics).hexdigest(), self.etags.get(name)
        if etag and before and before.digest == digest:
            if before.etag == etag:
                return False
            if says_the_same(self.collection.read(name), ics):
                self.remember(name, Held(etag, digest))
                return False
        self.remember(name, Held(self.collection.write(name, ics, etag), digest))
        return True

    def remove(self, name: str) -> bool:
        self.collection.remove(name, self.etags[name])
        self.remember(name, None)
        return True
