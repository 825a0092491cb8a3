"""What exercises are made of: something with an id, a content hash, and the situations in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, runtime_checkable

import msgspec

from etiquette_kit.locale import languages


class Situation(msgspec.Struct, frozen=True):
    """Something that happens to the learner: a part of some material.

    Attributes
    ----------
    id : str
        Unique in its material; results and statistics name the situation by it.
    relation, event : str
        Who it is about, and what happens: values of the facts of these names (``rules.facts.RELATIONS`` and ``EVENTS``), no others.
    rule : str
        The rule of the decision table that answers it; empty where none does.
    theme : str
        The theme it belongs to; empty where it has none.
    network : str
        Where it happens: a value of the fact of this name; empty where that is not known.
    """

    id: str
    relation: str
    event: str
    rule: str = ""
    theme: str = ""
    network: str = ""


class Material(Protocol):
    """What an exercise is made of. Nothing above a format looks into it."""

    @property
    def id(self) -> str:
        """Unique among the material of its format in a bank."""

    @property
    def content(self) -> str:
        """``content_hash(self.record())``: another one means that answers do not compare. Stores check it."""

    @property
    def situations(self) -> tuple[Situation, ...]:
        """The situations in it, none or more; each can have a credit of its own."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it is written in full."""

    def title(self, lang: str) -> str:
        """Return what it is called."""

    def record(self) -> bytes:
        """Return all that it says, with its answer key, as JSON, the same bytes each time: what is kept beside the answers."""


def shared_languages(materials: Iterable[Material]) -> tuple[str, ...]:
    """Return the languages of the kit in which all of some material is written."""
    written = [material.languages for material in materials]
    return tuple(lang for lang in languages() if all(lang in some for some in written))


def written_languages(materials: Iterable[Material]) -> tuple[str, ...]:
    """Return the languages of the kit in which any of some material is written."""
    written = {lang for material in materials for lang in material.languages}
    return tuple(lang for lang in languages() if lang in written)


def spoken_language(material: Material, lang: str) -> str:
    """Return a language in which some material can be shown: the one that is asked for, or else the first that it is written in."""
    return lang if lang in material.languages else next(iter(material.languages), lang)


def content_hash(record: bytes) -> str:
    """Return the name under which some material is kept: the first 16 hexadecimal digits of the SHA-256 of its record."""
    import hashlib  # loads OpenSSL, which only who keeps answers needs

    return hashlib.sha256(record).hexdigest()[:16]


@runtime_checkable
class Paired(Protocol):
    """Material that can be one half of a pair."""

    @property
    def twin(self) -> str | None:
        """The id of the other half; None where it stands alone."""


def twin_of(material: Any) -> str | None:
    """Return the id of the other half of a pair; None where some material stands alone."""
    return material.twin if isinstance(material, Paired) else None
