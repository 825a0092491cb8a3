"""What a format offers to a session, a store, the statistics and a page."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import msgspec

from etiquette_kit.bank import Bank
from etiquette_kit.content.material import Material
from etiquette_kit.rules import Facts


class ResponseError(ValueError):
    """A response that the exercise does not offer."""


class Result(msgspec.Struct, frozen=True):
    """What a response is worth.

    Attributes
    ----------
    material : str
        The material's id.
    response : str
        What the learner gave, as its format encodes it; for a choice the option's id.
    credit : float or None
        Of the whole, 0..1; None where the response is not scored. A format says itself how it follows from the items.
    items : dict of str to (float or None)
        By the id of each situation of the material, its own credit, 0..1, or None where it is not scored.
    grade : int or None
        Of a choice: 4 fits the article best, 3 in line, 2 misses the point, 1 against it.
    best : tuple of str
        Of a choice: the options of grade 4.
    """

    material: str
    response: str
    credit: float | None
    items: dict[str, float | None]
    grade: int | None = None
    best: tuple[str, ...] = ()


class ItemAnswer(msgspec.Struct, frozen=True):
    """What statistics know of an answer to one item.

    Attributes
    ----------
    item : str
        The id of the situation, which people read behind the material's title; empty where the material is the only item.
    option : str
        What was given, as one of few values that can be counted.
    credit : float or None
        0..1; None where the item is not scored: then for every answer to it.
    relation, theme : str
        Who it is about, and its theme; empty where there is none.
    """

    item: str
    option: str
    credit: float | None
    relation: str = ""
    theme: str = ""


class ItemOption(msgspec.Struct, frozen=True):
    """A value that answers to an item can have.

    Attributes
    ----------
    option : str
        The value, as in `ItemAnswer`.
    credit : float or None
        What it earns, 0..1; None where it is not scored.
    label : str
        Its words.
    """

    option: str
    credit: float | None
    label: str


class Recap(msgspec.Struct, frozen=True):
    """An answer in a line or two, for the page at the end.

    Attributes
    ----------
    yours : str
        What was given, and how it fits.
    best : str
        What fits best; empty where that is what was given.
    about : str
        Who and what it was about; empty where the title says it all.
    """

    yours: str
    best: str = ""
    about: str = ""


class Exercise(Protocol):
    """Material in a format: state and grading, no page, no clock, no chance."""

    @property
    def format_name(self) -> str:
        """The format's name."""

    @property
    def material(self) -> Material:
        """What it is made of."""

    @property
    def shown(self) -> str:
        """How it was laid out by chance, as JSON from which ``rebuild`` makes it again."""

    @property
    def options(self) -> tuple[str, ...]:
        """The ids of what can be chosen, in the order shown; empty where a response is no choice."""

    def parse(self, given: object) -> str:
        """Return a response, as a page or a program gives it, encoded as text; raises ResponseError when it is none."""

    def grade(self, response: str) -> Result:
        """Grade an encoded response; raises ResponseError when it is none."""

    def question(self, lang: str) -> msgspec.Struct:
        """Return what a page may show before the answer: no grade, no key, no feedback.

        It has ``id`` (of the material), ``format`` (the format's name) and ``title``; in the browser it is ``page.question``.
        """

    def reveal(self, response: str, lang: str) -> msgspec.Struct:
        """Return what a page shows after the answer; its ``summary`` is the heading."""

    def recap(self, response: str, lang: str) -> Recap:
        """Return a response in a line or two."""

    def question_lines(self, lang: str) -> Sequence[str]:
        """Return the question as lines of text."""

    def response_line(self, response: str, lang: str, *, revealed: bool) -> str:
        """Return a response as a line of text; how it fits only where that may be revealed."""

    def words_to_read(self, lang: str) -> float:
        """Return how many words a learner reads in it, with what stands open after the answer."""


class Decision(msgspec.Struct, frozen=True):
    """What was done in one situation, and how it fits: from several of them a pattern may show.

    Attributes
    ----------
    facts : Facts
        The situation.
    action : str
        What was done.
    grade : int
        4 fits the article best, 1 does not fit.
    """

    facts: Facts
    action: str
    grade: int


@runtime_checkable
class Decides(Protocol):
    """An exercise whose responses are actions in situations."""

    def decisions(self, response: str) -> Sequence[Decision]:
        """Return what an encoded response does in each situation."""


class Format(Protocol):
    """A way to practise with some material; a folder of this package, or a module that was registered."""

    NAME: str
    """What it is called in ``Quiz(formats=[…])`` and in a store."""

    FOLDER: Path
    """Where its page lies: ``view.js``, which exports a function of the format's name, and ``view.css``."""

    def materials(self, bank: Bank) -> Mapping[str, Material]:
        """Return the bank's material of this kind by id."""

    def suits(self, material: Any) -> bool:
        """Tell whether the format can use this material."""

    def build(self, material: Any, rng: random.Random) -> Exercise:
        """Make an exercise, laid out by chance."""

    def rebuild(self, material: Any, shown: str) -> Exercise:
        """Make an exercise as it was shown before; raises msgspec.MsgspecError when ``shown`` is not what the format wrote."""

    def revise(self, material: Any, shown: str) -> str:
        """Return how an exercise is laid out after its material was edited, as near to before as can be."""

    def read(self, content: str, record: bytes) -> Material:
        """Read what ``record`` returned when it was kept under the hash ``content``, with the answer key it had then.

        Raises msgspec.MsgspecError when it is no such material.
        """

    def summarise(self, material: Any, response: str) -> Sequence[ItemAnswer]:
        """Return what statistics know of an encoded response, item by item; raises ResponseError when it is none."""

    def fingerprint(self, material: Any, lang: str) -> str:
        """Return a short hash (eight characters) of what learners read before they answer; it holds nothing of the key."""

    def item_options(self, material: Any, lang: str) -> Mapping[str, Sequence[ItemOption]]:
        """Return, by item as in `ItemAnswer`, all that can be answered and what it earns; where answers are not counted, nothing."""


@runtime_checkable
class PairFormat(Protocol):
    """A format whose material can come in pairs, in which one sentence differs and another reaction fits best."""

    def what_if(self, material: Any, twin: Any, lang: str) -> str:
        """Return the question that offers the other half."""

    def contrast(self, material: Any, twin: Any, lang: str) -> str:
        """Return what differs in the first material from its twin, and what fits best in each."""
