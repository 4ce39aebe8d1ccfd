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


FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(hours=48)
UNCERTAIN_PAUSE = timedelta(minutes=15)
UNCERTAIN_TRIES = 3


def outcome(receipt: Receipt, attempt: int, composed_at: datetime, now: datetime) -> Outcome:
    """What becomes of a message after its `attempt`-th try: ended, or tried again at a later instant.

    A failure is temporary unless proven permanent: a pause of one minute, doubled up to an hour, the last
    try when 48 hours are over. After an uncertain end the identical bytes go out again at most twice, 15
    minutes apart at the least, since a slow server often has the message (RFC 1047).
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
    is_uncertain = receipt.answer is Answer.UNCERTAIN
    reason = "no-answer-after-sending" if is_uncertain else f"delayed {receipt.code}".strip()
    if is_uncertain and attempt >= UNCERTAIN_TRIES:
        return State.FAILED, reason, None
    last_try = composed_at + GIVE_UP_AFTER
    if now >= last_try:
        return State.FAILED, reason if is_uncertain else "given-up-after-48-hours", None
    return State.WAITING, reason, min(now + _pause(receipt, attempt), last_try)


def _pause(receipt: Receipt, attempt: int) -> timedelta:
    doubled: timedelta = FIRST_PAUSE * 2 ** min(max(attempt - 1, 0), 10)
    asked = receipt.retry_after or timedelta(0)
    least = UNCERTAIN_PAUSE if receipt.answer is Answer.UNCERTAIN else timedelta(0)
    return max(min(doubled, LONGEST_PAUSE), asked, least)
