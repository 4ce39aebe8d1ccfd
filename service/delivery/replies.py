"""What a mail server's reply means for the message, as a table. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from service.delivery.receipt import Answer, Receipt


class Stage(StrEnum):
    """How far a dialogue came; `END` is the dot that ends the content."""

    CONNECT = "CONNECT"
    TLS = "TLS"
    EHLO = "EHLO"
    AUTH = "AUTH"
    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"
    END = "END"


class Garbled(Exception):
    """What came is no SMTP reply, or the reply to some other question."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply (RFC 5321 4.2): its code and its lines as one text."""

    code: int
    text: str

    @property
    def is_positive(self) -> bool:
        """2yz: done. 3yz is asked for by its number where it is due."""
        return 200 <= self.code < 300  # noqa: PLR2004 - RFC 5321 4.2.1

    @property
    def is_refusal(self) -> bool:
        return self.code >= 400  # noqa: PLR2004 - the same


class Refused(Exception):
    """The server answered a command with something else than go on."""

    def __init__(self, stage: Stage, reply: Reply) -> None:
        super().__init__()
        self.stage, self.reply = stage, reply


GO_AHEAD, SERVICE_CLOSING = 354, 421


def refusal(stage: Stage, reply: Reply) -> Refused | None:
    """None when the answer is the one that the stage asks for."""
    if reply.is_refusal:
        return Refused(stage, reply)
    if reply.code == GO_AHEAD if stage is Stage.DATA else reply.is_positive:
        return None
    raise Garbled


def go_on(stage: Stage, reply: Reply) -> None:
    if refused := refusal(stage, reply):
        raise refused


class Meaning(NamedTuple):
    """The first row whose pattern matches "STAGE code enhanced text" counts."""

    pattern: str
    answer: Answer
    hard_bounce: bool = False


# A refusal before RCPT concerns the relay, our login or our sender, and so every message alike: somebody has
# to mend it, and until then nothing may be given up. After that the enhanced code (RFC 3463) says whose
# trouble it is; where it is missing, the words that Exim, qmail and others use for "you may not relay".
MEANINGS = (
    Meaning(r"\S+ 4", Answer.DELAYED),
    Meaning(r"(CONNECT|TLS|EHLO|AUTH|MAIL) ", Answer.DELAYED),
    # What contradicts itself proves nothing; RFC 2034 4 wants both codes of one class.
    Meaning(r"\S+ 5\d\d [24]\.", Answer.DELAYED),
    # Sender's side (5.1.7, 5.1.8) and Exchange Online's limits (5.1.90): the operator's trouble.
    Meaning(r"\S+ 5\d\d 5\.1\.(7|8|90)\b", Answer.DELAYED),
    # The address is wrong or gone; 5.1.10 is a domain that takes no mail at all (RFC 7505).
    Meaning(r"\S+ 5\d\d 5\.1\.", Answer.FAILED, hard_bounce=True),
    # RFC 3463 3.3: a full mailbox "should be used as a persistent transient failure"; cuttlefish #49.
    Meaning(r"\S+ 5\d\d 5\.2\.2\b", Answer.DELAYED),
    # RFC 3463 3.4: a mail system that is full, closed for now or wrongly set up.
    Meaning(r"\S+ 5\d\d 5\.3\.[125]\b", Answer.DELAYED),
    # Exchange Online says 5.4.1 of an unknown recipient (directory based edge blocking) as well as of a
    # broken route: not worth 48 hours, and not proof enough to suppress the address.
    Meaning(r"\S+ 5\d\d 5\.4\.1\b", Answer.FAILED),
    # Routing and DNS, often our own: healthchecks took 5.4.4 for a dead mailbox once (eba96994).
    Meaning(r"\S+ 5\d\d 5\.4\.", Answer.DELAYED),
    # Policy: relaying, sender not allowed (5.7.60, 5.7.68), authentication; mended in a setting.
    Meaning(r"\S+ 5\d\d 5\.7\.", Answer.DELAYED),
    Meaning(r"\S+ 5\d\d 5\.", Answer.FAILED),
    Meaning(r"\S+ 53[0458] ", Answer.DELAYED),  # RFC 4954 6: authentication
    # Without an enhanced code. postal #1010: "550 - Connection frequency limited" is no dead mailbox.
    Meaning(
        r"(?i)\S+ 55\d .*(relay|rcpthosts|authenticat|policy|block|black|spam|reputation|frequen|limit"
        r"|too many|sender|client|access denied|listed|spf|dkim|dmarc)",
        Answer.DELAYED,
    ),
    Meaning(r"\S+ 552 ", Answer.DELAYED),  # RFC 5321 4.5.3.1.10 and 4.2.3: storage, to be read as 452
    Meaning(r"RCPT (550|556) ", Answer.FAILED, hard_bounce=True),  # no such mailbox; RFC 7504: no such domain
    Meaning(r"\S+ 5", Answer.FAILED),
)

# At the beginning of a line (RFC 2034 4), for some servers' taste with a sign round it: "#5.1.0", "5.7.1:".
ENHANCED_CODE = re.compile(r"(?m)^\s*[#(\[]?([245]\.\d{1,3}\.\d{1,3})[)\]]?[:;,.]?(?!\S)\s*")
LONGEST_TEXT = 200
LONGEST_WORD = 40
HIDDEN = "…"


def receipt_for(stage: Stage, reply: Reply, secrets: tuple[str, ...] = ()) -> Receipt:
    """The receipt for a reply that ends an attempt: its class, its codes, and its words without secrets."""
    enhanced = ENHANCED_CODE.search(reply.text)
    words = " ".join(ENHANCED_CODE.sub("", reply.text).split())
    code = f"{reply.code} {enhanced[1]}" if enhanced else str(reply.code)
    answer, hard_bounce = _meaning(f"{stage} {code} {words}", is_done=reply.is_positive)
    return Receipt(
        answer=answer,
        code=code,
        text=hushed(words, secrets),
        stage=stage if answer is not Answer.ACCEPTED else "",
        hard_bounce=hard_bounce,
    )


def _meaning(line: str, *, is_done: bool) -> tuple[Answer, bool]:
    if is_done:
        return Answer.ACCEPTED, False
    for meaning in MEANINGS:
        if re.match(meaning.pattern, line):
            return meaning.answer, meaning.hard_bounce
    return Answer.DELAYED, False


def hushed(words: str, secrets: tuple[str, ...] = ()) -> str:
    """Text of a stranger, short and printable, without addresses, URLs, the given secrets and long keys."""
    for secret in sorted(secrets, key=len, reverse=True):
        words = re.sub(re.escape(secret), HIDDEN, words, flags=re.IGNORECASE)
    printable = "".join(sign if sign.isprintable() else " " for sign in words).split()
    return " ".join(HIDDEN if _tells_too_much(word) else word for word in printable)[:LONGEST_TEXT]


def _tells_too_much(word: str) -> bool:
    return "@" in word or "://" in word or len(word) > LONGEST_WORD
