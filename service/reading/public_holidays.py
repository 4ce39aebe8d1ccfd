"""The public holidays of the country whose language a plan is written in."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

_COUNTRY = {"da": "DK", "no": "NO", "sv": "SE"}


def public_holiday(day: date, language: str) -> str:
    """Its name in that language; "" on other days, and for English plans, which may be any country's."""
    return _holidays(language, day.year).get(day, "") if language in _COUNTRY else ""


@lru_cache(maxsize=256)
def _holidays(language: str, year: int) -> Mapping[date, str]:
    import holidays  # noqa: PLC0415 - a tenth of a second that plans without a day need not wait for

    return holidays.country_holidays(_COUNTRY[language], years=year, language=language)
