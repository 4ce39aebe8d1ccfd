"""Every setting there is, with its kind and its default."""

from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from service.reminders.notice import Channel, Recipient
from service.reminders.preferences import Preferences
from service.reminders.recipients import COORDINATOR, ConfiguredRecipient
from service.reminders.workdays import WORKED_ON, WeekDay
from service.settings import errors, values
from service.settings.errors import Refusal
from service.settings.names import check_names, setting_names
from service.settings.sources import Name, layers, nested, variable

_SMTP_PORTS = {"starttls": 587, "tls": 465, "none": 25}
"""Submission (RFC 6409), submissions (RFC 8314) and relaying inside a network (RFC 5321)."""


_IMAP_PORTS = {"tls": 993, "starttls": 143, "none": 143}
"""RFC 8314 and RFC 3501."""


draft: ContextVar[Path | None] = ContextVar("draft", default=None)
"""A file of settings that are tried: pydantic asks for the layers and passes nothing on."""


class _Silent(BaseModel):
    """Settings are secrets and people's addresses: their repr and str show nothing at all."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    def __repr_args__(self) -> Iterable[tuple[str | None, object]]:
        return ()


class Mail(_Silent):
    sender: values.Sender | None = Field(default=None, alias="from")


class Oauth(_Silent):
    """The app registration that may send or read in Microsoft 365, which ends passwords for mail."""

    tenant: values.Text = ""
    client_id: values.Text = ""
    client_secret: values.Secret | None = None


class Smtp(_Silent):
    host: values.Host | None = None
    security: Annotated[Literal["starttls", "tls", "none"], BeforeValidator(values.choice(*_SMTP_PORTS))] = (
        "starttls"
    )
    port: values.Port = Field(default_factory=lambda checked: _SMTP_PORTS[checked["security"]])
    username: values.Text = ""
    password: values.Secret | None = None
    oauth: Oauth = Oauth()
    ca_bundle: values.File | None = None
    connections: Annotated[int, BeforeValidator(values.number(1, 20))] = 1
    per_minute: Annotated[int, BeforeValidator(values.number(0, 100_000))] = 30


class Inbox(_Silent):
    host: values.Host | None = None
    security: Annotated[Literal["tls", "starttls", "none"], BeforeValidator(values.choice(*_IMAP_PORTS))] = (
        "tls"
    )
    port: values.Port = Field(default_factory=lambda checked: _IMAP_PORTS[checked["security"]])
    username: values.Text = ""
    password: values.Secret | None = None
    oauth: Oauth = Oauth()
    ca_bundle: values.File | None = None
    folder: values.Text = "INBOX"
    move_to: values.Text = ""
    minutes: Annotated[int, BeforeValidator(values.number(1, 1440))] = 5


class Collection(_Silent):
    """A calendar on a CalDAV server, and as whom to write there."""

    url: values.CollectionUrl | None = None
    username: values.Text = ""
    password: values.Secret | None = None


class CalDav(_Silent):
    networks: values.Networks = ()


# One way into a calendar: who has two of them sees each entry twice.
_BY_INVITATION = tuple(Channel)
_BY_COLLECTION = (Channel.EMAIL, Channel.TEAMS, values.COLLECTION)


def _usual_channels(checked: Mapping[str, Any]) -> tuple[str, ...]:
    collection = checked.get("collection")  # not there when it is wrong, which is told by itself
    return _BY_COLLECTION if collection and collection.url else _BY_INVITATION


class Contact(_Silent):
    """How somebody is reached, and wants to be; what is not set is as for everybody."""

    email: values.MailAddresses = ()
    name: values.Text = ""
    teams_webhook: values.Webhook | None = None
    collection: Collection = Collection()
    channels: values.Channels = Field(default_factory=_usual_channels)
    language: values.Language | None = None
    ahead: values.Days | None = None
    digest: values.Digest | None = None
    pause: values.Pauses = ()

    @property
    def teams_channel(self) -> str | None:
        """The address of the channel behind the webhook, with nothing secret in it."""
        return values.channel_behind(self.teams_webhook) if self.teams_webhook else None

    @property
    def is_reachable(self) -> bool:
        """Whether one of the channels leads somewhere; no channels at all are a wish to hear nothing."""
        by_teams = Channel.TEAMS in self.channels and self.teams_webhook is not None
        by_mail = bool({Channel.EMAIL, Channel.INVITE}.intersection(self.channels)) and bool(self.email)
        return by_teams or by_mail or values.COLLECTION in self.channels or not self.channels


class RecipientContact(Contact):
    parties: values.Texts = ()


class RuleChange(_Silent):
    """What is different for a kind of window, a phase, a party or a milestone; the rest stays as it is."""

    ahead: values.Days | None = None
    half_way_from: values.DayCount | None = None
    overdue_every: values.DayCount | None = None
    escalate_after: values.DayCount | None = None


class Reminders(_Silent):
    ahead: values.Days = (30, 14, 7, 1)
    ahead_long: values.Days = (60, 30, 14)
    half_way_from: values.DayCount = 90
    overdue_every: values.DayCount = 5
    overdue_on: Annotated[Literal["any"] | WeekDay, BeforeValidator(values.choice(*WORKED_ON, "any"))] = (
        "monday"
    )
    escalate_after: values.DayCount = 14
    country: values.Country = "DK"
    closed: values.ClosedDays = ("12-24", "12-31")
    send_at: values.SendingTime = time(8)
    quiet_from: values.ClockTime = time(20)
    approve_above: Annotated[int, BeforeValidator(values.number(0, 1_000_000))] = 200
    digest: values.Digest = "none"
    overview: values.Digest = "monthly"
    done_by: Annotated[Literal["any", "each"], BeforeValidator(values.choice("any", "each"))] = "any"


class Invites(_Silent):
    when_done: Annotated[Literal["update", "cancel"], BeforeValidator(values.choice("update", "cancel"))] = (
        "update"
    )
    windows: values.Windows = "due"


class Kept(_Silent):
    """For how many days; None is for ever."""

    notices: values.Keeping = 730
    milestones: values.Keeping = 730
    revisions: values.Keeping = 1095
    links: values.Keeping = 90
    record: values.Keeping = 1095
    copies: values.Keeping = 35


class Web(_Silent):
    host: values.Host = "127.0.0.1"
    port: values.Port = 8080
    proxies: values.Networks = ()
    user_header: values.HeaderName = ""
    per_minute: Annotated[int, BeforeValidator(values.number(0, 100_000))] = 600


class Log(_Silent):
    level: Annotated[
        Literal["debug", "info", "warning", "error"],
        BeforeValidator(values.choice("debug", "info", "warning", "error")),
    ] = "info"
    format: Annotated[Literal["text", "json"], BeforeValidator(values.choice("text", "json"))] = "text"


Belongs = tuple[tuple[str, ...], object, tuple[str, ...], object]
"""The name and the value of what must be set when something else is, and that thing's name and value."""


