"""What follows from a receipt: an end, or another try at a later instant."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from service.delivery.receipt import GIVE_UP_AFTER, UNCERTAIN_TRIES, Answer, Receipt, Tries, outcome
from service.reminders.reasons import Ending
from service.storage.tables import State

COMPOSED = datetime(2024, 3, 1, 7, 0, tzinfo=UTC)
RECEIPTS = st.builds(
    Receipt,
    answer=st.sampled_from(Answer),
    code=st.text(max_size=9),
    retry_after=st.none() | st.timedeltas(timedelta(0), timedelta(hours=6)),
)
LAST_AT = COMPOSED + GIVE_UP_AFTER
TRIES = st.integers(1, 10_000).flatmap(
    lambda number: st.builds(
        Tries,
        number=st.just(number),
        unanswered=st.integers(0, number),
        last_at=st.just(LAST_AT),
        most=st.integers(0, 5),
    )
)
INSTANTS = st.timedeltas(timedelta(days=-2), timedelta(days=5)).map(lambda late: COMPOSED + late)


@given(RECEIPTS, TRIES, INSTANTS)
def test_the_next_try_is_never_in_the_past_and_never_after_the_last(
    receipt: Receipt, tries: Tries, now: datetime
) -> None:
    result = outcome(receipt, tries, now)
    assert (result.next_at is not None) == (result.state is State.WAITING)
    if result.next_at:
        assert now < result.next_at <= LAST_AT


@given(RECEIPTS, TRIES, INSTANTS)
def test_accepted_and_refused_are_the_end(receipt: Receipt, tries: Tries, now: datetime) -> None:
    state = outcome(receipt, tries, now).state
    assert (receipt.answer is Answer.ACCEPTED) == (state is State.ACCEPTED)
    if receipt.answer is Answer.FAILED:
        assert state is State.FAILED


def lived_through(receipt: Receipt) -> list[datetime]:
    """The instants at which a message is tried when each try ends alike."""
    tried = [COMPOSED]
    while next_at := outcome(receipt, tries(len(tried)), tried[-1]).next_at:
        tried.append(next_at)
    return tried


def tries(number: int, unanswered: int | None = None, most: int = 0) -> Tries:
    """So many tries; without an answer as many of them, if nothing else is said."""
    no_answer = number if unanswered is None else unanswered
    return Tries(number=number, unanswered=no_answer, last_at=LAST_AT, most=most)


def test_after_an_uncertain_end_the_same_bytes_go_out_twice_more_a_quarter_of_an_hour_apart() -> None:
    tried = lived_through(Receipt(answer=Answer.UNCERTAIN))
    assert len(tried) == UNCERTAIN_TRIES
    assert [tried[1] - tried[0], tried[2] - tried[1]] == [timedelta(minutes=15)] * 2


def test_tries_that_certainly_failed_do_not_count_as_copies() -> None:
    receipt = Receipt(answer=Answer.UNCERTAIN)
    assert outcome(receipt, tries(9, unanswered=1), COMPOSED).state is State.WAITING
    assert outcome(receipt, tries(9, unanswered=3), COMPOSED).state is State.FAILED


def test_a_card_gives_way_to_a_mail_after_three_tries() -> None:
    receipt = Receipt(answer=Answer.DELAYED, code="503")
    assert outcome(receipt, tries(2, unanswered=0, most=3), COMPOSED).state is State.WAITING
    given_up = outcome(receipt, tries(3, unanswered=0, most=3), COMPOSED)
    assert (State.FAILED, Ending.GAVE_WAY) == (given_up.state, given_up.reason)


def test_a_relay_that_is_down_is_tried_from_each_minute_to_each_hour_for_48_hours() -> None:
    tried = lived_through(Receipt(answer=Answer.DELAYED, code="421"))
    pauses = [later - earlier for earlier, later in pairwise(tried)]
    assert pauses[:7] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 16, 32, 60)]
    assert max(pauses) == timedelta(hours=1)
    assert tried[-1] == LAST_AT


def test_a_pause_that_is_asked_for_is_kept() -> None:
    receipt = Receipt(answer=Answer.DELAYED, code="429", retry_after=timedelta(minutes=20))
    assert outcome(receipt, tries(1), COMPOSED).next_at == COMPOSED + timedelta(minutes=20)
