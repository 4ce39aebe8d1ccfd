"""Word: merged cells, tracked changes, nested tables, boxes and controls."""

import io
from collections.abc import Sequence

import docx

from service.reading.document import Document, Paragraph, Table
from service.reading.formats import parse
from service.reading.formats.source import Source
from tests.reading.hostile.building import docx_of, part, replaced

MAIN = "word/document.xml"


def read(content: bytes) -> Document:
    return parse(Source(name="plan.docx", content=content))


def rows(document: Document) -> list[tuple[str, ...]]:
    return [row.cells for block in document.blocks if isinstance(block, Table) for row in block.rows]


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def body(xml: str) -> bytes:
    """A document whose body is this."""
    package = docx_of()
    whole = part(package, MAIN).decode()
    start, end = whole.index("<w:body>") + len("<w:body>"), whole.index("<w:sectPr")
    return replaced(package, {MAIN: (whole[:start] + xml + whole[end:]).encode()})


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(*lines: Sequence[str]) -> str:
    def cell(text: str) -> str:
        return text if text.startswith("<w:tc>") else f"<w:tc>{p(text)}</w:tc>"

    return "<w:tbl>" + "".join(f"<w:tr>{''.join(map(cell, line))}</w:tr>" for line in lines) + "</w:tbl>"


def test_a_cell_merged_downwards_is_true_of_every_row_it_covers() -> None:
    document = docx.Document()
    grid = document.add_table(rows=4, cols=2)
    grid.cell(1, 0).merge(grid.cell(3, 0)).text = "Marts 2024"
    for at, text in enumerate(("Opgave", "Udkast", "Høring", "Godkendelse")):
        grid.cell(at, 1).text = text
    grid.cell(0, 0).text = "Frist"
    stream = io.BytesIO()
    document.save(stream)
    assert rows(read(stream.getvalue())) == [
        ("Frist", "Opgave"),
        ("Marts 2024", "Udkast"),
        ("Marts 2024", "Høring"),
        ("Marts 2024", "Godkendelse"),
    ]


def test_a_heading_merged_across_the_table_says_its_text_once() -> None:
    document = docx.Document()
    grid = document.add_table(rows=2, cols=3)
    grid.cell(0, 0).merge(grid.cell(0, 2)).text = "Fase 1"
    for at, text in enumerate(("Marts 2024", "Udkast", "SB")):
        grid.cell(1, at).text = text
    stream = io.BytesIO()
    document.save(stream)
    assert rows(read(stream.getvalue())) == [("Fase 1", "", ""), ("Marts 2024", "Udkast", "SB")]


def test_a_row_that_starts_further_in_keeps_its_columns() -> None:
    indented = (
        "<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr><w:tc>" + p("fortsat") + "</w:tc></w:tr></w:tbl>"
    )
    xml = table(("Marts 2024", "Udkast")).replace("</w:tbl>", indented)
    assert rows(read(body(xml))) == [("Marts 2024", "Udkast"), ("", "fortsat")]


def test_tracked_deletions_are_gone_and_insertions_there() -> None:
    deleted = "<w:del w:id='1' w:author='x'><w:r><w:delText>april</w:delText></w:r></w:del>"
    inserted = "<w:ins w:id='2' w:author='x'><w:r><w:t>maj</w:t></w:r></w:ins>"
    moved = "<w:moveFrom w:id='3' w:author='x'><w:r><w:t>væk</w:t></w:r></w:moveFrom>"
    cell = f"<w:tc><w:p>{deleted}{inserted}{moved}<w:r><w:t> 2024</w:t></w:r></w:p></w:tc>"
    gone = (
        "<w:tr><w:trPr><w:del w:id='4' w:author='x'/></w:trPr><w:tc>"
        + p("slettet")
        + "</w:tc></w:tr></w:tbl>"
    )
    xml = table((cell, "Udkast")).replace("</w:tbl>", gone)
    assert rows(read(body(xml))) == [("maj 2024", "Udkast")]


def test_breaks_tabs_and_fields_fold_into_the_text() -> None:
    runs = (
        "<w:r><w:t>20.</w:t><w:tab/><w:t>marts</w:t><w:br/><w:t>2024</w:t></w:r>"
        "<w:r><w:instrText>DATE</w:instrText></w:r><w:r><w:t>A4</w:t><w:noBreakHyphen/><w:t>side</w:t></w:r>"
    )
    assert paragraphs(read(body(f"<w:p>{runs}</w:p>"))) == ["20. marts 2024A4-side"]


