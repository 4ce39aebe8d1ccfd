"""A list of dates that stands beside the table of the plan is part of the plan."""

import io

import docx
import pytest

from service.plan.plan import Plan
from service.reading.formats import parse
from service.reading.formats.source import Source
from service.reading.reader import understand
from tests.reading.plan_documents import Cells, document

TABLE: Cells = [("Frist", "Opgave", "Ansvarlig"), ("1. marts 2024", "Udkast", "SB")]
GOES_ON: Cells = [("5. august 2024", "Evaluering", "FOB")]
DATE_FIRST = ("3. maj 2024: Høring", "10. juni 2024 – Byrådet: Politisk behandling")
DATE_LAST = ("Høring: 3. maj 2024", "Politisk behandling: 10. juni 2024")


def read(*blocks: str | Cells) -> Plan:
    return understand(document(*blocks))


def activities(plan: Plan) -> list[str]:
    return [milestone.activity for milestone in plan.milestones]


def codes(plan: Plan) -> list[str]:
    return [finding.code for finding in plan.findings]


@pytest.mark.parametrize("lines", [DATE_FIRST, DATE_LAST], ids=["date first", "date last"])
def test_two_dated_lines_together_are_rows_in_the_order_of_the_document(lines: tuple[str, str]) -> None:
    below, above = read(TABLE, *lines), read(*lines, TABLE)

    assert activities(below) == ["Udkast", "Høring", "Politisk behandling"]
    assert activities(above) == ["Høring", "Politisk behandling", "Udkast"]
    assert [str(each.due_on) for each in below.milestones] == ["2024-03-01", "2024-05-03", "2024-06-10"]
    assert [each.row for each in above.milestones] == [1, 2, 3]


def test_who_stands_before_the_colon_is_responsible() -> None:
    plan = read(TABLE, *DATE_FIRST)

    assert [plan.party(party).name for party in plan.milestones[2].parties] == ["Byrådet"]


def test_the_list_that_was_read_is_told_at_its_place() -> None:
    plan = read(TABLE, "Øvrige datoer", *DATE_LAST)

    (finding,) = [each for each in plan.findings if each.code == "list-read"]
    assert "2 rækker" in finding.message("da")
    assert finding.where.in_words("da") == "afsnit 3"


@pytest.mark.parametrize(
    "lines",
    [
        ("Udarbejdet: 3. januar 2024", "Godkendt: 4. februar 2024"),
        ("Revideret: 3. januar 2024", "Dato: 4. februar 2024"),
        ("Den 3. januar vedtog byrådet planen.", "Den 4. februar blev den udsendt."),
    ],
)
def test_what_the_document_says_of_itself_and_prose_are_no_list(lines: tuple[str, ...]) -> None:
    plan = read(*lines, TABLE)

    assert activities(plan) == ["Udkast"]
    assert "dated-line-not-read" not in codes(plan)


@pytest.mark.parametrize("line", [DATE_FIRST[0], DATE_LAST[0]])
def test_a_lone_line_is_told_and_no_row(line: str) -> None:
    plan = read(TABLE, "Læs mere på nettet.", line)

    assert activities(plan) == ["Udkast"]
    assert codes(plan).count("dated-line-not-read") == 1


def test_a_table_that_goes_on_below_the_list_has_the_columns_of_the_table_above() -> None:
    plan = read(TABLE, *DATE_FIRST, GOES_ON)

    assert [(each.activity, each.responsible) for each in plan.milestones][-1] == ("Evaluering", "FOB")


def test_lines_of_a_list_are_no_explanation_of_names() -> None:
    plan = read(TABLE, "3. maj 2024: Byrådet: Høring", "4. juni 2024: Byrådet: Vedtagelse")

    assert [party.name for party in plan.parties] == ["SB", "Byrådet"]


def test_a_list_below_a_table_is_read_in_word_and_on_pages() -> None:
    word = docx.Document()
    table = word.add_table(rows=0, cols=3)
    for row in TABLE:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for line in DATE_LAST:
        word.add_paragraph(line, style="List Bullet")
    stream = io.BytesIO()
    word.save(stream)
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in TABLE)
    items = "".join(f"<li>{line}</li>" for line in DATE_LAST)
    page = f"<meta charset=utf-8><table>{rows}</table><ul>{items}</ul>".encode()

    for name, content in (("plan.docx", stream.getvalue()), ("plan.html", page)):
        plan = understand(parse(Source(name=name, content=content)))
        assert activities(plan) == ["Udkast", "Høring", "Politisk behandling"], name
