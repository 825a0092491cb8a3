"""Material for exercises: an id, a content hash and its situations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, runtime_checkable

import msgspec

from etiquette_kit.locale import languages


class Situation(msgspec.Struct, frozen=True):
    """Something that happens to the learner: a part of material.

    Attributes
    ----------
    id : str
        Unique in its material; results and statistics refer to the situation by it.
    relation, event : str
        Who it is about, and what happens: values of these facts (``rules.facts.RELATIONS`` and ``EVENTS``), no others.
    rule : str
        The rule of the decision table that answers it; empty where none does.
    theme : str
        The theme it belongs to; empty where it has none.
    network : str
        Where it happens: a value of this fact; empty where it is not known.
    """

    id: str
    relation: str
    event: str
    rule: str = ""
    theme: str = ""
    network: str = ""


class Material(Protocol):
    """What an exercise is built from. Only its format knows its structure."""

    @property
    def id(self) -> str:
        """Unique among the material of its format in a bank."""

    @property
    def content(self) -> str:
        """``content_hash(self.record())``; answers with different hashes cannot be compared. Stores check it."""

    @property
    def situations(self) -> tuple[Situation, ...]:
        """Its situations, none or more; each can have a credit of its own."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it is complete."""

    def title(self, lang: str) -> str:
        """Return its title."""

    def record(self) -> bytes:
        """Return all its text and its answer key as JSON, always the same bytes; it is stored together with the answers."""


def shared_languages(materials: Iterable[Material]) -> tuple[str, ...]:
    """Return the languages of the kit in which all of the material is complete."""
    written = [material.languages for material in materials]
    return tuple(lang for lang in languages() if all(lang in complete for complete in written))


def written_languages(materials: Iterable[Material]) -> tuple[str, ...]:
    """Return the languages of the kit in which any of some material is written."""
    written = {lang for material in materials for lang in material.languages}
    return tuple(lang for lang in languages() if lang in written)


def spoken_language(material: Material, lang: str) -> str:
    """Return a language in which some material can be shown: the one that is asked for, or else the first that it is written in."""
    return lang if lang in material.languages else next(iter(material.languages), lang)


def content_hash(record: bytes) -> str:
    """Return the key under which material is stored: the first 16 hexadecimal digits of the SHA-256 of its record."""
    import hashlib  # loads OpenSSL, which is needed only where answers are stored

    return hashlib.sha256(record).hexdigest()[:16]


def short_hash(texts: Iterable[str]) -> str:
    """Return a hash by which texts are told apart at a glance: the first eight hexadecimal digits of their SHA-256."""
    import hashlib  # as above: needed only for the text form

    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:8]


@runtime_checkable
class Paired(Protocol):
    """Material that can be one half of a pair."""

    @property
    def twin(self) -> str | None:
        """The id of the other half; None where there is none."""


def twin_of(material: Any) -> str | None:
    """Return the id of the other half of a pair; None where there is none."""
    return material.twin if isinstance(material, Paired) else None


@runtime_checkable
class Themed(Protocol):
    """Material that belongs to a theme itself, whether it has situations or not."""

    @property
    def theme(self) -> str:
        """The theme it belongs to; empty where it has none."""


def themes_of(material: Any) -> tuple[str, ...]:
    """Return the themes of material: its own, and those of its situations."""
    own = (material.theme,) if isinstance(material, Themed) else ()
    given = own if any(own) else (situation.theme for situation in material.situations)
    return tuple(dict.fromkeys(theme for theme in given if theme))
