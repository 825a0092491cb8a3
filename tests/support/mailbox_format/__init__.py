"""A format from outside of the kit with tables of its own: which messages are answered now; what the article is silent on is not scored."""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, cast

import msgspec
from etiquette_kit import formats
from etiquette_kit.content.finding import Problem
from etiquette_kit.content.forms import ByLanguage, text
from etiquette_kit.content.material import Situation, content_hash
from etiquette_kit.content.scenario import Identifier, Person
from etiquette_kit.formats import ItemAnswer, ItemOption, MaterialSource, Recap, ResponseError, Result
from etiquette_kit.rules import Facts, decide

NAME = "mailbox"
TABLE = "box"
FOLDER = Path(__file__).parent

_DONE = ("now", "later")


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a mailbox."""


class ItemText(_Part, frozen=True):
    """A message in one language."""

    message: Annotated[str, text(400, "What they write.", words=(3, 60))]


class Item(_Part, frozen=True):
    """A message."""

    id: Identifier
    platform: str
    person: Person
    facts: Facts
    texts: ByLanguage[ItemText] = msgspec.field(name="text")
    minutes: Annotated[int, msgspec.Meta(ge=1, le=60)] = 5


class BoxText(_Part, frozen=True):
    """A mailbox in one language."""

    title: Annotated[str, text(80, "What it is about.", words=(2, 6))]


class Box(_Part, frozen=True):
    """Messages of one morning, and the minutes there are for them."""

    id: Identifier
    budget: Annotated[int, msgspec.Meta(ge=1)]
    texts: ByLanguage[BoxText] = msgspec.field(name="text")
    items: Annotated[tuple[Item, ...], msgspec.Meta(min_length=2, max_length=4)] = msgspec.field(name="item")
    theme: str = ""

    @property
    def content(self) -> str:
        return content_hash(self.record())

    @property
    def situations(self) -> tuple[Situation, ...]:
        return tuple(
            Situation(item.id, item.facts.relation, item.facts.event, decide(item.facts).rule, self.theme, "private") for item in self.items
        )

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(lang for lang in self.texts if all(lang in item.texts for item in self.items))

    def title(self, lang: str) -> str:
        return self.texts[lang].title

    def record(self) -> bytes:
        parts = {name: value for name, value in msgspec.to_builtins(self).items() if name != "theme"}
        return msgspec.json.encode(parts, order="sorted")

    def key(self) -> dict[str, str | None]:
        return {item.id: None if item.facts.relation == "boss" else "now" if item.facts.personal else "later" for item in self.items}


FORM = Box


class ItemQuestion(msgspec.Struct, frozen=True):
    id: str
    message: str


class Question(msgspec.Struct, frozen=True):
    id: str
    format: str
    title: str
    items: tuple[ItemQuestion, ...]


class Reveal(msgspec.Struct, frozen=True):
    id: str
    summary: str


@dataclass(frozen=True)
class Exercise:
    material: Box
    order: tuple[str, ...]
    format_name: str = NAME

    @property
    def shown(self) -> str:
        return json.dumps(self.order)

    @property
    def options(self) -> tuple[str, ...]:
        return ()

    def parse(self, given: object) -> str:
        ids = {item.id for item in self.material.items}
        if not isinstance(given, Mapping) or set(given) != ids or not all(value in _DONE for value in given.values()):
            message = f"{given!r} does not say of each message when it is answered"
            raise ResponseError(message)
        return json.dumps(dict(sorted(given.items())))

    def grade(self, response: str) -> Result:
        key = self.material.key()
        items = {name: None if key[name] is None else float(key[name] == done) for name, done in self._done(response).items()}
        scored = [credit for credit in items.values() if credit is not None]
        return Result(self.material.id, response, sum(scored) / len(scored) if scored else None, items)

    def question(self, lang: str) -> Question:
        texts = {item.id: item.texts[lang].message for item in self.material.items}
        return Question(self.material.id, NAME, self.material.title(lang), tuple(ItemQuestion(name, texts[name]) for name in self.order))

    def reveal(self, response: str, lang: str) -> Reveal:
        return Reveal(self.material.id, f"{self.material.title(lang)}: {self.grade(response).credit}")

    def recap(self, response: str, lang: str) -> Recap:  # noqa: ARG002  the interface
        return Recap(" ".join(self._done(response).values()))

    def question_lines(self, lang: str) -> Sequence[str]:
        return [item.message for item in self.question(lang).items]

    def response_line(self, response: str, lang: str, *, revealed: bool) -> str:  # noqa: ARG002  the interface
        return f"{response} / {self.grade(response).credit}" if revealed else response

    def words_to_read(self, lang: str) -> float:
        return float(sum(len(line.split()) for line in self.question_lines(lang)))

    def _done(self, response: str) -> dict[str, str]:
        try:
            given = json.loads(response)
        except ValueError:
            raise ResponseError(response) from None
        return dict(json.loads(self.parse(given)))


def problems(raw: Mapping[str, Any], required: Sequence[str]) -> Iterator[Problem]:  # noqa: ARG001  the interface
    """Yield an error where the minutes do not suffice for any message, and a warning where they suffice for all."""
    items = raw.get("item")
    minutes = [item.get("minutes", 5) for item in items if isinstance(item, Mapping)] if isinstance(items, list) else []
    budget = raw.get("budget")
    if not minutes or not isinstance(budget, int) or not all(isinstance(number, int) for number in minutes):
        return
    if budget < min(minutes):
        yield Problem("number_low", ("budget",), {"key": "budget", "value": str(budget), "least": str(min(minutes))})
    elif budget >= sum(minutes):
        yield Problem("number_high", ("budget",), {"key": "budget", "value": str(budget), "most": str(sum(minutes) - 1)}, is_warning=True)


def convert(raw: Mapping[str, Any], theme: str) -> Box:
    return msgspec.convert({**raw, "theme": theme}, Box)


def materials(bank: MaterialSource) -> Mapping[str, Box]:
    return cast("Mapping[str, Box]", bank.materials(TABLE))


def suits(material: Box) -> bool:
    return any(material.key().values())


def build(material: Box, rng: random.Random) -> Exercise:
    return Exercise(material, tuple(rng.sample([item.id for item in material.items], len(material.items))))


def rebuild(material: Box, shown: str) -> Exercise:
    return Exercise(material, msgspec.json.decode(shown, type=tuple[str, ...]))


def revise(material: Box, shown: str) -> str:
    present = [item.id for item in material.items]
    order = [name for name in rebuild(material, shown).order if name in present]
    return json.dumps([*order, *(name for name in present if name not in order)])


def read(content: str, record: bytes) -> Box:  # noqa: ARG001  the interface
    return msgspec.json.decode(record, type=Box)


def summarise(material: Box, response: str) -> Sequence[ItemAnswer]:
    exercise = Exercise(material, ())
    done, result = exercise._done(response), exercise.grade(response)
    relations = {item.id: item.facts.relation for item in material.items}
    return [ItemAnswer(name, done[name], result.items[name], relations[name]) for name in sorted(done)]


def fingerprint(material: Box, lang: str) -> str:
    return hashlib.sha256("\0".join(item.texts[lang].message for item in material.items).encode()).hexdigest()[:8]


def item_options(material: Box, lang: str) -> Mapping[str, Sequence[ItemOption]]:  # noqa: ARG001  the interface
    key = material.key()
    return {name: [ItemOption(done, None if best is None else float(done == best), done) for done in _DONE] for name, best in key.items()}


@contextmanager
def known() -> Iterator[None]:
    """Make the format known, and forget it afterwards: what other tests find in a file depends on the tables that there are."""
    formats.register(cast("formats.Format", sys.modules[__name__]))
    try:
        yield
    finally:
        del formats._registered[NAME]
