"""What failed and what to do about it, in plain words, for `test-send` and `doctor`."""

import re

from service.delivery.advice import ACCEPTED, MAIL_ADVICE, OTHERWISE, Advice
from service.delivery.card_advice import CARD_ADVICE
from service.delivery.collection_advice import COLLECTION_ADVICE
from service.delivery.inbox_advice import INBOX_ADVICE
from service.delivery.line import BROKEN, trouble
from service.delivery.receipt import Answer, Receipt
from service.delivery.relay import Relay
from service.errors import Language, RettidigError
from service.reminders.notice import folded
from service.reminders.recipients import COORDINATOR
from service.reminders.trouble import Medium, Trouble


def explain(what: Receipt | Exception, relay: Relay | None, language: Language, recipient: str = "") -> str:
    """One or two sentences: what failed and what to do. Without a relay it is about a Teams webhook.

    `recipient` is the key by which the settings know who was written to.

    No address, URL or secret is in it: those of a receipt are taken out already, and of an exception only
    its kind is told.
    """
    if isinstance(what, RettidigError):
        return what.sentence(language)
    receipt = what if isinstance(what, Receipt) else _receipt_for(what, relay)
    advice = _advice(receipt, CARD_ADVICE if relay is None else MAIL_ADVICE)
    sentence = advice.da if language == "da" else advice.en
    host, port = (relay.host, relay.port) if relay else ("Teams", 443)
    return sentence.format(
        host=host, port=port, code=receipt.code, text=receipt.text, settings=_settings_of(recipient)
    ).strip()


def explain_trouble(trouble: Trouble, relay: Relay | None, language: Language) -> str:
    """The same of an address that took nothing."""
    receipt = Receipt(answer=Answer.FAILED, stage=trouble.stage, code=trouble.code, text=trouble.text)
    if trouble.medium is Medium.CALENDAR:
        return explain_collection(receipt, language, trouble.recipient)
    if trouble.medium is Medium.INBOX:
        host, _, port = trouble.address.rpartition(":")
        return explain_unread(receipt, host, port, language)
    reached_by = relay if trouble.medium is Medium.MAIL else None
    return explain(receipt, reached_by, language, trouble.recipient)


def explain_collection(receipt: Receipt, language: Language, recipient: str) -> str:
    """The same of a calendar collection that could not be looked at or written in."""
    advice = _advice(receipt, COLLECTION_ADVICE)
    sentence = advice.da if language == "da" else advice.en
    return sentence.format(code=receipt.code, text=receipt.text, settings=_settings_of(recipient)).strip()


def explain_unread(receipt: Receipt, host: str, port: int | str, language: Language) -> str:
    """The same of the mailbox that answers arrive in."""
    advice = _advice(receipt, INBOX_ADVICE)
    sentence = advice.da if language == "da" else advice.en
    return sentence.format(host=host, port=port, code=receipt.code, text=receipt.text).strip()


def _settings_of(recipient: str) -> str:
    """How the names of a recipient's settings begin."""
    if recipient == COORDINATOR:
        return "RETTIDIG_COORDINATOR__"
    return f"RETTIDIG_RECIPIENTS__{folded(recipient).upper() or '…'}__"


def _receipt_for(broken: Exception, relay: Relay | None) -> Receipt:
    code = trouble(broken) if isinstance(broken, BROKEN) else type(broken).__name__
    return Receipt(answer=Answer.DELAYED, code=code, stage="CONNECT" if relay else "POST")


def _advice(receipt: Receipt, table: tuple[Advice, ...]) -> Advice:
    if receipt.answer is Answer.ACCEPTED:
        return ACCEPTED
    line = f"{receipt.stage} {receipt.code} {receipt.text}".strip()
    return next((advice for advice in table if re.search(advice.pattern, line)), OTHERWISE)
