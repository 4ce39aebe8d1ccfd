"""notices about the whole plan, which belong to no milestone, and their troubles"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    for table in ("notice", "trouble"):
        with op.batch_alter_table(table) as batch:
            batch.alter_column("milestone", existing_type=sa.String(), nullable=True)
