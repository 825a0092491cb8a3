"""How a situation begins, to recognise it by in a list."""

from __future__ import annotations

import re
from typing import Any, Protocol, runtime_checkable

_SHORT = 45
"""A first sentence with fewer characters says too little of a situation; the second one is then part of its opening."""

_END = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][“”»]))\s+(?=[^\Wa-zäöüß\d_]|[„“«»])")


def opening(stem: str) -> str:
    """Return the first sentence of a stem, or the first two where the first is short."""
    sentences = _END.split(" ".join(stem.split()), maxsplit=2)
    return sentences[0] if len(sentences[0]) >= _SHORT else " ".join(sentences[:2])


@runtime_checkable
class Opens(Protocol):
    """Material that tells of a situation."""

    def opening(self, lang: str) -> str:
        """Return how it begins."""


def opening_of(material: Any, lang: str) -> str:
    """Return how material begins; empty where it tells of no situation."""
    return material.opening(lang) if isinstance(material, Opens) else ""
