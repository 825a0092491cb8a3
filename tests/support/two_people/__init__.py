"""A format from outside of the kit: say yes or no to two people; what is said to the boss is not scored."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
from etiquette_kit.content.material import Situation, content_hash
from etiquette_kit.formats import ItemAnswer, ItemOption, MaterialSource, Recap, ResponseError, Result

NAME = "two_people"
FOLDER = Path(__file__).parent

_SAID = ("yes", "no")


class TwoPeople(msgspec.Struct, frozen=True):
    """A client and the boss, each with a request; the client's has a key."""

    id: str
    client: str
    boss: str
    key: str

    @property
    def content(self) -> str:
        return content_hash(self.record())

    @property
    def situations(self) -> tuple[Situation, ...]:
        return (
            Situation("client", "client", "friend_request", theme="pairs"),
            Situation("boss", "boss", "friend_request", theme="pairs"),
        )

    @property
    def languages(self) -> tuple[str, ...]:
        return ("de", "en")

    def title(self, lang: str) -> str:
        return f"{self.client} und {self.boss}" if lang == "de" else f"{self.client} and {self.boss}"

    def record(self) -> bytes:
        return msgspec.json.encode(self, order="sorted")


class Question(msgspec.Struct, frozen=True):
    id: str
    format: str
    title: str
    people: tuple[str, ...]


class Reveal(msgspec.Struct, frozen=True):
    id: str
    summary: str
    said: dict[str, str]
    key: str


PAIRS = tuple(TwoPeople(f"pair-{number}", f"Client {number}", f"Boss {number}", _SAID[number % 2]) for number in range(1, 5))


@dataclass(frozen=True)
class Exercise:
    material: TwoPeople
    order: tuple[str, ...]
    format_name: str = NAME

    @property
    def shown(self) -> str:
        return json.dumps({"first": self.order[0]})

    @property
    def options(self) -> tuple[str, ...]:
        return ()

    def parse(self, given: object) -> str:
        if not isinstance(given, Mapping) or set(given) != {"client", "boss"} or not all(value in _SAID for value in given.values()):
            message = f"{given!r} is no answer to two people"
            raise ResponseError(message)
        return json.dumps(dict(sorted(given.items())))

    def grade(self, response: str) -> Result:
        said = self._said(response)
        credit = float(said["client"] == self.material.key)
        return Result(self.material.id, response, credit, {"client": credit, "boss": None})

    def question(self, lang: str) -> Question:
        named = {"client": self.material.client, "boss": self.material.boss}
        return Question(self.material.id, NAME, self.material.title(lang), tuple(named[who] for who in self.order))

    def reveal(self, response: str, lang: str) -> Reveal:
        said = self._said(response)
        return Reveal(self.material.id, f"{self.material.title(lang)}: {self.material.key}", said, self.material.key)

    def recap(self, response: str, lang: str) -> Recap:  # noqa: ARG002  the interface
        said = self._said(response)
        return Recap(" ".join(said.values()), "" if said["client"] == self.material.key else self.material.key)

    def question_lines(self, lang: str) -> Sequence[str]:
        return [*self.question(lang).people]

    def response_line(self, response: str, lang: str, *, revealed: bool) -> str:  # noqa: ARG002  the interface
        return f"{response} / {self.material.key}" if revealed else response

    def words_to_read(self, lang: str) -> float:
        return float(len(self.material.title(lang).split()))

    def _said(self, response: str) -> dict[str, str]:
        try:
            given = json.loads(response)
        except ValueError:
            raise ResponseError(response) from None
        return dict(json.loads(self.parse(given)))


def materials(bank: MaterialSource) -> Mapping[str, TwoPeople]:  # noqa: ARG001  the interface
    return {pair.id: pair for pair in PAIRS}


def suits(material: TwoPeople) -> bool:
    return bool(material.key)


def build(material: TwoPeople, rng: random.Random) -> Exercise:
    return Exercise(material, tuple(rng.sample(("client", "boss"), 2)))


def rebuild(material: TwoPeople, shown: str) -> Exercise:
    first = msgspec.json.decode(shown, type=dict[str, str])["first"]
    return Exercise(material, (first, "boss" if first == "client" else "client"))


def revise(material: TwoPeople, shown: str) -> str:  # noqa: ARG001  the interface
    return shown


def read(content: str, record: bytes) -> TwoPeople:  # noqa: ARG001  the interface
    return msgspec.json.decode(record, type=TwoPeople)


def summarise(material: TwoPeople, response: str) -> Sequence[ItemAnswer]:
    exercise = Exercise(material, ())
    said, result = exercise._said(response), exercise.grade(response)
    return [ItemAnswer(who, said[who], result.items[who], who, "pairs") for who in ("client", "boss")]


def fingerprint(material: TwoPeople, lang: str) -> str:
    return hashlib.sha256(material.title(lang).encode()).hexdigest()[:8]


def item_options(material: TwoPeople, lang: str) -> Mapping[str, Sequence[ItemOption]]:  # noqa: ARG001  the interface
    return {
        "client": [ItemOption(said, float(said == material.key), said) for said in _SAID],
        "boss": [ItemOption(said, None, said) for said in _SAID],
    }
