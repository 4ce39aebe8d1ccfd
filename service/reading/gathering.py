"""The rows of the plan's tables from top to bottom: what each row is, and why a row is none."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from service.plan.finding import Finding
from service.plan.place import Place, Spot
from service.reading.column_names import folded
from service.reading.columns import Columns
from service.reading.data_row import DataRow
from service.reading.date_names import joined_name, names_a_party
from service.reading.document import Row, Table
from service.reading.phases import Heading, phase_named
from service.reading.row_cells import Cells, Said, cells_of, joined, quoted
from service.reading.row_kinds import (
    begins_like_a_note,
    begins_like_a_phase,
    day_in_month,
    is_dated,
    is_day_alone,
    is_ditto,
    is_period,
    is_unfinished,
    is_year,
    says_when,
    year_in,
)
from service.reading.title import same_title

_LONG = 60  # letters: a whole sentence


@dataclass(slots=True)
class Gathering:
    """Walks the rows from top to bottom and carries down what the rows above said."""

    titles: frozenset[str]
    rows: list[DataRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    names_parties: bool = False
    month: str = ""
    year: int | None = None
    phase: str = ""
    above: tuple[Said, ...] = ()
    activity: str = ""
    columns: Columns | None = None
    header: tuple[str, ...] = ()
    after_break: bool = False
    after_note: bool = False

    def take(self, table: Table, columns: Columns, heading: Heading | None) -> None:
        self.names_parties = self.names_parties or columns.responsible is not None
        self.after_break = True
        if self.columns != columns:
            self._tell_columns(columns, table.where)
        self.columns = columns
        header = folded(columns.header) if columns.header else ()
        if heading or header != self.header:
            self._enter_phase(heading)
        self.header = header
        for row in table.rows:
            if row != columns.header:
                self._take_row(cells_of(row, columns))

    def _take_row(self, cells: Cells) -> None:
        kind = next(kind for kind, recognised in _KINDS if recognised(self, cells))
        kind(self, cells)
        self.after_note = kind is Gathering.note
        self.after_break = kind in {Gathering.header_again, Gathering.page_title} or (
            self.after_break and kind is Gathering.blank
        )

    def _tell_columns(self, columns: Columns, where: Place) -> None:
        names = {role: columns.name(place) for role, place in columns.roles if place is not None}
        if columns.header is None:
            self.tell("columns-without-names", where, None, **{"responsible": "–", **names})
        if columns.unnamed:
            unread = ", ".join(map(columns.name, columns.unnamed))
            self.tell("columns-unread", where, None, written=unread)
        if columns.own:
            places = sorted((columns.deadline, *columns.own))
            written = " | ".join(map(columns.name, places))
            self.tell("columns-of-dates-read", where, None, written=written)
        for place in columns.unread:
            self.tell("column-of-dates-unread", where, None, written=columns.name(place), **names)

    def enter_period(self, text: str, where: Place) -> None:
        """As in "Marts 2024" above the rows of March: month and year are carried down to them."""
        self._carry_down(text)
        self.tell("row-is-period", where, written=text)

    def begin_sheet(self, year: int) -> None:
        self.year, self.month = year, ""

    def _enter_phase(self, heading: Heading | None) -> None:
        """The phase that stands above a table; another table without one is in none."""
        self.phase = heading.phase if heading else ""
        if heading and heading.phase:
            self.tell("heading-is-phase", heading.where, written=heading.phase)

    def _carry_down(self, period: str) -> None:
        self.year = year_in(period) or self.year
        self.month = "" if is_year(period) else period
        self.above = (Said(period),)

    def tell(self, code: str, where: Place, row: int | None = None, **values: str) -> None:
        self.findings.append(Finding(code=code, row=row, where=where, values=values))

    # What a row can be -----------------------------------------------------------------------------

    def blank(self, cells: Cells) -> None:
        """Nothing stands there."""

    def header_again(self, cells: Cells) -> None:
        self.repeated_header(cells.row)

    def repeated_header(self, row: Row) -> None:
        self.tell("row-is-header", row.where, written=quoted(row))

    def page_title(self, cells: Cells) -> None:
        self.tell("row-is-page-title", cells.row.where, written=quoted(cells.row))

    def period(self, cells: Cells) -> None:
        self.enter_period(cells.lone_text, cells.row.where)

    def heading(self, cells: Cells) -> None:
        self.phase = phase_named(cells.lone_text)
        self.tell("row-is-heading", cells.row.where, written=quoted(cells.row))

    def note(self, cells: Cells) -> None:
        self.tell("row-is-note", cells.row.where, written=quoted(cells.row))

    def continuation(self, cells: Cells) -> None:
        rest = cells.activity or ("" if cells.responsible else cells.lone_text)
        number = self.rows[-1].number
        for place in range(len(self.rows) - 1, -1, -1):
            row = self.rows[place]
            if row.number != number:
                break
            responsible = joined(row.responsible, cells.responsible)
            self.rows[place] = replace(
                row,
                activity=joined(row.activity, rest),
                said=joined(row.said, rest),
                responsible=responsible,
            )
        self.activity = joined(self.activity, rest)
        self.tell("row-joined", cells.row.where, number, written=quoted(cells.row))

    def without_activity(self, cells: Cells) -> None:
        self.tell("row-without-activity", cells.row.where, written=quoted(cells.row))

    def milestone(self, cells: Cells) -> None:
        """One row of the plan; a milestone for each of its dates."""
        if cells.period:
            self._carry_down(cells.period)
        if cells.phase and not is_ditto(cells.phase):
            self.phase = cells.phase
        responsible = cells.responsible
        if self.rows and is_ditto(responsible):
            responsible = self.rows[-1].responsible
        if not (self.rows and is_ditto(cells.activity)):
            self.activity = cells.activity
        number = self.rows[-1].number + 1 if self.rows else 1
        dates = list(self._dates(cells, number))
        for written, dated in dates:
            where = cells.row.where.then(Spot.COLUMN, dated.column) if dated.column else cells.row.where
            if dated.when != written.when and dated.when:
                said = {"written": written.written or "–", "understood": dated.written}
                self.tell("deadline-carried", where, number, **said)
            self.rows.append(
                DataRow(
                    number=number,
                    where=where,
                    deadline=written.written,
                    dated=dated.written,
                    activity=joined_name(dated.name, self.activity) if dated.name else self.activity,
                    responsible=responsible or (dated.name if names_a_party(dated.name) else ""),
                    heading_year=self.year,
                    phase=self.phase,
                    column=dated.column,
                    said=self.activity,
                    otherwise=cells.otherwise if len(dates) == 1 else (),
                )
            )
        self.above = tuple(dated for _, dated in dates)

    def _dates(self, cells: Cells, number: int) -> Iterator[tuple[Said, Said]]:
        """Each date as it is written, and as it is told by the rows above and the month they stand under."""
        filled = [each for each in cells.said if each.when]
        if not filled:
            first = cells.said[0]
            yield from ((first, above._replace(clock=first.clock)) for above in self.above or (first,))
            return
        dates = [each for each in filled if says_when(each.when)] if len(cells.said) > 1 else filled
        for each in filled:
            if dates and each not in dates:
                self.tell("cell-without-date", cells.row.where, number, written=each.when, column=each.column)
        yield from ((each, each._replace(when=self._dated(each))) for each in dates or filled[:1])

    def _dated(self, said: Said) -> str:
        if is_ditto(said.when):
            beside = {each.column: each.when for each in self.above}
            return beside.get(said.column) or next(iter(beside.values()), "")
        if self.month and is_day_alone(said.when):
            return day_in_month(said.when, self.month)
        return said.when


def _is_blank(_gathering: Gathering, cells: Cells) -> bool:
    return not any(cell.strip() for cell in cells.row.cells)


def _is_header(gathering: Gathering, cells: Cells) -> bool:
    return bool(gathering.header) and folded(cells.row) == gathering.header


def _is_page_title(gathering: Gathering, cells: Cells) -> bool:
    return bool(cells.lone_text) and same_title(cells.lone_text) in gathering.titles


def _is_period(_gathering: Gathering, cells: Cells) -> bool:
    return is_period(cells.lone_text)


def _is_note(gathering: Gathering, cells: Cells) -> bool:
    first = next(cell for cell in cells.row.cells if cell.strip())
    undated = not cells.deadline or first == cells.deadline
    text = cells.lone_text
    is_footnote = text == cells.deadline and text.endswith(".") and len(text) > _LONG
    is_aside = gathering.after_note and text == cells.activity and text.endswith(".")
    return undated and not is_dated(first) and (begins_like_a_note(first) or is_footnote or is_aside)


def _is_phase(_gathering: Gathering, cells: Cells) -> bool:
    """A heading says one thing: over all columns, in the date column without a date, or as "Fase 2: ..."."""
    text = cells.lone_text
    if not text or is_dated(text):
        return False
    spans = sum(1 for cell in cells.row.cells if cell) > 1
    return spans or text in {cells.deadline, cells.phase} or begins_like_a_phase(text)


def _is_continuation(gathering: Gathering, cells: Cells) -> bool:
    """No deadline of its own: the rest of a sentence, or of a name, in whichever column it landed."""
    if not gathering.rows or any(each.written for each in cells.said):
        return False
    text = cells.activity or (cells.lone_text if not cells.responsible else "")
    if not text:
        return bool(cells.responsible)
    goes_on = text[0].islower() or is_unfinished(gathering.rows[-1].activity)
    alone = bool(cells.activity) and not cells.responsible
    return goes_on or (alone and gathering.after_break and gathering.names_parties)


def _says_nothing(_gathering: Gathering, cells: Cells) -> bool:
    return not (cells.deadline or cells.activity or cells.responsible or cells.period)


def _has_no_activity(_gathering: Gathering, cells: Cells) -> bool:
    return not cells.activity and not any(each.name for each in cells.said)


def _is_milestone(_gathering: Gathering, _row: Cells) -> bool:
    return True


# The first that recognises a row says what it is.
_KINDS: tuple[tuple[Callable[[Gathering, Cells], None], Callable[[Gathering, Cells], bool]], ...] = (
    (Gathering.blank, _is_blank),
    (Gathering.header_again, _is_header),
    (Gathering.page_title, _is_page_title),
    (Gathering.period, _is_period),
    (Gathering.note, _is_note),
    (Gathering.heading, _is_phase),
    (Gathering.continuation, _is_continuation),
    (Gathering.note, _says_nothing),
    (Gathering.without_activity, _has_no_activity),
    (Gathering.milestone, _is_milestone),
)
