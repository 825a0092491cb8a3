"""What a profile is: its posts, and how it stands in a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Annotated, Any, Literal, Protocol

import msgspec

from etiquette_kit.content.finding import Problem
from etiquette_kit.content.forms import ByLanguage, text
from etiquette_kit.content.material import Situation, content_hash
from etiquette_kit.content.platforms import PLATFORMS, Platform
from etiquette_kit.content.scenario import Identifier
from etiquette_kit.formats.sharing.separation import PROFESSIONAL, Grades, table_grades
from etiquette_kit.lint.facts_and_platform import platform_problems
from etiquette_kit.locale import LanguageError
from etiquette_kit.rules import Facts, decide

Kind = Literal["party", "award", "work", "child", "travel", "politics", "illness", "love", "family", "hobby", "home", "job"]
"""What a post is about; the kit's own advice on it is in the locale under ``sharing_advice``."""

POSTS = (5, 8)
"""The minimum and maximum number of posts of a profile."""


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a profile file; an unknown key is an error."""


class PostText(_Part, frozen=True):
    """A post in one language."""

    name: Annotated[str, text(40, "What it is, in one to five words; the check boxes are read out with it.", words=(1, 5))]
    post: Annotated[str, text(300, "What the learner has posted, in the first person.", words=(5, 30))]


class Post(_Part, frozen=True):
    """A post, and what it is about."""

    id: Identifier
    kind: Annotated[Kind, msgspec.Meta(description="What it is about; the kit's own advice follows from it.")]
    texts: ByLanguage[PostText] = msgspec.field(name="text")


class ProfileText(_Part, frozen=True):
    """Whose profile it is, in one language."""

    title: Annotated[str, text(80, "What the profile is about.", words=(2, 6))]
    stem: Annotated[
        str, text(500, "Who you are, which professional contacts there are among the friends, and what you want.", words=(20, 60))
    ]


class Profile(_Part, frozen=True, dict=True):
    """A profile on a private network, with professional contacts among the friends.

    Attributes
    ----------
    id : str
        Unique in a bank.
    platform : str
        A key of ``PLATFORMS``: a network on which there are lists.
    texts : dict of str to ProfileText
        Title and stem by language.
    posts : tuple of Post
        The posts, the latest first.
    theme : str
        The theme it belongs to: the file's name. Set by the reader, not written in the file.
    """

    id: Identifier
    platform: Annotated[str, msgspec.Meta(description="The network on which the profile is.")]
    texts: ByLanguage[ProfileText] = msgspec.field(name="text")
    posts: Annotated[tuple[Post, ...], msgspec.Meta(min_length=POSTS[0], max_length=POSTS[1])] = msgspec.field(name="post")
    theme: str = ""

    @cached_property
    def content(self) -> str:
        """A hash of all its text and its key; answers with different hashes cannot be compared."""
        return content_hash(self.record())

    @property
    def situations(self) -> tuple[Situation, ...]:
        """A situation for each professional list: a contact of this kind sees the profile."""
        return tuple(Situation(name, name, "audience", decide(_facts(name)).rule, self.theme, self.place.network) for name in PROFESSIONAL)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it is complete, including its posts."""
        return tuple(lang for lang in self.texts if all(lang in post.texts for post in self.posts))

    @property
    def place(self) -> Platform:
        """The platform object."""
        return PLATFORMS[self.platform]

    @property
    def post_ids(self) -> tuple[str, ...]:
        """The ids of the posts, in the order of the file."""
        return tuple(post.id for post in self.posts)

    def text(self, lang: str) -> ProfileText:
        """Return title and stem.

        Raises
        ------
        LanguageError
            When they are not written in that language.
        """
        try:
            return self.texts[lang]
        except KeyError:
            message = f"profile {self.id!r} is not written in {lang!r}; there are: {', '.join(self.texts)}"
            raise LanguageError(message) from None

    def title(self, lang: str) -> str:
        """Return its title; raises LanguageError when it is not written in that language."""
        return self.text(lang).title

    def key(self) -> dict[str, dict[str, int]]:
        """Return by professional list the grades between which its credit lies, derived from the decision table."""
        return table_grades()

    def record(self) -> bytes:
        """Return all its text and its key as JSON; the same for the same content, whatever file it is in."""
        written = {name: value for name, value in msgspec.to_builtins(self).items() if name != "theme"}
        return msgspec.json.encode({"profile": written, "key": self.key()}, order="deterministic")


class Keyed(Protocol):
    """A profile, from a bank or stored, as grading needs it."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def content(self) -> str:
        """The hash under which it is stored."""

    @property
    def situations(self) -> tuple[Situation, ...]:
        """A situation for each professional list."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it is complete."""

    @property
    def post_ids(self) -> tuple[str, ...]:
        """The ids of the posts."""

    def title(self, lang: str) -> str:
        """Return its title."""

    def record(self) -> bytes:
        """Return it with its key, as JSON."""

    def key(self) -> Mapping[str, Grades]:
        """Return by professional list the grades of ``ACTIONS``."""


def problems(raw: Mapping[str, Any], required: Sequence[str]) -> Iterator[Problem]:  # noqa: ARG001  the interface
    """Yield what is wrong with a profile beyond its form: a platform that does not exist, or has no lists.

    Parameters
    ----------
    raw : mapping
        The table, as parsed.
    required : sequence of str
        The languages in which it must be written.
    """
    for problem in platform_problems(raw.get("platform"), _facts("boss")):
        # A profile has no facts to point to.
        yield msgspec.structs.replace(problem, where=("platform",))


def _facts(relation: str) -> Facts:
    return Facts.from_mapping({"event": "audience", "relation": relation})
