"""Whether a client already has what it asks for (RFC 9110 section 13)."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime


def http_date(at: datetime) -> str:
    return format_datetime(at.astimezone(UTC), usegmt=True)


def is_unchanged(headers: Mapping[str, str], *, etag: str, modified_at: datetime) -> bool:
    """By the entity tag where one is given (13.2.2: it goes before the date), else by the date."""
    tags = headers.get("If-None-Match")
    if tags is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in known or etag in known
    since = _http_date(headers.get("If-Modified-Since", ""))
    return since is not None and modified_at.replace(microsecond=0) <= since


def _http_date(text: str) -> datetime | None:
    """None for what is no date: such a header counts as not sent (13.1.3)."""
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
