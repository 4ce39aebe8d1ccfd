"""A milestone keeps its id when rows move, dates change or the file format does."""

import re

from hypothesis import given
from hypothesis import strategies as st

from service.reading.identity import milestone_ids

ACTIVITIES = st.lists(st.text(max_size=30), max_size=8)


def test_white_space_dashes_and_case_change_no_id() -> None:
    spelt = [
        "FOB - Organisationsbestyrelse",
        "FOB – organisationsbestyrelse",
        "FOB  Organisations-bestyrelse.",
    ]

    assert len({milestone_ids([activity])[0] for activity in spelt}) == 1


def test_repeats_are_told_apart_by_their_order() -> None:
    first, second, third = milestone_ids(["Møde", "Byrådet", "Møde"])

    assert re.fullmatch("m[0-9a-f]{8}", first)
    assert third == f"{first}-2"
    assert second != first


@given(ACTIVITIES, st.randoms(use_true_random=False))
def test_moving_rows_keeps_the_ids(activities: list[str], random: st.DataObject) -> None:
    moved = list(activities)
    random.shuffle(moved)  # type: ignore[attr-defined] # hypothesis hands over a Random

    assert sorted(milestone_ids(moved)) == sorted(milestone_ids(activities))
    assert len(set(milestone_ids(moved))) == len(moved)
