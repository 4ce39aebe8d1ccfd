"""Plans and responsible cells written and labelled by hand; all scored before anything was mended for them.

At first sight:

    first batch    37 plans: rows right in 34, 198 of 222 milestones (89.2 %);   138 of 150 cells (92.0 %)
    second batch   13 plans: rows right in 12,  87 of 95 milestones (91.6 %);     73 of 80 cells (91.3 %)
    third batch                                                                   47 of 50 cells (94.0 %)
    fourth batch                                                                 92 of 100 cells (92.0 %)
    fifth batch    27 plans: rows right in 25, 300 of 318 milestones (94.3 %);  185 of 200 cells (92.5 %)
    sixth batch                                                                 143 of 150 cells (95.3 %)

The author of the first batch had seen the samples only. The second and third are by the same author, after
the repair of the batch before, knowing the code. The author of the fourth, in a file of its own, had seen the
examples and three cells known to be wrong, not the code; the three stand in it again, so that of its 97 new
cells 92 were right (94.8 %). The fifth and sixth are by people who had not seen the code, for the most part
gathered from public documents, each after the repair of the batch before; three more plans of the fifth, with
a date for papers and one for the meeting in each row, were not read so then, and the name of the column was
added to their labels when they were. Five more plans stand for regression alone: picked from eight for their
clear labels, and labelled after a look at how they were read.
A label was changed afterwards for one cell and widened for three windows; the files say which. Those of the
regression plan with two terms side by side got the second term when it was no longer left unread.
"""

import csv
from pathlib import Path

from service.reading.responsible import split_responsible
from tools.held_out_plans import score_plans

HERE = Path(__file__).parent


def test_of_the_held_out_plans_every_row_is_found_and_ninety_eight_milestones_in_a_hundred_are_right() -> (
    None
):
    scores = list(score_plans(HERE / "held_out_plans"))
    wrong = [fault for score in scores for fault in score.wrong]

    assert [score.name for score in scores if not score.rows_right] == []
    assert len(wrong) <= 0.02 * sum(score.labelled for score in scores), wrong


def test_of_the_held_out_cells_ninety_seven_in_a_hundred_are_right() -> None:
    cells = [
        cell
        for path in sorted(HERE.glob("held_out_cells*.csv"))
        for cell in csv.DictReader(path.read_text(encoding="utf-8").splitlines(keepends=True), delimiter=";")
    ]

    wrong = [
        cell["cell"]
        for cell in cells
        if split_responsible(cell["cell"]) != tuple(filter(None, map(str.strip, cell["parties"].split("|"))))
    ]

    assert len(wrong) <= 0.03 * len(cells), wrong
