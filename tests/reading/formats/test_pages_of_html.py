"""HTML as Outlook, Word and mail programs write it."""

from service.reading.document import Document, Paragraph, Table
from service.reading.formats import parse
from service.reading.formats.source import Source


def read(html: str, encoding: str = "utf-8") -> Document:
    return parse(Source(name="plan.html", content=html.encode(encoding)))


def rows(document: Document) -> list[tuple[str, ...]]:
    return [row.cells for block in document.blocks if isinstance(block, Table) for row in block.rows]


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def test_paragraphs_line_breaks_and_tables_come_in_the_order_of_the_page() -> None:
    document = read("<p>Før<br>linje to</p><table><tr><td>Uge 12<td>Møde</table><p>Efter")
    assert [type(block).__name__ for block in document.blocks] == [
        "Paragraph",
        "Paragraph",
        "Table",
        "Paragraph",
    ]
    assert paragraphs(document) == ["Før", "linje to", "Efter"]


def test_inline_elements_do_not_break_a_word() -> None:
    assert paragraphs(read("<p>prækvali<b>fika</b><o:p></o:p>tion</p>")) == ["prækvalifikation"]


def test_spans_over_rows_repeat_and_spans_over_columns_do_not() -> None:
    page = (
        "<table><tr><th colspan=3>Fase 1</th></tr><tr><td rowspan=2>Marts</td><td>Udkast</td><td>SB</td></tr>"
        "<tr><td>Høring</td><td>FOB</td></tr></table>"
    )
    assert rows(read(page)) == [("Fase 1", "", ""), ("Marts", "Udkast", "SB"), ("Marts", "Høring", "FOB")]


def test_scripts_styles_comments_and_hidden_text_are_not_read() -> None:
    page = (
        "<style>p{}</style><script>x()</script><!--[if mso]><p>kun Word</p><![endif]-->"
        "<p style='display:none'>skjult</p><p>Synlig <del>slettet</del><ins>ny</ins></p>"
    )
    assert paragraphs(read(page)) == ["Synlig ny"]


def test_what_is_struck_out_and_rows_that_do_not_show_are_left_out_and_told() -> None:
    page = (
        "<table><tr><td><s>3. marts</s> <span style='text-decoration: line-through'>4. marts</span> 5. marts"
        "<td>Møde</tr><tr style='display:none'><td>6. marts<td>Skjult</tr></table>"
    )
    document = read(page)
    assert rows(document) == [("5. marts", "Møde")]
    assert [(note.code, note.written) for note in document.notes] == [
        ("text-struck-out", "3. marts"),
        ("text-struck-out", "4. marts"),
        ("row-hidden", "6. marts Skjult"),
    ]


def test_entities_are_letters() -> None:
    assert paragraphs(read("<p>B&oslash;rne&nbsp;- &amp; Ungeudvalget &#8211; &aring;r</p>")) == [
        "Børne - & Ungeudvalget – år"
    ]


def test_the_plan_in_a_mail_full_of_layout_tables_is_found() -> None:
    plan = "<table><tr><td>Frist<td>Opgave<tr><td>Uge 12<td>Møde</table>"
    frame = f"<table><tr><td>{plan}</td></tr></table>"
    page = f"<table><tr><td><p>Hej alle</p>{frame}<p>Hilsen</p></td></tr></table>"
    document = read(page)
    assert rows(document) == [("Frist", "Opgave"), ("Uge 12", "Møde")]
    assert paragraphs(document) == ["Hej alle", "Hilsen"]


def test_the_declared_charset_counts_and_a_false_one_does_not_harm() -> None:
    page = "<meta charset={}><p>Rådhuset</p>"
    assert paragraphs(read(page.format("iso-8859-1"), "iso-8859-1")) == ["Rådhuset"]
    assert paragraphs(read(page.format("utf-8"), "cp1252")) == ["Rådhuset"]
    assert paragraphs(read(page.format("utf-8"), "utf-16")) == ["Rådhuset"]


def test_lines_that_the_page_begins_in_a_cell_are_lines_and_those_of_its_source_are_not() -> None:
    page = "<table><tr><td>Uge\n12<td><p>Slagelse\nKommune</p>FOB<br>BK</table>"
    assert rows(read(page)) == [("Uge 12", "Slagelse Kommune\nFOB\nBK")]
