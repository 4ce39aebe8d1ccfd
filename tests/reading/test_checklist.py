"""Lists of required documents become the checklist of the row that hands them in."""

import pytest

from service.reading.checklist import checklists, required_lists
from tests.reading.plan_documents import document

INTRO = "Udarbejdelse af endelig ansøgning, som skal indeholde følgende:"
ITEMS = ("Et budget.", "En milepælsplan.", "En beredskabsplan.")


@pytest.mark.parametrize(
    "marks",
    [
        ("- I ", "- II ", "- III "),
        ("I ", "II ", "III "),
        ("• ", "• ", "• "),
        ("a) ", "b) ", "c) "),
        ("1. ", "2. ", "3. "),
        ("(1) ", "(2) ", "(3) "),
        ("I. ", "II. ", "III. "),
        ("", "", ""),
    ],
    ids=lambda marks: marks[0].strip() or "no marks",
)
def test_the_points_of_a_list_lose_their_marks(marks: tuple[str, ...]) -> None:
    lines = [mark + item for mark, item in zip(marks, ITEMS, strict=True)]

    found = list(required_lists(document(INTRO, *lines, [("Dato", "Hvad")])))

    assert [(each.intro, each.items) for each in found] == [(INTRO, ITEMS)]


def test_a_point_broken_over_lines_and_pages_stays_one() -> None:
    lines = (
        "2Procesplan",
        "- Et budget for de",
        "deltagende områder.",
        "3Procesplan",
        "- En plan.",
        "Slut på listen.",
    )

    found = list(required_lists(document("Procesplan", INTRO, *lines)))

    assert [each.items for each in found] == [("Et budget for de deltagende områder.", "En plan.")]


def test_a_list_of_expectations_is_no_list_of_documents() -> None:
    lines = (
        "Overordnet set er det forventningen:",
        "- At planen behandles i marts.",
        "- At den vedtages i maj.",
    )

    assert list(required_lists(document(*lines))) == []


def test_a_list_belongs_to_the_submission_of_its_thing() -> None:
    document_ = document(
        "Udarbejdelse af prækvalifikationsmateriale, som skal indeholde følgende:",
        "- Stamdata.",
        "- Beboerdata.",
        INTRO,
        *(f"- {item}" for item in ITEMS),
    )
    activities = [
        "Bestyrelsen godkender prækvalifikationsmaterialet.",
        "Prækvalifikationsmaterialet indsendes til fonden.",
        "Indsendelse af endelig ansøgning om ny helhedsplan.",
        "Fonden godkender ansøgningen.",
    ]

    found, findings = checklists(list(required_lists(document_)), activities)

    assert found == {1: ("Stamdata.", "Beboerdata."), 2: ITEMS}
    assert findings == ()


def test_a_list_that_nothing_hands_in_is_told() -> None:
    lists = list(required_lists(document(INTRO, *(f"- {item}" for item in ITEMS))))

    found, findings = checklists(lists, ["Møde i styregruppen."])

    assert found == {}
    assert [(finding.code, finding.values["items"]) for finding in findings] == [("checklist-unplaced", "3")]
