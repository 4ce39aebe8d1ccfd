"""Plans as Word and Excel have them: headings between tables, merged cells, real dates, several sheets."""

from datetime import date
from pathlib import Path

import docx
import openpyxl
from docx.document import Document as Word
from docx.table import Table

from service.plan.plan import Plan
from service.reading.reader import read_plan


def said(plan: Plan) -> list[tuple[str, str, tuple[str, ...]]]:
    names = {party.id: party.name for party in plan.parties}
    return [
        (
            f"{milestone.window.starts_on}/{milestone.window.ends_on}",
            milestone.activity,
            tuple(names[party] for party in milestone.parties),
        )
        for milestone in plan.milestones
    ]


def add_table(word: Word, *rows: tuple[str, ...]) -> Table:
    table: Table = word.add_table(rows=len(rows), cols=len(rows[0]))
    for place, row in enumerate(rows):
        for cell, text in zip(table.rows[place].cells, row, strict=True):
            cell.text = text
    return table


def test_a_table_a_month_in_word_takes_month_and_year_from_the_headings(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_heading("Procesplan for ny idrætspolitik", 0)
    word.add_paragraph("Planen er vejledende.")
    word.add_heading("Marts 2024", 2)
    add_table(word, ("Dato", "Aktivitet", "Ansvarlig"), ("5.", "Kickoff", "Projektlederen"))
    word.add_heading("April 2024", 2)
    add_table(word, ("Dato", "Aktivitet", "Ansvarlig"), ("9.-10.", "Workshop", "Foreningerne"))
    word.save(str(tmp_path / "plan.docx"))

    assert said(read_plan(tmp_path / "plan.docx")) == [
        ("2024-03-05/2024-03-05", "Kickoff", ("Projektlederen",)),
        ("2024-04-09/2024-04-10", "Workshop", ("Foreningerne",)),
    ]


def test_a_date_merged_over_rows_in_word_is_the_date_of_each(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("Tidsplan 2025")
    table = add_table(
        word,
        ("Hvornår", "Hvad", "Hvem"),
        ("Primo maj", "Brev sendes", "Sekretariatet"),
        ("", "Lokale bestilles", "Driften"),
    )
    table.cell(1, 0).merge(table.cell(2, 0))
    word.save(str(tmp_path / "plan.docx"))

    assert said(read_plan(tmp_path / "plan.docx")) == [
        ("2025-05-01/2025-05-10", "Brev sendes", ("Sekretariatet",)),
        ("2025-05-01/2025-05-10", "Lokale bestilles", ("Driften",)),
    ]


def test_a_sheet_a_year_in_excel_with_months_and_days_in_columns_of_their_own(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    first, second = book.create_sheet("2024"), book.create_sheet("2025")
    for sheet, rows in (
        (
            first,
            [("November", 12, "Udkast", "PU"), (None, 26, "Høring", "MR"), ("December", None, "Pause", "MR")],
        ),
        (second, [("Januar", 14, "Vedtagelse", "PU")]),
    ):
        sheet.append(("Måned", "Dag", "Emne", "Hvem"))
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "plan.xlsx")

    assert said(read_plan(tmp_path / "plan.xlsx")) == [
        ("2024-11-12/2024-11-12", "Udkast", ("PU",)),
        ("2024-11-26/2024-11-26", "Høring", ("MR",)),
        ("2024-12-01/2024-12-31", "Pause", ("MR",)),
        ("2025-01-14/2025-01-14", "Vedtagelse", ("PU",)),
    ]


def test_real_dates_in_excel_with_a_column_for_start_and_one_for_the_end(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(("Projektplan for udbud",))
    sheet.append(("ID", "Opgave", "Ejer", "Start", "Slut", "% færdig"))
    sheet.append((1, "Analyse", "IT og Indkøb", date(2024, 2, 1), date(2024, 3, 15), 0.5))
    sheet.append((2, "Udbud", "Indkøb", date(2024, 4, 2), None, 0))
    book.save(tmp_path / "plan.xlsx")

    assert said(read_plan(tmp_path / "plan.xlsx")) == [
        ("2024-02-01/2024-03-15", "Analyse", ("IT", "Indkøb")),
        ("2024-04-02/2024-04-02", "Udbud", ("Indkøb",)),
    ]
