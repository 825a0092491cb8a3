"""The known word that a mistyped one most likely was meant to be."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: object, candidates: Iterable[str], cutoff: float = 0.5) -> str | None:
    """Return the candidate most like `word`, or None when nothing comes close; 1 is the same word."""
    import difflib  # only a mistake needs it

    matches = difflib.get_close_matches(str(word).lower(), list(candidates), n=1, cutoff=cutoff)
    return matches[0] if matches else None
