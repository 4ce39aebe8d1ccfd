"""The user's own plan in six formats says the same."""

from pathlib import Path

import pytest

from service.reading.document import Document, Paragraph, Table
from service.reading.formats import read_document

PLANS = Path(__file__).parents[2] / "plans"
FORMATS = ("docx", "pdf", "xlsx", "csv", "html", "txt")
TITLE = "Samlet procesplan ifm. vedtagelse af ny boligsocial helhedsplan 2025-2029 i Slagelse Kommune"
AS_SHOWN = {
    "13. marts 2024": "2024-03-13",
    "20. marts 2024": "2024-03-20",
    "27. januar 2025": "2025-01-27",
    "April 2024": "2024-04",
    "Maj 2024": "2024-05",
    "Januar 2025": "2025-01",
}


def data_rows(document: Document) -> list[tuple[str, ...]]:
    tables = (block for block in document.blocks if isinstance(block, Table))
    return [row.cells for table in tables for row in table.rows if row.cells[0] != "Deadline"]


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_gives_the_22_rows_and_the_end_of_the_one_broken_over_two_pages(ending: str) -> None:
    rows = data_rows(read_document(PLANS / f"procesplan.{ending}"))
    assert len(rows) == 23
    assert [row[1] for row in rows if not row[0]] == [
        "der tale om en samlet afstemning i hvert af de tre områder på tværs af afdelinger i områderne."
    ]


@pytest.mark.parametrize("ending", ["pdf", "csv", "html", "txt"])
def test_the_cells_are_the_same_letter_for_letter(ending: str) -> None:
    assert data_rows(read_document(PLANS / f"procesplan.{ending}")) == data_rows(
        read_document(PLANS / "procesplan.docx")
    )


def test_excel_differs_only_in_its_real_dates_which_are_iso_as_far_as_they_are_shown() -> None:
    word = data_rows(read_document(PLANS / "procesplan.docx"))
    excel = data_rows(read_document(PLANS / "procesplan.xlsx"))
    for written, (deadline, *rest) in zip(word, excel, strict=True):
        assert deadline in (written[0], AS_SHOWN.get(written[0]))
        assert tuple(rest) == written[1:]


@pytest.mark.parametrize("ending", ["docx", "pdf", "xlsx", "html", "txt"])
def test_the_title_is_a_paragraph_or_declared(ending: str) -> None:
    document = read_document(PLANS / f"procesplan.{ending}")
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert any(text.endswith(TITLE) for text in [document.title, *texts])


@pytest.mark.parametrize(
    ("ending", "where"),
    [
        ("docx", "tabel 1, række 2"),
        ("pdf", "side 3, række 2"),
        ("xlsx", "ark Procesplan, række 4"),
        ("csv", "linje 2"),
        ("html", "tabel 1, række 2"),
        ("txt", "linje 48"),
    ],
)
def test_each_row_knows_its_place_as_a_person_would_point_to_it(ending: str, where: str) -> None:
    document = read_document(PLANS / f"procesplan.{ending}")
    table = next(block for block in document.blocks if isinstance(block, Table))
    assert table.rows[1].where.in_words("da") == where
