"""Excel: real dates as they are shown, formulas, merged cells, several sheets, far corners."""

import io
from collections.abc import Callable, Iterable
from datetime import date, datetime, time

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from service.plan.place import place_of
from service.reading.document import Document, Note, Paragraph, Table
from service.reading.errors import FormulaWithoutValue, TooManyRows
from service.reading.formats import parse
from service.reading.formats.source import Source
from tests.reading.hostile.building import part, replaced


def workbook(fill: Callable[[Worksheet], object]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Plan"
    fill(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def filled(lines: Iterable[list[str]]) -> Callable[[Worksheet], None]:
    def fill(sheet: Worksheet) -> None:
        for line in lines:
            sheet.append(line)

    return fill


def read(content: bytes) -> Document:
    return parse(Source(name="plan.xlsx", content=content))


def rows(document: Document) -> list[tuple[str, ...]]:
    return [row.cells for block in document.blocks if isinstance(block, Table) for row in block.rows]


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (date(2024, 3, 13), "dd-mm-yyyy", "2024-03-13"),
        (date(2024, 3, 13), "[$-406]d. mmmm yyyy;@", "2024-03-13"),
        (date(2024, 3, 1), "mmm-yy", "2024-03"),
        (date(2024, 3, 1), "[$-406]mmmm yyyy;@", "2024-03"),
        (date(2024, 3, 1), '"den sidste dag i "mmmm', "2024-03"),
        (date(2024, 3, 1), "yyyy", "2024"),
        (datetime(2024, 3, 13, 16, 30), "dd-mm-yyyy hh:mm", "2024-03-13 16:30"),  # noqa: DTZ001 # Excel has no zones
        (datetime(2024, 3, 13, 16, 30), "dd-mm-yyyy", "2024-03-13"),  # noqa: DTZ001
        (time(16, 30), "hh:mm", "16:30"),
        (45_364, "General", "45364"),
        (12.0, "0", "12"),
        (2.5, "0.0", "2.5"),
        (True, "General", "SAND"),
    ],
)
def test_a_value_is_written_as_far_as_it_is_shown(value: object, number_format: str, shown: str) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = value  # type: ignore[assignment] # whatever Excel can hold
        sheet["A1"].number_format = number_format
        sheet["B1"] = "Opgave"

    assert rows(read(workbook(fill))) == [(shown, "Opgave")]


def test_a_formula_shows_its_saved_value() -> None:
    content = workbook(filled([["=1+1", "Opgave"]]))
    name = "xl/worksheets/sheet1.xml"
    xml = part(content, name)
    assert b"<v></v>" in xml or b"<v/>" in xml or b"<v />" in xml
    for empty in (b"<v></v>", b"<v/>", b"<v />"):
        xml = xml.replace(empty, b"<v>2</v>")
    assert rows(read(replaced(content, {name: xml}))) == [("2", "Opgave")]


def test_a_formula_without_a_saved_value_is_an_error_that_names_the_cell() -> None:
    content = workbook(filled([["Frist", "Opgave"], ["=TODAY()", "Møde"]]))
    with pytest.raises(FormulaWithoutValue) as caught:
        read(content)
    assert caught.value.sentence("da").startswith(
        "plan.xlsx, ark Plan, celle A2: formlen har ingen gemt værdi"
    )


def test_merged_cells_repeat_downwards_and_not_sideways() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (
            ["Plan 2024"],
            ["Frist", "Opgave"],
            ["Marts", "Udkast"],
            [None, "Høring"],
            ["Fase 2"],
            ["Maj", "Slut"],
        ):
            sheet.append(row)
        for merged in ("A1:B1", "A3:A4", "A5:B5"):
            sheet.merge_cells(merged)

    document = read(workbook(fill))
    assert document.blocks[0] == Paragraph(text="Plan 2024", where=place_of("ark Plan, række 1"))
    assert rows(document) == [
        ("Frist", "Opgave"),
        ("Marts", "Udkast"),
        ("Marts", "Høring"),
        ("Fase 2", ""),
        ("Maj", "Slut"),
    ]


def test_a_row_has_the_number_that_excel_shows() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A3"], sheet["B3"] = "Frist", "Opgave"
        sheet["A9"], sheet["B9"] = "Uge 12", "Møde"

    (table,) = read(workbook(fill)).blocks
    assert isinstance(table, Table)
    assert [row.where.in_words("da") for row in table.rows] == ["ark Plan, række 3", "ark Plan, række 9"]


def test_every_visible_sheet_is_read_and_a_hidden_one_is_told_of() -> None:
    book = openpyxl.Workbook()
    for name, state in (("Kontakter", "visible"), ("Plan", "visible"), ("Gammel", "hidden")):
        sheet = book.create_sheet(name)
        sheet.append([name, "x"])
        sheet.sheet_state = state
    stream = io.BytesIO()
    book.save(stream)
    document = read(stream.getvalue())
    assert rows(document) == [("Kontakter", "x"), ("Plan", "x")]
    assert document.notes == (Note(code="sheet-hidden", where=place_of("ark Gammel"), written="Gammel"),)


def test_an_empty_hidden_sheet_is_not_worth_a_word() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Tom").sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    assert read(stream.getvalue()).notes == ()


def test_a_hidden_row_is_read_since_a_filter_may_have_been_left_on() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Frist", "Opgave"])
        sheet.append(["Uge 12", "Møde"])
        sheet.row_dimensions[2].hidden = True

    assert rows(read(workbook(fill)))[1] == ("Uge 12", "Møde")


def test_more_rows_than_a_plan_can_have_are_refused_and_not_cut_off() -> None:
    content = workbook(filled([[f"Uge {n}", "Møde"] for n in range(10_001)]))
    with pytest.raises(TooManyRows):
        read(content)


def test_lines_begun_in_a_cell_stay_lines() -> None:
    assert rows(read(workbook(filled([["Uge 12", "Slagelse Kommune\nFOB"]])))) == [
        ("Uge 12", "Slagelse Kommune\nFOB")
    ]
