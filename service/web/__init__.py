"""Feeds, pages and health over HTTP; everything can be read and nothing changed."""
