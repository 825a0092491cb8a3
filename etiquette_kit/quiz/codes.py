"""Codes that people read out and type."""

from __future__ import annotations

import secrets

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No characters that are taken for one another."""


PERSONAL = 10
"""Characters of a code that stands for someone's answers: 49 bits."""


def new_code(length: int) -> str:
    """Return a random code; each character is worth almost five bits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def clean_code(typed: str) -> str:
    """Return a code as it was given out, however it was typed."""
    return "".join(character for character in typed.upper() if character in _ALPHABET)
