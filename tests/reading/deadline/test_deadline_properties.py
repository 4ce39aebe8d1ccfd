"""What holds for every date and every text."""

from collections.abc import Callable
from datetime import date, timedelta
from string import printable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.plan.window import Certainty, Kind
from service.reading.deadline import looks_like_deadline, read_day_in, read_deadline
from service.reading.deadline.patterns import PATTERNS
from service.reading.deadline.words import LONGEST_PHRASE

_MONTHS = {
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "no": "januar februar mars april mai juni juli august september oktober november desember",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "en": "January February March April May June July August September October November December",
}
_WEEKDAYS = "mandag tirsdag onsdag torsdag fredag lørdag søndag"
_FIRST_DAY, _DAYS = date(2010, 1, 1), 20 * 365 + 5
_LAYOUTS: dict[str, Callable[[date, str], str]] = {
    "13. marts 2024": lambda day, month: f"{day.day}. {month} {day.year}",
    "13 marts 2024": lambda day, month: f"{day.day} {month} {day.year}",
    "d. 13.marts2024": lambda day, month: f"d. {day.day}.{month}{day.year}",
    "onsdag den 13. marts 2024": lambda day, month: (
        f"{_WEEKDAYS.split()[day.weekday()]} den {day.day}. {month} {day.year}"
    ),
    "13. mar. 2024": lambda day, month: f"{day.day}. {month[:3]}. {day.year}",
    "13. marts -24": lambda day, month: f"{day.day}. {month} -{day:%y}",
    "13.03.2024": lambda day, _: f"{day:%d.%m.%Y}",
    "13.3.24": lambda day, _: f"{day.day}.{day.month}.{day:%y}",
    "13/3-24": lambda day, _: f"{day.day}/{day.month}-{day:%y}",
    "13/3 2024": lambda day, _: f"{day.day}/{day.month} {day.year}",
    "13/03/2024": lambda day, _: f"{day:%d/%m/%Y}",
    "13-03-2024": lambda day, _: f"{day:%d-%m-%Y}",
    "2024-03-13": lambda day, _: day.isoformat(),
    "13-mar-2024": lambda day, month: f"{day.day}-{month[:3]}-{day.year}",
}
_WORDS = """
    senest fra til og - – / , ( ) . : primo ultimo uge 12 53 0 99 1. 31. 31.2 kl. 9 maj februar 2024 24
    '24 forår vinter årsskiftet 1.-3. kvartal halvår mandag sidste i måneden efter påske xx ? løbende ændret
    2024-25 weekenden månedsskiftet skoleåret 14 dage før jul inden 3/13/2024 FY uger fra 2024-06-01—07-05
    december
"""
_TEXT = st.one_of(
    st.text(max_size=60),
    st.text(printable, max_size=60),
    st.lists(
        st.sampled_from(_WORDS.split()),
        max_size=9,
    ).map(" ".join),
)


@pytest.mark.no_cover
@pytest.mark.parametrize("language", _MONTHS)
@pytest.mark.parametrize("layout", _LAYOUTS)
def test_every_day_of_twenty_years_is_read_back_from_every_layout(layout: str, language: str) -> None:
    months = _MONTHS[language].split()
    for offset in range(0, _DAYS, 1 if language == "da" else 7):
        day = _FIRST_DAY + timedelta(days=offset)
        text = _LAYOUTS[layout](day, months[day.month - 1])

        window = read_deadline(text, 1999).window

        assert (window.starts_on, window.ends_on, window.kind) == (day, day, Kind.DAY), text


@given(_TEXT, st.none() | st.integers(2000, 2060))
def test_no_text_whatever_is_refused_and_no_window_ends_before_it_starts(text: str, year: int | None) -> None:
    deadline = read_deadline(text, year)

    first, last = deadline.window.starts_on, deadline.window.ends_on
    assert first is None or last is None or first <= last
    assert 0 <= looks_like_deadline(text) <= 1
    for finding in deadline.findings:
        assert finding.message("da")
        assert finding.message("en")


@given(_TEXT)
def test_the_day_an_activity_names_lies_in_its_window(text: str) -> None:
    window = read_deadline("2. kvartal 2024").window

    day = read_day_in(text, window)

    assert day is None or date(2024, 4, 1) <= day <= date(2024, 6, 30)


@given(_TEXT)
def test_a_cell_without_any_date_awaits_one_or_recurs(text: str) -> None:
    window = read_deadline(text).window

    if window.starts_on is None and window.ends_on is None:
        assert window.certainty is Certainty.AWAITING or window.kind is Kind.RECURRING


@pytest.mark.parametrize(
    "dash", ["-", "–", "—", "‒", "‐", "−", " - ", " – ", " —", "- ", "\u00a0–\u00a0", "-\r\n"]
)
@pytest.mark.parametrize(
    "ends", [("1.", "15. maj 2024"), ("maj", "juni 2024"), ("uge 12", "14 2024"), ("1/5", "15/5 2024")]
)
def test_every_dash_joins_two_ends_alike(ends: tuple[str, str], dash: str) -> None:
    plain = read_deadline(" - ".join(ends)).window

    assert read_deadline(dash.join(ends)).window == plain
    assert plain.kind is Kind.RANGE


@pytest.mark.parametrize(
    "text",
    [
        "Primo\u00a0marts\u00a02024",
        "  Primo \t marts\r\n2024 ",
        "Pri\u00admo mar\u00adts 2024",
        "\ufeffPrimo marts\u200b 2024",
        "PRIMO MARTS ２０２４",
        "Primo marts 2024¹",
        "Primo marts 2024*",
        "Primo mar- ts 2024",
        "Primo mar ts 2024",
    ],
)
def test_invisible_characters_and_broken_words_change_nothing(text: str) -> None:
    assert read_deadline(text).window == read_deadline("Primo marts 2024").window


@pytest.mark.parametrize(
    "text", ["1." * 5000, "uge 12 " * 1500, "(" * 10_000, "- " * 5000, "sep- " * 2000, "x? " * 3000]
)
def test_a_cell_of_ten_thousand_characters_is_read_too(text: str) -> None:
    assert read_deadline(text, 2024).text == text


def test_the_grammar_has_no_loops_so_its_time_grows_with_the_text_and_no_faster() -> None:
    """A row matches a bounded run of tokens, a phrase a bounded run of words; no pass goes back."""
    assert not [words for _, words in PATTERNS if "*" in words or "+" in words]
    assert LONGEST_PHRASE < 10
