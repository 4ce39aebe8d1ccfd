"""What a calendar may have to say: any days, any clock, any text that a cell can hold."""

from datetime import date, time, timedelta

from hypothesis import strategies as st

from service.plan.milestone import Milestone
from service.plan.window import Certainty, Kind, Window
from tests.factories import a_milestone

ZONES = st.sampled_from(["Europe/Copenhagen", "America/New_York", "Pacific/Auckland", "UTC"])
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
HOSTILE = (
    *("\r\nATTENDEE:mailto:x@evil.example", "\r", "\n", "END:VEVENT", "\\n", "\\N", ";", ",", ":", '"', "^n"),
    *("\x00", "\x85", "\u2028", "\ufeff", "æ" * 40, "😀" * 20, '"}]', "no", "=?utf-8?q?x?=", "{activity}"),
)
TEXTS = st.text(max_size=60).filter(str.strip) | st.lists(
    st.sampled_from(HOSTILE), min_size=1, max_size=6
).map(lambda parts: "A" + "".join(parts))


@st.composite
def any_window(draw: st.DrawFn) -> Window:
    first = draw(DAYS)
    last = first + timedelta(draw(st.integers(0, 400)))
    starts_on, ends_on = draw(st.sampled_from([(first, last), (first, first), (None, last), (first, None)]))
    return Window(
        starts_on=starts_on,
        ends_on=ends_on,
        kind=draw(st.sampled_from([kind for kind in Kind if kind is not Kind.TBD])),
        certainty=draw(st.sampled_from([Certainty.EXACT, Certainty.APPROXIMATE])),
        time=draw(st.none() | st.builds(time, st.integers(0, 23), st.integers(0, 59))),
    )


@st.composite
def any_milestone(draw: st.DrawFn) -> Milestone:
    window = draw(any_window())
    return a_milestone(
        window,
        deadline=draw(TEXTS),
        activity=draw(TEXTS),
        responsible=draw(TEXTS),
        checklist=tuple(draw(st.lists(TEXTS, max_size=2))),
        parties=tuple(draw(st.sets(st.sampled_from(["sb", "fob", "boligorganisationerne"])))),
    )
