"""`rehearse` as its user starts it."""

import os
import subprocess
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Rettidig

SPAN = ("--from", "2024-02-01", "--to", "2024-04-30")


def test_a_plan_can_be_rehearsed_before_anything_is_set_up(rettidig: Rettidig, plan: str) -> None:
    said = rettidig("rehearse", plan, *SPAN, "--json")
    assert 0 == said.code, said.err
    assert {"at", "recipient", "channel", "occasion", "milestones", "subject"} == set(said.lines[0])
    assert [line["at"] for line in said.lines] == sorted(line["at"] for line in said.lines)
    assert {"bestyrelsen", "sb", "fob", "bk", "sk", "lbf", "coordinator"} >= {
        line["recipient"] for line in said.lines
    }


def test_a_rehearsal_gives_a_recipient_one_reminder_a_day_at_eight(rettidig: Rettidig, plan: str) -> None:
    reminders = [
        (line["recipient"], line["channel"], line["at"])
        for line in rettidig("rehearse", plan, *SPAN, "--json").lines
        if line["channel"] != "invite"
    ]
    assert 1 == max(Counter(reminders).values())
    assert {"08:00"} == {datetime.fromisoformat(at).strftime("%H:%M") for _, _, at in reminders}


def test_a_rehearsal_backwards_is_refused(rettidig: Rettidig, plan: str) -> None:
    said = rettidig("rehearse", plan, "--from", "2024-05-01", "--to", "2024-04-01")
    assert (2, "") == (said.code, said.out)


@pytest.mark.parametrize(
    ("since", "until", "allowed"),
    [
        ("2024-01-01", "2124-12-31", "25"),
        ("0001-01-01", "0002-12-31", "1970"),
        ("9998-01-01", "9999-12-31", "2200"),
    ],
)
def test_a_rehearsal_of_centuries_or_far_off_is_refused(
    rettidig: Rettidig, plan: str, since: str, until: str, allowed: str
) -> None:
    said = rettidig("rehearse", plan, "--from", since, "--to", until)
    assert (2, "") == (said.code, said.out)
    assert allowed in said.err


def test_the_message_itself_comes_with_full_and_only_then(rettidig: Rettidig, plan: str) -> None:
    settings = {
        "RECIPIENTS__SK__EMAIL": "sk@example.dk",
        "RECIPIENTS__SK__TEAMS_WEBHOOK": "http://127.0.0.1:9/hook",
    }
    short = rettidig("rehearse", plan, *SPAN, "--json", **settings).lines
    full = rettidig("rehearse", plan, *SPAN, "--json", "--full", **settings).lines
    messages = [line.pop("message") for line in full]
    assert short == full
    told = {line["channel"]: (line, message) for line, message in zip(full, messages, strict=True)}
    mail, card, invite = (told[channel] for channel in ("email", "teams", "invite"))
    assert mail[0]["subject"] == mail[1]["headers"]["Subject"]
    assert "sk@example.dk" in mail[1]["headers"]["To"]
    assert mail[1]["html"].startswith("<!DOCTYPE html>")
    assert card[0]["subject"] == card[1]["card"]["attachments"][0]["content"]["fallbackText"]
    assert ("REQUEST", True) == (invite[1]["method"], "BEGIN:VEVENT" in invite[1]["calendar"])


def test_the_calendar_says_who_hears_how_often_on_which_day(rettidig: Rettidig, plan: str) -> None:
    said = rettidig("rehearse", plan, *SPAN)
    lines = rettidig("rehearse", plan, *SPAN, "--json").lines
    assert "Februar 2024\n Ma  Ti  On" in said.out
    assert max(map(len, said.out.splitlines())) <= 80
    in_march = Counter(line["recipient"] for line in lines if line["at"].startswith("2024-03"))
    march = said.out[said.out.index("Marts 2024") : said.out.index("April 2024")]
    assert f"coordinator {in_march['coordinator']}" in " ".join(march.split())
    reminders = sum(line["channel"] != "invite" for line in lines)
    assert f"{reminders} påmindelser og {len(lines) - reminders} invitationer til 7 modtagere." in said.out
    listed = said.out[said.out.index("Alle beskeder") :]
    assert len(lines) == sum(line.startswith("  ") for line in listed.splitlines())


def test_the_calendar_says_with_full_what_each_message_says(rettidig: Rettidig, plan: str) -> None:
    settings = {
        "RECIPIENTS__SK__TEAMS_WEBHOOK": "http://127.0.0.1:9/hook",
        "COORDINATOR__EMAIL": "k@example.dk",
    }
    said = rettidig("rehearse", plan, "--from", "2024-02-01", "--to", "2024-02-15", "--full", **settings).out
    assert max(map(len, said.splitlines())) <= 80
    mail, card = said.index("coordinator  mail"), said.index("sk           Teams")
    assert "Hej" in said[mail:card]
    assert "Udarbejdelse af udkast til prækvalifikation," in said[card:]


