"""An inbox as it was stored: its texts and its key, independent of the present bank and decision table."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from etiquette_kit.content.material import Situation
from etiquette_kit.formats.inbox.morning import ItemKey
from etiquette_kit.formats.stored_material import StoredFacts, stored_situation, text_in


class _Title(msgspec.Struct, frozen=True):
    title: str


class _Person(msgspec.Struct, frozen=True):
    name: str


class _Item(msgspec.Struct, frozen=True):
    """The part of a stored item that is read; its facts, actions and platforms may no longer exist."""

    id: str
    person: _Person
    facts: StoredFacts
    text: dict[str, dict[str, str]]


class _Inbox(msgspec.Struct, frozen=True):
    id: str
    budget: int
    text: dict[str, _Title]
    item: tuple[_Item, ...]


class _Record(msgspec.Struct, frozen=True):
    inbox: _Inbox
    key: dict[str, ItemKey]


class StoredInbox(msgspec.Struct, frozen=True):
    """An inbox that was stored with the answers to it; implements `Material`.

    Attributes
    ----------
    content : str
        The hash under which it is stored.
    body : bytes
        The whole inbox with its key, as JSON.
    """

    content: str
    body: bytes
    _read: _Record

    @property
    def id(self) -> str:
        """The inbox's id."""
        return self._read.inbox.id

    @property
    def budget(self) -> int:
        """The minutes that there were."""
        return self._read.inbox.budget

    @property
    def situations(self) -> tuple[Situation, ...]:
        """Its items, with the stored facts; the theme is not stored."""
        return tuple(stored_situation(item.id, item.facts) for item in self._read.inbox.item)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it was complete."""
        return tuple(lang for lang in self._read.inbox.text if all(lang in item.text for item in self._read.inbox.item))

    def title(self, lang: str) -> str:
        """Return its title, in the first language where it lacks this one."""
        return text_in(self._read.inbox.text, lang).title

    def record(self) -> bytes:
        """Return the whole inbox with its key, as JSON."""
        return self.body

    def key(self) -> Mapping[str, ItemKey]:
        """Return the grades and minutes of each item's actions at that time, in the order of the items."""
        return {item.id: self._read.key[item.id] for item in self._read.inbox.item}


def read(content: str, record: bytes) -> StoredInbox:
    """Read a stored inbox.

    Raises
    ------
    msgspec.MsgspecError
        When it is not valid.
    """
    found = msgspec.json.decode(record, type=_Record)
    names = [item.id for item in found.inbox.item]
    if not found.inbox.text or sorted(found.key) != sorted(names) or not all(_is_sound(entry) for entry in found.key.values()):
        raise msgspec.ValidationError("a stored inbox has texts, and a key with grades from 1 to 4 and minutes for each of its own items")
    return StoredInbox(content, record, found)


def _is_sound(entry: ItemKey) -> bool:
    return (
        entry.event in ("friend_request", "message")
        and entry.left_alone in entry.grades
        and entry.grades.keys() == entry.minutes.keys()
        and ("reply_promptly" not in entry.grades or "reply_later" in entry.grades)
        and all(grade is None or 1 <= grade <= 4 for grade in entry.grades.values())  # noqa: PLR2004  the grades
        and all(minutes >= 0 for minutes in entry.minutes.values())
    )
