"""Documents made by the tests: small honest ones, and the raw parts that dishonest ones are made of."""

import io
import zipfile
from collections.abc import Mapping, Sequence

import docx
import openpyxl

HEADER = ("Deadline", "Aktivitet", "Ansvarlig")
PLAN = (
    HEADER,
    ("20. marts 2024", "Økonomiudvalget behandler planen", "Økonomiudvalget"),
    ("27. maj 2024", "Byrådet godkender planen", "Slagelse Kommune (SK)"),
    ("Uge 34", "Planen sendes til fonden", "Bestyrelsen"),
)
Rows = Sequence[Sequence[str]]


def docx_of(rows: Rows = PLAN) -> bytes:
    document = docx.Document()
    document.add_paragraph("Plan for 2024")
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return _saved(document)


def xlsx_of(rows: Rows = PLAN) -> bytes:
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("Plan")
    for row in rows:
        sheet.append(list(row))
    return _saved(workbook)


def _saved(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined] # python-docx and openpyxl alike
    return stream.getvalue()


def html_of(rows: Rows = PLAN) -> bytes:
    lines = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    table = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<html><meta charset=utf-8><body><table>{table}</table></body></html>".encode()


def separated(rows: Rows = PLAN, *, by: str = ";", encoding: str = "utf-8") -> bytes:
    return "".join(by.join(row) + "\r\n" for row in rows).encode(encoding)


def markdown_of(rows: Rows = PLAN) -> bytes:
    head, *body = ("| " + " | ".join(row) + " |\n" for row in rows)
    return "".join([head, "|---|---|---|\n", *body]).encode()


def ics_of(rows: Rows = PLAN) -> bytes:
    events = (
        f"BEGIN:VEVENT\r\nUID:{n}@example.dk\r\nDTSTAMP:20240101T000000Z\r\nDTSTART;VALUE=DATE:202403{n:02}\r\n"
        f"SUMMARY:{row[1]}\r\nORGANIZER;CN={row[2]}:mailto:p{n}@example.dk\r\nEND:VEVENT\r\n"
        for n, row in enumerate(rows[1:], start=1)
    )
    body = "".join(events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//DA\r\n{body}END:VCALENDAR\r\n".encode()


def yaml_of(rows: Rows = PLAN) -> bytes:
    items = (
        f"  - activity: {what}\n    deadline: {when}\n    responsible: {who}\n"
        for when, what, who in rows[1:]
    )
    return f"title: Plan for 2024\nyear: 2024\nmilestones:\n{''.join(items)}".encode()


def pdf_of(rows: Rows = PLAN, *, ruled: bool = True, lefts: Sequence[int] = (50, 160, 400)) -> bytes:
    """One page with the rows; Helvetica 10, cells wrapped where a line feed stands."""
    drawn: list[str] = []
    y = 780
    tops = [y + 12]
    for row in rows:
        height = max(cell.count("\n") + 1 for cell in row)
        for left, cell in zip(lefts, row, strict=True):
            for at, line in enumerate(cell.split("\n")):
                escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
                drawn.append(f"BT /F1 10 Tf {left} {y - 12 * at} Td ({escaped}) Tj ET")
        y -= 12 * height + 6
        tops.append(y + 12)
    if ruled:
        edges = [left - 5 for left in lefts] + [545]
        drawn += [f"{edges[0]} {top} m {edges[-1]} {top} l S" for top in tops]
        drawn += [f"{edge} {tops[0]} m {edge} {tops[-1]} l S" for edge in edges]
    return pdf_objects(_one_page("\n".join(drawn).encode("cp1252")))


def _one_page(content: bytes) -> dict[int, bytes]:
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    return {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        4: b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        5: font,
    }


def pdf_objects(objects: Mapping[int, bytes]) -> bytes:
    """A PDF file of these objects; the first is the catalogue."""
    body = b"%PDF-1.4\n"
    places = {}
    for number, content in objects.items():
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    xref = b"".join(b"%010d 00000 n \n" % places[number] for number in sorted(places))
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(body))
    return body + head + xref + trailer


def replaced(package: bytes, parts: Mapping[str, bytes], *, dropped: frozenset[str] = frozenset()) -> bytes:
    """The zip package with some parts put in or exchanged."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts and name not in dropped:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return stream.getvalue()


def part(package: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return opened.read(name)


HONEST = {
    "plan.docx": docx_of(),
    "plan.xlsx": xlsx_of(),
    "plan.pdf": pdf_of(),
    "plan.csv": separated(),
    "plan.tsv": separated(by="\t"),
    "plan.html": html_of(),
    "plan.md": markdown_of(),
    "plan.txt": separated(by="\t"),
    "plan.ics": ics_of(),
}
