"""PDF: ruled tables, tables by alignment alone, cut words, rows broken over pages."""

import pytest

from service.reading.document import Document, Paragraph, Table
from service.reading.formats import parse
from service.reading.formats.source import Source
from tests.reading.hostile.building import HEADER, PLAN, pdf_of

SHARED = "Boligorganisationerne i\nsamarbejde med kommunen"


def read(content: bytes) -> Document:
    return parse(Source(name="plan.pdf", content=content))


def rows(document: Document) -> list[tuple[str, ...]]:
    return [row.cells for block in document.blocks if isinstance(block, Table) for row in block.rows]


@pytest.mark.parametrize("ruled", [True, False])
def test_the_rows_are_found_with_and_without_ruled_lines(ruled: bool) -> None:  # pytest's parameter
    assert rows(read(pdf_of(ruled=ruled))) == [tuple(row) for row in PLAN]


@pytest.mark.parametrize("ruled", [True, False])
def test_wrapped_cells_are_joined(ruled: bool) -> None:
    wrapped = (
        HEADER,
        (
            "August -\nmidt i december 2024",
            "Udkast udarbejdes i en dialog mellem kommunen,\nfonden og bestyrelsen",
            SHARED,
        ),
        ("Uge 12", "Høring", "FOB"),
        ("Uge 34", "Godkendelse", "SB"),
    )
    assert rows(read(pdf_of(wrapped, ruled=ruled)))[1] == (
        "August - midt i december 2024",
        "Udkast udarbejdes i en dialog mellem kommunen, fonden og bestyrelsen",
        SHARED.replace("\n", " "),
    )


def test_parties_below_each_other_stay_on_lines_of_their_own() -> None:
    plan = (HEADER, ("Uge 12", "Høring", "Slagelse Kommune\nFOB\nBK"), ("Uge 13", "Slut", "SB"))
    assert rows(read(pdf_of(plan)))[1][2] == "Slagelse Kommune\nFOB\nBK"


@pytest.mark.parametrize(
    ("cell", "joined"),
    [
        ("prækvalifika-\ntionen", "prækvalifikationen"),
        ("Børne-\nog Ungeudvalget", "Børne- og Ungeudvalget"),
        ("samråd, SB-\nmøde 2", "samråd, SB- møde 2"),
        ("Boligorganisatio\nnerne", "Boligorganisationerne"),
        ("Bestyrelsen\nindstiller", "Bestyrelsen indstiller"),
    ],
)
def test_a_cut_word_is_joined_only_where_that_is_sure(cell: str, joined: str) -> None:
    plan = (
        ("Frist", "Hvad", "Hvem"),
        ("Uge 12", "Møde", "Alle Boligorganisationerne mødes"),
        ("Uge 13", cell, "SB"),
    )
    assert rows(read(pdf_of(plan, lefts=(50, 110, 195))))[2][1] == joined


def test_lines_of_prose_are_paragraphs_and_no_table() -> None:
    document = read(
        pdf_of([("Plan for 2024",), ("Første afsnit",), ("- et punkt",)], ruled=False, lefts=(50,))
    )
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [
        "Plan for 2024",
        "Første afsnit",
        "- et punkt",
    ]


def test_a_row_without_a_closing_line_at_the_foot_of_the_page_is_not_lost() -> None:
    content = pdf_of()
    foot = b"45 720 m 545 720 l S"
    assert foot in content
    assert rows(read(content.replace(foot, b" " * len(foot)))) == [tuple(row) for row in PLAN]
