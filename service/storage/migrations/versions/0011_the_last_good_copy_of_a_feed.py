"""the last good copy of each feed"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "feed_copy",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("ics", sa.LargeBinary(), nullable=False),
        sa.Column("modified_at", sa.DateTime(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "language", name=op.f("pk_feed_copy")),
    )
