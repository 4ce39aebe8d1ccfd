"""RFC 9110 section 13, as far as a feed needs it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.web.conditional import http_date, is_unchanged

ETAG = '"abc"'
AT = datetime(2024, 3, 1, 9, 30, 15, 999, tzinfo=UTC)


@pytest.mark.parametrize("tags", ['"abc"', 'W/"abc"', '"x", "abc"', "*"])
def test_a_tag_that_is_known_is_unchanged(tags: str) -> None:
    assert is_unchanged({"If-None-Match": tags}, etag=ETAG, modified_at=AT)


@pytest.mark.parametrize("tags", ['"abd"', "abc", "", '"ab", "c"'])
def test_another_tag_is_changed_whatever_the_date_says(tags: str) -> None:
    headers = {"If-None-Match": tags, "If-Modified-Since": http_date(AT + timedelta(days=1))}
    assert not is_unchanged(headers, etag=ETAG, modified_at=AT)


@given(seconds=st.integers(-1_000_000, 1_000_000))
def test_without_a_tag_the_date_decides_to_the_second(seconds: int) -> None:
    asked = {"If-Modified-Since": http_date(AT + timedelta(seconds=seconds))}
    assert is_unchanged(asked, etag=ETAG, modified_at=AT) == (seconds >= 0)


@given(text=st.text())
def test_what_is_no_date_counts_as_not_sent(text: str) -> None:
    distant_past = datetime(1, 1, 1, tzinfo=UTC) + timedelta(days=2)
    asked = {"If-Modified-Since": f"x{text}"}
    assert not is_unchanged(asked, etag=ETAG, modified_at=distant_past)
