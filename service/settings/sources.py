"""Where settings come from, as layers of text, the strongest first.

pydantic-settings puts the layers together and checks them. Its own reader of the environment is not used: it
passes over unknown names in silence, knows no `_FILE`, and takes lists and groups as JSON.
"""

import os
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from io import StringIO
from pathlib import Path
from typing import Self

from dotenv.parser import parse_stream

from service.reminders.notice import folded
from service.settings import errors
from service.settings.values import NONE

PREFIX = "RETTIDIG_"
FILE = "_file"
KEYED = frozenset({"recipients", "groups", "rules"})
"""Settings whose second word is a party's name and not a setting's."""

Name = tuple[str, ...]
"""A setting: ("smtp", "port") is RETTIDIG_SMTP__PORT, and `port` of [smtp] in toml."""


class Written(str):
    """A value as it was written, which remembers the setting it was written as. Its repr does not show it."""

    __slots__ = ("name",)
    name: str

    def __new__(cls, text: str, name: str) -> Self:
        written = super().__new__(cls, text)
        written.name = name
        return written

    def __repr__(self) -> str:
        return f"<the value of {self.name}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where settings are written: how a name is spelled there, and which file it is."""

    spell: Callable[[Name], str]
    file: str = ""

    def name(self, name: Name) -> str:
        return self.spell(name) + (f" ({self.file})" if self.file else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """What one place says; an empty value says nothing."""

    place: Place
    values: Mapping[Name, Written]


def variable(name: Name) -> str:
    return PREFIX + "__".join(name).upper()


def option(name: Name) -> str:
    return "--" + "-".join(name).replace("_", "-")


SHARED_SETUP = Path("config/rettidig.toml")


def layers(draft: Path | None = None) -> tuple[Layer, ...]:
    """All but the command line, which is stronger than these: environment, `_FILE`, `.env`, toml.

    A `draft` is written like the shared setup and stronger than it, but weaker than all else. The shared
    setup may be missing, a draft not.
    """
    environment = Place(spell=variable)
    dotenv = Place(spell=variable, file=".env")
    in_environment = list(_variables(os.environ.items()))
    in_dotenv = list(_variables(_dotenv(Path(dotenv.file))))
    return (
        layer(environment, _plain(in_environment)),
        _file_layer(environment, in_environment),
        _file_layer(dotenv, in_dotenv),
        layer(dotenv, _plain(in_dotenv)),
        *([_draft_layer(draft)] if draft else []),
        _toml_layer(SHARED_SETUP),
    )


def outweighed(draft: Path) -> Iterator[tuple[str, str]]:
    """What a draft says in vain: its name there, and the stronger setting that counts."""
    *stronger, drafted, _shared = layers(draft)
    for name in drafted.values:
        above = next((layer for layer in stronger if name in layer.values), None)
        if above:
            yield drafted.place.name(name), above.place.name(name)


def _draft_layer(file: Path) -> Layer:
    if not file.is_file():
        raise errors.UnreadableSourceError(name=file)
    return _toml_layer(file)


def _toml_layer(file: Path) -> Layer:
    return layer(Place(spell=".".join, file=str(file)), _toml(file))


def layer(place: Place, values: Iterable[tuple[Name, object]]) -> Layer:
    texts = ((_folded_key(name), _as_text(value)) for name, value in values)
    return Layer(place=place, values={name: Written(text, place.name(name)) for name, text in texts if text})


def nested(values: Mapping[Name, Written]) -> dict[str, object]:
    """The shape of the model: {("smtp", "port"): "25"} as {"smtp": {"port": "25"}}."""
    tree: dict[str, object] = {}
    for (*path, last), value in values.items():
        branch = tree
        for step in path:
            branch = branch.setdefault(step, {})  # type: ignore[assignment] # a known name is never both
        branch[last] = value
    return tree


def _variables(variables: Iterable[tuple[str, str]]) -> Iterator[tuple[Name, str]]:
    for variable_name, value in variables:
        if variable_name.upper().startswith(PREFIX):
            # Two underscores or more: a key may begin or end with a `_` that stands for another character.
            yield tuple(re.split("_{2,}", variable_name[len(PREFIX) :].lower())), value.strip()


def _plain(values: Iterable[tuple[Name, str]]) -> Iterator[tuple[Name, str]]:
    return (pair for pair in values if not pair[0][-1].endswith(FILE))


def _file_layer(place: Place, values: Iterable[tuple[Name, str]]) -> Layer:
    files = Place(spell=lambda name: place.spell(name) + FILE.upper(), file=place.file)
    settings = [
        ((*path, last.removesuffix(FILE)), Path(value))
        for (*path, last), value in values
        if last.endswith(FILE) and value
    ]
    return layer(files, ((name, _content(file, files.name(name))) for name, file in settings))


def _content(file: Path, name: str) -> str:
    try:
        text = file.read_text(encoding="utf-8-sig").strip()
    except (OSError, ValueError):
        raise errors.UnreadableSettingFileError(name=name) from None
    if not text:
        raise errors.UnreadableSettingFileError(name=name)
    return text


def _dotenv(file: Path) -> Iterator[tuple[str, str]]:
    """The lines of a `.env`, to the letter: `${...}` in a password is part of the password."""
    for binding in parse_stream(StringIO(_text(file))):
        if binding.error or (binding.key and binding.value is None):
            raise errors.UnreadableLineError(name=file, line=binding.original.line, example="NAME=value")
        if binding.key:
            yield binding.key, binding.value or ""


def _toml(file: Path) -> Iterator[tuple[Name, object]]:
    text = _text(file)
    try:
        return _leaves((), tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        number = line[1] if line else text.count("\n") + 1
        raise errors.UnreadableLineError(name=file, line=number, example='name = "value"') from None


def _text(file: Path) -> str:
    """What stands in a file; nothing when there is none."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, ValueError):
        raise errors.UnreadableSourceError(name=file) from None


def _leaves(path: Name, table: Mapping[str, object]) -> Iterator[tuple[Name, object]]:
    for key, value in table.items():
        name = (*path, key.lower())
        if isinstance(value, dict):
            yield from _leaves(name, value)
        else:
            yield name, value


def _as_text(value: object) -> str:
    """A value of toml or of the command line as one would write it in a variable."""
    if isinstance(value, list | tuple):
        return ",".join(map(_as_text, value)) or NONE
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).strip()


def _folded_key(name: Name) -> Name:
    is_keyed = name[0] in KEYED and len(name) > 1
    return (name[0], folded(name[1]), *name[2:]) if is_keyed else name
