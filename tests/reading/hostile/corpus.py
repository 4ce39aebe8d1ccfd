"""Files that a reader of documents must survive, each with what must come of it."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import openpyxl

from service.reading import errors as e
from tests.reading.hostile.building import (
    HONEST,
    PLAN,
    docx_of,
    html_of,
    ics_of,
    part,
    pdf_objects,
    pdf_of,
    replaced,
    separated,
    xlsx_of,
)

Outcome = type[e.UnreadableFile] | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HostileFile:
    """`outcome` is the sentence it must give, the number of table rows it must give, or None: either will do.

    `heavy` ones are read in the sandbox only: without its limits they would take the test run with them.
    """

    name: str
    content: bytes
    outcome: tuple[Outcome, ...] = (None,)
    heavy: bool = False


PICTURES = {
    "JPEG": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)),
    "PNG": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "GIF": b"GIF89a" + bytes(range(256)),
    "TIFF": b"II*\x00" + bytes(range(256)),
}
ENDINGS = (".docx", ".xlsx", ".pdf", ".csv", ".html", ".md", ".txt", ".ics")
BINARY = (".docx", ".xlsx", ".pdf")


def corpus() -> Iterator[HostileFile]:
    for make in _GROUPS:
        yield from make()


def _empty() -> Iterator[HostileFile]:
    for ending in ENDINGS:
        yield HostileFile(name=f"blank{ending}", content=b" \r\n\r\n ", outcome=(e.FileIsEmpty,))


def _truncated() -> Iterator[HostileFile]:
    for name, content in HONEST.items():
        for tenth in range(1, 10):
            cut = content[: len(content) * tenth // 10]
            outcome: tuple[Outcome, ...] = (e.DamagedFile,) if name.endswith(BINARY) else (None,)
            yield HostileFile(name=f"cut-{tenth}-{name}", content=cut, outcome=outcome)


def _wrong_endings() -> Iterator[HostileFile]:
    for name, content in HONEST.items():
        own = name[name.rindex(".") :]
        for ending in ENDINGS:
            if ending != own and (own in BINARY or ending in BINARY):
                refused = (e.WrongEnding, e.NotThatFormat)
                yield HostileFile(name=f"{own[1:]}-as{ending}", content=content, outcome=refused)
    for kind, content in PICTURES.items():
        for ending in ENDINGS:
            yield HostileFile(name=f"{kind}{ending}", content=content, outcome=(e.WrongEnding,))
    for ending in (".doc", ".xls", ".odt", ".rtf", ".pages", ".exe", ".zip", ""):
        yield HostileFile(name=f"old{ending}", content=b"x", outcome=(e.UnsupportedFormat,))


def _zip_bombs() -> Iterator[HostileFile]:
    blanks = b" " * 110_000_000
    swollen = {"word/document.xml": blanks}
    yield HostileFile(name="bomb-one-part.docx", content=_zip(swollen), outcome=(e.ZipBomb,))
    yield HostileFile(
        name="bomb-ratio.docx", content=_zip({"word/document.xml": blanks[:5_000_000]}), outcome=(e.ZipBomb,)
    )
    yield HostileFile(name="bomb-sheet.xlsx", content=_zip({"xl/workbook.xml": blanks}), outcome=(e.ZipBomb,))
    many = {f"word/{n}.xml": b"x" for n in range(2_100)}
    yield HostileFile(name="bomb-entries.docx", content=_zip(many), outcome=(e.ZipBomb,))
    spread = {f"word/{n}.xml": blanks[:900_000] for n in range(150)}
    yield HostileFile(name="bomb-spread.docx", content=_zip(spread), outcome=(e.ZipBomb,))
    yield HostileFile(
        name="bomb-nested.docx", content=_zip({"word/a.docx": _zip(swollen)}), outcome=(e.DamagedFile,)
    )
    lie = _understated(docx_of(), b"word/document.xml")
    yield HostileFile(name="bomb-understated.docx", content=lie, outcome=(e.DamagedFile,))
    yield HostileFile(
        name="twice.docx", content=_twice(docx_of(), "word/document.xml"), outcome=(e.DamagedFile,)
    )
    yield HostileFile(name="encrypted.docx", content=_flagged(docx_of()), outcome=(e.PasswordProtected,))
    yield HostileFile(name="encrypted.xlsx", content=_flagged(xlsx_of()), outcome=(e.PasswordProtected,))


def _zip(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


def _twice(package: bytes, name: str) -> bytes:
    """The same part name a second time, by renaming a part of equal length in the central directory too."""
    other = "w" + "x" * (len(name) - 1)
    return replaced(package, {other: b"<a/>"}).replace(other.encode(), name.encode())


def _flagged(package: bytes) -> bytes:
    """Every part marked as encrypted, in its own header and in the central directory."""
    local = package.replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00\x01\x00")
    central = bytearray(local)
    at = central.find(b"PK\x01\x02")
    while at >= 0:
        central[at + 8] |= 1
        at = central.find(b"PK\x01\x02", at + 4)
    return bytes(central)


def _understated(package: bytes, name: bytes) -> bytes:
    """The central directory declares ten bytes for a part that holds thousands."""
    changed = bytearray(package)
    at = changed.find(b"PK\x01\x02")
    while changed[at + 46 : at + 46 + len(name)] != name:
        at = changed.find(b"PK\x01\x02", at + 4)
    changed[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(changed)


_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_LAUGH_DTD = f'<!DOCTYPE x [<!ENTITY l0 "ha">{_LAUGHS}]>'
_FILE_DTD = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
_REMOTE_DTD = '<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd" [<!ENTITY secret SYSTEM "http://192.0.2.1/y">]>'
_PARAMETER_DTD = '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>'


def _entities() -> Iterator[HostileFile]:
    declarations = {
        "laughs": (_LAUGH_DTD, "l9"),
        "file": (_FILE_DTD, "secret"),
        "remote": (_REMOTE_DTD, "secret"),
    }
    declarations["parameter"] = (_PARAMETER_DTD, "amp")
    targets = {".docx": (docx_of(), "word/document.xml"), ".xlsx": (xlsx_of(), "xl/worksheets/sheet1.xml")}
    for name, (declaration, entity) in declarations.items():
        for ending, (package, target) in targets.items():
            xml = part(package, target).decode()
            start = xml.index("?>") + 2 if xml.startswith("<?xml") else 0
            bad = xml[:start] + declaration + xml[start:].replace("Byrådet", f"&{entity};")
            content = replaced(package, {target: bad.encode()})
            refused = name != "parameter" or ending == ".xlsx"
            yield HostileFile(
                name=f"entity-{name}{ending}",
                content=content,
                outcome=(e.DamagedFile,) if refused else (None,),
                heavy=True,
            )
        page = declaration.encode() + html_of().replace("Byrådet".encode(), f"&{entity};".encode())
        yield HostileFile(name=f"entity-{name}.html", content=page, outcome=(len(PLAN),))


def _sheets() -> Iterator[HostileFile]:
    yield HostileFile(
        name="far-cell.xlsx",
        content=_workbook({"A1": "Frist", "B1": "Opgave", "XFD1048576": "x"}),
        outcome=(1,),
    )
    yield HostileFile(
        name="far-column.xlsx", content=_workbook({"A1": "Frist", "B1": "Opgave", "XFD2": "x"}), outcome=(1,)
    )
    yield HostileFile(
        name="far-row.xlsx", content=_workbook({"A1": "Frist", "B1": "Opgave", "A900000": "x"}), outcome=(1,)
    )
    for address in ("A2", "B2", "CV9"):
        cells = {"A1": "Frist", "B1": "Opgave", address: "=TODAY()+1"}
        yield HostileFile(
            name=f"formula-{address}.xlsx", content=_workbook(cells), outcome=(e.FormulaWithoutValue,)
        )
    merged = xlsx_of().replace(b"", b"")
    sheet = part(merged, "xl/worksheets/sheet1.xml")
    ranges = b"".join(b'<mergeCell ref="A%d:XFD1048576"/>' % n for n in range(1, 3_000))
    bad = sheet.replace(b"</sheetData>", b"</sheetData><mergeCells>" + ranges + b"</mergeCells>")
    yield HostileFile(
        name="merged.xlsx", content=replaced(merged, {"xl/worksheets/sheet1.xml": bad}), outcome=(len(PLAN),)
    )
    for junk in (b"", b"<x/>", b"<worksheet", b"\x00" * 50):
        content = replaced(merged, {"xl/worksheets/sheet1.xml": junk})
        yield HostileFile(name=f"sheet-{len(junk)}.xlsx", content=content)
    for name in ("xl/workbook.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"):
        content = replaced(merged, {}, dropped=frozenset([name]))
        yield HostileFile(name=f"without-{name.replace('/', '-')}.xlsx", content=content)


def _workbook(cells: dict[str, str]) -> bytes:
    workbook = openpyxl.Workbook()
    for address, value in cells.items():
        workbook.active[address] = value  # type: ignore[index] # a new workbook has an active sheet
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _word_parts() -> Iterator[HostileFile]:
    package = docx_of()
    for junk in (b"", b"<x/>", b"<w:document", b"\x00" * 50, part(package, "word/document.xml")[:-100]):
        content = replaced(package, {"word/document.xml": junk})
        yield HostileFile(name=f"document-{len(junk)}.docx", content=content, outcome=(e.DamagedFile, 0))
    for name in (
        "word/document.xml",
        "[Content_Types].xml",
        "_rels/.rels",
        "word/_rels/document.xml.rels",
        "word/styles.xml",
    ):
        yield HostileFile(
            name=f"no-{name.replace('/', '-')}.docx", content=replaced(package, {}, dropped=frozenset([name]))
        )
    yield HostileFile(
        name="xlsx-inside.docx", content=replaced(xlsx_of(), {"word/x": b"x"}), outcome=(e.WrongEnding,)
    )
    for levels in (30, 80, 300):
        xml = part(package, "word/document.xml").decode()
        start, end = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p>", "</w:tc></w:tr></w:tbl>"
        bad = xml.replace("<w:sectPr", start * levels + end * levels + "<w:sectPr", 1)
        yield HostileFile(
            name=f"nested-{levels}.docx", content=replaced(package, {"word/document.xml": bad.encode()})
        )
    spans = {
        "span": '<w:gridSpan w:val="999999999"/>',
        "negative": '<w:gridSpan w:val="-5"/>',
        "word": '<w:gridSpan w:val="x"/>',
    }
    for name, span in spans.items():
        bad = part(package, "word/document.xml").decode().replace("<w:tcPr>", f"<w:tcPr>{span}")
        content = replaced(package, {"word/document.xml": bad.encode()})
        yield HostileFile(name=f"{name}.docx", content=content, outcome=(len(PLAN),))


def _pages() -> Iterator[HostileFile]:
    for levels in (100, 250, 260, 5_000):
        page = b"<table><tr><td>" * levels + b"x</table>"
        yield HostileFile(name=f"tables-{levels}.html", content=page)
        page = b"<div>" * levels + html_of()
        outcome: tuple[Outcome, ...] = (e.DamagedFile, len(PLAN))
        yield HostileFile(name=f"divs-{levels}.html", content=page, outcome=outcome)
    for span in ("999999999999", "-1", "0", "x", "1e9"):
        page = html_of().replace(b"<td>", f"<td colspan={span} rowspan={span}>".encode(), 1)
        yield HostileFile(name=f"span-{span}.html", content=page)
    wide = (
        b"<table><tr><td rowspan=60000 colspan=1000>" + b"x" * 200_000 + b"<td>y" + b"<tr><td>a<td>b" * 3_000
    )
    yield HostileFile(name="amplified.html", content=wide, heavy=True)
    yield HostileFile(name="scripts.html", content=b"<script>" * 1_000 + html_of())
    yield HostileFile(
        name="charset.html", content=html_of().replace(b"utf-8", b"no-such-set"), outcome=(len(PLAN),)
    )
    yield HostileFile(name="charset-idna.html", content=html_of().replace(b"utf-8", b"punycode"))
    yield HostileFile(name="charset-zip.html", content=html_of().replace(b"utf-8", b"zlib"))
    yield HostileFile(name="comment.html", content=b"<!--" + html_of(), outcome=(e.DamagedFile, len(PLAN)))
    yield HostileFile(name="attributes.html", content=b"<p " + b"a=b " * 50_000 + b">x</p>" + html_of())


def _texts() -> Iterator[HostileFile]:
    for ending in (".csv", ".txt", ".md", ".html", ".ics"):
        honest = HONEST[f"plan{ending}"]
        yield HostileFile(
            name=f"nul{ending}", content=honest.replace(b"plan", b"pl\0an"), outcome=(e.UnknownEncoding,)
        )
        marks = "\u202e\u200b\ufeff\u2028\x0b\x1b".encode()
        yield HostileFile(name=f"marks{ending}", content=honest.replace(b"plan", b"pl" + marks + b"an"))
        yield HostileFile(name=f"surrogates{ending}", content=honest.replace(b"plan", b"\xed\xa0\x80"))
        yield HostileFile(name=f"undefined{ending}", content=b"\x81\x8d" + honest)
        for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252", "utf-32"):
            text = honest.decode().replace("utf-8", "")
            outcome: tuple[Outcome, ...] = (
                (e.UnknownEncoding, len(PLAN), None) if ending == ".html" else (len(PLAN),)
            )
            outcome = (e.DamagedFile, e.UnknownEncoding, len(PLAN)) if encoding == "utf-32" else outcome
            yield HostileFile(name=f"{encoding}{ending}", content=text.encode(encoding), outcome=outcome)
    yield HostileFile(
        name="lone-quote.csv", content=separated().replace(b"Uge", b'"Uge'), outcome=(len(PLAN),)
    )
    quoted = separated([*PLAN, ('"a\nb"', "c", "d")]).replace(b";Byr", b';"Byr')
    yield HostileFile(name="lone-quote-and-lines.csv", content=quoted, outcome=(e.UnpairedQuote,))
    yield HostileFile(name="one-cell.csv", content=b"x" * 5_000_000, outcome=(0,))
    yield HostileFile(name="one-quoted-cell.csv", content=b'"' + b"x" * 5_000_000 + b'"', outcome=(0,))
    yield HostileFile(name="delimiters.csv", content=b";" * 1_000_000)
    yield HostileFile(name="spaces.txt", content=b"a" + b" " * 1_000_000 + b"b\nc  d\n")
    yield HostileFile(name="stars.md", content=b"*_`[" * 100_000)
    yield HostileFile(name="pipes.md", content=b"|" * 500_000)
    yield HostileFile(name="dashes.txt", content=b"20. marts - " * 50_000)


def _calendars() -> Iterator[HostileFile]:
    honest = ics_of()
    yield HostileFile(
        name="no-end.ics", content=honest.replace(b"END:VCALENDAR\r\n", b""), outcome=(e.DamagedFile,)
    )
    yield HostileFile(
        name="bad-date.ics", content=honest.replace(b"20240302", b"20240231"), outcome=(e.BrokenEntry,)
    )
    yield HostileFile(
        name="word-date.ics", content=honest.replace(b"20240302", b"i morgen"), outcome=(e.BrokenEntry,)
    )
    yield HostileFile(name="nested.ics", content=b"BEGIN:VEVENT\r\n" * 5_000 + honest)
    yield HostileFile(
        name="zone.ics", content=honest.replace(b";VALUE=DATE:20240301", b";TZID=No/Where:20240301T100000")
    )
    yield HostileFile(
        name="year-one.ics", content=honest.replace(b";VALUE=DATE:20240301", b":00010101T000000Z")
    )
    yield HostileFile(name="rule.ics", content=honest.replace(b"SUMMARY", b"RRULE:FREQ=NONSENSE\r\nSUMMARY"))


def _portable() -> Iterator[HostileFile]:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    catalogue = b"<< /Type /Catalog /Pages 2 0 R >>"
    loops = {
        "pages-loop": {1: catalogue, 2: b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"},
        "parent-loop": {1: catalogue, 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 3 0 R >>", 3: page},
        "self-length": {1: catalogue, 2: b"<< /Length 2 0 R >>\nstream\nx\nendstream"},
        "many-pages": {
            1: catalogue,
            2: b"<< /Type /Pages /Kids [" + b"3 0 R " * 20_000 + b"] /Count 20000 >>",
            3: page,
        },
        "count": {1: catalogue, 2: b"<< /Type /Pages /Kids [] /Count 99999999 >>"},
        "no-pages": {1: b"<< /Type /Catalog >>"},
        "deep": {1: b"<< /A " + b"[" * 5_000 + b"]" * 5_000 + b" >>"},
        "box": {
            1: catalogue,
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: page.replace(b"595 842", b"9e99 -1"),
        },
        "box-words": {
            1: catalogue,
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: page.replace(b"595", b"/x"),
        },
    }
    for name, objects in loops.items():
        yield HostileFile(name=f"{name}.pdf", content=pdf_objects(objects), heavy=True)
    honest = pdf_of()
    yield HostileFile(name="xref-loop.pdf", content=honest.replace(b"/Size", b"/Prev 9 /Size"), heavy=True)
    yield HostileFile(name="no-xref.pdf", content=honest[: honest.rindex(b"xref\n0")], heavy=True)
    yield HostileFile(name="junk-before.pdf", content=b"junk\n" * 50 + honest, heavy=True)
    yield HostileFile(name="header-alone.pdf", content=b"%PDF-1.7\n", heavy=True)
    yield HostileFile(name="nul.pdf", content=b"%PDF-1.7\n" + b"\0" * 100_000, heavy=True)
    lines = b"\n".join(b"%d %d m %d %d l S" % (n % 500, n % 700, n % 333, n % 444) for n in range(60_000))
    drawing = pdf_objects(
        {
            1: catalogue,
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: page.replace(b"/MediaBox", b"/Contents 4 0 R /MediaBox"),
            4: b"<< /Length %d >>\nstream\n%s\nendstream" % (len(lines), lines),
        }
    )
    yield HostileFile(name="drawing.pdf", content=drawing, heavy=True)


def _large() -> Iterator[HostileFile]:
    rows = [PLAN[0]] + [(f"{n % 28 + 1}. marts 2024", f"Opgave nummer {n}", "FOB") for n in range(100_000)]
    whole = len(rows)
    makers: dict[str, Callable[[], bytes]] = {
        "rows.csv": lambda: separated(rows),
        "rows.txt": lambda: separated(rows, by="\t"),
        "rows.md": lambda: separated(rows, by=" | "),
        "rows.html": lambda: html_of(rows),
        "rows.xlsx": lambda: xlsx_of(rows),
        "list.txt": lambda: "".join(f"{when} - {who}: {what}\n" for when, what, who in rows[1:]).encode(),
    }
    for name, make in makers.items():
        yield HostileFile(
            name=name,
            content=make(),
            outcome=(whole, e.TooManyRows, e.TookTooLong, e.TookTooMuchMemory),
            heavy=True,
        )
    yield HostileFile(
        name="rows.docx", content=_long_docx(20_000), outcome=(20_000, e.ZipBomb, e.TookTooLong), heavy=True
    )


def _long_docx(rows: int) -> bytes:
    package = docx_of()
    xml = part(package, "word/document.xml").decode()
    start, end = (
        xml.rindex("<w:tr>") if "<w:tr>" in xml else xml.rindex("<w:tr "),
        xml.rindex("</w:tr>") + len("</w:tr>"),
    )
    first = xml.index("<w:tr")
    body = "".join(xml[start:end].replace("Uge 34", f"Uge {n}") for n in range(rows))
    return replaced(package, {"word/document.xml": (xml[:first] + body + xml[end:]).encode()})


_GROUPS = (
    _empty,
    _truncated,
    _wrong_endings,
    _zip_bombs,
    _entities,
    _sheets,
    _word_parts,
    _pages,
    _texts,
    _calendars,
    _portable,
    _large,
)
