"""The Markdown that Teams understands in a card (bold, italic, links, lists) as safe HTML."""

from functools import cache

from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("zero").enable(["emphasis", "link", "list", "escape", "newline"])


@cache
def card_text(text: str) -> str:
    """HTML that can be shown as it stands: markup in the text is escaped, `javascript:` is no link."""
    return str(_MARKDOWN.render(text)).strip()
