"""What the other side answered, and what follows from it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from service.storage.outgoing import Outcome
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
    """`code` is the reply code as sent ("550 5.1.1", "202"); `text` never holds an address or a URL."""

    answer: Answer
    code: str = ""
    text: str = ""
    retry_after: timedelta | None = None


FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(hours=48)
UNCERTAIN_PAUSE = timedelta(minutes=15)
UNCERTAIN_TRIES = 3


def outcome(receipt: Receipt, attempt: int, composed_at: datetime, now: datetime) -> Outcome:
    """What becomes of a message after its `attempt`-th try: ended, or tried again at a later instant.

    A failure is temporary unless proven permanent: a pause of one minute, doubled up to an hour, for 48
    hours. After an uncertain end the identical bytes go out again at most twice, 15 minutes apart at the
    least, since a slow server often has the message (RFC 1047).
    """
    state, reason, next_at = _follows(receipt, attempt, composed_at, now)
    return Outcome(
        receipt=receipt.answer,
        code=receipt.code,
        text=receipt.text,
        state=state,
        reason=reason,
        next_at=next_at,
    )


def _follows(
    receipt: Receipt, attempt: int, composed_at: datetime, now: datetime
) -> tuple[State, str, datetime | None]:
    if receipt.answer is Answer.ACCEPTED:
        return State.ACCEPTED, "", None
    if receipt.answer is Answer.FAILED:
        return State.FAILED, f"refused {receipt.code}".strip(), None
    if receipt.answer is Answer.UNCERTAIN:
        if attempt >= UNCERTAIN_TRIES:
            return State.FAILED, "no-answer-after-sending", None
        return State.WAITING, "no-answer-after-sending", now + max(UNCERTAIN_PAUSE, _pause(receipt, attempt))
    if now - composed_at >= GIVE_UP_AFTER:
        return State.FAILED, "given-up-after-48-hours", None
    return State.WAITING, f"delayed {receipt.code}".strip(), now + _pause(receipt, attempt)


def _pause(receipt: Receipt, attempt: int) -> timedelta:
    doubled: timedelta = FIRST_PAUSE * 2 ** min(attempt - 1, 10)
    return max(min(doubled, LONGEST_PAUSE), receipt.retry_after or timedelta(0))
