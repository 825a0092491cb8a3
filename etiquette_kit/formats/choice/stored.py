"""A scenario as it was when it was answered: its texts and its key, independent of the present bank and decision table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from etiquette_kit.content.material import Situation
from etiquette_kit.content.opening import opening
from etiquette_kit.formats.stored_material import StoredFacts, stored_situation, text_in


class _Text(msgspec.Struct, frozen=True):
    title: str
    stem: str = ""


class _Label(msgspec.Struct, frozen=True):
    label: str


class _Option(msgspec.Struct, frozen=True):
    id: str
    text: dict[str, _Label]


class _Scenario(msgspec.Struct, frozen=True):
    """The part of a stored scenario that is read; its facts, actions and platforms may no longer exist."""

    id: str
    facts: StoredFacts
    text: dict[str, _Text]
    option: tuple[_Option, ...]


class _Record(msgspec.Struct, frozen=True):
    scenario: _Scenario
    key: dict[str, int]


class StoredScenario(msgspec.Struct, frozen=True):
    """A scenario that was stored with the answers to it; implements `Material`.

    Attributes
    ----------
    content : str
        The hash under which it is stored.
    body : bytes
        The whole scenario with its key, as JSON.
    """

    content: str
    body: bytes
    _read: _Record

    @property
    def id(self) -> str:
        """The scenario's id."""
        return self._read.scenario.id

    @property
    def situations(self) -> tuple[Situation, ...]:
        """Its only situation, with the stored facts; the theme is not stored."""
        return (stored_situation(self.id, self._read.scenario.facts),)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it was complete."""
        scenario = self._read.scenario
        return tuple(lang for lang in scenario.text if all(lang in option.text for option in scenario.option))

    def title(self, lang: str) -> str:
        """Return its title, in the first language where it lacks this one."""
        return text_in(self._read.scenario.text, lang).title

    def opening(self, lang: str) -> str:
        """Return how it begins, in the first language where it lacks this one."""
        return opening(text_in(self._read.scenario.text, lang).stem)

    def labels(self, lang: str) -> dict[str, str]:
        """Return the label of each option, in the first language where it lacks this one."""
        return {option.id: text_in(option.text, lang).label for option in self._read.scenario.option}

    def record(self) -> bytes:
        """Return the whole scenario with its key, as JSON."""
        return self.body

    def key(self) -> Mapping[str, int]:
        """Return each option's grade at that time."""
        return self._read.key


def read(content: str, record: bytes) -> StoredScenario:
    """Read a stored scenario.

    Raises
    ------
    msgspec.MsgspecError
        When it is not valid.
    """
    found = msgspec.json.decode(record, type=_Record)
    texts: list[Mapping[str, Any]] = [found.scenario.text, *(option.text for option in found.scenario.option)]
    ids = {option.id for option in found.scenario.option}
    if not all(texts) or not set(found.key) <= ids or not all(1 <= grade <= 4 for grade in found.key.values()):  # noqa: PLR2004  the grades
        raise msgspec.ValidationError("a stored scenario has texts, and a key with a grade from 1 to 4 for its own options")
    return StoredScenario(content, record, found)
