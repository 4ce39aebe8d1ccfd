"""Alembic's entry: runs the migrations on the connection that `Database.upgrade` hands over."""

from alembic import context

from service.storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
