"""The tables. Every change of them is a migration in `migrations/versions`."""

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Time,
    TypeDecorator,
    false,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class State(StrEnum):
    """The life of a notice, and of the message it goes out in.

    Only `waiting` ever changes, and `accepted` into `failed` when the message comes back.
    """

    WAITING = "waiting"
    ACCEPTED = "accepted"
    FAILED = "failed"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    SUPPRESSED = "suppressed"


class Instant(TypeDecorator[datetime]):
    """An aware datetime, stored as naive UTC so that SQLite and PostgreSQL compare alike."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        return value.replace(tzinfo=UTC) if value else None


install = Table(
    "install",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
)

revision = Table(
    "revision",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("imported_at", Instant, nullable=False),
    Column("source", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("content", JSON, nullable=False),
)

milestone = Table(
    "milestone",
    metadata,
    Column("id", String, primary_key=True),
    Column("content", JSON, nullable=False),
    Column("since", Date, nullable=False),
    Column("due_on", Date),
    Column("was", Date),
    Column("dropped_on", Date),
    Column("sequence", Integer, nullable=False),
    Column("changed_at", Instant, nullable=False),
)

mark = Table(
    "mark",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("milestone", ForeignKey("milestone.id"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("marked_on", Date, nullable=False),
    Column("marked_at", Instant, nullable=False),
    Column("marked_by", String, nullable=False),
    Column("recipient", String, nullable=False, server_default=""),
    Column("parties", JSON, nullable=False, server_default="[]"),
    Column("until", Date),
    Column("handed_to", String, nullable=False, server_default=""),
    Column("point", Text, nullable=False, server_default=""),
    Column("undoes", Integer),
    Column("held", Boolean, nullable=False, server_default=false()),
)

message = Table(
    "message",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("message_id", String, nullable=False, unique=True),
    Column("recipient", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("address", String, nullable=False),
    Column("sent_on", Date, nullable=False),
    Column("occasion", String, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("composed_at", Instant, nullable=False),
    Column("expires_on", Date),
    Column("state", String, nullable=False),
    Column("reason", String, nullable=False, default=""),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_at", Instant, nullable=False),
    Column("lease_until", Instant),
    Index("ix_message_state_next_at", "state", "next_at"),
    Index("ix_message_channel_address_sent_on", "channel", "address", "sent_on"),
)

notice = Table(
    "notice",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("dedupe_key", String, nullable=False, unique=True),
    Column("milestone", ForeignKey("milestone.id"), index=True),
    Column("occasion", String, nullable=False),
    Column("recipient", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("address", String, nullable=False),
    Column("falls_on", Date, nullable=False),
    Column("due_on", Date),
    Column("at", Instant, nullable=False),
    Column("expires_on", Date),
    Column("why", String, nullable=False),
    Column("state", String, nullable=False),
    Column("reason", String, nullable=False, default=""),
    Column("held", Boolean, nullable=False, default=False),
    Column("mark", Integer, nullable=False, server_default="0"),
    Column("tried_at", Instant),
    Column("message", ForeignKey("message.id"), index=True),
    Index("ix_notice_state_at", "state", "at"),
)

attempt = Table(
    "attempt",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("message", ForeignKey("message.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Column("receipt", String),
    Column("stage", String, nullable=False, server_default=""),
    Column("code", String, nullable=False, default=""),
    Column("text", Text, nullable=False, default=""),
)

trouble = Table(
    "trouble",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("medium", String, nullable=False),
    Column("address", String, nullable=False),
    Column("recipient", String, nullable=False),
    Column("milestone", ForeignKey("milestone.id")),
    Column("subject", Text, nullable=False),
    Column("reason", String, nullable=False),
    Column("stage", String, nullable=False),
    Column("code", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("is_dead", Boolean, nullable=False),
    Column("since", Instant, nullable=False),
    Column("ended_at", Instant),
    Index("ix_trouble_medium_address", "medium", "address"),
)

invite = Table(
    "invite",
    metadata,
    Column("milestone", ForeignKey("milestone.id"), primary_key=True),
    Column("address", String, primary_key=True),
    Column("sequence", Integer, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("schedule", String, nullable=False),
    Column("wording", String, nullable=False),
    Column("recipient", String, nullable=False, server_default=""),
    Column("due_on", Date),
    Column("cancelled", Boolean, nullable=False, server_default=false()),
)

collection = Table(
    "collection",
    metadata,
    Column("id", String, primary_key=True),
    Column("recipient", String, nullable=False),
    Column("edition", String, nullable=False),
    Column("state", String, nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("failing_since", Instant),
    Column("looked_at", Instant, nullable=False),
)

resource = Table(
    "resource",
    metadata,
    Column("collection", ForeignKey("collection.id"), primary_key=True),
    Column("name", String, primary_key=True),
    Column("etag", String, nullable=False),
    Column("digest", String, nullable=False),
)

response = Table(
    "response",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("milestone", ForeignKey("milestone.id"), nullable=False, index=True),
    Column("address", String, nullable=False),
    Column("recipient", String, nullable=False),
    Column("said", String, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("answered_at", Instant, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("proposed_on", Date),
    Column("proposed_time", Time),
    Column("comment", Text, nullable=False),
    Column("by_coordinator", Boolean, nullable=False),
)

incoming = Table(
    "incoming",
    metadata,
    Column("digest", String, primary_key=True),
    Column("read_at", Instant, nullable=False),
)

link = Table(
    "link",
    metadata,
    Column("token_hash", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("holder", JSON(none_as_null=True)),
    Column("message_id", String),
    Column("lapses_at", Instant),
)

feed_copy = Table(
    "feed_copy",
    metadata,
    Column("subject", String, primary_key=True),
    Column("language", String, primary_key=True),
    Column("edition", String, nullable=False),
    Column("ics", LargeBinary, nullable=False),
    Column("modified_at", Instant, nullable=False),
    Column("left_out", JSON, nullable=False),
)

addressee = Table(
    "addressee",
    metadata,
    Column("id", String, primary_key=True),
    Column("nonce", String, nullable=False),
    Column("recipient", String, nullable=False),
    Column("name", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("address", String, nullable=False),
)

record = Table(
    "record",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("milestone", String, nullable=False, index=True),
    Column("message_id", String, nullable=False, index=True),
    Column("addressee", String, nullable=False, index=True),
    Column("details", Text, nullable=False),
    Column("through", Integer),
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False),
    CheckConstraint("through IS NULL OR through < number", name="ck_record_through"),
)
