"""who cannot be reached, and how far each attempt came"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("attempt", sa.Column("stage", sa.String(), nullable=False, server_default=""))
    op.add_column("notice", sa.Column("mark", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "trouble",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("medium", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("milestone", sa.String(), sa.ForeignKey("milestone.id"), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_dead", sa.Boolean(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
    )
    op.create_index("ix_trouble_medium_address", "trouble", ["medium", "address"])
