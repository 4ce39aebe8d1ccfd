from collections.abc import Callable
from pathlib import Path

import pytest

from service.settings import Settings, load_settings

Load = Callable[..., Settings]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    (tmp_path / "config").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def load(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Load:  # noqa: ARG001 - where settings are loaded
    """Load settings from variables given without their prefix, in an empty working folder."""

    def loaded(**variables: str) -> Settings:
        with monkeypatch.context() as environment:
            for name, value in variables.items():
                environment.setenv(f"RETTIDIG_{name}", value)
            return load_settings()

    return loaded
