"""Two figures that are a year: "maj 24", "forår 25", "2024/25"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from service.reading.deadline.figures import Token, full_year
from service.reading.deadline.sorts import Sort
from service.reading.deadline.words import ENGLISH_MONTHS

_JOINTS = "-/t"
_JOINED = re.compile(f"[{_JOINTS}]$")
_AT_THE_END = re.compile("[DP]$")
_BEFORE_A_YEAR = re.compile("(?:nM|[SFVAZ]|[QH3]n|[nol][QH3])$")
_BEFORE_A_DASHED_YEAR = re.compile("(?:(?:^|-)M|[QH3]n|[SFVAZ])-$")
"""What stands before two figures that are a year, in the letters of the tokens: "3. maj 24", "Q1 24"."""

_DAY_UNITS = {Sort.MONTH, Sort.QUARTER, Sort.HALF_YEAR, Sort.WEEK, Sort.WEEKDAY}
_NEAR = 3
_LAST_MONTH = 12
_DECADE = 10


def settle_years(tokens: Sequence[Token], context: int | None) -> list[Token]:
    """The tokens with every number that is a year marked as one."""
    if context is None and _is_a_pair_of_years(tokens):
        return [_as_year(token) if token.sort is Sort.NUMBER else token for token in tokens]
    settled: list[Token] = []
    for place, token in enumerate(tokens):
        after = tokens[place + 1 : place + 3]
        if token.sort is Sort.NUMBER and _is_year(settled, token, after, context):
            settled.append(_as_year(token))
        else:
            settled.append(token)
    return settled


def _as_year(token: Token) -> Token:
    return replace(token, sort=Sort.YEAR, value=full_year(int(token.value)))


def _is_a_pair_of_years(tokens: Sequence[Token]) -> bool:
    """Whether the cell is "24/25" and nothing else."""
    if [token.sort for token in tokens] not in ([Sort.NUMBER, Sort(joint), Sort.NUMBER] for joint in _JOINTS):
        return False
    return int(tokens[2].value) - int(tokens[0].value) == 1 and int(tokens[0].value) > _LAST_MONTH


def _is_year(before: Sequence[Token], token: Token, after: Sequence[Token], context: int | None) -> bool:
    ended_by_dot = token.is_day and token.text.endswith(".") and not after
    if len(token.text.rstrip(".")) != 2 or (token.is_day and not ended_by_dot):  # noqa: PLR2004 - two figures
        return False
    if after and after[0].sort in _DAY_UNITS:
        return False
    sorts = "".join(found.sort for found in before)
    if _JOINED.search(sorts):
        return _ends_a_span(sorts, before, token)
    if _AT_THE_END.search(sorts):
        return not after and int(token.value) > _LAST_MONTH
    if _BEFORE_A_YEAR.search(sorts):
        return True
    return sorts.endswith(Sort.MONTH) and _follows_month(before[-1], token, after, context)


def _ends_a_span(sorts: str, before: Sequence[Token], token: Token) -> bool:
    """The second year of "2016-17" and "vinter 24/25", and "mar-24" where nothing else can be meant."""
    if sorts[-2:-1] == Sort.YEAR:
        return 0 < (int(token.value) - int(before[-2].value)) % 100 <= _DECADE
    return bool(_BEFORE_A_DASHED_YEAR.search(sorts)) and int(token.value) > _LAST_MONTH


def _follows_month(month: Token, token: Token, after: Sequence[Token], context: int | None) -> bool:
    """A year in "maj 24"; in "May 24" a day, where the year is known from elsewhere."""
    if Sort.YEAR in {found.sort for found in after[:2]} and after[0].sort in {Sort.YEAR, Sort.COMMA}:
        return False
    if context is not None and abs(full_year(int(token.value)) - context) > _NEAR:
        return False
    if month.text not in ENGLISH_MONTHS:
        return True
    return context is None and not (
        len(after) > 1 and after[0].sort.value in _JOINTS and after[1].sort is Sort.NUMBER
    )
