"""A scenario as it was when it was answered: its words and the key it had, whatever the bank and the table say today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from etiquette_kit.content.material import Situation


class _Text(msgspec.Struct, frozen=True):
    title: str


class _Label(msgspec.Struct, frozen=True):
    label: str


class _Option(msgspec.Struct, frozen=True):
    id: str
    text: dict[str, _Label]


class _Scenario(msgspec.Struct, frozen=True):
    """What is read of a kept scenario; facts, actions and platforms may be such as are no longer known."""

    id: str
    facts: dict[str, str | bool | None]
    text: dict[str, _Text]
    option: tuple[_Option, ...]


class _Record(msgspec.Struct, frozen=True):
    scenario: _Scenario
    key: dict[str, int]


class StoredScenario(msgspec.Struct, frozen=True):
    """A scenario that was kept beside the answers to it; fulfils `Material`.

    Attributes
    ----------
    content : str
        The hash under which it is kept.
    body : bytes
        All of it, with its key, as JSON.
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
        """The one situation, as its facts were; its theme is no part of what is kept."""
        facts = self._read.scenario.facts
        return (Situation(self.id, str(facts.get("relation") or ""), str(facts.get("event") or "")),)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it was written in full."""
        scenario = self._read.scenario
        return tuple(lang for lang in scenario.text if all(lang in option.text for option in scenario.option))

    def title(self, lang: str) -> str:
        """Return its title; where it was not written in that language, in the first one."""
        return _in(self._read.scenario.text, lang).title

    def labels(self, lang: str) -> dict[str, str]:
        """Return the words of each option, as far as there are, in the language or the first one."""
        return {option.id: _in(option.text, lang).label for option in self._read.scenario.option}

    def record(self) -> bytes:
        """Return all of it, with its key, as JSON."""
        return self.body

    def key(self) -> Mapping[str, int]:
        """Return each option's grade, as it was."""
        return self._read.key


def read(content: str, record: bytes) -> StoredScenario:
    """Read a scenario that was kept.

    Raises
    ------
    msgspec.MsgspecError
        When it is none.
    """
    found = msgspec.json.decode(record, type=_Record)
    texts: list[Mapping[str, Any]] = [found.scenario.text, *(option.text for option in found.scenario.option)]
    ids = {option.id for option in found.scenario.option}
    if not all(texts) or not set(found.key) <= ids or not all(1 <= grade <= 4 for grade in found.key.values()):  # noqa: PLR2004  the grades
        raise msgspec.ValidationError("a kept scenario has texts, and a key with a grade from 1 to 4 for its own options")
    return StoredScenario(content, record, found)


_T = TypeVar("_T")


def _in(texts: Mapping[str, _T], lang: str) -> _T:
    return texts[lang] if lang in texts else next(iter(texts.values()))
