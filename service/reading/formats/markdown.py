"""Markdown: plain text whose marks are taken off; its tables and lists are those of plain text."""

import re
from functools import partial

from service.reading.document import Document
from service.reading.formats import text
from service.reading.formats.cells import fold
from service.reading.formats.source import Source

_TITLE = re.compile(r"^#\s+(.+?)\s*#*$", re.MULTILINE)
# In order: what is taken off, what stays.
_MARKS = (
    (re.compile(r"^ {0,3}(?:#{1,6}|>+)[ \t]+", re.MULTILINE), ""),
    (re.compile(r"[ \t]+#+[ \t]*$", re.MULTILINE), ""),
    (re.compile(r"<br\s*/?>", re.IGNORECASE), " "),
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"!?\[([^\]\n]{1,500})\]\([^)\n]{0,2000}\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)([^\n]{1,2000}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])([*_])(?=\S)([^\n*]{1,2000}?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"`+([^`\n]{1,2000})`+"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>~])"), r"\1"),  # not the escaped pipe: it belongs to the table
)


def read(source: Source) -> Document:
    written = source.text().replace("\r\n", "\n")
    title = _TITLE.search(written)
    return Document(
        name=source.name,
        blocks=tuple(text.blocks(_unmarked(written))),
        title=fold(_unmarked(title[1])) if title else "",
    )


def _unmarked(written: str) -> str:
    """The text without its marks, line for line, so that the line numbers stay those of the file."""
    for mark, kept in _MARKS:
        written = mark.sub(partial(_kept, kept), written)
    return written


def _kept(kept: str, found: re.Match[str]) -> str:
    return found.expand(kept) + "\n" * found.group().count("\n")
