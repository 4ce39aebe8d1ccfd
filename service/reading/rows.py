"""Document -> the data rows of the plan: what each row is, and why a row is none.

Every row of every table ends in one of three places: it is a data row, it is joined to the row before it, or
a finding tells why it was left out.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from service.plan.finding import Finding
from service.plan.window import Kind
from service.reading.columns import Columns, is_dated, is_header, recognise
from service.reading.deadline import looks_like_deadline, read_deadline
from service.reading.document import Document, Paragraph, Row, Table
from service.reading.row_cells import Cells, cells_of, joined, quoted
from service.reading.title import same_title


@dataclass(frozen=True, slots=True, kw_only=True)
class DataRow:
    """One row of the plan, its cells as written.

    `dated` is the text that tells the deadline: the cell, the cell with the month of its heading row, or the
    deadline of the row above. `heading_year` is the year of the heading row it stands under.
    """

    number: int
    where: str
    deadline: str
    dated: str
    activity: str
    responsible: str
    heading_year: int | None = None
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRows:
    """`names_parties` tells whether the plan has a column of responsible parties at all."""

    rows: tuple[DataRow, ...]
    findings: tuple[Finding, ...]
    names_parties: bool


_PERIODS = frozenset(
    {Kind.MONTH, Kind.YEAR, Kind.QUARTER, Kind.HALF_YEAR, Kind.SEASON, Kind.WEEK, Kind.PART_OF_MONTH}
)
_DITTO = re.compile(
    r"(?:do\.?|ditto|id\.?|idem|[\"'″”“„〃´`’]+|[-–]+\s*[\"″”“〃]+\s*[-–]+|s\.\s?[åd]\.|"
    r"(?:den\s+|det\s+)?(?:samme|same|samma)"
    r"(?:\s+(?:fase|dato|dag|tid|periode|frist|deadline|phase|date|fas|datum|uge|måned))?"
    r"(?:\s+(?:som\s+|as\s+)?(?:ovenfor|over|ovan|above))?"
    r"|(?:som|se|as|see)\s+(?:ovenfor|over|ovan|above))\.?",
    re.IGNORECASE,
)
_DAY_ALONE = re.compile(
    r"(?:\w{2,4}dag(?:en)?\.?\s*|\w{3}\.?\s+)?(?:d\.?\s*|den\s+)?\d{1,2}\.?"
    r"(?:\s*(?:[-–+/,&]|og|til)\s*\d{1,2}\.?)*",
)
_NOTE = re.compile(
    r"(?:i\s+alt|ialt|sum|total|subtotal|\*|note[rs]?\b|nb\b|bemærk|merk|obs\b|kilde|source|källa|revideret|opdateret|"
    r"udskrevet|senest\s+(?:opdateret|revideret|ændret)|(?:der\s+tages\s+)?forbehold|ret\s+til\s+ændringer|"
    r"side\s+\d|page\s+\d|sida\s+\d)",
    re.IGNORECASE,
)
_WHOLLY = 0.9  # of a cell's letters are the language of deadlines
_TOP = 2  # rows in which a table that goes on may repeat its header
_LONG = 60  # letters: a whole sentence
_PHASE = re.compile(
    r"(?:fase|phase|fas|etape|del|part|trin|step|skridt|steg|afsnit|spor|tema|blok)\b", re.IGNORECASE
)
_UNFINISHED = re.compile(
    r"(?:[,:\-–/&(]|\b(?:og|eller|samt|at|der|som|med|for|af|til|i|på|den|det|de|en|et|bliver|är|er|and|or|the|of|to|"
    r"och|av))$",
    re.IGNORECASE,
)


def plan_rows(document: Document) -> PlanRows:
    """The rows of all tables that are the plan; tables that are none become findings."""
    gathering = _Gathering(titles=frozenset(same_title(text) for text in _texts(document)))
    columns: Columns | None = None
    for block in document.blocks:
        if not isinstance(block, Table):
            continue
        found = _columns(block, columns)
        if found is None:
            gathering.tell("table-without-deadlines", block.where, rows=str(len(block.rows)))
            continue
        columns = found
        gathering.take(block, columns)
    return PlanRows(
        rows=tuple(gathering.rows),
        findings=tuple(gathering.findings),
        names_parties=gathering.names_parties,
    )


def _columns(table: Table, before: Columns | None) -> Columns | None:
    """Its own columns; without another header, those of the table it goes on. None: no part of the plan."""
    own = recognise(table.rows)
    if own is not None and own.header is not None:
        return own
    if before is not None and before.width == max((len(row.cells) for row in table.rows), default=0):
        headers = [row for row in table.rows[:_TOP] if is_header(row)]
        if all(before.header and _folded(row) == _folded(before.header) for row in headers):
            return before
    return own


def _texts(document: Document) -> Iterator[str]:
    yield document.title
    yield from (block.text for block in document.blocks if isinstance(block, Paragraph))


@dataclass(slots=True)
class _Gathering:
    """Walks the rows from top to bottom and carries down what the rows above said."""

    titles: frozenset[str]
    rows: list[DataRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    names_parties: bool = False
    month: str = ""
    year: int | None = None
    heading: str = ""
    above: str = ""
    header: tuple[str, ...] = ()
    after_break: bool = False

    def take(self, table: Table, columns: Columns) -> None:
        self.names_parties = self.names_parties or columns.responsible is not None
        self.after_break = True
        self.header = _folded(columns.header) if columns.header else ()
        for row in table.rows:
            if row is not columns.header:
                self._take_row(cells_of(row, columns))

    def _take_row(self, cells: Cells) -> None:
        kind = next(kind for kind, recognised in _KINDS if recognised(self, cells))
        kind(self, cells)
        self.after_break = kind in {_Gathering.repeated_header, _Gathering.page_title} or (
            self.after_break and kind is _Gathering.blank
        )

    def tell(self, code: str, where: str, row: int | None = None, **values: str) -> None:
        self.findings.append(Finding(code=code, row=row, where=where, values=values))

    # What a row can be -----------------------------------------------------------------------------

    def blank(self, cells: Cells) -> None:
        """Nothing stands there."""

    def repeated_header(self, cells: Cells) -> None:
        self.tell("row-is-header", cells.row.where, written=quoted(cells))

    def page_title(self, cells: Cells) -> None:
        self.tell("row-is-page-title", cells.row.where, written=quoted(cells))

    def period(self, cells: Cells) -> None:
        """As in "Marts 2024" above the rows of March: month and year are carried down to them."""
        text = cells.lone_text
        window = read_deadline(text, self.year).window
        if year := re.search(r"\b(?:19|20)\d\d\b", text):
            self.year = int(year.group())
        self.month = "" if window.kind is Kind.YEAR else text
        self.above = self.month
        self.tell("row-is-period", cells.row.where, written=quoted(cells))

    def phase(self, cells: Cells) -> None:
        self.heading = cells.lone_text
        self.tell("row-is-heading", cells.row.where, written=quoted(cells))

    def note(self, cells: Cells) -> None:
        self.tell("row-is-note", cells.row.where, written=quoted(cells))

    def continuation(self, cells: Cells) -> None:
        last = self.rows[-1]
        self.rows[-1] = replace(
            last,
            activity=joined(last.activity, cells.activity),
            responsible=joined(last.responsible, cells.responsible),
        )
        self.tell("row-joined", cells.row.where, last.number, written=quoted(cells))

    def without_activity(self, cells: Cells) -> None:
        self.tell("row-without-activity", cells.row.where, written=quoted(cells))

    def milestone(self, cells: Cells) -> None:
        number = len(self.rows) + 1
        dated = self._dated(cells)
        if dated != cells.deadline and dated:
            self.tell(
                "deadline-carried", cells.row.where, number, written=cells.deadline or "–", understood=dated
            )
        responsible = cells.responsible
        if self.rows and _DITTO.fullmatch(responsible):
            responsible = self.rows[-1].responsible
        self.rows.append(
            DataRow(
                number=number,
                where=cells.row.where,
                deadline=cells.deadline,
                dated=dated,
                activity=cells.activity,
                responsible=responsible,
                heading_year=self.year,
                heading=self.heading,
            ),
        )
        self.above = dated

    def _dated(self, cells: Cells) -> str:
        if not cells.deadline or _DITTO.fullmatch(cells.deadline):
            return self.above
        if self.month and _DAY_ALONE.fullmatch(cells.deadline):
            return f"{cells.deadline} {self.month}"
        return cells.deadline


def _is_blank(_gathering: _Gathering, cells: Cells) -> bool:
    return not any(cell.strip() for cell in cells.row.cells)


def _is_header(gathering: _Gathering, cells: Cells) -> bool:
    return bool(gathering.header) and _folded(cells.row) == gathering.header


def _folded(row: Row) -> tuple[str, ...]:
    return tuple(cell.casefold() for cell in row.cells)


def _is_page_title(gathering: _Gathering, cells: Cells) -> bool:
    return bool(cells.lone_text) and same_title(cells.lone_text) in gathering.titles


def _is_period(_gathering: _Gathering, cells: Cells) -> bool:
    """Nothing but a month, a week, a year: a heading of more words is a phase."""
    text = cells.lone_text
    if looks_like_deadline(text) < _WHOLLY:
        return False
    return (
        read_deadline(text, None).window.kind in _PERIODS
        or re.fullmatch(r"\W*(?:19|20)\d\d\W*", text) is not None
    )


def _is_note(_gathering: _Gathering, cells: Cells) -> bool:
    first = next(cell for cell in cells.row.cells if cell.strip())
    undated = not cells.deadline or first == cells.deadline
    text = cells.lone_text
    is_footnote = text == cells.deadline and text.endswith(".") and len(text) > _LONG
    return undated and not is_dated(first) and bool(_NOTE.match(first) or is_footnote)


def _is_phase(_gathering: _Gathering, cells: Cells) -> bool:
    """A heading says one thing: over all columns, in the date column without a date, or as "Fase 2: ..."."""
    text = cells.lone_text
    if not text or is_dated(text):
        return False
    spans = sum(1 for cell in cells.row.cells if cell) > 1
    return spans or text == cells.deadline or bool(_PHASE.match(text)) or text.endswith(":") or text.isupper()


def _is_continuation(gathering: _Gathering, cells: Cells) -> bool:
    if not gathering.rows or cells.deadline or not cells.activity:
        return False
    goes_on = cells.activity[0].islower() or _UNFINISHED.search(gathering.rows[-1].activity) is not None
    alone = not cells.responsible
    return goes_on or (alone and gathering.after_break and gathering.names_parties)


def _has_no_activity(_gathering: _Gathering, cells: Cells) -> bool:
    return not cells.activity


def _is_milestone(_gathering: _Gathering, _row: Cells) -> bool:
    return True


# The first that recognises a row says what it is.
_KINDS: tuple[tuple[Callable[[_Gathering, Cells], None], Callable[[_Gathering, Cells], bool]], ...] = (
    (_Gathering.blank, _is_blank),
    (_Gathering.repeated_header, _is_header),
    (_Gathering.page_title, _is_page_title),
    (_Gathering.period, _is_period),
    (_Gathering.note, _is_note),
    (_Gathering.phase, _is_phase),
    (_Gathering.continuation, _is_continuation),
    (_Gathering.without_activity, _has_no_activity),
    (_Gathering.milestone, _is_milestone),
)
