"""What follows from a receipt: an end, or another try at a later instant."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from service.delivery.receipt import GIVE_UP_AFTER, UNCERTAIN_TRIES, Answer, Receipt, outcome
from service.storage.tables import State

COMPOSED = datetime(2024, 3, 1, 7, 0, tzinfo=UTC)
RECEIPTS = st.builds(
    Receipt,
    answer=st.sampled_from(Answer),
    code=st.text(max_size=9),
    retry_after=st.none() | st.timedeltas(timedelta(0), timedelta(hours=6)),
)
ATTEMPTS = st.integers(1, 10_000)
INSTANTS = st.timedeltas(timedelta(days=-2), timedelta(days=5)).map(lambda late: COMPOSED + late)


@given(RECEIPTS, ATTEMPTS, INSTANTS)
def test_the_next_try_is_never_in_the_past_and_never_after_48_hours(
    receipt: Receipt, attempt: int, now: datetime
) -> None:
    result = outcome(receipt, attempt, COMPOSED, now)
    assert (result.next_at is not None) == (result.state is State.WAITING)
    if result.next_at:
        assert now < result.next_at <= COMPOSED + GIVE_UP_AFTER


@given(RECEIPTS, ATTEMPTS, INSTANTS)
def test_accepted_and_refused_are_the_end(receipt: Receipt, attempt: int, now: datetime) -> None:
    state = outcome(receipt, attempt, COMPOSED, now).state
    assert (receipt.answer is Answer.ACCEPTED) == (state is State.ACCEPTED)
    if receipt.answer is Answer.FAILED:
        assert state is State.FAILED


def lived_through(receipt: Receipt) -> list[datetime]:
    """The instants at which a message is tried when each try ends alike."""
    tries, attempt, at = [COMPOSED], 1, COMPOSED
    while next_at := outcome(receipt, attempt, COMPOSED, at).next_at:
        tries.append(next_at)
        attempt, at = attempt + 1, next_at
    return tries


def test_after_an_uncertain_end_the_same_bytes_go_out_twice_more_a_quarter_of_an_hour_apart() -> None:
    tries = lived_through(Receipt(answer=Answer.UNCERTAIN))
    assert len(tries) == UNCERTAIN_TRIES
    assert [tries[1] - tries[0], tries[2] - tries[1]] == [timedelta(minutes=15)] * 2


def test_a_relay_that_is_down_is_tried_from_each_minute_to_each_hour_for_48_hours() -> None:
    tries = lived_through(Receipt(answer=Answer.DELAYED, code="421"))
    pauses = [later - earlier for earlier, later in pairwise(tries)]
    assert pauses[:7] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 16, 32, 60)]
    assert max(pauses) == timedelta(hours=1)
    assert tries[-1] == COMPOSED + GIVE_UP_AFTER


def test_a_pause_that_is_asked_for_is_kept() -> None:
    receipt = Receipt(answer=Answer.DELAYED, code="429", retry_after=timedelta(minutes=20))
    assert outcome(receipt, 1, COMPOSED, COMPOSED).next_at == COMPOSED + timedelta(minutes=20)
