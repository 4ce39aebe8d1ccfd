"""From the cells of a plan to a spreadsheet that computes nothing and a terminal that obeys nothing."""

import csv
import io
import json
import re
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from rich.console import Console

from service.cli import output
from service.messages.cleaning import on_screen
from service.plan.as_json import plan_as_json
from service.web.record_view import as_csv, lines
from tests.injections.paper import CELLS, TRIED, ZONE, entries_saying, plan_saying

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
OBEYED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def cells_of(table: str) -> Iterator[str]:
    """As a program splits it for which semicolon, comma and tab all separate, as LibreOffice offers."""
    for found in re.finditer(r'(?:"((?:[^"]|"")*)"|([^;,\t\r\n]*))(?:[;,\t]|\r\n|$)', table):
        yield found[2] if found[1] is None else found[1].replace('""', '"')


@TRIED
@given(cells=CELLS)
@example(cells=["Budget,=1+1", "a;=1+1", "\t=1", " =1", "'=1"])
def test_no_cell_of_the_record_as_a_table_is_a_formula(cells: list[str]) -> None:
    for language, separator in (("da", ";"), ("en", ",")):
        found = entries_saying(cells)
        table = as_csv(found, ZONE, "da" if language == "da" else "en", addresses=True).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(table), delimiter=separator, strict=True))
        assert len(rows) == len(found) + 1
        assert {len(row) for row in rows} == {len(rows[0])}
        assert not [cell for row in rows for cell in row if cell.startswith(FORMULA)]
        assert not [cell for cell in cells_of(table) if cell.startswith(FORMULA)]


class Screen:
    """What the commands write, where nothing but a plan's texts could move the cursor."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.written = io.StringIO()
        for name in ("console", "errors"):
            patch.setattr(output, name, Console(file=self.written, highlight=False, width=100))
        patch.setattr("sys.stdout", self.written)

    def text(self) -> str:
        return self.written.getvalue()


@TRIED
@given(cells=CELLS)
@example(cells=["\x1b[2J", "\x9b31m", "\u202e", "[link=https://evil.example]x[/link]", "\x1b]0;x\x07"])
def test_no_text_of_a_plan_reaches_a_terminal_as_more_than_text(cells: list[str]) -> None:
    plan = plan_saying(cells)
    with pytest.MonkeyPatch.context() as patch:
        screen = Screen(patch)
        for cell in cells:
            output.tell(cell)
            output.caution(cell)
            output.complain(cell)
        rows = [(each.deadline, each.activity, each.responsible) for each in plan.milestones]
        output.console.print(output.table(["Frist", "Aktivitet", "Hvem"], rows))
        for line in lines(entries_saying(cells), ZONE, "da"):
            output.tell(line.text)
        output.print_json(plan_as_json(plan, "da"))
        shown = screen.text()
    assert not OBEYED.search(shown)
    assert on_screen(cells[0]).split("\n")[0].rstrip() in shown
    assert json.loads(shown.splitlines()[-1])["title"] == plan.title
