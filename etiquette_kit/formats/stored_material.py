"""What formats have in common in reading material that was stored with answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from etiquette_kit.content.material import Situation

_T = TypeVar("_T")

StoredFacts = dict[str, str | bool | None]
"""The facts of a stored situation; their values may no longer exist."""


def text_in(texts: Mapping[str, _T], lang: str) -> _T:
    """Return the text in a language, or in the first one where it is not written in this one."""
    return texts[lang] if lang in texts else next(iter(texts.values()))


def stored_situation(name: str, facts: StoredFacts) -> Situation:
    """Return a situation with the facts that were stored; the theme is not stored."""
    return Situation(name, str(facts.get("relation") or ""), str(facts.get("event") or ""))
