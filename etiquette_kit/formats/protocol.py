"""The interface of a format for sessions, stores, statistics and pages."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import msgspec

from etiquette_kit.content.finding import Problem
from etiquette_kit.content.material import Material
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.rules import Facts


class ResponseError(ValueError):
    """A response that is not valid for the exercise."""


class Result(msgspec.Struct, frozen=True):
    """A graded response.

    Attributes
    ----------
    material : str
        The material's id.
    response : str
        The learner's response, as its format encodes it; for a choice the option's id.
    credit : float or None
        The total, 0..1; None where the response is not scored. Each format defines how it follows from the items.
    items : dict of str to (float or None)
        The credit of each situation of the material by id, 0..1, or None where it is not scored.
    grade : int or None
        For a choice: 4 fits the article best, 3 in line with it, 2 does not quite fit, 1 against it.
    best : tuple of str
        For a choice: the options of grade 4.
    """

    material: str
    response: str
    credit: float | None
    items: dict[str, float | None]
    grade: int | None = None
    best: tuple[str, ...] = ()


class ItemAnswer(msgspec.Struct, frozen=True):
    """The answer to one item, as statistics use it.

    Attributes
    ----------
    item : str
        The id of the situation, which is displayed after the material's title; empty where the material is the only item.
    option : str
        The response, as one of a few values that can be counted.
    credit : float or None
        0..1; None for every answer where the item is not scored.
    relation, theme : str
        The relation of the person, and the theme; empty where there is none.
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
        Its credit, 0..1; None where it is not scored.
    label : str
        Its text.
    """

    option: str
    credit: float | None
    label: str


class Recap(msgspec.Struct, frozen=True):
    """A short summary of an answer, for the page at the end.

    Attributes
    ----------
    yours : str
        The response, and how it fits.
    best : str
        What fits best; empty where the response does.
    about : str
        Who and what it was about; empty where the title is sufficient.
    """

    yours: str
    best: str = ""
    about: str = ""


class Exercise(Protocol):
    """Material in a format: state and grading; deterministic, without page or clock."""

    @property
    def format_name(self) -> str:
        """The format's name."""

    @property
    def material(self) -> Material:
        """The material it is built from."""

    @property
    def shown(self) -> str:
        """The result of randomisation, as JSON from which ``rebuild`` restores the exercise."""

    @property
    def options(self) -> tuple[str, ...]:
        """The ids of the options, in the order shown; empty where a response is not a choice of options."""

    def parse(self, given: object) -> str:
        """Return a response from a page or a program, encoded as text; raises ResponseError when it is not valid."""

    def grade(self, response: str) -> Result:
        """Grade an encoded response; raises ResponseError when it is not valid."""

    def question(self, lang: str) -> msgspec.Struct:
        """Return the content that a page may show before the answer: no grade, no key, no feedback.

        It has ``id`` (of the material), ``format`` (the format's name) and ``title``; in the browser it is ``page.question``.
        """

    def reveal(self, response: str, lang: str) -> msgspec.Struct:
        """Return the content that a page shows after the answer; its ``summary`` is the heading."""

    def recap(self, response: str, lang: str) -> Recap:
        """Return a short summary of a response."""

    def question_lines(self, lang: str) -> Sequence[str]:
        """Return the question as lines of text."""

    def response_line(self, response: str, lang: str, *, revealed: bool) -> str:
        """Return a response as a line of text; how it fits only if `revealed`."""

    def words_to_read(self, lang: str) -> float:
        """Return how many words a learner reads, including the text that is expanded after the answer."""


