"""How each calendar program is told to follow a feed."""

from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

GOOGLE = "https://calendar.google.com/calendar/u/0/r?"
MICROSOFT_365 = "https://outlook.office.com/calendar/0/addfromweb/?"
OUTLOOK_COM = "https://outlook.live.com/calendar/0/addfromweb/?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One button: `program` is a key of the wording, `url` opens the program with the feed filled in."""

    program: str
    url: str = field(repr=False)


def subscriptions(feed_url: str, name: str) -> tuple[Subscription, ...]:
    """The buttons of a feed's page, the most used first.

    Outlook on the web and the new Outlook strip `webcal://` and need the plain address; Google takes only
    `webcal://`; classic Outlook, Apple and Thunderbird open it themselves.
    """
    webcal = urlsplit(feed_url)._replace(scheme="webcal").geturl()
    addressed = urlencode({"url": feed_url, "name": name})
    return (
        Subscription(program="outlook", url=MICROSOFT_365 + addressed),
        Subscription(program="outlook.com", url=OUTLOOK_COM + addressed),
        Subscription(program="outlook.classic", url=webcal),
        Subscription(program="google", url=GOOGLE + urlencode({"cid": webcal})),
        Subscription(program="apple", url=webcal),
    )


def is_reachable_by_clouds(feed_url: str) -> bool:
    """Google's and Microsoft's servers fetch feeds themselves, and Microsoft's only over https."""
    return urlsplit(feed_url).scheme == "https"
