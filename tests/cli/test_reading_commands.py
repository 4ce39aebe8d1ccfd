from pathlib import Path

from tests.cli.conftest import Rettidig


def test_read_gives_the_stable_json(rettidig: Rettidig, plan: str) -> None:
    said = rettidig("read", plan, "--json")
    assert 0 == said.code, said.err
    assert {"title", "language", "milestones", "parties", "findings"} == set(said.json)
    ninth = said.json["milestones"][8]
    assert ("2024-05-01", "2024-05-31", "2024-05-27", "month", "approximate") == (
        ninth["starts_on"],
        ninth["ends_on"],
        ninth["due_on"],
        ninth["kind"],
        ninth["certainty"],
    )
    assert 22 == len(said.json["milestones"])
    assert {"id", "name", "aliases", "members"} == set(said.json["parties"][0])
    assert {"severity", "code", "row", "where", "message"} == set(said.json["findings"][0])


def test_read_shows_people_a_table_with_the_findings(rettidig: Rettidig, plan: str) -> None:
    said = rettidig("read", plan)
    assert "Primo marts" in said.out
    assert "22 milepæle" in said.out
    assert "Landsbygefonden" in said.out


def test_findings_speak_english_when_that_is_set(rettidig: Rettidig, plan: str) -> None:
    said = rettidig("read", plan, LANGUAGE="en")
    assert "22 milestones, 7 parties" in said.out
    assert "if it is a new task" in " ".join(said.out.split())


def test_places_are_in_the_language_of_the_sentences(rettidig: Rettidig, plan: str, tmp_path: Path) -> None:
    where = {
        language: {
            finding["where"]
            for finding in rettidig("read", plan, "--json", LANGUAGE=language).json["findings"]
        }
        for language in ("da", "en")
    }
    rettidig("read", plan, "--write", "plan.yaml", "--report", "plan.html", LANGUAGE="en")
    written = [(tmp_path / name).read_text(encoding="utf-8") for name in ("plan.yaml", "plan.html")]

    assert "tabel 1, række 7" in where["da"]
    assert "table 1, row 7" in where["en"]
    assert all("table 1, row 7" in text and "tabel 1, række" not in text for text in written)
    assert rettidig("read", "plan.yaml", "--json").json["findings"]


def test_a_plan_is_written_to_correct_by_hand_and_read_back_the_same(
    rettidig: Rettidig, plan: str, tmp_path: Path
) -> None:
    written = rettidig("read", plan, "--write", "plan.yaml", "--report", "plan.html")
    assert (0, "") == (written.code, written.err)
    assert "plan.yaml" in written.out
    before, after = (rettidig("read", file, "--json").json for file in (plan, "plan.yaml"))
    for part in ("title", "language", "milestones", "parties"):
        assert before[part] == after[part]
    assert "Sådan er planen læst" in (tmp_path / "plan.html").read_text(encoding="utf-8")


def test_what_stood_in_the_file_before_is_kept_beside_it(
    rettidig: Rettidig, plan: str, tmp_path: Path
) -> None:
    (tmp_path / "plan.yaml").write_text("title: rettet i hånden\n", encoding="utf-8")
    rettidig("read", plan, "--write", "plan.yaml")
    assert "rettet i hånden" in (tmp_path / "plan.yaml.old").read_text(encoding="utf-8")


def test_the_plan_itself_is_not_written_over(rettidig: Rettidig, plan: str) -> None:
    rettidig("read", plan, "--write", "plan.yaml")
    said = rettidig("read", "plan.yaml", "--write", "plan.yaml")
    assert (2, "") == (said.code, said.out)
    assert "plan.yaml" in said.err


def test_a_slip_in_the_yaml_is_one_sentence_with_its_line(rettidig: Rettidig, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("title: Plan\nmilestones:\n  - activty: Møde\n", encoding="utf-8")
    said = rettidig("read", "plan.yaml", LANGUAGE="en")
    assert (2, "") == (said.code, said.out)
    assert "plan.yaml, line 3: “activty” is not known here. Did you mean “activity”?" in said.err


def test_a_file_that_is_not_there_is_one_sentence_and_exit_code_2(rettidig: Rettidig) -> None:
    said = rettidig("read", "plan.docx", "--json")
    assert (2, "") == (said.code, said.out)
    assert "plan.docx" in said.err


def test_a_plan_with_an_error_is_shown_in_full_and_ends_with_1(rettidig: Rettidig, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(
        "Deadline\tAktivitet\tAnsvarlig\n12. abrakadabra\tBudget\tByrådet\n1. maj 2024\tHøring\tByrådet\n"
    )
    said = rettidig("read", "plan.txt", "--json")
    assert 2 == len(said.json["milestones"])
    assert (1 if any(each["severity"] == "error" for each in said.json["findings"]) else 0) == said.code


def test_when_answers_one_text(rettidig: Rettidig) -> None:
    said = rettidig("when", "Primo marts", "--year", "2024", "--json").json
    assert ("2024-03-01", "2024-03-10", None, "part-of-month", "approximate") == (
        said["starts_on"],
        said["ends_on"],
        said["time"],
        said["kind"],
        said["certainty"],
    )


def test_a_deadline_with_an_error_ends_with_1(rettidig: Rettidig) -> None:
    assert 1 == rettidig("when", "13. marts", "--json").code
    assert 0 == rettidig("when", "13. marts", "--year", "2024", "--json").code


def test_when_answers_line_by_line_with_a_year_behind_a_tab(rettidig: Rettidig) -> None:
    said = rettidig("when", "--file", "-", "--json", stdin="13. marts\t2024\nAfventer dato\t\n\n")
    assert [("13. marts", "2024-03-13"), ("Afventer dato", None), ("", None)] == [
        (line["text"], line["starts_on"]) for line in said.lines
    ]


def test_who_splits_a_cell(rettidig: Rettidig) -> None:
    said = rettidig("who", "Boligorganisationer/ Slagelse Kommune (SK)", "--json").json
    assert ["Boligorganisationer", "Slagelse Kommune (SK)"] == said["parties"]


def test_who_answers_line_by_line(rettidig: Rettidig) -> None:
    said = rettidig("who", "--file", "-", "--json", stdin="FOB\nAftales nærmere.\n")
    assert [["FOB"], []] == [line["parties"] for line in said.lines]


def test_a_command_that_does_not_exist_ends_with_2(rettidig: Rettidig) -> None:
    assert 2 == rettidig("raed").code


def test_a_text_that_is_missing_ends_with_2(rettidig: Rettidig) -> None:
    assert 2 == rettidig("when").code
