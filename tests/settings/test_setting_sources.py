"""Where settings come from, which place wins, and what happens to a name that is none."""

import os
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.settings import SettingError, Settings, load_settings, outweighed

Load = Callable[..., Settings]
PLACES = ("command line", "environment", "file", ".env", "toml")


def write_in(place: str, value: int, environment: pytest.MonkeyPatch) -> dict[str, int]:
    """Set the port of the pages in one place; what the command line adds."""
    match place:
        case "command line":
            return {"web__port": value}
        case "environment":
            environment.setenv("RETTIDIG_WEB__PORT", str(value))
        case "file":
            Path("port").write_text(f"{value}\n", encoding="utf-8")
            environment.setenv("RETTIDIG_WEB__PORT_FILE", "port")
        case ".env":
            Path(".env").write_text(f"RETTIDIG_WEB__PORT={value}\n", encoding="utf-8")
        case "toml":
            Path("config/rettidig.toml").write_text(f"[web]\nport = {value}\n", encoding="utf-8")
    return {}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(values=st.fixed_dictionaries({}, optional=dict.fromkeys(PLACES, st.integers(1, 65535))))
def test_the_strongest_place_wins(
    folder: Path, monkeypatch: pytest.MonkeyPatch, values: dict[str, int]
) -> None:
    for left_over in (folder / ".env", folder / "config/rettidig.toml"):
        left_over.unlink(missing_ok=True)
    with monkeypatch.context() as environment:
        overrides: dict[str, int] = {}
        for place, value in values.items():
            overrides |= write_in(place, value, environment)
        port = load_settings(**overrides).web.port

    assert port == next((values[place] for place in PLACES if place in values), 8080)


def test_places_add_to_each_other_within_one_recipient(folder: Path, load: Load) -> None:
    toml = '[recipients."Slagelse Kommune"]\nemail = ["a@sk.example", "b@sk.example"]\nlanguage = "en"\n'
    (folder / "config/rettidig.toml").write_text(toml, encoding="utf-8")
    (folder / ".env").write_text(
        "RETTIDIG_RECIPIENTS__SLAGELSE_KOMMUNE__NAME='Slagelse Kommune'\n", encoding="utf-8"
    )

    contact = load(RECIPIENTS__slagelse_kommune__LANGUAGE="da").recipients["slagelse_kommune"]

    assert (contact.email, contact.name) == (("a@sk.example", "b@sk.example"), "Slagelse Kommune")
    assert contact.language == "da"


def test_an_option_that_was_not_given_and_an_empty_value_say_nothing(folder: Path, load: Load) -> None:
    (folder / ".env").write_text("RETTIDIG_LANGUAGE=en\n", encoding="utf-8")

    assert load(LANGUAGE="").language == "en"
    assert load_settings(language=None).language == "en"


def test_an_override_may_be_a_value_of_its_kind(folder: Path) -> None:
    loaded = load_settings(plan=folder / "plan.docx", reminders__ahead=[7, 1])

    assert loaded.plan == folder / "plan.docx"
    assert loaded.reminders.ahead == (7, 1)


@pytest.mark.usefixtures("folder")
def test_a_wrong_option_is_told_as_the_option() -> None:
    with pytest.raises(SettingError, match=r"^--as-of: "):
        load_settings(as_of="yesterday")


def test_a_password_in_dotenv_is_taken_to_the_letter(folder: Path) -> None:
    lines = "RETTIDIG_SMTP__USERNAME=u\nexport RETTIDIG_SMTP__PASSWORD='a${HOME}#b c'\nOTHER=1\n"
    (folder / ".env").write_text(lines, encoding="utf-8")
    password = load_settings().smtp.password

    assert password is not None
    assert password.get_secret_value() == "a${HOME}#b c"


@pytest.mark.parametrize("name", ["environment", ".env"])
def test_any_setting_can_stand_in_a_file_of_its_own(folder: Path, load: Load, name: str) -> None:
    (folder / "secret").write_bytes(b"\xef\xbb\xbf  k@example.dk\r\n")
    variables = {"COORDINATOR__EMAIL_FILE": "secret"}
    if name == ".env":
        (folder / ".env").write_text("RETTIDIG_COORDINATOR__EMAIL_FILE=secret\n", encoding="utf-8")
        variables = {}

    assert load(**variables).coordinator.email == ("k@example.dk",)


