"""Plain text, CSV and Markdown: columns by TAB, strokes, spaces and delimiters; dated lists."""

import pytest

from service.reading.document import Document, Paragraph, Table
from service.reading.errors import UnknownEncoding, UnpairedQuote
from service.reading.formats import parse
from service.reading.formats.source import Source


def read(text: str | bytes, name: str = "plan.txt") -> Document:
    return parse(Source(name=name, content=text.encode() if isinstance(text, str) else text))


def rows(document: Document) -> list[tuple[str, ...]]:
    return [row.cells for block in document.blocks if isinstance(block, Table) for row in block.rows]


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def test_tabs_make_columns_and_empty_cells_stay() -> None:
    document = read("Plan 2024\n\nFrist\tOpgave\tHvem\nUge 12\tMøde\tSB\n\tfortsat\t\n")
    assert paragraphs(document) == ["Plan 2024"]
    assert rows(document) == [("Frist", "Opgave", "Hvem"), ("Uge 12", "Møde", "SB"), ("", "fortsat", "")]


def test_several_tabs_used_to_align_are_one() -> None:
    assert rows(read("Frist\t\tOpgave\nUge 12\tMøde\n20. marts\t\t\tHøring\n")) == [
        ("Frist", "Opgave"),
        ("Uge 12", "Møde"),
        ("20. marts", "Høring"),
    ]


def test_a_heading_line_between_two_rows_is_a_row() -> None:
    assert rows(read("Uge 12\tMøde\nFase 2\nUge 34\tHøring\n")) == [
        ("Uge 12", "Møde"),
        ("Fase 2",),
        ("Uge 34", "Høring"),
    ]


def test_columns_aligned_with_spaces_are_columns() -> None:
    text = (
        "Frist          Opgave                Ansvarlig\n"
        "-----          ------                ---------\n"
        "20. marts      Møde om en ny         SB\n"
        "               plan for det hele\n"
        "21. maj                              FOB\n"
    )
    assert rows(read(text)) == [
        ("Frist", "Opgave", "Ansvarlig"),
        ("20. marts", "Møde om en ny", "SB"),
        ("", "plan for det hele", ""),
        ("21. maj", "", "FOB"),
    ]


def test_two_spaces_after_a_full_stop_are_no_column() -> None:
    text = "Vi mødes igen.  Det bliver godt.\nPlanen er klar.  Den sendes ud.\n"
    assert rows(read(text)) == []
    assert len(paragraphs(read(text))) == 2


def test_a_dated_list_is_a_table_of_when_who_and_what() -> None:
    text = (
        "Politisk behandling 2024\n"
        "- 20. marts - Økonomiudvalget: Budgettet\n  behandles\n"
        "- 27. marts: Byrådet mødes\n"
        "- 5. april - 7. april: lukket\n"
    )
    document = read(text)
    assert paragraphs(document) == ["Politisk behandling 2024"]
    assert rows(document) == [
        ("Deadline", "Ansvarlig", "Aktivitet"),
        ("20. marts", "Økonomiudvalget", "Budgettet behandles"),
        ("27. marts", "", "Byrådet mødes"),
        ("5. april - 7. april", "", "lukket"),
    ]


def test_numbered_tasks_are_no_dated_list() -> None:
    assert rows(read("1. Opgave: ring til FOB\n2. Opgave: skriv til SB\n")) == []


def test_invisible_characters_are_left_out_and_bullets_of_symbol_fonts_shown() -> None:
    assert paragraphs(read("\u202eUge\u200b 1\xad2\u00a0\x07\uf0b7x")) == ["Uge 12 •x"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_in_every_encoding_with_every_delimiter(encoding: str, delimiter: str) -> None:
    lines = (
        delimiter.join(row)
        for row in (("Frist", "Opgave"), ("Uge 12", "Møde på rådhuset"), ("Uge 13", "Åbent hus"))
    )
    document = read("\r\n".join(lines).encode(encoding), "plan.csv")
    assert rows(document) == [("Frist", "Opgave"), ("Uge 12", "Møde på rådhuset"), ("Uge 13", "Åbent hus")]


def test_a_line_feed_in_quotes_stays_in_its_cell_and_the_line_numbers_go_on() -> None:
    (table,) = read('Frist;Opgave\n"Uge\n12";"Møde; ""stort"""\nUge 13;Slut\n', "plan.csv").blocks
    assert isinstance(table, Table)
    assert [row.cells for row in table.rows][1] == ("Uge\n12", 'Møde; "stort"')
    assert [row.where.in_words("da") for row in table.rows] == ["linje 1", "linje 2", "linje 4"]


def test_excels_own_first_line_names_the_delimiter() -> None:
    assert rows(read("sep=,\nFrist,Opgave;x\n", "plan.csv")) == [("Frist", "Opgave;x")]


def test_titles_above_the_header_are_paragraphs_and_short_rows_are_filled_up() -> None:
    document = read("Plan 2024;;\n;;\nFrist;Opgave;Hvem\nUge 12;Møde\n", "plan.csv")
    assert paragraphs(document) == ["Plan 2024"]
    assert rows(document)[1] == ("Uge 12", "Møde", "")


def test_a_lone_quotation_mark_swallows_no_row() -> None:
    assert rows(read('Frist;Opgave\nUge 12;"Fælles" møde\nUge 13;Slut\n', "plan.csv"))[1:] == [
        ("Uge 12", '"Fælles" møde'),
        ("Uge 13", "Slut"),
    ]


def test_a_quotation_mark_that_cannot_be_understood_is_an_error_with_its_line() -> None:
    with pytest.raises(UnpairedQuote) as caught:
        read('Frist;Opgave\nUge 12;Møde\nUge 13;"a\nb";"c\nUge 14;Slut\n', "plan.csv")
    assert "linje 3" in caught.value.sentence("da")


def test_text_in_no_known_encoding_is_not_guessed() -> None:
    with pytest.raises(UnknownEncoding):
        read(b"Uge 12\x81\x8d", "plan.txt")


def test_markdown_tables_lists_and_marks() -> None:
    text = (
        "# Plan for **2024**\n\n"
        "| Frist | Opgave |\n|:--|--:|\n| Uge 12 | *Møde* om [sag](https://x.example) \\| to |\n\n"
        "Frist | Hvad\n--- | ---\nmaj | `slut`\n"
    )
    document = read(text, "plan.md")
    assert document.title == "Plan for 2024"
    assert rows(document) == [
        ("Frist", "Opgave"),
        ("Uge 12", "Møde om sag | to"),
        ("Frist", "Hvad"),
        ("maj", "slut"),
    ]


def test_a_markdown_list_that_begins_with_the_day_keeps_it() -> None:
    assert rows(read("20. marts - Byrådet: a\n27. marts - Byrådet: b\n", "plan.md"))[1] == (
        "20. marts",
        "Byrådet",
        "a",
    )
