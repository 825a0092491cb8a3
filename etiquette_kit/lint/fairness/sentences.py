"""The sentences of a stem."""

from __future__ import annotations

import re
from functools import lru_cache

from etiquette_kit.content.scenario import Paragraph, paragraphs

_BETWEEN = re.compile(r"(?<=[.!?…:])[“”\"»’]*\s+")


@lru_cache(maxsize=8)
def parts(stem: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a stem; several checks ask for those of the same one, one after the other."""
    return paragraphs(stem)


@lru_cache(maxsize=8)
def sentences_of(stem: str) -> tuple[str, ...]:
    """Return the sentences of a stem, those of the message among them."""
    return tuple(sentence for part in parts(stem) for sentence in _BETWEEN.split(part.text) if sentence)


@lru_cache(maxsize=8)
def told_sentences(stem: str) -> tuple[str, ...]:
    """Return the sentences of a stem without those of the message."""
    return tuple(sentence for part in parts(stem) if not part.quote for sentence in _BETWEEN.split(part.text) if sentence)
