"""the record of who was told what, which the database itself keeps from being changed"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

# An INSERT that names an old number comes before the change that OR REPLACE would make of it.
SQLITE = """
CREATE TRIGGER record_is_never_changed BEFORE UPDATE ON record
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;

CREATE TRIGGER record_only_grows BEFORE INSERT ON record
WHEN EXISTS (SELECT 1 FROM record WHERE number >= NEW.number)
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;

CREATE TRIGGER record_lets_go_of_what_an_entry_says BEFORE DELETE ON record
WHEN NOT EXISTS (SELECT 1 FROM record WHERE kind = 'pruned' AND through >= OLD.number)
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;

CREATE TRIGGER addressee_is_never_changed BEFORE UPDATE ON addressee
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;

CREATE TRIGGER addressee_is_added_once BEFORE INSERT ON addressee
WHEN EXISTS (SELECT 1 FROM addressee WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;

CREATE TRIGGER addressee_goes_when_an_entry_says_so BEFORE DELETE ON addressee
WHEN EXISTS (SELECT 1 FROM record WHERE addressee = OLD.id)
AND NOT EXISTS (SELECT 1 FROM record WHERE addressee = OLD.id AND kind = 'erased')
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
"""

POSTGRESQL = """
CREATE FUNCTION record_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the record is append-only'; END $$;

CREATE FUNCTION record_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM record WHERE number >= NEW.number)
    THEN RAISE EXCEPTION 'the record is append-only'; END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION record_lets_go_of_what_an_entry_says() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM record WHERE kind = 'pruned' AND through >= OLD.number)
    THEN RAISE EXCEPTION 'the record is append-only'; END IF;
    RETURN OLD;
END $$;

CREATE FUNCTION addressee_goes_when_an_entry_says_so() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM record WHERE addressee = OLD.id)
    AND NOT EXISTS (SELECT 1 FROM record WHERE addressee = OLD.id AND kind = 'erased')
    THEN RAISE EXCEPTION 'the record is append-only'; END IF;
    RETURN OLD;
END $$;

CREATE TRIGGER record_is_never_changed BEFORE UPDATE ON record
FOR EACH ROW EXECUTE FUNCTION record_is_append_only();

CREATE TRIGGER record_is_never_emptied BEFORE TRUNCATE ON record
FOR EACH STATEMENT EXECUTE FUNCTION record_is_append_only();

CREATE TRIGGER record_only_grows BEFORE INSERT ON record
FOR EACH ROW EXECUTE FUNCTION record_only_grows();

CREATE TRIGGER record_lets_go_of_what_an_entry_says BEFORE DELETE ON record
FOR EACH ROW EXECUTE FUNCTION record_lets_go_of_what_an_entry_says();

CREATE TRIGGER addressee_is_never_changed BEFORE UPDATE ON addressee
FOR EACH ROW EXECUTE FUNCTION record_is_append_only();

CREATE TRIGGER addressee_is_never_emptied BEFORE TRUNCATE ON addressee
FOR EACH STATEMENT EXECUTE FUNCTION record_is_append_only();

CREATE TRIGGER addressee_goes_when_an_entry_says_so BEFORE DELETE ON addressee
FOR EACH ROW EXECUTE FUNCTION addressee_goes_when_an_entry_says_so();
"""


def upgrade() -> None:
    op.create_table(
        "addressee",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addressee")),
    )
    op.create_table(
        "record",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("milestone", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("addressee", sa.String(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("through", sa.Integer(), nullable=True),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        # The entry that lets others go can itself only go with a later one.
        sa.CheckConstraint("through IS NULL OR through < number", name=op.f("ck_record_through")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_record")),
    )
    for column in ("at", "milestone", "message_id", "addressee"):
        op.create_index(op.f(f"ix_record_{column}"), "record", [column])
    statements = POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE
    for statement in statements.strip().split("\n\n"):
        op.execute(statement)
