"""What is allowed but worth a warning at start."""

from collections.abc import Iterator

from service.plan.finding import Finding
from service.settings.model import Settings
from service.settings.values import is_loopback


def clock_shift(settings: Settings) -> Iterator[Finding]:
    """That the clock is moved, if it is."""
    if settings.as_of:
        yield Finding(code="clock-shifted", values={"as_of": settings.as_of.isoformat(timespec="minutes")})


def cautions(settings: Settings) -> Iterator[Finding]:
    """What else an administrator must not overlook, in the order of the settings."""
    if settings.smtp.host and settings.smtp.security == "none" and not is_loopback(settings.smtp.host):
        yield Finding(code="mail-in-the-clear")
