"""Answers that are kept: a store that loses nothing, whose answers they are, and what becomes of them."""
