"""Text from a document made harmless for the formats it is put into."""

import re

# C0 and C1 controls and the two Unicode line ends (they break header, iCalendar and JSON lines), lone
# surrogates and non-characters (not encodable), bidirectional overrides (they make a text look like another).
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_ZERO_WIDTH_SPACE = "\u200b"


def one_line(text: str) -> str:
    """The text on one line: control characters become spaces, white space is folded."""
    return " ".join(_UNSAFE.sub(" ", text).split())


def on_screen(text: str) -> str:
    """The text with its line ends, as a terminal may be given it: nothing that moves the cursor or hides."""
    return "\n".join(_UNSAFE.sub(" ", line) for line in text.split("\n"))


def header_text(text: str) -> str:
    """One line that no mail reader can take for an encoded word (RFC 2047): `=?` is broken up."""
    return one_line(text).replace("=?", f"={_ZERO_WIDTH_SPACE}?")


def shortened(text: str, length: int) -> str:
    """At most `length` characters, cut between two words where there is a gap in the last third."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    gap = cut.rfind(" ")
    return (cut[:gap] if gap > length * 2 // 3 else cut).rstrip(" ,;:–-") + "…"
