"""What is allowed but worth a warning at start."""

from collections.abc import Iterator

from service.plan.finding import Finding
from service.settings.model import Settings, Smtp
from service.settings.values import is_loopback

# Microsoft: "Exchange Online limits", SMTP client submission.
EXCHANGE_ONLINE = ".office365.com"
MOST_CONNECTIONS, MOST_PER_MINUTE = 3, 30


def clock_shift(settings: Settings) -> Iterator[Finding]:
    """That the clock is moved, if it is."""
    if settings.as_of:
        yield Finding(code="clock-shifted", values={"as_of": settings.as_of.isoformat(timespec="minutes")})


def cautions(settings: Settings) -> Iterator[Finding]:
    """What else an administrator must not overlook, in the order of the settings."""
    if settings.smtp.host and settings.smtp.security == "none" and not is_loopback(settings.smtp.host):
        yield Finding(code="mail-in-the-clear")
    if (settings.smtp.host or "").endswith(EXCHANGE_ONLINE) and _is_too_fast(settings.smtp):
        limits = {"connections": str(MOST_CONNECTIONS), "per_minute": str(MOST_PER_MINUTE)}
        yield Finding(code="relay-slows-us-down", values=limits)

    yield from _inbox_cautions(settings)


def _inbox_cautions(settings: Settings) -> Iterator[Finding]:
    """Answers and returned mail go to RETTIDIG_MAIL__FROM, so that is the mailbox to read."""
    inbox, sender = settings.inbox, settings.mail.sender
    if not inbox.host:
        return
    if inbox.security == "none" and not is_loopback(inbox.host):
        yield Finding(code="inbox-in-the-clear")
    if "@" in inbox.username and sender and inbox.username.lower() != sender.address.lower():
        yield Finding(code="inbox-of-another")


def _is_too_fast(smtp: Smtp) -> bool:
    return smtp.connections > MOST_CONNECTIONS or not 0 < smtp.per_minute <= MOST_PER_MINUTE
