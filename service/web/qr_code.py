"""The door to `segno`: an address as a picture that a phone reads."""

import segno
from markupsafe import Markup


def qr_code(text: str) -> Markup:
    """The picture as SVG to stand in a page, which gives it its size."""
    code = segno.make_qr(text, error="m")
    drawn = code.svg_inline(border=0, omitsize=True, svgclass="qr", lineclass=None)
    return Markup(drawn)  # noqa: S704 - squares as a path; the text itself is not in it
