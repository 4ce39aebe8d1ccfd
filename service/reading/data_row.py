"""One row of the plan as its document has it, before anything in it is understood."""

from dataclasses import dataclass

from service.plan.place import Place
from service.reading.row_cells import Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class DataRow:
    """One row of the plan, its cells as written.

    `dated` is the text that tells the deadline: the cell, the cell with the month of its heading row, or the
    deadline of the row above. `heading_year` is the year of the heading row it stands under, `phase` what the
    heading or a cell of its own says of the phase. A row with several dates is as many of these, with one
    `number`, each with the name of its `column` before what the cell of the activity itself `said`; what
    other columns say of the same day is `otherwise`.
    """

    number: int
    where: Place
    deadline: str
    dated: str
    activity: str
    responsible: str
    heading_year: int | None = None
    phase: str = ""
    column: str = ""
    said: str = ""
    otherwise: tuple[Telling, ...] = ()
