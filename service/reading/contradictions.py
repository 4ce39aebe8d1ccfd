"""Columns that say once more when a row is due, and do not agree with its date: the week beside the day."""

from collections.abc import Iterator, Sequence

from service.plan.finding import Finding
from service.reading.data_row import DataRow
from service.reading.date_columns import tell_the_same
from service.reading.deadline import Deadline, read_deadline


def contradictions(rows: Sequence[DataRow], deadlines: Sequence[Deadline]) -> Iterator[Finding]:
    """Told where the column agrees in most rows; else it counts something else, such as weeks of a term."""
    compared = [
        (row, column, text, agrees)
        for row, deadline in zip(rows, deadlines, strict=True)
        for column, text in row.otherwise
        if (agrees := _agrees(text, deadline)) is not None
    ]
    for column in dict.fromkeys(column for _, column, _, _ in compared):
        said = [each for each in compared if each[1] == column]
        apart = [each for each in said if not each[3]]
        for row, _, text, _ in apart if len(apart) * 2 <= len(said) else ():
            values = {"written": row.deadline, "column": column, "otherwise": text}
            yield Finding(code="column-contradicts", row=row.number, where=row.where, values=values)


def _agrees(text: str, deadline: Deadline) -> bool | None:
    """In the year of the deadline or, since weeks cross New Year, in one beside it; None without days."""
    day = deadline.window.starts_on or deadline.window.ends_on
    years = (day.year, day.year + 1, day.year - 1) if day else ()
    said = [tell_the_same(deadline.window, read_deadline(text, year).window) for year in years]
    return None if None in said or not said else any(said)
