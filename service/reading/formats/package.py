"""Zip packages (.docx, .xlsx): what is inside, and whether it is safe to unpack."""

import io
import zipfile

from service.reading.errors import DamagedFile, PasswordProtected, ZipBomb
from service.reading.formats.source import MEGABYTE, Source

_MOST_ENTRIES = 2_000
_MOST_BYTES = 100 * MEGABYTE
_MOST_RATIO = 100
_RATIO_MATTERS_FROM = MEGABYTE  # a small part of blanks packs very well and harms nobody
_ENCRYPTED = 0x1

_CONTENTS = {
    "word/": ".docx",
    "xl/": ".xlsx",
    "ppt/": ".pptx",
    "content.xml": ".odt/.ods",
    "Index/": ".pages/.numbers",
}


def suffix_inside(source: Source) -> str:
    """The ending that the package should have (".docx"); ".zip" if it is no document.

    Only the central directory is read. Raises DamagedFile, PasswordProtected or ZipBomb: zipfile never hands
    out more bytes of an entry than the directory declares, so what is checked here holds when it is unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(source.content)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise DamagedFile(file=source.name) from None
    _check(source, entries)
    names = [entry.filename for entry in entries]
    return next(
        (suffix for start, suffix in _CONTENTS.items() if any(n.startswith(start) for n in names)), ".zip"
    )


def _check(source: Source, entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > _MOST_ENTRIES or unpacked > _MOST_BYTES or any(map(_is_swollen, entries)):
        raise ZipBomb(file=source.name, megabytes=unpacked // MEGABYTE, entries=len(entries))
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise PasswordProtected(file=source.name)
    if len({entry.filename for entry in entries}) < len(entries):
        raise DamagedFile(file=source.name)  # two parts of one name: programs differ in which they show


def _is_swollen(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > max(_RATIO_MATTERS_FROM, _MOST_RATIO * entry.compress_size)
