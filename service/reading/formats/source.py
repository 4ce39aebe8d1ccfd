"""The bytes of a document and its name, and what the bytes say as text."""

import os
import stat
import time
from dataclasses import dataclass
from pathlib import Path

from service.reading.errors import (
    FileChanging,
    FileForbidden,
    FileIsDirectory,
    FileIsEmpty,
    FileMissing,
    FileTooLarge,
    FileUnavailable,
    NotAPlainFile,
    UnknownEncoding,
)

MEGABYTE = 1_000_000
MOST_MEGABYTES = 10
_TRIES = 3
_PAUSE = 0.3  # seconds; long enough for Word or a synchronising folder to finish a small file

# A BOM is certain; UTF-32 stands first because its little-endian BOM begins with that of UTF-16.
_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file as it was read, once. `name` has no folder."""

    name: str
    content: bytes

    def text(self) -> str:
        """The content as text, line ends as they stand. Raises UnknownEncoding rather than guess."""
        for encoding in self._encodings():
            try:
                text = self.content.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\0" not in text:
                return text
        raise UnknownEncoding(file=self.name)

    def _encodings(self) -> tuple[str, ...]:
        for mark, encoding in _BOMS:
            if self.content.startswith(mark):
                return (encoding,)
        return _utf_16_without_mark(self.content) or ("utf-8", "cp1252")


def read_source(path: Path) -> Source:
    """The file, read once and whole.

    Raises one of the sentences of `errors` if it cannot be had; FileChanging if it is being written.
    """
    try:
        for attempt in range(_TRIES):
            if attempt:
                time.sleep(_PAUSE)
            content = _content_if_stable(path)
            if content is not None:
                return Source(name=path.name, content=content)
    except FileNotFoundError:
        raise FileMissing(file=path.name) from None
    except PermissionError:
        raise FileForbidden(file=path.name) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise FileUnavailable(
            file=path.name, reason=getattr(error, "strerror", None) or "ValueError"
        ) from None
    raise FileChanging(file=path.name)


def _content_if_stable(path: Path) -> bytes | None:
    """The content; None if the file changed while it was read."""
    before = path.stat()
    _check(path, before)
    content = path.read_bytes()
    after = path.stat()
    stable = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    return content if stable and len(content) == after.st_size else None


def _check(path: Path, found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise FileIsDirectory(file=path.name)
    if not stat.S_ISREG(found.st_mode):
        raise NotAPlainFile(file=path.name)
    if not found.st_size:
        raise FileIsEmpty(file=path.name)
    if found.st_size > MOST_MEGABYTES * MEGABYTE:
        raise FileTooLarge(file=path.name, megabytes=found.st_size // MEGABYTE, limit=MOST_MEGABYTES)


def _utf_16_without_mark(content: bytes) -> tuple[str, ...]:
    """Latin text in UTF-16 has a NUL in every second byte, and on one side only."""
    sample = content[:2000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 4 and odd > 4 * even:
        return ("utf-16-le",)
    if even > len(sample) // 4 and even > 4 * odd:
        return ("utf-16-be",)
    return ()
