"""What comes after what: proposed where the words of a plan say so, and nowhere else."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.plan.plan import Plan
from service.reading.dependencies import with_proposals
from service.reading.formats import read_document
from service.reading.reader import understand
from tests.factories import a_day, a_milestone, a_plan
from tests.reading.plan_documents import document

TESTS = Path(__file__).parents[1]
HEADER = ("Deadline", "Aktivitet", "Ansvarlig")
DAYS = [f"{day}. {month} 2024" for month in ("marts", "april", "maj", "juni") for day in (4, 18)]


def proposed(plan: Plan) -> dict[int, list[int]]:
    """The rows that each row comes after; the rows that come after none are left out."""
    rows = {milestone.id: milestone.row for milestone in plan.milestones}
    return {each.row: [rows[first.id] for first in each.after] for each in plan.milestones if each.after}


def read(*rows: str) -> Plan:
    """A plan of an activity a fortnight; behind a bar, who is responsible."""
    table = [(day, *(f"{row}|".split("|")[:2])) for day, row in zip(DAYS, rows, strict=False)]
    return understand(document("Procesplan", [HEADER, *table]))


def test_the_users_plan_leads_from_draft_to_boards_to_council_to_the_fund_and_back_twice() -> None:
    plan = understand(read_document(TESTS / "plans" / "procesplan.docx"))
    assert proposed(plan) == {
        4: [2],
        5: [4],
        6: [4],
        7: [4],
        9: [4],
        10: [5, 6, 7, 9],
        11: [10],
        17: [12],
        18: [17],
        19: [17],
        20: [17],
        21: [18, 19, 20],
        22: [21],
    }


def test_in_the_plans_of_others_nothing_is_proposed_but_what_was_looked_through() -> None:
    here = Path(__file__).parent
    with (here / "proposed_dependencies.csv").open(encoding="utf-8") as lines:
        looked_through = {line["plan"]: line["after"] for line in csv.DictReader(lines, delimiter=";")}
    places = [*(TESTS / "examples" / "plans").iterdir(), *(here / "held_out_plans").iterdir()]
    found = {
        path.name: " ".join(
            f"{row}>{first}"
            for row, firsts in proposed(understand(read_document(path))).items()
            for first in firsts
        )
        for path in places
        if path.name in looked_through
    }
    assert found == looked_through


SAID: Mapping[str, Sequence[str]] = {
    "what is recommended to somebody comes before their approval": (
        "Udvalget indstiller klimaplanen til Byrådet|Udvalget",
        "Byrådet vedtager klimaplanen|Byrådet",
    ),
    "what is sent to somebody comes before their answer": (
        "Ansøgningen sendes til Realdania|SB",
        "Svar fra Realdania|Realdania",
    ),
    "what is sent by way of somebody as well": (
        "Ansøgningen indsendes via Fondens portal|SB",
        "Sagsbehandling og tilbagemelding|Fonden",
    ),
    "what is handed in was approved before": (
        "Bestyrelsen godkender regnskabet|SB",
        "Regnskabet indsendes|SB",
    ),
    "what is approved was drafted before": ("Udkast til vedtægter udarbejdes|SB", "Vedtægter godkendes|SB"),
    "a hearing comes after the decision to hold it": (
        "Byrådet sender forslaget i høring|SK",
        "Offentlig høring i 8 uger|SK",
    ),
    "answers are gone through after the hearing": ("Høring|SK", "Behandling af høringssvar|SK"),
    "remarks are gone through after the plan was open to them": (
        "Offentligt eftersyn|SK",
        "Indkomne bemærkninger gennemgås|SK",
    ),
    "applications are gone through after the day they are due": (
        "Frist for ansøgning om tilskud|SB",
        "Behandling af ansøgninger|SK",
    ),
    "bids are evaluated after the day they are due": ("Tilbudsfrist|SB", "Evaluering af tilbud|SK"),
    "the second reading comes after the first": (
        "1. behandling af budgettet|Byrådet",
        "2. behandling af budgettet|Byrådet",
    ),
    "herefter is after the row above": ("Aftalen underskrives|SB", "Herefter begynder arbejdet|SB"),
    "efterfølgende with a verb too": ("Aftalen underskrives|SB", "Efterfølgende sendes brev|SB"),
    "after approval by somebody": (
        "Byrådet vedtager lokalplanen|SK",
        "Efter godkendelse i Byrådet offentliggøres lokalplanen|SK",
    ),
    "when something is approved": ("Skema A behandles|SK", "Udbud, når skema A er godkendt|SB"),
    "on the basis of something": (
        "Workshop med beboerne|SB",
        "Rapport skrives på baggrund af workshoppen|SB",
    ),
    "in Norwegian": ("Offentlig ettersyn|SK", "Merknadsbehandling|SK"),
    "in nynorsk": ("Høyring|SK", "Merknadshandsaming|SK"),
    "in Swedish": ("Samråd|SK", "Sammanställning av synpunkter|SK"),
    "in English": (
        "Committee recommends the strategy to Full Council|Committee",
        "Full Council approves the strategy|Full Council",
    ),
}


@pytest.mark.parametrize("rows", SAID.values(), ids=SAID)
def test_what_the_words_say_is_proposed(rows: Sequence[str]) -> None:
    assert {2: [1]} == proposed(read(*rows))


NOT_SAID: Mapping[str, Sequence[str]] = {
    "another matter": ("Udvalget indstiller klimaplanen til Byrådet|SK", "Byrådet godkender regnskabet|SK"),
    "somebody else": ("Ansøgningen sendes til Realdania|SB", "Svar fra kommunen om ansøgningen|SK"),
    "another form": ("Skema A behandles i udvalget|SK", "Skema B indsendes|SB"),
    "another count": ("1. samtale|SB", "2. runde|SB"),
    "what only prepares it": ("1. behandling af budget|SK", "Bilag til 2. behandling af budget|SK"),
    "a word that only sounds like it": ("Aftalen underskrives|SB", "Efterfølgende måling|SB"),
    "meetings one after the other": ("Møde i udvalget|SK", "Møde i udvalget om økonomi|SK"),
    "asking for approval is none": (
        "Notatet sendes til udvalget til godkendelse|SK",
        "Notatet sendes til pressen|SK",
    ),
    "nothing at all": ("Kickoff|SB", "Evaluering|SB"),
}


@pytest.mark.parametrize("rows", NOT_SAID.values(), ids=NOT_SAID)
def test_what_the_words_do_not_say_is_not_proposed(rows: Sequence[str]) -> None:
    assert {} == proposed(read(*rows))


def test_with_several_matters_each_follows_its_own() -> None:
    plan = read(
        "Klimaplan: 1. behandling|Udvalget",
        "Trafikplan: 1. behandling|Udvalget",
        "Klimaplan: 2. behandling|Udvalget",
        "Trafikplan: 2. behandling|Udvalget",
    )
    assert {3: [1], 4: [2]} == proposed(plan)


def test_nothing_comes_after_what_is_later_or_has_no_date() -> None:
    table = [
        HEADER,
        ("4. maj 2024", "Høring", "SK"),
        ("4. april 2024", "Behandling af indsigelser", "SK"),
        ("Afventer", "Offentlig høring", "SK"),
        ("4. juni 2024", "Vurdering af indsigelser", "SK"),
    ]
    assert {4: [1]} == proposed(understand(document("Procesplan", table)))


def test_what_awaits_a_date_may_come_after_what_has_one() -> None:
    table = [HEADER, ("4. maj 2024", "Høring", "SK"), ("Afventer", "Behandling af høringssvar", "SK")]
    assert {2: [1]} == proposed(understand(document("Procesplan", table)))


def test_a_proposal_is_told_with_the_words_that_led_to_it_and_how_to_change_it() -> None:
    plan = read("Høring|SK", "Behandling af høringssvar. Notat skrives.|SK")
    (note,) = [finding for finding in plan.findings if finding.code == "after-proposed"]
    assert (note.row, note.values) == (2, {"rows": "1", "written": "Behandling af høringssvar"})
    assert "plan.yaml" in note.message("da")
    assert "plan.yaml" in note.message("en")


SENTENCES = [row.split("|")[0] for rows in SAID.values() for row in rows]
SENTENCES = [row.split("|")[0] for rows in SAID.values() for row in rows]
WORDS = st.sampled_from([word for sentence in SENTENCES for word in sentence.split()])
ACTIVITIES = st.one_of(
    st.sampled_from(SENTENCES),
    st.lists(WORDS, min_size=1, max_size=12).map(" ".join),
    st.text(),
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    days = st.one_of(st.none(), st.dates(date(2024, 1, 1), date(2024, 12, 31)))
    parties = st.sampled_from([(), ("sb",), ("sk",), ("boligorganisationerne",)])
    return a_plan(
        *(
            a_milestone(
                **({"window": a_day(day)} if (day := draw(days)) else {}),
                id=f"m{row}",
                row=row,
                activity=draw(ACTIVITIES),
                parties=draw(parties),
            )
            for row in range(1, draw(st.integers(2, 14)))
        )
    )


@given(plan=plans())
def test_whatever_a_plan_says_a_row_only_comes_after_rows_above_it_that_are_due_no_later(plan: Plan) -> None:
    rows = {each.id: each for each in plan.milestones}
    read_plan = with_proposals(plan)
    for milestone in read_plan.milestones:
        for first in milestone.after:
            due_on = rows[first.id].due_on
            assert rows[first.id].row < milestone.row
            assert due_on is not None
            assert milestone.due_on is None or due_on <= milestone.due_on
    told = [finding.row for finding in read_plan.findings if finding.code == "after-proposed"]
    assert set(told) == {each.row for each in read_plan.milestones if each.after}


def test_more_rows_than_people_plan_are_left_alone() -> None:
    rows = (("Høring", "Behandling af høringssvar") * 501)[:1001]
    day = a_day(date(2024, 3, 4))
    many = [a_milestone(day, id=f"m{row}", row=row, activity=said) for row, said in enumerate(rows)]
    assert {} == proposed(with_proposals(a_plan(*many)))
    assert proposed(with_proposals(a_plan(*many[:1000])))
