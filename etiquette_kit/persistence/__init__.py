"""Keeping a running quiz: what a store of answers must be able to do, and what writes to it. No database here."""
