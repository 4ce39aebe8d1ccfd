"""The stand-in for a Teams workflow: 202 and nothing more for a card, a refusal for anything else."""

import json

import pytest
import requests

from service.demo.receiver import LARGEST, WebhookReceiver
from service.messages.card import Shape, compose_card
from tests.demo.conftest import MORNING, a_reminder
from tests.web.housing_plan import housing_plan


@pytest.mark.parametrize("shape", list(Shape))
def test_a_card_of_either_shape_is_accepted_with_an_empty_answer(
    receiver: WebhookReceiver, shape: Shape
) -> None:
    card = compose_card(a_reminder(housing_plan().milestones[2]), shape)
    answer = requests.post(receiver.url_for("sb"), data=card, timeout=10)
    assert (answer.status_code, answer.content) == (202, b"")
    (kept,) = receiver.cards()
    assert kept.recipient == "sb"
    assert kept.card["type"] == "AdaptiveCard"
    assert kept.received_at == MORNING


@pytest.mark.parametrize("recipient", ["sb", "slagelse-kommune", "med mellemrum/og æ?", "%2F"])
def test_each_recipient_has_its_own_address(receiver: WebhookReceiver, recipient: str) -> None:
    requests.post(receiver.url_for(recipient), data=b'{"type": "AdaptiveCard"}', timeout=10)
    assert [card.recipient for card in receiver.cards()] == [recipient]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b"null",
        b"{}",
        b'{"type": "message"}',
        b'{"type": "message", "attachments": []}',
        b'{"type": "message", "attachments": [1, {"contentType": "text/html", "content": {}}]}',
        b'{"text": "what connectors took until 2026"}',
    ],
)
def test_what_is_no_card_is_refused_since_a_workflow_would_swallow_it(
    receiver: WebhookReceiver, body: bytes
) -> None:
    assert requests.post(receiver.url_for("sb"), data=body, timeout=10).status_code == 400
    assert receiver.cards() == ()


def test_a_card_that_is_too_large_for_teams_is_refused(receiver: WebhookReceiver) -> None:
    body = json.dumps({"type": "AdaptiveCard", "fallbackText": "x" * LARGEST})
    assert requests.post(receiver.url_for("sb"), data=body, timeout=10).status_code == 413


def test_one_connection_takes_many_cards(receiver: WebhookReceiver) -> None:
    with requests.Session() as session:
        for _ in range(20):
            answer = session.post(receiver.url_for("sb"), data=b'{"type": "AdaptiveCard"}', timeout=10)
            assert answer.status_code == 202
        assert [card.number for card in receiver.cards()] == list(range(1, 21))