@pytest.mark.parametrize("content", [None, b"", b" \n", b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_is_told_by_name(folder: Path, load: Load, content: bytes | None) -> None:
    if content is not None:
        (folder / "secret").write_bytes(content)
    with pytest.raises(SettingError, match=r"^RETTIDIG_SMTP__PASSWORD_FILE: the file cannot be read"):
        load(SMTP__PASSWORD_FILE="secret")


@pytest.mark.parametrize(
    ("file", "text", "sentence"),
    [
        (".env", "RETTIDIG_PLAN=a.docx\nRETTIDIG_LANGUAGE\n", r"^\.env, line 2: "),
        (".env", "RETTIDIG_PLAN='a.docx\n", r"^\.env, line 1: "),
        ("config/rettidig.toml", "[web]\nport = \n", r"^config/rettidig\.toml, line 2: "),
        ("config/rettidig.toml", "[web]\nport = [1,\n", r"^config/rettidig\.toml, line \d"),
        (
            "config/rettidig.toml",
            "[web]\nport = 0\n",
            r"^web\.port \(config/rettidig\.toml\): write a whole number",
        ),
        ("config/rettidig.toml", "[smtp]\nprot = 1\n", r"^smtp\.prot .* Did you mean smtp\.port\?"),
        ("config/rettidig.toml", "smtp = 1\n", r"^smtp \(config/rettidig\.toml\) is not a setting"),
        (".env", "RETTIDIG_WEB__PORT=x\n", r"^RETTIDIG_WEB__PORT \(\.env\): write a whole number"),
        (".env", "RETTIDIG_TIMEZON=x\n", r"^RETTIDIG_TIMEZON \(\.env\) .* Did you mean RETTIDIG_TIMEZONE\?"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_place(
    folder: Path, file: str, text: str, sentence: str
) -> None:
    (folder / file).write_text(text, encoding="utf-8")

    with pytest.raises(SettingError, match=sentence):
        load_settings()


@pytest.mark.parametrize("file", [".env", "config/rettidig.toml"])
def test_a_file_that_is_no_text_is_told_by_name(folder: Path, file: str) -> None:
    (folder / file).write_bytes(b"\xff\xfe\x00")

    with pytest.raises(SettingError, match=f"{file} cannot be read"):
        load_settings()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("SMPT__HOST", "RETTIDIG_SMTP__HOST"),
        ("SMTP_HOST", "RETTIDIG_SMTP__HOST"),
        ("TIMEZONES", "RETTIDIG_TIMEZONE"),
        ("RECIPIENT__SB__EMAIL", "RETTIDIG_RECIPIENTS__SB__EMAIL"),
        ("RECIPIENTS__SB__EMAILS", "RETTIDIG_RECIPIENTS__SB__EMAIL"),
        ("RECIPIENTS__SB", "RETTIDIG_RECIPIENTS__SB__"),
        ("SMTP__PASSWORT_FILE", "RETTIDIG_SMTP__PASSWORD_FILE"),
        ("REMINDER__AHEAD", "RETTIDIG_REMINDERS__AHEAD"),
    ],
)
def test_an_unknown_name_is_refused_with_what_was_probably_meant(
    folder: Path, load: Load, written: str, meant: str
) -> None:
    (folder / "canary").write_text("x", encoding="utf-8")
    with pytest.raises(SettingError, match=rf"RETTIDIG_{written} is not a setting\. Did you mean {meant}"):
        load(**{written: "canary"})


def test_a_name_like_no_setting_is_refused_without_a_guess(load: Load) -> None:
    with pytest.raises(SettingError, match=r"RETTIDIG_XYZZY is not a setting\. All settings stand in"):
        load(XYZZY="1")


def test_the_environment_is_read_anew_each_time(load: Load) -> None:
    assert [load(WEB__PORT=str(port)).web.port for port in (1, 2)] == [1, 2]
    assert not any(name.startswith("RETTIDIG_") for name in os.environ)


@pytest.mark.parametrize(
    ("file", "text", "ahead"),
    [
        (".env", "RETTIDIG_REMINDERS__AHEAD=7,1", (7, 1)),
        (".env", "RETTIDIG_REMINDERS__AHEAD=none", ()),
        ("config/rettidig.toml", "[reminders]\nahead = [7, 1]", (7, 1)),
        ("config/rettidig.toml", '[reminders]\nahead = "7,1"', (7, 1)),
        ("config/rettidig.toml", "[reminders]\nahead = []", ()),
    ],
)
def test_each_place_writes_a_list_in_its_own_way(
    folder: Path, file: str, text: str, ahead: tuple[int, ...]
) -> None:
    (folder / file).write_text(text, encoding="utf-8")

    assert load_settings().reminders.ahead == ahead


def test_toml_may_write_times_as_times(folder: Path) -> None:
    toml = "as_of = 2024-03-01T07:59:00+01:00\n[reminders]\nsend_at = 09:30:00\n"
    (folder / "config/rettidig.toml").write_text(toml, encoding="utf-8")
    loaded = load_settings()

    assert (loaded.as_of, loaded.reminders.send_at) == (
        datetime.fromisoformat("2024-03-01T07:59+01:00"),
        time(9, 30),
    )


def test_a_draft_is_stronger_than_the_shared_setup_and_weaker_than_the_rest(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "config/rettidig.toml").write_text("[reminders]\nahead = [30]\n[web]\nport = 81\n")
    (folder / "draft.toml").write_text("[reminders]\nahead = [7]\nescalate_after = 5\n")
    monkeypatch.setenv("RETTIDIG_REMINDERS__ESCALATE_AFTER", "9")
    loaded = load_settings(Path("draft.toml"))
    assert ((7,), 9, 81) == (loaded.reminders.ahead, loaded.reminders.escalate_after, loaded.web.port)
    assert (30,) == load_settings().reminders.ahead
    assert [("reminders.escalate_after (draft.toml)", "RETTIDIG_REMINDERS__ESCALATE_AFTER")] == list(
        outweighed(Path("draft.toml"))
    )


def test_a_draft_must_be_there(folder: Path) -> None:
    with pytest.raises(SettingError, match=r"draft\.toml"):
        load_settings(folder / "draft.toml")
