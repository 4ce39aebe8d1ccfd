"""The product's own YAML, as a tree: what is written and in which line. What it means is read elsewhere.

Plain YAML is a trap for plans (12:30 is 750, "no" is false, 2026-02-31 an exception), so every scalar is
text. Anchors and aliases are refused since 400 bytes of them can stand for 400 million entries, tags since
they name types.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from service.reading.errors import (
    YamlBroken,
    YamlNotPlain,
    YamlTooDeep,
    YamlTooLarge,
    YamlTwice,
    YamlWithoutMilestones,
)
from service.reading.formats.cells import shortened, visible
from service.reading.formats.source import MEGABYTE, Source

SUFFIXES = (".yaml", ".yml")
_DEEPEST = 10
_HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")  # "\\ud83d" alone: no file and no mail can hold it
_MOST_MEGABYTES = 1


@dataclass(frozen=True, slots=True)
class Scalar:
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Sequence:
    items: "tuple[Node, ...]"
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """The keys in the order of the file; each stands once."""

    entries: "dict[str, Node]"
    line: int


Node = Scalar | Sequence | Mapping


def is_plan_yaml(name: str) -> bool:
    return name.lower().endswith(SUFFIXES)


def load(source: Source) -> Node:
    """The one document of the file. Raises a sentence that names the line."""
    if len(source.content) > _MOST_MEGABYTES * MEGABYTE:
        raise YamlTooLarge(file=source.name, limit=_MOST_MEGABYTES)
    try:
        return _Tree(source.name).build(yaml.parse(source.text(), Loader=yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlBroken(file=source.name, line=mark.line + 1 if mark else 1) from None
    except (yaml.YAMLError, ValueError, OverflowError):  # control characters; numbers no escape can mean
        raise YamlBroken(file=source.name, line=1) from None


def packed(node: Node) -> list[Any]:
    """The tree as JSON can carry it: a line, and a text, a list or pairs."""
    if isinstance(node, Scalar):
        return [node.line, node.text]
    if isinstance(node, Sequence):
        return [node.line, [packed(item) for item in node.items]]
    return [node.line, {key: packed(value) for key, value in node.entries.items()}]


def unpacked(content: list[Any]) -> Node:
    line, value = content
    if isinstance(value, str):
        return Scalar(value, line)
    if isinstance(value, list):
        return Sequence(tuple(unpacked(item) for item in value), line)
    return Mapping({key: unpacked(item) for key, item in value.items()}, line)


@dataclass(frozen=True, slots=True)
class _Tree:
    file: str

    def build(self, events: Iterator[yaml.Event]) -> Node:
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                tree = self._node(event, events, depth=1)
                if any(isinstance(more, yaml.DocumentStartEvent) for more in events):
                    raise YamlNotPlain(file=self.file, line=_line(event))
                return tree
        raise YamlWithoutMilestones(file=self.file)

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        line = _line(event)
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise YamlNotPlain(file=self.file, line=line)
        if depth > _DEEPEST:
            raise YamlTooDeep(file=self.file, line=line, limit=_DEEPEST)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(self._text(event.value, line), line)
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self._items(events, depth)), line)
        return Mapping(self._entries(events, depth), line)

    def _text(self, value: str, line: int) -> str:
        if _HALF_A_CHARACTER.search(value):
            raise YamlBroken(file=self.file, line=line)
        return visible(value)

    def _items(self, events: Iterator[yaml.Event], depth: int) -> Iterator[Node]:
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._node(event, events, depth + 1)

    def _entries(self, events: Iterator[yaml.Event], depth: int) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(event, events, depth + 1)
            if not isinstance(key, Scalar):
                raise YamlNotPlain(file=self.file, line=key.line)
            if key.text in entries:
                raise YamlTwice(file=self.file, line=key.line, key=shortened(key.text))
            entries[key.text] = self._node(next(events), events, depth + 1)
        return entries


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    return mark.line + 1 if mark else 1
