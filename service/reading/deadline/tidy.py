"""The same characters for the same meaning, before anything is read."""

import re
import unicodedata

_SUPERSCRIPT = re.compile(r"[\u00b2\u00b3\u00b9\u2070-\u207f\u2080-\u208e*†‡]")
_DASH = re.compile(r"[\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d\u301c~⁓]")
_ARROW = re.compile(r"-{1,2}>|=>|[→⇒➔⟶]")
_APOSTROPHE = re.compile(r"[\u2018\u2019\u201b\u02bc\u00b4`\u2032]")
_LETTER_FOR_NOUGHT = re.compile(r"(?<=\d)o(?=\d)")


def tidy(text: str) -> str:
    """Lower case, one kind of dash, apostrophe and space, no invisible characters, no footnote marks."""
    text = _SUPERSCRIPT.sub(" ", text)
    text = unicodedata.normalize("NFKC", text).lower()
    text = "".join(character for character in text if unicodedata.category(character) != "Cf")
    text = _APOSTROPHE.sub("'", _DASH.sub("-", _ARROW.sub("-", text)))
    text = _LETTER_FOR_NOUGHT.sub("0", text)
    return unicodedata.normalize("NFC", " ".join(text.split()))
