"""What a mail server's words mean for the message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.delivery.receipt import Answer
from service.delivery.replies import Reply, Stage, hushed, receipt_for

D, F = Answer.DELAYED, Answer.FAILED


@pytest.mark.parametrize(
    ("stage", "code", "text", "answer", "hard_bounce"),
    [
        (Stage.END, 250, "2.0.0 queued", Answer.ACCEPTED, False),
        # a dead address
        (Stage.RCPT, 550, "5.1.1 <x>: user unknown", F, True),
        (Stage.RCPT, 550, "5.1.10 RESOLVER.ADR.RecipientNotFound", F, True),
        (Stage.RCPT, 550, "5.1.2 host unknown", F, True),
        (Stage.RCPT, 550, "No such user here", F, True),
        (Stage.RCPT, 556, "no mail for this domain", F, True),
        (Stage.END, 550, "5.1.1 unknown after all", F, True),
        # an address that may come back
        (Stage.RCPT, 550, "5.2.1 mailbox disabled", F, False),
        (Stage.RCPT, 552, "5.2.2 mailbox full", D, False),
        (Stage.RCPT, 452, "4.2.2 mailbox full", D, False),
        (Stage.RCPT, 552, "mailbox full", D, False),
        (Stage.RCPT, 550, "5.4.1 Recipient address rejected: Access denied", F, False),
        # the operator's trouble
        (Stage.CONNECT, 554, "5.7.1 you are listed", D, False),
        (Stage.AUTH, 535, "5.7.8 wrong", D, False),
        (Stage.MAIL, 550, "5.1.8 bad outbound sender", D, False),
        (Stage.MAIL, 550, "5.7.60 not allowed to send as this sender", D, False),
        (Stage.MAIL, 553, "sender unknown", D, False),
        (Stage.RCPT, 550, "5.7.1 relaying denied", D, False),
        (Stage.RCPT, 550, "relay not permitted", D, False),
        (Stage.RCPT, 553, "sorry, that domain isn't in my list of allowed rcpthosts", D, False),
        (Stage.RCPT, 530, "authentication required", D, False),
        (Stage.RCPT, 550, "5.7.68 Direct Send not allowed", D, False),
        (Stage.RCPT, 550, "5.4.4 no route", D, False),
        (Stage.RCPT, 550, "5.1.90 daily limit reached", D, False),
        (Stage.END, 554, "5.7.1 looks like spam", D, False),
        (Stage.RCPT, 550, "Sender verify failed", D, False),
        (Stage.RCPT, 550, "Client host [192.0.2.1] is listed", D, False),
        # both a matter of time and not
        (Stage.RCPT, 550, "4.2.1 over quota", D, False),
        (Stage.RCPT, 550, "2.1.5 fine", D, False),
        # enhanced codes as they come
        (Stage.RCPT, 550, " 5.1.1 unknown", F, True),
        (Stage.RCPT, 550, "#5.1.0 Address rejected.", F, True),
        (Stage.RCPT, 550, "5.7.1: not from you", D, False),
        (Stage.RCPT, 550, "Not from you:\n5.7.1 policy", D, False),
        (Stage.END, 550, "[5.6.0] bad content", F, False),
        (Stage.RCPT, 550, "5.1 short", F, False),
        # a matter of time
        (Stage.RCPT, 450, "4.7.1 greylisted", D, False),
        (Stage.END, 432, "4.3.2 STOREDRV; recipient thread limit exceeded", D, False),
        (Stage.RCPT, 450, "5.1.1 says both", D, False),
        (Stage.RCPT, 550, "Connection frequency limited", D, False),
        # this message only
        (Stage.END, 552, "5.3.4 too big", F, False),
        (Stage.END, 554, "5.6.0 bad content", F, False),
        (Stage.END, 550, "no thanks", F, False),
        (Stage.DATA, 503, "5.5.1 out of order", F, False),
    ],
)
def test_a_reply_means(stage: Stage, code: int, text: str, answer: Answer, *, hard_bounce: bool) -> None:
    receipt = receipt_for(stage, Reply(code, text))
    assert (answer, hard_bounce) == (receipt.answer, receipt.hard_bounce)


@pytest.mark.parametrize(
    ("stage", "code", "text", "concerns_all"),
    [
        (Stage.MAIL, 451, "4.3.0 later", True),
        (Stage.RCPT, 421, "closing", True),
        (Stage.END, 432, "4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded", True),
        (Stage.END, 452, "4.3.1 insufficient system storage", True),
        (Stage.RCPT, 451, "4.7.500 server busy", True),
        (Stage.RCPT, 450, "4.7.1 greylisted", False),
        (Stage.RCPT, 452, "4.2.2 mailbox full", False),
        (Stage.RCPT, 550, "5.7.1 relaying denied", False),
        (Stage.RCPT, 550, "5.1.1 unknown", False),
    ],
)
def test_a_busy_relay_is_left_alone_for_the_round_and_a_busy_mailbox_holds_up_nobody(
    stage: Stage, code: int, text: str, *, concerns_all: bool
) -> None:
    assert concerns_all == receipt_for(stage, Reply(code, text)).is_about_the_relay


@given(st.sampled_from(Stage), st.integers(200, 599), st.text(max_size=40))
def test_only_2yz_is_success_4yz_is_never_the_end_and_only_an_address_can_bounce(
    stage: Stage, code: int, text: str
) -> None:
    receipt = receipt_for(stage, Reply(code, text))
    assert (receipt.answer is Answer.ACCEPTED) == (200 <= code < 300)
    if 400 <= code < 500:
        assert receipt.answer is Answer.DELAYED
    if receipt.hard_bounce:
        assert receipt.answer is Answer.FAILED
        assert stage in {Stage.RCPT, Stage.DATA, Stage.END}


def test_the_words_of_a_stranger_are_kept_without_addresses_links_and_keys() -> None:
    said = "5.1.1 <anna@example.org> see\r\n https://x.example/?sig=1 key " + "k" * 50 + " \x1b[31m hemmeligt"
    receipt = receipt_for(Stage.RCPT, Reply(550, said), ("Hemmeligt",))
    assert "… see … key … [31m …" == receipt.text


@given(st.text(max_size=300), st.text(min_size=1, max_size=5))
def test_text_is_short_and_printable_and_holds_no_secret(words: str, secret: str) -> None:
    text = hushed(words, (secret,))
    assert len(text) <= 200
    assert text.isprintable()
    assert "@" not in text
