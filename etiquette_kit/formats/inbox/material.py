"""An inbox: the requests and messages of a morning, and the minutes that there are for them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Protocol

import msgspec

from etiquette_kit.content.forms import ByLanguage, text
from etiquette_kit.content.material import Material, Situation, content_hash
from etiquette_kit.content.platforms import PLATFORMS, Platform
from etiquette_kit.content.scenario import Identifier, Person
from etiquette_kit.formats.inbox.morning import ItemKey
from etiquette_kit.locale import LanguageError
from etiquette_kit.rules import Advice, Facts, decide

REQUEST, MESSAGE = "friend_request", "message"
"""The events that an inbox can have."""

REQUEST_MINUTES: Mapping[str, int] = {
    "accept_open": 1,
    "accept_limited": 2,
    "decline_with_note": 2,
    "decline_and_redirect": 3,
    "decline_silently": 1,
    "ignore": 0,
}
"""The minutes that each action on a request takes. Doing nothing takes none, writing takes more than a tap."""

MESSAGE_MINUTES: Mapping[str, int] = {"reply_later": 1, "no_reply": 0}
"""The minutes of an answer that is put off (a reminder is noted), and of none; how long one takes now depends on the message."""

ANSWER_NOW = "reply_promptly"

ITEM_COUNT = (6, 10)
"""The least and the greatest number of requests and messages in an inbox."""


class Keyed(Material, Protocol):
    """An inbox with its key; enough for grading."""

    @property
    def budget(self) -> int:
        """The minutes of the morning."""

    def key(self) -> Mapping[str, ItemKey]:
        """Return the grades and minutes of each item's actions, by the item's id, in the order of the file."""


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of an inbox; an unknown key is an error."""


class ItemText(_Part, frozen=True):
    """A request or a message in one language."""

    role: Annotated[str, text(80, "Who it is to the learner; begins with client, colleague or boss.", words=(1, 9))]
    message: Annotated[str, text(400, "What is written, as people write on a phone; a request can be without.", words=(2, 40))] = ""
    wish: Annotated[str, text(240, "Of a request: literally what the learner wants.", words=(4, 30))] = ""


class Item(_Part, frozen=True):
    """A request or a message."""

    id: Identifier
    platform: Annotated[str, msgspec.Meta(description="The network in which it arrives.")]
    time: Annotated[str, text(5, "When it arrived, for example 07:12.")]
    person: Person
    facts: Facts
    texts: ByLanguage[ItemText] = msgspec.field(name="text")
    minutes: Annotated[int, msgspec.Meta(ge=1, le=15, description="How long an answer to a message takes now.")] = 3

    @property
    def advice(self) -> Advice:
        """The article's advice."""
        return decide(self.facts)

    @property
    def place(self) -> Platform:
        """The platform object."""
        return PLATFORMS[self.platform]

    def key(self) -> ItemKey:
        """Return the grade, None where the article says nothing, and the minutes of each action that is possible."""
        advice = self.advice
        minutes = REQUEST_MINUTES if self.facts.event == REQUEST else {ANSWER_NOW: self.minutes, **MESSAGE_MINUTES}
        return ItemKey(
            self.facts.event,
            {action: advice.grades.get(action) for action in advice.basis},
            {action: minutes[action] for action in advice.basis},
        )


class InboxText(_Part, frozen=True):
    """An inbox in one language."""

    title: Annotated[str, text(80, "Where one works: two to six words.", words=(2, 6))]
    intro: Annotated[str, text(300, "Who one is, and what kind of morning it is.", words=(8, 40))]


class Inbox(_Part, frozen=True, dict=True):
    """The requests and messages of a morning.

    Attributes
    ----------
    id : str
        Unique among the inboxes of a bank.
    budget : int
        The minutes that there are.
    texts : dict of str to InboxText
        Title and introduction by language.
    items : tuple of Item
        The requests and messages, in the order shown.
    theme : str
        The theme it belongs to: the file's name. Set by the reader, not written in the file.
    """

    id: Identifier
    budget: Annotated[int, msgspec.Meta(ge=1, le=60, description="The minutes that there are.")]
    texts: ByLanguage[InboxText] = msgspec.field(name="text")
    items: Annotated[tuple[Item, ...], msgspec.Meta(min_length=ITEM_COUNT[0], max_length=ITEM_COUNT[1])] = msgspec.field(name="item")
    theme: str = ""

    @cached_property
    def content(self) -> str:
        """A hash of all its text and its key; answers with different hashes cannot be compared."""
        return content_hash(self.record())

    @property
    def situations(self) -> tuple[Situation, ...]:
        """Each request and each message."""
        return tuple(
            Situation(item.id, item.facts.relation, item.facts.event, item.advice.rule, self.theme, item.place.network)
            for item in self.items
        )

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it is complete, including its items."""
        return tuple(lang for lang in self.texts if all(lang in item.texts for item in self.items))

    def text(self, lang: str) -> InboxText:
        """Return title and introduction; raises LanguageError when they are not written in that language."""
        if lang not in self.texts:
            message = f"inbox {self.id!r} is not written in {lang!r}; there are: {', '.join(self.texts)}"
            raise LanguageError(message)
        return self.texts[lang]

    def title(self, lang: str) -> str:
        """Return the title; raises LanguageError when it is not written in that language."""
        return self.text(lang).title

    def item(self, name: str) -> Item:
        """Return the item with this id; raises KeyError when there is none."""
        for item in self.items:
            if item.id == name:
                return item
        raise KeyError(name)

    def key(self) -> dict[str, ItemKey]:
        """Return the grades and minutes of each item's actions, derived from the decision table."""
        return {item.id: item.key() for item in self.items}

    def record(self) -> bytes:
        """Return all its text and its key as JSON; the same for the same content, whatever file it is in."""
        parts = {name: value for name, value in msgspec.to_builtins(self).items() if name != "theme"}
        for item in parts["item"]:
            item["facts"] = {name: value for name, value in item["facts"].items() if value is not None}
        return msgspec.json.encode({"inbox": parts, "key": self.key()}, order="sorted")
