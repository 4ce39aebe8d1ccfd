"""How long an exchange with another machine may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds for each part of handing over one message.

    RFC 5321 4.5.3.2 gives each SMTP command five minutes; here they are the limit for everything before the
    content together (`opening`), so that a server which answers a byte a second cannot hold a sender for an
    hour. The ten minutes after the final dot (`end`) are the RFC's: giving up earlier makes duplicates.
    `card` is for the whole exchange with a webhook.
    """

    connect: float = 30.0
    opening: float = 300.0
    content: float = 180.0
    end: float = 600.0
    card: float = 30.0

    @property
    def longest_send(self) -> float:
        """What the lease on a message has to outlast."""
        return max(self.opening + self.content + self.end, self.card)


BY_THE_RFC = Patience()
WHILE_SOMEBODY_WAITS = Patience(connect=10.0, opening=30.0, content=60.0, end=60.0)
