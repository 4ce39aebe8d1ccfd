"""Every finding there is: its severity and its sentence in Danish and English."""

from typing import Literal, NamedTuple


class FindingText(NamedTuple):
    severity: Literal["error", "warning", "note"]
    da: str
    en: str


FINDING_TEXTS: dict[str, FindingText] = {
    # --- deadlines -------------------------------------------------------------------------------------
    "year-inferred": FindingText(
        "note",
        "»{written}« har intet årstal; læst som {understood} ({source}). Skriv årstallet, hvis det er forkert.",
        "“{written}” has no year; read as {understood} ({source}). Write the year if that is wrong.",
    ),
}
