"""Who a message is from and to, with addresses that every mail server understands."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote

import idna

from service.errors import RettidigError

# A dot-atom of RFC 5322 without "?", which no mailbox has and an encoded word needs. Quoted local parts exist
# on paper only and break calendars.
_LOCAL_PART = re.compile(r"[\w!#$%&'*+/=^`{|}~-]+(\.[\w!#$%&'*+/=^`{|}~-]+)*", re.ASCII)
_LONGEST_LOCAL_PART = 64  # RFC 5321 4.5.3.1.1


class UnusableAddressError(RettidigError):
    """`whose` names the recipient or setting; the address itself is personal data and is not repeated."""

    da = "Mailadressen for {whose} kan ikke bruges. Skriv den som navn@domæne.dk, uden æ, ø og å før @."
    en = "The e-mail address of {whose} cannot be used. Write it as name@domain.example, ASCII before the @."


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """One address and the name that belongs to it.

    The domain is kept as IDNA: a mail to `anna@ærø.dk` must not need SMTPUTF8, and the calendar entry has to
    name the same address as the mail. Only the local part has no ASCII form (RFC 6531), so it is refused.
    """

    address: str = field(repr=False)
    name: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "address", _ascii_address(self.address, self.name))

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]

    @property
    def uri(self) -> str:
        return "mailto:" + quote(self.address, safe="@+'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The mailbox that messages come from, and the coordinator's, where the answers should go."""

    mailbox: Mailbox
    reply_to: Mailbox | None = None


@lru_cache(4096)
def _ascii_address(address: str, whose: str) -> str:
    local, _, domain = address.strip().rpartition("@")
    if len(local) > _LONGEST_LOCAL_PART or not _LOCAL_PART.fullmatch(local):
        raise UnusableAddressError(whose=whose or "?")
    try:
        return f"{local}@{idna.encode(domain, uts46=True).decode('ascii')}"
    except idna.IDNAError:
        raise UnusableAddressError(whose=whose or "?") from None
