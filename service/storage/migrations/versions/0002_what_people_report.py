"""what people report, and the links by which they do"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    # Marks made before speak for everybody: only the command line could make them.
    op.add_column("mark", sa.Column("recipient", sa.String(), nullable=False, server_default=""))
    op.add_column("mark", sa.Column("parties", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("mark", sa.Column("until", sa.Date(), nullable=True))
    op.add_column("mark", sa.Column("handed_to", sa.String(), nullable=False, server_default=""))
    op.add_column("mark", sa.Column("point", sa.Text(), nullable=False, server_default=""))
    op.add_column("mark", sa.Column("undoes", sa.Integer(), nullable=True))
    op.add_column("mark", sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("link", sa.Column("holder", sa.JSON(), nullable=True))
    op.add_column("link", sa.Column("message_id", sa.String(), nullable=True))
