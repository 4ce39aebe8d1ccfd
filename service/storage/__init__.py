"""The one truth that survives a restart: revisions, notices, messages, attempts. SQLite or PostgreSQL."""
