"""when a notice was tried for the first time, in whichever message it stood"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("notice", sa.Column("tried_at", sa.DateTime()))
