"""The fields of a mapping in a plan's YAML, read by type; what is wrong is one sentence with its line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from difflib import get_close_matches
from enum import StrEnum
from typing import Self, TypeVar

from service.reading.errors import YamlNotThatShape, YamlUnknownKey, YamlUnknownValue, YamlWrongValue
from service.reading.formats.cells import shortened
from service.reading.formats.plan_yaml import Mapping, Node, Scalar
from service.reading.formats.plan_yaml import Sequence as List

_Word = TypeVar("_Word", bound=StrEnum)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
YEARS = range(1900, 2201)
"""The years a plan can be of."""
_MOST_DIGITS = 6
_NUMBERS = range(10**_MOST_DIGITS)
_EXAMPLES = {"date": "2024-03-13", "time": '"16:00"', "number": "2024"}


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping of the file, all of whose keys are known. What is absent or empty is None or ""."""

    file: str
    node: Mapping

    @classmethod
    def of(cls, file: str, node: Node, known: Sequence[str], *, key: str = "") -> Self:
        """Raises when the node is no mapping or holds a key that is not known."""
        if not isinstance(node, Mapping):
            raise YamlNotThatShape(file=file, line=node.line, key=key or file, example="title: ...")
        for written, value in node.entries.items():
            if written not in known:
                raise YamlUnknownKey(
                    file=file,
                    line=value.line,
                    key=shortened(written),
                    meant=nearest(written, known),
                    known=", ".join(known),
                )
        return cls(file, node)

    @property
    def line(self) -> int:
        return self.node.line

    def line_of(self, key: str) -> int:
        return self.node.entries[key].line if key in self.node.entries else self.line

    def has(self, key: str) -> bool:
        return key in self.node.entries

    def text(self, key: str) -> str:
        node = self.node.entries.get(key)
        if node is None:
            return ""
        if not isinstance(node, Scalar):
            raise YamlNotThatShape(file=self.file, line=node.line, key=key, example=f"{key}: ...")
        return node.text

    def day(self, key: str) -> date | None:
        text = self.text(key)
        if not text:
            return None
        try:
            day = date.fromisoformat(text if _DATE.fullmatch(text) else "")
        except ValueError:
            raise self._wrong(key, _EXAMPLES["date"]) from None
        if day.year not in YEARS:
            raise self._wrong(key, _EXAMPLES["date"])
        return day

    def clock(self, key: str) -> time | None:
        text = self.text(key)
        if not text:
            return None
        if found := _CLOCK.fullmatch(text):
            return time(int(found[1]), int(found[2]))
        raise self._wrong(key, _EXAMPLES["time"])

    def number(self, key: str, *, among: range = _NUMBERS, example: str = _EXAMPLES["number"]) -> int | None:
        text = self.text(key)
        is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
        if text and not (is_number and int(text) in among):
            raise self._wrong(key, example)
        return int(text) if text else None

    def one_of(self, key: str, words: type[_Word]) -> _Word | None:
        text = self.text(key)
        if not text:
            return None
        if text in (known := [word.value for word in words]):
            return words(text)
        raise YamlUnknownValue(
            file=self.file, line=self.line_of(key), key=key, written=shortened(text), known=", ".join(known)
        )

    def texts(self, key: str) -> tuple[Scalar, ...]:
        """The texts of a list, each with its line; one text alone stands for a list of one."""
        node = self.node.entries.get(key)
        items = node.items if isinstance(node, List) else (node,) if isinstance(node, Scalar) else ()
        found = tuple(item for item in items if isinstance(item, Scalar))
        if node is not None and (isinstance(node, Mapping) or len(found) != len(items)):
            raise YamlNotThatShape(file=self.file, line=node.line, key=key, example=f"{key}: [a, b]")
        return tuple(item for item in found if item.text or isinstance(node, List))

    def child(self, key: str, known: Sequence[str]) -> Self | None:
        node = self.node.entries.get(key)
        if node is None or node == Scalar("", node.line):
            return None
        return type(self).of(self.file, node, known, key=key)

    def children(self, key: str, known: Sequence[str]) -> Iterator[Self]:
        node = self.node.entries.get(key)
        if node is None or node == Scalar("", node.line):
            return
        if not isinstance(node, List):
            raise YamlNotThatShape(file=self.file, line=node.line, key=key, example=f"- {known[0]}: ...")
        for item in node.items:
            yield type(self).of(self.file, item, known, key=key)

    def items(self, key: str, known: Sequence[str]) -> Iterator[Self]:
        """The mappings of a list, or one alone; a text alone stands for the first of their keys."""
        node = self.node.entries.get(key)
        if node is None or node == Scalar("", node.line):
            return
        for item in node.items if isinstance(node, List) else (node,):
            whole = Mapping({known[0]: item}, item.line) if isinstance(item, Scalar) else item
            yield type(self).of(self.file, whole, known, key=key)

    def _wrong(self, key: str, example: str) -> YamlWrongValue:
        line = self.line_of(key)
        written = shortened(self.text(key))
        return YamlWrongValue(file=self.file, line=line, key=key, written=written, example=example)


def nearest(written: str, known: Sequence[str]) -> str:
    """The known word that is nearest, else the first one: an example is better than none."""
    return next(iter(get_close_matches(written.lower(), known, n=1, cutoff=0.5) or known), "")
