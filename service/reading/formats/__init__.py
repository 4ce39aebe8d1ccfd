"""Document formats: one module each, found by the file's ending and checked against its first bytes."""

import importlib
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, cast

from service.errors import RettidigError
from service.reading.document import Document, Paragraph
from service.reading.errors import (
    DamagedFile,
    FileIsEmpty,
    NotThatFormat,
    PasswordProtected,
    TookTooMuchMemory,
    UnsupportedFormat,
    WrongEnding,
)
from service.reading.formats import package
from service.reading.formats.source import Source, read_source

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_MEMORY = 512  # megabytes

# Ending -> module. A module is imported when it is needed: the libraries behind it load more slowly than most
# documents are read.
READERS = {
    ".docx": "docx",
    ".docm": "docx",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".pdf": "pdf",
    ".csv": "csv",
    ".tsv": "csv",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".ics": "ics",
}
_READABLE = ".docx, .xlsx, .pdf, .csv, .html, .md, .txt, .ics, .yaml"
_INSTEAD = {
    ".doc": ".docx",
    ".rtf": ".docx",
    ".odt": ".docx",
    ".pages": ".docx",
    ".dot": ".docx",
    ".dotx": ".docx",
}
_INSTEAD |= {".xls": ".xlsx", ".ods": ".xlsx", ".numbers": ".xlsx", ".xlsb": ".xlsx", ".xltx": ".xlsx"}

_OLE = "Office 97-2003"
# First bytes -> what a person calls it.
_MAGIC = (
    (b"PK\x03\x04", "ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"%PDF-", "PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLE),
    (b"{\\rtf", "RTF"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n", "PNG"),
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"RIFF", "WEBP"),
    (b"\x1f\x8b", "GZIP"),
    (b"7z\xbc\xaf", "7-ZIP"),
    (b"Rar!", "RAR"),
    (b"\x7fELF", "ELF"),
    (b"SQLite format 3", "SQLITE"),
)
# Ending -> what its first bytes say; nothing known stands for text.
_EXPECTED = {".docx": ".docx", ".docm": ".docx", ".xlsx": ".xlsx", ".xlsm": ".xlsx", ".pdf": "PDF"}


def read_document(path: Path) -> Document:
    """The document in this process, for files of one's own; `read_document_safely` is for all others."""
    return parse(read_source(path))


def parse(source: Source) -> Document:
    """The blocks of a document. Raises a sentence of `errors` and nothing else, whatever the bytes are."""
    suffix = PurePath(source.name).suffix.lower()
    if suffix not in READERS:
        raise UnsupportedFormat(
            file=source.name, written=suffix or "?", instead=_INSTEAD.get(suffix, _READABLE)
        )
    if not source.content.strip():
        raise FileIsEmpty(file=source.name)
    _check_content(source, suffix)
    module = importlib.import_module(f"{__name__}.{READERS[suffix]}")
    read = cast("Callable[[Source], Document]", module.read)
    try:
        return _with_lists(read(source))
    except RettidigError:
        raise
    except MemoryError:
        raise TookTooMuchMemory(file=source.name, megabytes=MOST_MEMORY) from None
    except Exception as error:  # on hostile bytes the libraries raise whatever they stumble over
        raise DamagedFile(file=source.name) from error


def _with_lists(document: Document) -> Document:
    """In a document without a table, the lists among its paragraphs turned into tables."""
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    if len(paragraphs) < len(document.blocks):
        return document
    # What knows a date when it sees one takes as long to load as a library.
    dated_list = importlib.import_module(f"{__name__}.dated_list")
    return replace(document, blocks=tuple(dated_list.gathered(paragraphs)))


def _check_content(source: Source, suffix: str) -> None:
    """Compares the first bytes with the ending; whatever is no known kind counts as text."""
    found = next((name for magic, name in _MAGIC if source.content.startswith(magic)), None)
    if found == _OLE and "EncryptedPackage".encode("utf-16-le") in source.content:
        # Office wraps a protected .docx or .xlsx in the old container
        raise PasswordProtected(file=source.name)
    if found == "ZIP":
        found = package.suffix_inside(source)
    expected = _EXPECTED.get(suffix)
    if found == expected or (expected == "PDF" and b"%PDF-" in source.content[:1024]):
        return
    if found is None:
        raise NotThatFormat(file=source.name, suffix=suffix)
    raise WrongEnding(file=source.name, found=found, suffix=suffix, instead=_INSTEAD.get(found, suffix))
