"""what calendars hold on our behalf, so that what is not wanted any more can be taken out"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("invite", sa.Column("recipient", sa.String(), nullable=False, server_default=""))
    op.add_column("invite", sa.Column("due_on", sa.Date(), nullable=True))
    op.add_column("invite", sa.Column("cancelled", sa.Boolean(), nullable=False, server_default=sa.false()))
