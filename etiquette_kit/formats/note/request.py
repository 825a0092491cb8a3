"""A request that is to be declined, and two model notes: as it stands in a file, and as it was stored."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

import msgspec

from etiquette_kit.content.forms import ByLanguage, text
from etiquette_kit.content.material import Situation, content_hash
from etiquette_kit.content.platforms import PLATFORMS, Platform
from etiquette_kit.content.scenario import STEM_WORDS, Identifier, Person
from etiquette_kit.formats.stored_material import StoredFacts, stored_situation, text_in
from etiquette_kit.rules import Facts, decide

MODELS = 2
"""How many model notes there are in each language."""


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a table; an unknown key is an error."""


class RequestText(_Part, frozen=True):
    """A request in one language."""

    title: Annotated[str, text(80, "Two to six words on what it is about.", words=(2, 6))]
    role: Annotated[str, text(80, "Who the person is to the learner.")]
    stem: Annotated[
        str,
        text(1200, "50 to 80 words: who it is to you, where, what they write, and literally that you decline.", words=STEM_WORDS),
    ]
    models: Annotated[
        tuple[Annotated[str, text(600, "A note that declines the request.", words=(15, 60))], ...],
        msgspec.Meta(min_length=MODELS, max_length=MODELS, description="Two model notes, different from each other."),
    ] = msgspec.field(name="model")


class NoteRequest(_Part, frozen=True, dict=True):
    """A request to decline in one's own words.

    Attributes
    ----------
    id : str
        Unique among the requests of a bank.
    platform : str
        A key of ``PLATFORMS``.
    person : Person
        Who sends the request.
    facts : Facts
        The situation as input of the decision table; the learner does not want the contact.
    address : {"formal", "first_name"}
        How the two address each other.
    texts : dict of str to RequestText
        By language.
    theme : str
        The theme it belongs to: the file's name. Set by the reader, not written in the file.
    """

    id: Identifier
    platform: Annotated[str, msgspec.Meta(description="The network in which it happens.")]
    person: Person
    facts: Facts
    address: Annotated[Literal["formal", "first_name"], msgspec.Meta(description="By surname (Sie), or by first name (du).")]
    texts: ByLanguage[RequestText] = msgspec.field(name="text")
    theme: str = ""

    def text(self, lang: str) -> RequestText:
        """Return its texts in a language, or in its first where it lacks this one."""
        return self.texts[lang] if lang in self.texts else next(iter(self.texts.values()))

    def title(self, lang: str) -> str:
        """Return its title."""
        return self.text(lang).title

    @property
    def place(self) -> Platform:
        """The platform object."""
        return PLATFORMS[self.platform]

    @property
    def situations(self) -> tuple[Situation, ...]:
        """The request as its only situation."""
        rule = decide(self.facts).rule
        return (Situation(self.id, self.facts.relation, self.facts.event, rule, self.theme, self.place.network),)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it is complete."""
        return tuple(self.texts)

    @cached_property
    def content(self) -> str:
        """A hash of all its text."""
        return content_hash(self.record())

    def record(self) -> bytes:
        """Return all its text as JSON; the same for the same content, whatever file it is in."""
        parts = {name: value for name, value in msgspec.to_builtins(self).items() if name != "theme"}
        parts["facts"] = {name: value for name, value in parts["facts"].items() if value is not None}
        return msgspec.json.encode(parts, order="sorted")


class _Text(msgspec.Struct, frozen=True):
    title: str


class _Record(msgspec.Struct, frozen=True):
    id: str
    facts: StoredFacts
    text: dict[str, _Text]


class StoredRequest(msgspec.Struct, frozen=True):
    """A request that was stored with the answers to it; implements `Material`.

    Attributes
    ----------
    content : str
        The hash under which it is stored.
    body : bytes
        The whole request, as JSON.
    """

    content: str
    body: bytes
    _read: _Record

    @property
    def id(self) -> str:
        """The request's id."""
        return self._read.id

    @property
    def relation(self) -> str:
        """Who it came from."""
        return self.situations[0].relation

    @property
    def situations(self) -> tuple[Situation, ...]:
        """Its only situation, with the stored facts; the theme is not stored."""
        return (stored_situation(self.id, self._read.facts),)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it was written."""
        return tuple(self._read.text)

    def title(self, lang: str) -> str:
        """Return its title, in the first language where it lacks this one."""
        return text_in(self._read.text, lang).title

    def record(self) -> bytes:
        """Return the whole request, as JSON."""
        return self.body


def read(content: str, record: bytes) -> StoredRequest:
    """Read a stored request.

    Raises
    ------
    msgspec.MsgspecError
        When it is not valid.
    """
    found = msgspec.json.decode(record, type=_Record)
    if not found.text:
        raise msgspec.ValidationError("a stored request has texts")
    return StoredRequest(content, record, found)
