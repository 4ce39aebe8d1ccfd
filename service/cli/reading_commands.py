"""`when` and `who`: how deadlines and responsible cells are understood."""

import sys
from typing import Annotated, Any

import typer

from service.cli.options import Json, Year
from service.cli.output import complain, phrase, print_json, reply_language, tell
from service.plan.as_json import finding_as_json, window_as_json
from service.plan.finding import Severity
from service.reading.deadline import read_deadline
from service.reading.responsible import split_responsible

FromFile = Annotated[
    str | None, typer.Option("--file", metavar="-", help="Én tekst pr. linje fra stdin (skriv -).")
]


def register(app: typer.Typer) -> None:
    app.command()(when)
    app.command()(who)


def when(
    text: Annotated[str | None, typer.Argument(metavar="TEKST")] = None,
    year: Year = None,
    file: FromFile = None,
    *,
    json: Json = False,
) -> None:
    """Vis, hvilke dage en frist betyder, fx "Primo marts 2024"."""
    for line in _texts(text, file):
        written, _, of_year = line.partition("\t")
        found = _window(written, int(of_year) if of_year.strip().isdecimal() else year)
        if json:
            print_json(found)
        else:
            first, last = found["starts_on"] or "…", found["ends_on"] or "…"
            tell(f"{first} – {last}  {found['kind']}, {found['certainty']}")
            for finding in found["findings"]:
                tell(f"  {finding['message']}")
        # Of many lines each one says for itself how it was understood.
        if file is None and any(finding["severity"] == Severity.ERROR for finding in found["findings"]):
            raise typer.Exit(1)


def _window(text: str, year: int | None) -> dict[str, Any]:
    deadline = read_deadline(text, year)
    findings = [finding_as_json(finding, reply_language()) for finding in deadline.findings]
    return {"text": text, **window_as_json(deadline.window), "findings": findings}


def who(
    text: Annotated[str | None, typer.Argument(metavar="TEKST")] = None,
    file: FromFile = None,
    *,
    json: Json = False,
) -> None:
    """Vis, hvem en celle med ansvarlige nævner."""
    for line in _texts(text, file):
        names = list(split_responsible(line))
        if json:
            print_json({"text": line, "parties": names})
        else:
            tell("\n".join(names) or phrase("ingen", "nobody"))


def _texts(text: str | None, file: str | None) -> list[str]:
    if file == "-":
        return [line.rstrip("\r\n") for line in sys.stdin]
    if text is None or file is not None:
        complain(phrase("Skriv en tekst, eller --file - for linjer fra stdin.", "Write a text, or --file -."))
        raise typer.Exit(2)
    return [text]
