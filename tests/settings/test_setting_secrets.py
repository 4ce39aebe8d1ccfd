"""No secret, address or URL of the settings shows up where it was not asked for."""

import logging
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from service.settings import SettingError, Settings

Load = Callable[..., Settings]
CANARY = "canary7f3a"
SECRETS = {
    "SMTP__USERNAME": f"user-{CANARY}",
    "SMTP__PASSWORD": CANARY,
    "DATABASE_URL": f"postgresql://u:{CANARY}@db.example/rettidig",
    "MAIL__FROM": f"{CANARY} <{CANARY}@example.dk>",
    "COORDINATOR__EMAIL": f"{CANARY}@example.dk",
    "RECIPIENTS__SB__EMAIL": f"{CANARY}@sb.example",
    "RECIPIENTS__SB__TEAMS_WEBHOOK": f"https://hooks.example/paths/invoke?sig={CANARY}",
}
WRONG = {
    "SMTP__PASSWORD": f"{CANARY}\nmore",
    "SMTP__PASSWORD_FILE": CANARY,
    "DATABASE_URL": f"mysql://u:{CANARY}@h/d",
    "MAIL__FROM": f"{CANARY}@",
    "COORDINATOR__EMAIL": f"{CANARY}@example.dk;x",
    "RECIPIENTS__SB__TEAMS_WEBHOOK": f"http://hooks.example/?sig={CANARY}",
    "RECIPIENTS__SB__CHANNELS": CANARY,
    "SMTP__PORT": CANARY,
    "TIMEZONE": CANARY,
    "AS_OF": CANARY,
    "SMTP__PASSWORDD": CANARY,
    "WEB": f'{{"host": "{CANARY}"}}',
    "REMINDERS__QUIET_FROM": "07:00",
}


def test_settings_show_nothing_of_what_they_hold(load: Load) -> None:
    settings = load(**SECRETS)
    parts = [
        settings,
        settings.smtp,
        settings.mail,
        settings.mail.sender,
        settings.coordinator,
        settings.recipients,
    ]

    assert all(
        CANARY not in f"{part!r} {part}" for part in [*parts, settings.webhooks(), settings.database_url]
    )


@pytest.mark.parametrize(("name", "value"), WRONG.items())
def test_an_error_shows_nothing_of_the_values(load: Load, name: str, value: str) -> None:
    with pytest.raises(SettingError) as refused:
        load(**{**SECRETS, name: value})
    shown = "".join(traceback.format_exception(refused.value))

    assert CANARY not in shown
    assert CANARY not in refused.value.sentence("da") + refused.value.sentence("en") + repr(
        refused.value.values
    )


def test_a_broken_line_shows_nothing_of_itself(folder: Path, load: Load) -> None:
    (folder / ".env").write_text(f"RETTIDIG_SMTP__PASSWORD='{CANARY}\n", encoding="utf-8")
    with pytest.raises(SettingError) as refused:
        load()

    assert CANARY not in "".join(traceback.format_exception(refused.value))


def test_not_even_the_librarys_own_debug_log_shows_a_value(
    load: Load, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PYDANTIC_SETTINGS_DEBUG", "1")
    with caplog.at_level(logging.DEBUG):
        load(**SECRETS)

    assert CANARY not in caplog.text