def test_content_controls_are_opened_wherever_they_stand() -> None:
    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    row = control(
        "<w:tr>" + control(f"<w:tc>{control(p('Uge 12'))}</w:tc>") + f"<w:tc>{p('Møde')}</w:tc></w:tr>"
    )
    xml = control(p("Plan") + f"<w:tbl>{row}</w:tbl>")
    document = read(body(xml))
    assert paragraphs(document) == ["Plan"]
    assert rows(document) == [("Uge 12", "Møde")]


def test_a_table_that_only_arranges_the_page_is_opened() -> None:
    plan = table(("Frist", "Opgave"), ("Uge 12", "Møde"))
    layout = f"<w:tbl><w:tr><w:tc>{p('Plan 2024')}{plan}<w:p/></w:tc></w:tr></w:tbl>"
    document = read(body(layout))
    assert paragraphs(document) == ["Plan 2024"]
    assert rows(document) == [("Frist", "Opgave"), ("Uge 12", "Møde")]


def test_a_table_within_a_row_of_the_plan_stands_after_it() -> None:
    inner = table(("a", "b"), ("c", "d"))
    outer = table(("Uge 12", f"<w:tc>{p('Møde')}{inner}{p('slut')}</w:tc>"))
    document = read(body(outer))
    assert rows(document) == [("Uge 12", "Møde\nslut"), ("a", "b"), ("c", "d")]
    assert [block.where.in_words("da") for block in document.blocks] == ["tabel 1", "tabel 2"]


def test_a_small_table_within_a_cell_is_part_of_its_text() -> None:
    outer = table(("Uge 12", f"<w:tc>{table(('Møde',), ('i salen',))}<w:p/></w:tc>"))
    assert rows(read(body(outer))) == [("Uge 12", "Møde\ni salen")]


def test_the_text_of_a_box_is_read_once() -> None:
    content = f"<w:txbxContent>{p('I boksen')}</w:txbxContent>"
    xml = (
        "<w:p><w:r><w:t>Før</w:t></w:r><w:r><mc:AlternateContent "
        "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
        f"<mc:Choice Requires='wps'>{content}</mc:Choice><mc:Fallback>{content}</mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert paragraphs(read(body(xml))) == ["Før", "I boksen"]


def test_headers_and_footers_are_left_out() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Udkast 2019"
    document.add_paragraph("Plan")
    stream = io.BytesIO()
    document.save(stream)
    assert paragraphs(read(stream.getvalue())) == ["Plan"]


def test_a_list_of_dates_in_paragraphs_is_a_table_if_the_document_has_none() -> None:
    listed = p("Plan 2024") + p("20. marts - Økonomiudvalget: budget") + p("27. marts - Byrådet: budget")
    document = read(body(listed))
    assert rows(document)[1:] == [
        ("20. marts", "Økonomiudvalget", "budget"),
        ("27. marts", "Byrådet", "budget"),
    ]
    with_table = read(body(listed + table(("Uge 12", "Møde"))))
    assert rows(with_table) == [("Uge 12", "Møde")]


def test_the_declared_title_is_the_title() -> None:
    document = docx.Document()
    document.core_properties.title = "Plan  2024"
    stream = io.BytesIO()
    document.save(stream)
    assert read(stream.getvalue()).title == "Plan 2024"


def test_paragraphs_and_breaks_in_a_cell_are_lines() -> None:
    cell = f"<w:tc>{p('Slagelse Kommune')}<w:p><w:r><w:t>FOB</w:t><w:br/><w:t>BK</w:t></w:r></w:p></w:tc>"
    assert rows(read(body(table(("Uge 12", cell))))) == [("Uge 12", "Slagelse Kommune\nFOB\nBK")]


def test_struck_out_text_is_left_out_and_told() -> None:
    def run(text: str, mark: str) -> str:
        return f"<w:r><w:rPr>{mark}</w:rPr><w:t>{text}</w:t></w:r>"

    runs = run("3. ", "<w:strike/>") + run("marts", "<w:dstrike/>") + run("5. marts", "<w:strike w:val='0'/>")
    document = read(body(table((f"<w:tc><w:p>{runs}</w:p></w:tc>", "Møde"))))
    assert rows(document) == [("5. marts", "Møde")]
    assert [(note.code, note.written) for note in document.notes] == [("text-struck-out", "3. marts")]
