"""What the other side answered, and what follows from it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from service.reminders.reasons import Ending
from service.storage.settling import Outcome
from service.storage.tables import State


class Answer(StrEnum):
    """ACCEPTED is all we ever claim: SMTP 250 and HTTP 202 say no more.

    UNCERTAIN: the line went dead after everything was sent, so the other side may have it.
    """

    ACCEPTED = "accepted"
    DELAYED = "delayed"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """How one attempt ended.

    `code` is what was answered ("550 5.1.1", "202") or, where nothing was, one word for what went wrong
    ("tls-expired"). `stage` is how far it came ("AUTH", "RCPT", "POST"). `hard_bounce` says that the address
    itself is dead and should be suppressed. `text` never holds an address, a URL or a secret.
    """

    answer: Answer
    code: str = ""
    text: str = ""
    stage: str = ""
    hard_bounce: bool = False
    retry_after: timedelta | None = None

    @property
    def is_about_the_relay(self) -> bool:
        """Whether the next message would fare no better: the relay is away, too busy, or refuses us."""
        is_refused = self.stage in BEFORE_THE_RECIPIENT or OF_THE_WHOLE_RELAY.match(self.code) is not None
        return self.answer is Answer.DELAYED and is_refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Tries:
    """How often a message was tried, this time included.

    Of those, `unanswered` may have handed it over: nobody said that they did not. `last_at` is when it is
    tried for the last time, and `most` how often it may be tried before something else is done (0: no limit).
    """

    number: int
    unanswered: int
    last_at: datetime
    most: int = 0


BEFORE_THE_RECIPIENT = frozenset({"CONNECT", "TLS", "EHLO", "AUTH", "MAIL"})
# 421 is said whatever was asked (RFC 5321 4.2.3). X.3.1 and X.3.2 are a mail system that is full or takes no
# mail (RFC 3463 3.4), as Exchange Online says of a fourth connection; 4.7.5xx and 4.7.6xx are its throttling.
OF_THE_WHOLE_RELAY = re.compile(r"421\b|4\d\d 4\.(3\.[12]|7\.[56]\d\d)\b")
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(hours=48)
UNCERTAIN_PAUSE = timedelta(minutes=15)
UNCERTAIN_TRIES = 3

# Why a message came to nothing, where it was not refused.


def outcome(receipt: Receipt, tries: Tries, now: datetime) -> Outcome:
    """What becomes of a message after a try: ended, or tried again at a later instant.

    A failure is temporary unless proven permanent: a pause of one minute, doubled up to an hour, until its
    last try. After an uncertain end the identical bytes go out again at most twice, 15 minutes apart at the
    least, since a slow server often has the message (RFC 1047).
    """
    state, reason, next_at = _follows(receipt, tries, now)
    return Outcome(
        receipt=receipt.answer,
        stage=receipt.stage,
        code=receipt.code,
        text=receipt.text,
        state=state,
        reason=reason,
        is_dead=receipt.hard_bounce,
        next_at=next_at,
    )


def _follows(receipt: Receipt, tries: Tries, now: datetime) -> tuple[State, str, datetime | None]:
    if receipt.answer is Answer.ACCEPTED:
        return State.ACCEPTED, "", None
    if receipt.answer is Answer.FAILED:
        return State.FAILED, f"refused {receipt.code}".strip(), None
    is_uncertain = receipt.answer is Answer.UNCERTAIN
    reason = Ending.NO_ANSWER if is_uncertain else f"delayed {receipt.code}".strip()
    if is_uncertain and tries.unanswered >= UNCERTAIN_TRIES:
        return State.FAILED, reason, None
    if tries.most and tries.number >= tries.most:
        return State.FAILED, Ending.GAVE_WAY, None
    if now >= tries.last_at:
        return State.FAILED, reason if is_uncertain else Ending.GIVEN_UP, None
    return State.WAITING, reason, min(now + pause_before(receipt, tries.number), tries.last_at)


def pause_before(receipt: Receipt, attempt: int) -> timedelta:
    """How long to wait after so many tries in vain."""
    doubled: timedelta = FIRST_PAUSE * 2 ** min(max(attempt - 1, 0), 10)
    asked = receipt.retry_after or timedelta(0)
    least = UNCERTAIN_PAUSE if receipt.answer is Answer.UNCERTAIN else timedelta(0)
    return max(min(doubled, LONGEST_PAUSE), asked, least)
