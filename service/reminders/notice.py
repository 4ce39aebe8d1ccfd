"""Who hears of what, when and why, as values."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from service.errors import Language
from service.reminders.preferences import AS_THE_RULES, Preferences
from service.reminders.reasons import Why


class Occasion(StrEnum):
    """Why a notice is sent. The order is that of urgency: the last one speaks for a collected message."""

    AWAITING = "awaiting"
    DIGEST = "digest"
    OPENS = "opens"
    AHEAD = "ahead"
    ANSWERED = "answered"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    DUE = "due"
    OVERDUE = "overdue"
    ESCALATED = "escalated"
    UNREACHABLE = "unreachable"


# The reasons of news that a new version of the plan brings: it changes something one has heard of, and who
# never heard of it is not told that it changed.
NEWS_OF_THE_PLAN = frozenset({Why.MOVED, Why.DROPPED})


class Channel(StrEnum):
    EMAIL = "email"
    TEAMS = "teams"
    INVITE = "invite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A mailbox and/or a Teams channel that hears on behalf of one or more parties, as the settings name it.

    `teams` is the address of the Teams channel, under which the transport keeps the webhook, whose URL is a
    secret; recipients in one channel share it.
    """

    key: str
    name: str
    parties: frozenset[str]
    emails: tuple[str, ...] = field(default=(), repr=False)
    teams: str | None = None
    channels: frozenset[Channel] = frozenset(Channel)
    language: Language = "da"
    is_coordinator: bool = False
    preferences: Preferences = AS_THE_RULES


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearer:
    """One address over one channel: what a person who stands for several parties hears once.

    `address` is a mailbox, or that of a Teams channel. `parties` are the ids it hears for, groups not
    resolved. `instead` are the mailboxes that are written to when a Teams channel takes no card.
    """

    recipient: str
    name: str
    channel: Channel
    address: str = field(repr=False)
    parties: frozenset[str]
    language: Language
    is_coordinator: bool = False
    preferences: Preferences = AS_THE_RULES
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One occasion of one milestone for one hearer; the overview (`digest`) is about none, "", but them all.

    `falls_on` is the day the rule names, `at` the instant (UTC) it is sent, moved to a working day;
    `lead` is how many days `falls_on` stands before the due date, negative after it, None without one.
    `expires_on` is the first day on which the notice would say nothing true any more; None: never.
    `reason` says in one word or two which rule made it. `mark` is the id of the report or trouble that it
    is about, 0 for none: what is reported, undone and reported again is told again. `version` is that of the
    entry that an invite brings, so that what comes back to an earlier date is told again too.
    """

    milestone: str
    occasion: Occasion
    hearer: Hearer
    falls_on: date
    at: datetime
    lead: int | None
    due_on: date | None
    expires_on: date | None
    reason: str
    mark: int = 0
    version: int = 0


_IN_ASCII = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue"})


def spellings(name: str) -> frozenset[str]:
    """The ways to write a name as a key: "Høring" is `hoering` or, its letter left out, `h_ring`."""
    return frozenset({folded(name), folded(name.lower().translate(_IN_ASCII))})


def dedupe_key(plan_id: str, notice: Notice) -> str:
    """What must never be sent twice: plan, milestone, occasion, address, channel, dates and report.

    The due date is part of it, or a moved date could never be told of; the address is hashed, so that a key
    in a log names nobody; the recipient's key is not part of it, since renaming a recipient sends nothing.
    """
    address = hashlib.sha256(notice.hearer.address.casefold().encode()).hexdigest()[:16]
    parts = (
        plan_id,
        notice.milestone,
        notice.occasion,
        address,
        notice.hearer.channel,
        notice.due_on or "-",
        notice.falls_on,
        *([notice.mark] if notice.mark else []),
        *([f"v{notice.version}"] if notice.version else []),
    )
    return "|".join(str(part) for part in parts)


def folded(name: str) -> str:
    """A name as a variable can hold it: lower case, `_` for each run of what is neither a-z nor a digit.

    Two names are the same key when they fold to the same, so `_` at either end does not count.
    """
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
