"""Codes that people read aloud and type."""

from __future__ import annotations

import secrets

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without characters that are easily confused."""

PERSONAL_CODE_LENGTH = 10
"""The length of a code that gives access to a participant's answers: 49 bits."""


def new_code(length: int) -> str:
    """Return a random code; each character has almost five bits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def clean_code(typed: str) -> str:
    """Return a typed code in its canonical form."""
    return "".join(character for character in typed.upper() if character in _ALPHABET)
