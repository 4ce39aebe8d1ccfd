"""Documents written down in a test, as a format would hand them over."""

from collections.abc import Sequence

from service.plan.place import Place, Spot
from service.reading.document import Document, Paragraph, Row, Table

Cells = Sequence[Sequence[str]]
_TABLE = Place.at(Spot.TABLE, 1)


def document(*blocks: str | Cells, name: str = "plan.docx", title: str = "") -> Document:
    """A line of text is a paragraph, a list of rows a table."""
    return Document(
        name=name,
        title=title,
        blocks=tuple(_block(number, block) for number, block in enumerate(blocks, start=1)),
    )


def _block(number: int, block: str | Cells) -> Paragraph | Table:
    if isinstance(block, str):
        return Paragraph(text=block, where=Place.at(Spot.PARAGRAPH, number))
    where = Place.at(Spot.TABLE, number)
    return Table(where=where, rows=rows(block, where))


def rows(cells: Cells, where: Place = _TABLE) -> tuple[Row, ...]:
    return tuple(
        Row(cells=tuple(each), where=where.then(Spot.ROW, number))
        for number, each in enumerate(cells, start=1)
    )
