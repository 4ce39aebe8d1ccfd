from pathlib import Path

from icalendar import Calendar

from service import __version__
from tests.cli.conftest import Rettidig

CANARY = "hemmeligt-kanarie"


def test_version_is_told(rettidig: Rettidig) -> None:
    assert {"version": __version__} == rettidig("version", "--json").json


def test_an_empty_outbox_adds_up(rettidig: Rettidig) -> None:
    said = rettidig("outbox", "--json").json
    assert [] == said.pop("notices")
    assert {0} == set(said.values())


def test_a_link_is_shown_once_and_can_be_revoked(rettidig: Rettidig, plan: str) -> None:
    rettidig("import", plan, "--yes")
    made = rettidig("links", "sb", "--json", BASE_URL="https://frister.example.dk").json
    assert made["feed"].startswith("https://frister.example.dk/feed/")
    assert len(made["feed"]) < 256
    token = made["feed"].rpartition("/")[2].removesuffix(".ics")
    listed = rettidig("links", "--json")
    assert token not in listed.out
    assert 1 == rettidig("links", "sb", "--revoke", "--json").json["revoked"]


def test_a_feed_for_who_is_invited_too_is_made_with_a_caution(rettidig: Rettidig, plan: str) -> None:
    rettidig("import", plan, "--yes")
    invited = {"RECIPIENTS__SB__EMAIL": "sb@example.dk", "LANGUAGE": "en"}
    assert "SB gets the deadlines in a calendar already" in rettidig("links", "sb", **invited).err
    assert rettidig("links", "fob", **invited).err == ""
    assert rettidig("links", "sb", RECIPIENTS__SB__CHANNELS="email", **invited).err == ""


def test_a_link_for_nobody_is_refused_with_the_names_there_are(rettidig: Rettidig, plan: str) -> None:
    rettidig("import", plan, "--yes")
    said = rettidig("links", "nobody")
    assert 2 == said.code
    assert "fob" in said.err


def test_feed_writes_the_coordinators_calendar_and_all_of_a_plan_whatever_the_day(
    rettidig: Rettidig, plan: str
) -> None:
    rettidig("import", plan, "--yes", AS_OF="2024-02-01T09:00")
    coordinators = rettidig("feed", "coordinator", AS_OF="2024-02-01T09:00").out
    assert "SUMMARY:SB · Frist: Slagelse Boligselskab" in coordinators
    years_later = {"AS_OF": "2027-02-01T09:00"}
    assert Calendar.from_ical(rettidig("feed", **years_later).out).events == []
    assert len(Calendar.from_ical(rettidig("feed", "--all", **years_later).out).events) == (
        coordinators.count("BEGIN:VEVENT")
    )


def test_a_feed_that_is_read_as_a_document_gives_the_plan_it_is_of(
    rettidig: Rettidig, plan: str, tmp_path: Path
) -> None:
    rettidig("import", plan, "--yes", AS_OF="2024-02-01T09:00")
    (tmp_path / "feed.ics").write_text(
        rettidig("feed", "--all", AS_OF="2024-02-01T09:00").out, encoding="utf-8"
    )
    told = {
        each["id"]: each for each in rettidig("read", plan, "--json").json["milestones"] if each["due_on"]
    }
    again = {each["id"]: each for each in rettidig("read", "feed.ics", "--json").json["milestones"]}
    assert again.keys() == told.keys()
    assert all(again[one] | {"row": 0} == told[one] | {"row": 0} for one in told)


def test_feed_writes_a_calendar_of_a_party_and_its_groups(rettidig: Rettidig, plan: str) -> None:
    rettidig("import", plan, "--yes", AS_OF="2024-02-01T09:00")
    said = rettidig("feed", "sb", AS_OF="2024-02-01T09:00")
    summaries = [str(event["SUMMARY"]) for event in Calendar.from_ical(said.out).events]
    assert any("Slagelse Boligselskab" in summary for summary in summaries)
    assert any("Beboerdemokratisk" in summary for summary in summaries)


def test_run_refuses_to_start_when_nobody_would_hear(rettidig: Rettidig) -> None:
    said = rettidig("run")
    assert 2 == said.code
    assert "RETTIDIG_RECIPIENTS__" in said.err


def test_run_refuses_recipients_without_a_relay(rettidig: Rettidig) -> None:
    said = rettidig("run", RECIPIENTS__SB__EMAIL="sb@example.dk")
    assert 2 == said.code
    assert "RETTIDIG_SMTP__HOST" in said.err


def test_an_unknown_setting_is_refused_with_a_suggestion(rettidig: Rettidig) -> None:
    said = rettidig("outbox", SMPT__HOST="mail.example.dk")
    assert 2 == said.code
    assert "RETTIDIG_SMTP__HOST" in said.err


def test_doctor_tells_of_a_party_that_nobody_hears_for(rettidig: Rettidig, plan: str) -> None:
    said = rettidig("doctor", PLAN=plan, RECIPIENTS__SB__TEAMS_WEBHOOK="http://127.0.0.1:9/hook")
    assert 1 == said.code
    assert "FOB" in said.out + said.err


def test_doctor_tells_who_is_away_and_what_that_leaves_unheard(rettidig: Rettidig, plan: str) -> None:
    away = {"RECIPIENTS__SB__EMAIL": "sb@example.dk", "RECIPIENTS__SB__PAUSE": "2024-07-01..2024-07-31"}
    said = rettidig("doctor", "--json", "--as-of", "2024-07-02T09:00", PLAN=plan, LANGUAGE="en", **away).json
    sentences = [check["sentence"] for check in said]
    assert "SB pauses until 31 July 2024, that day included." in sentences
    assert any("no coordinator hears meanwhile" in sentence for sentence in sentences)


def test_no_command_ever_prints_a_password_an_address_or_a_webhook(
    rettidig: Rettidig, plan: str, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text(f"https://example.azure.com/paths/invoke?sig={CANARY}")
    settings = {
        "PLAN": plan,
        "MAIL__FROM": f"{CANARY}@example.dk",
        "SMTP__HOST": "127.0.0.1",
        "SMTP__PORT": "9",
        "SMTP__USERNAME": CANARY,
        "SMTP__PASSWORD": CANARY,
        "RECIPIENTS__SB__EMAIL": f"{CANARY}@example.dk",
        "RECIPIENTS__SB__TEAMS_WEBHOOK_FILE": str(tmp_path / "secret"),
    }
    rettidig("import", plan, "--yes", **settings)
    for command in (["doctor"], ["upcoming"], ["outbox"], ["links"], ["done", "1"], ["test-send", "sb"]):
        said = rettidig(*command, **settings)
        assert CANARY not in said.out + said.err, command
