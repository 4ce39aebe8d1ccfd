"""Two figures that are a year: "maj 24", "forår 25", "2024/25"."""

from collections.abc import Sequence
from dataclasses import replace

from service.reading.deadline.tokens import Token, full_year
from service.reading.deadline.words import ENGLISH_MONTHS, Sort

_JOINTS = {Sort.DASH, Sort.SLASH, Sort.UNTIL}
_STRADDLING = {Sort.WINTER, Sort.TURN, Sort.SCHOOL_YEAR}
_TAKES_A_YEAR = {Sort.SEASON, Sort.HOLIDAY, *_STRADDLING}
_COUNTED = {Sort.QUARTER, Sort.HALF_YEAR, Sort.THIRD}
_DAY_UNITS = {Sort.MONTH, Sort.QUARTER, Sort.HALF_YEAR, Sort.WEEK, Sort.WEEKDAY}
_NEAR = 3
_LAST_MONTH = 12


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
    if [token.sort for token in tokens] not in ([Sort.NUMBER, joint, Sort.NUMBER] for joint in _JOINTS):
        return False
    return int(tokens[2].value) - int(tokens[0].value) == 1 and int(tokens[0].value) > _LAST_MONTH


def _is_year(before: Sequence[Token], token: Token, after: Sequence[Token], context: int | None) -> bool:
    ended_by_dot = token.is_day and token.text.endswith(".") and not after
    if len(token.text.rstrip(".")) != 2 or (token.is_day and not ended_by_dot):  # noqa: PLR2004 - two figures
        return False
    if after and after[0].sort in _DAY_UNITS:
        return False
    sorts = [None, None, None, *(found.sort for found in before)][-3:]
    if sorts[-1] in _JOINTS:
        return _ends_a_span(before, token, sorts)
    if sorts[-1] is Sort.DATE:
        return not after
    if sorts[-1] is Sort.PART:
        return int(token.value) > _LAST_MONTH and not after
    if sorts[-1] in _TAKES_A_YEAR or (sorts[-2] in _COUNTED and sorts[-1] is Sort.NUMBER):
        return True
    if sorts[-1] in _COUNTED:
        return sorts[-2] in {Sort.NUMBER, Sort.ORDINAL, Sort.LAST}
    return sorts[-1] is Sort.MONTH and (
        sorts[-2] is Sort.NUMBER or _follows_month(before[-1], token, after, context)
    )


def _ends_a_span(before: Sequence[Token], token: Token, sorts: Sequence[Sort | None]) -> bool:
    """The second year of "2016-17" and "vinter 24/25", and "mar-24" where nothing else can be meant."""
    if sorts[-2] is Sort.YEAR:
        return 0 < (int(token.value) - int(before[-2].value)) % 100 <= 10  # noqa: PLR2004 - plans span a decade
    follows_unit = (sorts[-2] is Sort.MONTH and sorts[-3] in {None, Sort.DASH}) or (
        sorts[-2] is Sort.NUMBER and sorts[-3] in _COUNTED
    )
    return follows_unit and sorts[-1] is Sort.DASH and int(token.value) > 12  # noqa: PLR2004 - no quarter


def _follows_month(month: Token, token: Token, after: Sequence[Token], context: int | None) -> bool:
    """A year in "maj 24"; in "May 24" a day, where the year is known from elsewhere."""
    if Sort.YEAR in {found.sort for found in after[:2]} and after[0].sort in {Sort.YEAR, Sort.COMMA}:
        return False
    if context is not None and abs(full_year(int(token.value)) - context) > _NEAR:
        return False
    if month.text not in ENGLISH_MONTHS:
        return True
    return context is None and not (
        len(after) > 1 and after[0].sort in _JOINTS and after[1].sort is Sort.NUMBER
    )