def test_no_message_falls_on_a_closing_day_or_in_quiet_hours(rettidig: Rettidig, plan: str) -> None:
    """Public employers' summer, 1 May, 5 June, and a school holiday; and messages leave after lunch."""
    closed = "12-24,12-31,05-01,06-05,07-08..07-31,2024-10-14..2024-10-18"
    rules = {"REMINDERS__CLOSED": closed, "REMINDERS__SEND_AT": "13:30", "REMINDERS__QUIET_FROM": "16:00"}
    lines = rettidig("rehearse", plan, "--json", **rules).lines
    days = {line["at"][:10] for line in lines}
    assert not {
        day for day in days if "2024-07-08" <= day <= "2024-07-31" or "2024-10-14" <= day <= "2024-10-18"
    }
    assert not days & {"2024-05-01", "2024-06-05", "2024-12-24", "2024-12-31"}
    assert {"13:30"} == {line["at"][11:16] for line in lines}
    on_the_day = [line for line in lines if line["occasion"] == "due" and line["recipient"] == "lbf"]
    assert "2024-07-05" == on_the_day[0]["at"][:10], "what is due on 31 July is said before the summer"


def test_without_a_span_all_of_the_plan_is_rehearsed(rettidig: Rettidig, plan: str) -> None:
    assert "fra 1. januar 2024 til 30. april 2025" in rettidig("rehearse", plan).out


def test_a_plan_without_dates_needs_a_span(rettidig: Rettidig, tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text("Deadline;Aktivitet;Ansvarlig\nAfventer dato;Afgørelse.;SB\n")
    said = rettidig("rehearse", "plan.csv")
    assert (2, "") == (said.code, said.out)
    assert "--from" in said.err


def test_a_plan_with_errors_is_rehearsed_and_ends_with_1(rettidig: Rettidig, tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text(
        "Deadline;Aktivitet;Ansvarlig\nAfventer;Møde.;SB\n13. marts;Referat.;SB\n"
    )
    said = rettidig("rehearse", "plan.csv", *SPAN)
    assert 1 == said.code
    assert "2 uden dato" in said.out
    assert "Skriv årstallet." in said.err
    assert 1 == rettidig("rehearse", "plan.csv", *SPAN, "--json").code


def test_a_party_that_reaches_nobody_is_an_error_too(rettidig: Rettidig, plan: str) -> None:
    said = rettidig("rehearse", plan, *SPAN, "--json", RECIPIENTS__SB__EMAIL="sb@example.dk")
    assert 1 == said.code
    assert {"sb"} == {line["recipient"] for line in said.lines}


def test_other_rules_are_compared_in_words_and_as_json(rettidig: Rettidig, plan: str, tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text("[reminders]\nahead = [7]\novermodig = 1\n")
    refused = rettidig("rehearse", plan, *SPAN, "--compare", "other.toml")
    assert (2, "") == (refused.code, refused.out)
    assert "other.toml" in refused.err
    (tmp_path / "other.toml").write_text("[reminders]\nahead = [7]\nquiet_from = 19:00:00\n")
    said = rettidig("rehearse", plan, *SPAN, "--compare", "other.toml", REMINDERS__QUIET_FROM="18:00")
    assert "reminders.quiet_from (other.toml) har ingen virkning: RETTIDIG_REMINDERS__QUIET_FROM" in said.err
    assert "Falder væk (" in said.out
    assert max(map(len, said.out.splitlines())) <= 80
    found = rettidig("rehearse", plan, *SPAN, "--compare", "other.toml", "--json").json
    assert {"comes", "goes", "moves", "changes", "same", "counts"} == found.keys()
    before = sum(count["before"]["reminders"] for count in found["counts"].values())
    after = sum(count["after"]["reminders"] for count in found["counts"].values())
    assert before - after == len(found["goes"]) - len(found["comes"]) > 0


def test_the_file_to_compare_with_must_be_there(rettidig: Rettidig, plan: str) -> None:
    said = rettidig("rehearse", plan, *SPAN, "--compare", "nowhere.toml")
    assert (2, "") == (said.code, said.out)
    assert said.err.startswith("nowhere.toml")


@pytest.mark.parametrize("form", [["--json", "--full", "--report", "page.html"], []])
def test_same_input_same_bytes_whatever_the_host(tmp_path: Path, plan: str, form: list[str]) -> None:
    """Another order of hashes, another time zone, another language of the host, another folder."""
    hosts = [
        {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"},
    ]
    written = []
    for number, host in enumerate(hosts):
        folder = tmp_path / str(number)
        folder.mkdir()
        arguments = [sys.executable, "-m", "service", "rehearse", plan, *SPAN, *form]
        ended = subprocess.run(
            arguments, env={**os.environ, **host}, cwd=folder, capture_output=True, check=True, timeout=120
        )
        written.append(ended.stdout + b"".join(page.read_bytes() for page in folder.iterdir()))
    assert written[0] == written[1]
    assert len(written[0]) > (1_000_000 if form else 5000)
