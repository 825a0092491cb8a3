"""Answers in SQLite and PostgreSQL."""
