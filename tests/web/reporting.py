"""A link as a mail carries it, and a press on a button as a browser sends it."""

from datetime import timedelta

import requests

from service.storage.links import Holder, LinkKind, create_link
from tests.web.conftest import Visited


def a_mail_link(
    visited: Visited, milestone: str = "m3", recipient: str = "sb", *, age: timedelta = timedelta(hours=1)
) -> str:
    """The path of the page that a mail of so long ago leads to."""
    holder = Holder(
        recipient=recipient, name=recipient.upper(), parties=frozenset({recipient}), language="da"
    )
    with visited.database.write() as connection:
        at = visited.clock.now() - age
        return f"/m/{create_link(connection, LinkKind.MILESTONE, milestone, at, holder=holder)}"


def press(visited: Visited, path: str, **fields: str) -> requests.Response:
    return requests.post(visited.url + path, data=fields, timeout=10, allow_redirects=False)
