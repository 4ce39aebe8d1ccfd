"""links that lapse by themselves"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("link", sa.Column("lapses_at", sa.DateTime(), nullable=True))
