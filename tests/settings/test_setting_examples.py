"""`.env.example` and `config/rettidig.toml` tell the truth."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.settings import Settings, load_settings
from service.settings.names import ANY_KEY, setting_names
from service.settings.sources import variable

ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")


def examples() -> Iterator[tuple[str, str, str]]:
    """Each setting of the file: its comment, its name and its example."""
    for comment, name, example in re.findall(r"((?:^# .*\n)+)^#(RETTIDIG_\w+)=(.*)$", EXAMPLE, re.MULTILINE):
        yield comment.replace("\n# ", " ").strip(), name, example


def stated_defaults() -> dict[str, str]:
    """Those that are a value and not a sentence."""
    defaults = {name: comment.partition("Default: ")[2] for comment, name, _ in examples()}
    return {name: default for name, default in defaults.items() if " " not in default}


def test_the_file_as_it_stands_sets_nothing(folder: Path) -> None:
    shutil.copy(ROOT / ".env.example", folder / ".env")

    assert load_settings() == Settings()
    assert load_settings().model_fields_set == set()


def test_every_example_is_a_good_value(folder: Path) -> None:
    (folder / ".env").write_text(
        re.sub(r"^#(RETTIDIG_)", r"\1", EXAMPLE, flags=re.MULTILINE), encoding="utf-8"
    )
    loaded = load_settings()

    assert loaded.recipients["sb"].email == ("formand@sb.example", "sekretariat@sb.example")
    assert loaded.groups == {"boligorganisationerne": ("sb", "fob", "bk")}


def test_every_setting_is_in_the_file_with_a_comment_of_its_own() -> None:
    keys = {"recipients": "sb", "groups": "boligorganisationerne", "rules": "range"}
    known = {
        variable(tuple(keys[n[0]] if word == ANY_KEY else word for word in n))
        for n in setting_names(Settings)
    }

    assert {name for _, name, _ in examples()} == known
    assert all("Default: " in comment for comment, _, _ in examples())


@pytest.mark.usefixtures("folder")
def test_the_defaults_that_the_file_states_are_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    defaults = Settings()
    assert len(stated_defaults()) > 15
    for name, default in stated_defaults().items():
        with monkeypatch.context() as environment:
            if "RECIPIENTS" in name:
                environment.setenv("RETTIDIG_RECIPIENTS__SB__EMAIL", "a@sb.example")
                assert load_settings().recipients["sb"].channels == tuple(default.split(","))
                continue
            environment.setenv(name, default)
            assert load_settings() == defaults, name


def test_the_shared_setup_states_the_defaults(folder: Path) -> None:
    shutil.copy(ROOT / "config/rettidig.toml", folder / "config/rettidig.toml")
    loaded = load_settings()

    assert loaded.model_fields_set >= {"plan", "smtp", "reminders", "web", "log"}
    assert loaded == Settings.model_construct() == Settings()


def test_the_shared_setups_examples_are_good_values(folder: Path) -> None:
    text = (ROOT / "config/rettidig.toml").read_text(encoding="utf-8")
    uncommented = re.sub(r"^# (?=\[|\w+ = )", "", text, flags=re.MULTILINE)
    (folder / "config/rettidig.toml").write_text(uncommented, encoding="utf-8")

    assert load_settings().recipients["sb"].email == ("formand@sb.example", "sekretariat@sb.example")
