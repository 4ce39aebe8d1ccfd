"""Notices -> bytes: e-mail, Adaptive Card, iTIP object, feed. Pure: no socket, no clock."""
