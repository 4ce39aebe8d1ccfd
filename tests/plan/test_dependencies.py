"""Dependencies that can be: no circle is left, and no other link is taken away."""

from dataclasses import replace
from graphlib import TopologicalSorter

from hypothesis import given
from hypothesis import strategies as st

from service.plan.dependencies import with_sound_dependencies, without_detours
from service.plan.milestone import Predecessor
from service.plan.plan import Plan
from service.plan.revision import carry_ids
from tests.factories import a_milestone, a_plan

IDS = [f"m{number}" for number in range(1, 9)]
LINKS = st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from([*IDS, "gone"])), max_size=24, unique=True)


def linked(*links: tuple[str, str]) -> Plan:
    """A plan of eight milestones; of each link the first comes after the second."""
    return a_plan(
        *(
            a_milestone(
                id=name,
                row=row,
                activity=f"Opgave {name} {row * 'x'}",
                after=tuple(Predecessor(id=first) for milestone, first in links if milestone == name),
            )
            for row, name in enumerate(IDS, start=1)
        )
    )


def links_of(plan: Plan) -> set[tuple[str, str]]:
    return {(each.id, first.id) for each in plan.milestones for first in each.after}


def has_a_circle(links: set[tuple[str, str]]) -> bool:
    graph: dict[str, set[str]] = {}
    for milestone, first in links:
        graph.setdefault(milestone, set()).add(first)
    try:
        TopologicalSorter(graph).prepare()
    except ValueError:
        return True
    return False


@given(links=LINKS)
def test_whatever_is_written_no_circle_is_left_and_each_link_that_is_left_out_is_told(
    links: list[tuple[str, str]],
) -> None:
    plan = with_sound_dependencies(linked(*links))
    kept = links_of(plan)
    assert not has_a_circle(kept)
    assert kept <= set(links)
    assert len(plan.findings) == len(set(links) - kept)


@given(links=LINKS)
def test_a_link_is_left_out_only_when_it_closes_a_circle_or_leads_nowhere(
    links: list[tuple[str, str]],
) -> None:
    kept = links_of(with_sound_dependencies(linked(*links)))
    for link in set(links) - kept:
        assert link[1] == "gone" or has_a_circle(kept | {link})


def test_a_circle_is_told_as_the_rows_in_the_order_in_which_one_comes_after_the_other() -> None:
    (told,) = with_sound_dependencies(linked(("m1", "m3"), ("m3", "m2"), ("m2", "m1"))).findings
    assert (told.row, told.values) == (2, {"first": "1", "rows": "2 → 3 → 1 → 2"})


def test_of_a_long_circle_the_ends_are_shown() -> None:
    ring = [(IDS[place], IDS[(place + 1) % 8]) for place in range(8)]
    (told,) = with_sound_dependencies(linked(*ring)).findings
    assert "8 → 7 → 6 → 5 → 4 → 3 → 2 → … → 8" == told.values["rows"]


@given(links=st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda link: link[0] > link[1])))
def test_without_detours_everything_still_comes_after_the_same_and_no_link_can_be_spared(
    links: set[tuple[int, int]],
) -> None:
    def reached(after: dict[int, tuple[int, ...]], place: int) -> set[int]:
        return set(after[place]).union(*(reached(after, first) for first in after[place]))

    after = {place: tuple(first for then, first in sorted(links) if then == place) for place in range(8)}
    short = without_detours(after)
    for place in range(8):
        assert reached(after, place) == reached(short, place)
        for spared in short[place]:
            fewer = short | {place: tuple(first for first in short[place] if first != spared)}
            assert spared not in reached(fewer, place)


BEFORE = linked(("m2", "m1"), ("m3", "m2"))


def test_what_came_after_something_still_does_when_the_new_version_does_not_say_so() -> None:
    assert links_of(BEFORE) == links_of(carry_ids(BEFORE.milestones, linked()))


def test_unless_a_person_wrote_the_order_or_a_row_has_left_the_plan() -> None:
    assert set() == links_of(carry_ids(BEFORE.milestones, replace(linked(), is_order_given=True)))
    fewer = replace(linked(), milestones=linked().milestones[1:])
    assert {("m3", "m2")} == links_of(carry_ids(BEFORE.milestones, fewer))


@given(earlier=LINKS, now=LINKS)
def test_over_a_revision_no_circle_comes_about_and_what_the_new_version_says_stays(
    earlier: list[tuple[str, str]], now: list[tuple[str, str]]
) -> None:
    before, new = (with_sound_dependencies(linked(*links)) for links in (earlier, now))
    carried = links_of(carry_ids(before.milestones, new))
    assert not has_a_circle(carried)
    assert links_of(new) <= carried <= links_of(new) | links_of(before)
    for link in links_of(before) - carried:
        assert has_a_circle(carried | {link})


def test_over_a_revision_what_comes_after_follows_the_ids() -> None:
    before = linked(("m2", "m1"), ("m3", "m2"))
    fresh = {each.id: f"n{each.row}" for each in before.milestones}
    now = a_plan(
        *(
            a_milestone(
                id=fresh[each.id],
                row=each.row,
                activity=each.activity,
                after=tuple(Predecessor(id=fresh[first.id], days=7) for first in each.after),
            )
            for each in before.milestones
        )
    )
    carried = carry_ids(before.milestones, now)
    assert links_of(before) == links_of(carried)
    assert {7} == {first.days for each in carried.milestones for first in each.after}