def _login_of(where: str, server: Smtp | Inbox) -> Iterator[Belongs]:
    password, oauth = server.password, server.oauth
    known = password or oauth.client_secret
    secret = (where, "oauth", "client_secret")
    yield (where, "password"), known, (where, "username"), server.username
    yield (where, "username"), server.username, (where, "password") if password else secret, known
    yield (where, "oauth", "tenant"), oauth.tenant, secret, oauth.client_secret
    yield (where, "oauth", "client_id"), oauth.client_id, secret, oauth.client_secret
    yield secret, oauth.client_secret, (where, "oauth", "tenant"), oauth.tenant


class Settings(_Silent, BaseSettings):
    """All settings; made by `load_settings`, which turns what pydantic finds wrong into one sentence."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        validate_default=False,  # the checks read text
    )

    plan: values.File = Path("config/procesplan.docx")
    database_url: values.DatabaseUrl = SecretStr("sqlite:///data/rettidig.db")
    base_url: values.BaseUrl | None = None
    timezone: values.Timezone = "Europe/Copenhagen"
    language: values.Language = "da"
    as_of: values.Instant | None = None
    tick_seconds: Annotated[int, BeforeValidator(values.number(1, 30))] = 30
    mail: Mail = Mail()
    smtp: Smtp = Smtp()
    inbox: Inbox = Inbox()
    coordinator: Contact = Contact()
    recipients: dict[str, RecipientContact] = Field(default_factory=dict)
    groups: dict[str, values.Texts] = Field(default_factory=dict)
    rules: dict[str, RuleChange] = Field(default_factory=dict)
    reminders: Reminders = Reminders()
    invites: Invites = Invites()
    caldav: CalDav = CalDav()
    retention: Kept = Kept()
    web: Web = Web()
    log: Log = Log()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - see sources.py for why it is not used
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the same
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the same
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        known = frozenset(setting_names(settings_cls))
        below = layers(draft.get())
        for layer in below:
            check_names(layer, known)
        return init_settings, *(InitSettingsSource(settings_cls, nested(layer.values)) for layer in below)

    @model_validator(mode="after")
    def _go_together(self) -> "Settings":
        smtp, inbox = self.smtp, self.inbox
        belongs: list[Belongs] = [
            (("web", "proxies"), self.web.proxies, ("web", "user_header"), self.web.user_header),
            (("mail", "from"), self.mail.sender, ("smtp", "host"), smtp.host),
            (("inbox", "username"), inbox.username, ("inbox", "host"), inbox.host),
            (("inbox", "host"), inbox.host, ("inbox", "username"), inbox.username),
            *_login_of("smtp", smtp),
            *_login_of("inbox", inbox),
        ]
        for name, value, beside, is_set in belongs:
            if is_set and not value:
                raise Refusal(errors.MissingSettingError, at=name, beside=variable(beside))
        if self.reminders.quiet_from <= self.reminders.send_at:
            raise Refusal(errors.QuietBeforeSendingError, at=("reminders", "quiet_from"))
        return self

    @model_validator(mode="after")
    def _reach_everybody(self) -> "Settings":
        if COORDINATOR in self.recipients:
            raise Refusal(errors.ReservedKeyError, at=("recipients", COORDINATOR))
        for key, contact in self.recipients.items():
            if not contact.is_reachable:
                raise Refusal(errors.UnreachableRecipientError, at=("recipients", key))
            self._fits_its_calendar(contact, "recipients", key)
        self._fits_its_calendar(self.coordinator, COORDINATOR)
        return self

    def _fits_its_calendar(self, contact: Contact, *name: str) -> None:
        """A feed has an address, a collection too, and a login is whole."""
        collection, at = contact.collection, (*name, "collection")
        channels, username, password = (*name, "channels"), (*at, "username"), (*at, "password")
        needed: dict[Name, tuple[object, Name, bool]] = {
            ("base_url",): (self.base_url, channels, values.FEED in contact.channels),
            (*at, "url"): (collection.url, channels, values.COLLECTION in contact.channels),
            username: (collection.username, password, collection.password is not None),
            password: (collection.password, username, bool(collection.username)),
        }
        for setting, (value, beside, is_needed) in needed.items():
            if is_needed and not value:
                raise Refusal(errors.MissingSettingError, at=setting, beside=variable(beside))

    def configured_recipients(self) -> tuple[ConfiguredRecipient, ...]:
        """Everybody who is to hear something, by key; the coordinator, if it can be reached, comes last."""
        contacts = sorted(self.recipients.items())
        named = [self._configured(key, contact, contact.parties) for key, contact in contacts]
        if self.coordinator.email or self.coordinator.teams_webhook or self.coordinator.collection.url:
            named.append(self._configured(COORDINATOR, self.coordinator, ()))
        return tuple(named)

    def webhooks(self) -> Mapping[str, SecretStr]:
        """The webhook behind each Teams channel, by the channel's address."""
        contacts = (*self.recipients.values(), self.coordinator)
        webhooks = (contact.teams_webhook for contact in contacts if contact.teams_webhook)
        return {values.channel_behind(webhook): webhook for webhook in webhooks}

    def collections(self) -> Mapping[str, Collection]:
        """The calendar of each recipient that has one, by its key; also of one that does not want it now."""
        contacts: dict[str, Contact] = {**self.recipients, COORDINATOR: self.coordinator}
        return {key: contact.collection for key, contact in contacts.items() if contact.collection.url}

    def _configured(self, key: str, contact: Contact, hears_for: tuple[str, ...]) -> ConfiguredRecipient:
        recipient = Recipient(
            key=key,
            name=contact.name,
            parties=frozenset(),
            emails=contact.email,
            teams=contact.teams_channel,
            channels=frozenset(each for each in Channel if each in contact.channels),
            language=contact.language or self.language,
            is_coordinator=key == COORDINATOR,
            preferences=Preferences(
                ahead=contact.ahead,
                digest=contact.digest,
                pauses=contact.pause,
                feed=values.FEED in contact.channels,
                collection=values.COLLECTION in contact.channels,
            ),
        )
        return ConfiguredRecipient(recipient=recipient, hears_for=hears_for)