class Decision(msgspec.Struct, frozen=True):
    """The action in one situation, and how it fits; several decisions may show a pattern.

    Attributes
    ----------
    facts : Facts
        The situation.
    action : str
        The action.
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
        """Return the actions of an encoded response, one for each situation."""


@runtime_checkable
class Comments(Protocol):
    """An exercise that comments on a draft before the answer, where feedback is given after each answer; as often as one likes."""

    def comment(self, draft: object, lang: str) -> msgspec.Struct:
        """Return what a page shows of a draft; nothing of the draft is kept. Raises ResponseError when it cannot be commented."""


class MaterialSource(Protocol):
    """What a format takes its material from: a bank."""

    @property
    def scenarios(self) -> Mapping[str, Scenario]:
        """The scenarios by id."""

    def materials(self, table: str) -> Mapping[str, Material]:
        """Return the material that was read from the tables of this name, by id; nothing where there are none."""


class Format(Protocol):
    """A type of exercise; a folder of this package, or a registered module."""

    NAME: str
    """Its name in ``Quiz(formats=[…])`` and in a store."""

    FOLDER: Path
    """The folder of its page: ``view.js``, which exports a function with the format's name, and ``view.css``."""

    def materials(self, bank: MaterialSource) -> Mapping[str, Material]:
        """Return the bank's material for this format by id."""

    def suits(self, material: Any) -> bool:
        """Return whether the format can use this material."""

    def build(self, material: Any, rng: random.Random) -> Exercise:
        """Build an exercise with random order."""

    def rebuild(self, material: Any, shown: str) -> Exercise:
        """Restore an exercise as it was shown; raises msgspec.MsgspecError when the format did not write ``shown``."""

    def revise(self, material: Any, shown: str) -> str:
        """Return ``shown`` for the edited material of an exercise, as similar as possible to before."""

    def read(self, content: str, record: bytes) -> Material:
        """Read a stored ``record`` with the hash ``content``, including its answer key at that time.

        Raises msgspec.MsgspecError when it is not valid.
        """

    def summarise(self, material: Any, response: str) -> Sequence[ItemAnswer]:
        """Return an encoded response as answers to items, for statistics; raises ResponseError when it is not valid."""

    def fingerprint(self, material: Any, lang: str) -> str:
        """Return a short hash (eight characters) of the text before the answer; it does not depend on the key."""

    def item_options(self, material: Any, lang: str) -> Mapping[str, Sequence[ItemOption]]:
        """Return the possible answers and their credit, by item as in `ItemAnswer`; empty where answers are not counted."""


@runtime_checkable
class ContentFormat(Protocol):
    """A format with material of its own, which stands in the files of a bank beside the scenarios, or without any."""

    TABLE: str
    """The name of its tables: ``"inbox"`` for ``[[inbox]]``. ``materials`` takes them from ``bank.materials(TABLE)``."""

    FORM: type[msgspec.Struct]
    """What such a table consists of. It has an ``id``, and what belongs there is said as in ``content.forms``.

    What does not fit it is found without the format: unknown and missing keys, wrong types, ids, languages, texts, limits, facts and
    platforms.
    """

    def problems(self, raw: Mapping[str, Any], required: Sequence[str]) -> Iterator[Problem]:
        """Yield what else is wrong with a table, with paths from the table on; `raw` need not fill the form.

        An error excludes the material. A kind of its own has its text in the locale under ``findings``; a warning has ``is_warning``.

        Parameters
        ----------
        raw : mapping
            The table, as parsed.
        required : sequence of str
            The languages in which it must be written.
        """

    def convert(self, raw: Mapping[str, Any], theme: str) -> Material:
        """Return the material of a table that fills the form and has no errors.

        Parameters
        ----------
        raw : mapping
            The table, as parsed.
        theme : str
            The theme it belongs to: the file's name.
        """


@runtime_checkable
class PairFormat(Protocol):
    """A format whose material can form pairs, in which one sentence differs and another reaction fits best."""

    def what_if(self, material: Any, twin: Any, lang: str) -> str:
        """Return the question that offers the other half."""

    def contrast(self, material: Any, twin: Any, lang: str) -> str:
        """Return how the first material differs from its twin, and what fits best in each."""
