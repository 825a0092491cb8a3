"""A profile as it was when it was answered: its title, its posts and its key, independent of the present bank and decision table."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from etiquette_kit.content.material import Situation
from etiquette_kit.content.opening import opening
from etiquette_kit.formats.sharing.separation import ACTIONS, PROFESSIONAL, Grades
from etiquette_kit.formats.stored_material import text_in


class _Text(msgspec.Struct, frozen=True):
    title: str
    stem: str


class _Post(msgspec.Struct, frozen=True):
    id: str
    text: dict[str, dict[str, str]]


class _Profile(msgspec.Struct, frozen=True):
    """The part of a stored profile that is read; its platform and the kinds of its posts may no longer exist."""

    id: str
    text: dict[str, _Text]
    post: tuple[_Post, ...]


class _Record(msgspec.Struct, frozen=True):
    profile: _Profile
    key: dict[str, dict[str, int]]


class StoredProfile(msgspec.Struct, frozen=True):
    """A profile that was stored with the answers to it; implements `Material`.

    Attributes
    ----------
    content : str
        The hash under which it is stored.
    body : bytes
        The whole profile with its key, as JSON.
    """

    content: str
    body: bytes
    _read: _Record

    @property
    def id(self) -> str:
        """The profile's id."""
        return self._read.profile.id

    @property
    def situations(self) -> tuple[Situation, ...]:
        """A situation for each professional list; rules and the theme are not stored."""
        return tuple(Situation(name, name, "audience") for name in PROFESSIONAL)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it was complete."""
        profile = self._read.profile
        return tuple(lang for lang in profile.text if all(lang in post.text for post in profile.post))

    @property
    def post_ids(self) -> tuple[str, ...]:
        """The ids of its posts."""
        return tuple(post.id for post in self._read.profile.post)

    def title(self, lang: str) -> str:
        """Return its title, in the first language where it lacks this one."""
        return text_in(self._read.profile.text, lang).title

    def opening(self, lang: str) -> str:
        """Return how it begins, in the first language where it lacks this one."""
        return opening(text_in(self._read.profile.text, lang).stem)

    def record(self) -> bytes:
        """Return the whole profile with its key, as JSON."""
        return self.body

    def key(self) -> Mapping[str, Grades]:
        """Return the grades at that time, by professional list."""
        return self._read.key


def read(content: str, record: bytes) -> StoredProfile:
    """Read a stored profile.

    Raises
    ------
    msgspec.MsgspecError
        When it is not valid.
    """
    found = msgspec.json.decode(record, type=_Record)
    posts = [post.id for post in found.profile.post]
    fits = (
        bool(found.profile.text)
        and len(set(posts)) == len(posts) >= 2  # noqa: PLR2004  below that nothing is little
        and set(found.key) == set(PROFESSIONAL)
        and all(set(grades) == set(ACTIONS) and all(1 <= grade <= 4 for grade in grades.values()) for grades in found.key.values())  # noqa: PLR2004  the grades
    )
    if not fits:
        raise msgspec.ValidationError("a stored profile has a title, two posts at least, and a key with grades from 1 to 4 for each list")
    return StoredProfile(content, record, found)
