"""What people's calendars answered to invitations, and what of it the coordinator is told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from service.reminders.notice import Channel, Hearer, Notice, Occasion
from service.reminders.rules import ONE_DAY, Rules
from service.reminders.schedule import Standing

TOLD_FOR, TOLD_FOR_AT_LEAST = timedelta(days=31), timedelta(days=7)


class Said(StrEnum):
    """RFC 5545 3.2.12; PROPOSED is a COUNTER, which asks for another time (RFC 5546 3.2.7)."""

    DECLINED = "declined"
    PROPOSED = "proposed"
    TENTATIVE = "tentative"
    DELEGATED = "delegated"
    ACCEPTED = "accepted"


ASKS_FOR_SOMETHING = frozenset({Said.DECLINED, Said.PROPOSED})
"""What the coordinator is told; the rest is only shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """The latest answer from one address about one entry; `address` is in lower case.

    `answered_at` is what the answer says of itself, `received_at` when it was read here; both in UTC.
    `proposed_on` and `proposed_time` are local. `is_outdated`: the entry has moved since, so that it is asked
    anew. `by_coordinator`: the coordinator sent it, who need not be told.
    """

    id: int
    milestone: str
    address: str = field(repr=False)
    recipient: str
    said: Said
    sequence: int
    answered_at: datetime
    received_at: datetime
    proposed_on: date | None = None
    proposed_time: time | None = None
    comment: str = ""
    by_coordinator: bool = False
    is_outdated: bool = False


def news_of_responses(
    responses: Iterable[Response],
    stand: Iterable[Standing],
    told: Iterable[Hearer],
    *,
    rules: Rules,
) -> Iterator[Notice]:
    """What the coordinator is told once, in the message of the day: who declined, or proposes another time.

    Whoever answered is never told of it, the coordinator neither.
    """
    by_id = {each.milestone.id: each for each in stand if not (each.settled or each.dropped_on)}
    coordinators = [
        hearer for hearer in told if hearer.is_coordinator and hearer.channel is not Channel.INVITE
    ]
    for response in responses:
        standing = by_id.get(response.milestone)
        if standing is None or not is_news(response):
            continue
        for hearer in coordinators:
            if hearer.address.lower() != response.address:
                yield _news(response, standing, hearer, rules)


def is_news(response: Response) -> bool:
    """Whether somebody else is to hear of it."""
    return response.said in ASKS_FOR_SOMETHING and not response.is_outdated and not response.by_coordinator


def _news(response: Response, standing: Standing, hearer: Hearer, rules: Rules) -> Notice:
    """That somebody did not come is worth knowing a few days later still."""
    day, due_on = rules.local_day(response.received_at), standing.milestone.due_on
    sent_on = rules.after_pause(rules.sent_on(day, "after", hearer.preferences), hearer.preferences)
    over_on = max(due_on + ONE_DAY, day + TOLD_FOR_AT_LEAST) if due_on else day + TOLD_FOR
    return Notice(
        milestone=response.milestone,
        occasion=Occasion.ANSWERED,
        hearer=hearer,
        falls_on=day,
        at=rules.sent_at(sent_on),
        lead=(due_on - day).days if due_on else None,
        due_on=due_on,
        expires_on=min(day + TOLD_FOR, over_on),
        reason=response.said.value,
        mark=response.id,
    )
