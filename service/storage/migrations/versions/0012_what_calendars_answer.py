"""what calendars answer to invitations, and which mails were read"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "response",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("milestone", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=True),
        sa.Column("proposed_time", sa.Time(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("by_coordinator", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["milestone"], ["milestone.id"], name=op.f("fk_response_milestone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
    )
    op.create_index(op.f("ix_response_milestone"), "response", ["milestone"])
    op.create_table(
        "incoming",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_incoming")),
    )
