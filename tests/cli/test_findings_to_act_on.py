"""What is doubtful in a document is told: where it stands, what is written, how it is read, what to do."""

from pathlib import Path

import pytest

from tests.cli.conftest import Rettidig

PLAN = """\
Procesplan 2024;;
Frist;Opgave;Ansvarlig
;Planen sættes i gang;Byrådet
tirsdag den 4. marts 2024;Udkast sendes;Byrådet
15.03.2024 - 05.03.2024;Høring;Økonomiudvalget
2. april 2024;Temamøde;Byrådet
;Referat sendes;Økonomiudvalget
10. maj 2034;Midtvejsmøde;Byrådet
9. maj 2024;Borgermøde;Byraadet
12. juni 2024;Evaluering;Økonomiudvalgt
20. juni 2024;Rapport;XYZ
23. juni 2024;Pressemøde;
"""
# code, row, where, and what the sentence must quote, infer or ask for
TOLD = [
    ("deadline-missing", 1, "linje 3", ("Skriv en dato",)),
    ("weekday-contradicts", 2, "linje 4", ("tirsdag", "2024-03-04", "Ret")),
    ("range-reversed", 3, "linje 5", ("»15.03.2024 – 05.03.2024«", "2024-03-05 – 2024-03-15", "ret dem")),
    ("deadline-carried", 5, "linje 7", ("2. april 2024", "Skriv den ud")),
    ("deadline-far-away", 6, "linje 8", ("»10. maj 2034«", "2024", "Kontrollér årstallet")),
    ("due-on-holiday", 7, "linje 9", ("»9. maj 2024«", "Kristi himmelfartsdag", "Kontrollér datoen")),
    ("two-spellings", 7, "linje 9", ("»Byraadet«", "»Byrådet«", "Ret stavningen")),
    ("two-spellings", 8, "linje 10", ("»Økonomiudvalgt«", "»Økonomiudvalget«", "Ret stavningen")),
    ("party-unexplained", 9, "linje 11", ("»XYZ«", "Skriv navnet helt ud")),
    ("responsible-empty", 10, "linje 12", ("Skriv, hvem der har opgaven",)),
    ("due-on-weekend", 10, "linje 12", ("»23. juni 2024«", "søndag", "Kontrollér datoen")),
]


@pytest.fixture
def plan(tmp_path: Path) -> str:
    (tmp_path / "plan.csv").write_text(PLAN, encoding="utf-8")
    return "plan.csv"


def test_each_doubt_is_told_at_its_row_with_what_to_do(rettidig: Rettidig, plan: str) -> None:
    findings = rettidig("read", plan, "--json").json["findings"]

    for code, row, where, parts in TOLD:
        messages = [
            each["message"]
            for each in findings
            if (each["code"], each["row"], each["where"]) == (code, row, where)
        ]
        assert messages, code
        assert all(part in messages[0] for part in parts), messages


def test_a_party_nobody_hears_for_is_told_once_recipients_are_set_up(rettidig: Rettidig, plan: str) -> None:
    recipients = {"RECIPIENTS__BYRAADET__EMAIL": "b@example.dk", "COORDINATOR__EMAIL": "k@example.dk"}

    before = rettidig("read", plan, "--json").json["findings"]
    told = [
        (each["row"], each["message"].split(";")[0])
        for each in rettidig("read", plan, "--json", **recipients).json["findings"]
        if each["code"] == "party-unheard"
    ]

    assert "party-unheard" not in {each["code"] for each in before}
    assert told == [(3, "Ingen hører for Økonomiudvalget"), (9, "Ingen hører for XYZ")]
