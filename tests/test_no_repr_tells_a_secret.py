"""Whatever ends up in an exception or in a log: a value shows no address, link, key or password."""

import pkgutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module

import service
from service.delivery.oauth import AccessTokens, MicrosoftApp
from service.delivery.relay import Relay
from service.settings.model import Settings

SECRET = {
    *("address", "addresses", "emails", "done_url", "done_urls", "plan_url", "feed_url", "password"),
    *("client_secret", "token", "body", "html"),
}
"""Addresses of people, and the pages, links and texts of messages, which hold links that let somebody in."""


def values() -> Iterator[type]:
    for module in pkgutil.walk_packages(service.__path__, "service."):
        if "migrations" not in module.name and not module.name.startswith(
            ("service.__main__", "service.demo")
        ):
            for found in vars(import_module(module.name)).values():
                if isinstance(found, type) and is_dataclass(found) and found.__module__ == module.name:
                    yield found


def test_no_value_shows_an_address_or_a_link() -> None:
    shown = {
        f"{value.__name__}.{field.name}"
        for value in values()
        for field in fields(value)
        if field.name in SECRET and field.repr and "Secret" not in str(field.type)
    }
    assert shown == set()


def test_nor_do_the_settings_and_what_is_made_of_them() -> None:
    app = MicrosoftApp(tenant="t", client_id="c", client_secret="canary-1")
    relay = Relay(host="mail.example", port=587, security="starttls", username="u", password="canary-2")
    written = {
        "database_url": "postgresql://u:canary-3@db.example/d",
        "recipients": {"sb": {"email": "canary@b.example", "teams_webhook": "https://hooks.example/canary"}},
    }
    tried = Settings.model_validate(written)
    for value in (
        app,
        relay,
        AccessTokens(app),
        tried,
        tried.recipients,
        tried.webhooks(),
        tried.configured_recipients(),
    ):
        assert "canary" not in f"{value!r} {value!s}"
