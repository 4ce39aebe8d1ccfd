"""The door to Jinja2: the bundled templates, HTML escaped, text as it is, unknown names an error."""

import base64
import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from service.messages.wording import say


class Templates:
    """The templates of one folder. What a plan says is only ever a value here, never template source."""

    def __init__(self, folder: Path) -> None:
        # Two, rather than escaping by file name: `select_autoescape` takes "mail.html.j2" for plain text.
        self._html = _environment(folder, autoescape=True)
        self._text = _environment(folder, autoescape=False)

    def html(self, name: str, **values: object) -> str:
        return self._html.get_template(name).render(values)

    def text(self, name: str, **values: object) -> str:
        return self._text.get_template(name).render(values)


def source_hash(text: str) -> str:
    """An inline style or script as a CSP source: what is not in the template to the letter is not obeyed."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def _environment(folder: Path, *, autoescape: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=autoescape,  # noqa: S701 - off for text/plain alone, where an entity would be shown
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["say"] = say
    environment.filters["href"] = _href
    return environment


def _href(url: str) -> str:
    """The URL, if a press on it can only open a page: escaping alone lets `javascript:` through."""
    if urlsplit(url).scheme not in ("https", "http"):
        raise ValueError("a link in a message has to be an http address")
    return url
