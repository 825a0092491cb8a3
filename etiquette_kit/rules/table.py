"""The decision table: which rule answers a situation, and how it grades each action."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

import msgspec

from etiquette_kit.locale import DEFAULT_LANGUAGE, catalog
from etiquette_kit.locale.nearest import nearest
from etiquette_kit.rules.facts import Facts, Value, all_cells

FITS_BEST, IN_LINE = 4, 3
"""The grades that do not miss the article's point."""

Basis = Literal["stated", "implied", "silent"]


class TableError(ValueError):
    """A decision table that does not answer a cell by exactly one rule."""


class ActionError(ValueError):
    """An action that does not exist in the situation."""


class Article(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the advice comes from: facts about the article, none of its sentences."""

    title: str
    agency: str
    coach: str


class Passage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A passage of the article.

    Attributes
    ----------
    id : str
        For example ``"S3"``; its words are in the locale under ``passages``.
    place : str
        Where it stands, a key of the locale's ``places``.
    strength : str
        How strongly it speaks, a key of the locale's ``strengths``.
    """

    id: str
    place: str
    strength: str


class Action(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something one can do when an event happens; ``networks`` limits a request's action to some networks."""

    id: str
    event: str
    networks: tuple[str, ...] = ("private", "professional")

    def fits(self, facts: Facts) -> bool:
        """Tell whether the action exists in this situation."""
        return self.event == facts.event and (facts.network is None or facts.network in self.networks)


class Grade(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a rule grades one action.

    Attributes
    ----------
    grade : int
        4 fits best, 3 is fine, 2 does not quite fit, 1 does not fit.
    basis : {"stated", "implied"}
        Whether a passage says it or it follows from one.
    passages : tuple of str
        The ids of the passages it rests on; never empty.
    """

    grade: Literal[1, 2, 3, 4]
    basis: Literal["stated", "implied"]
    passages: tuple[str, ...]


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row of the table.

    Attributes
    ----------
    id : str
        For example ``"R2"``.
    when : dict
        Conditions on the facts; a list means any of its values, a fact that is absent may have any value.
    grades : dict of str to Grade
        The graded actions.
    silent : tuple of str
        The actions about which the article does not say anything.
    """

    id: str
    when: dict[str, Value | tuple[Value, ...]]
    grades: dict[str, Grade] = msgspec.field(default_factory=dict)
    silent: tuple[str, ...] = ()

    def covers(self, facts: Facts) -> bool:
        """Tell whether the rule answers this cell."""
        for name, condition in self.when.items():
            value = getattr(facts, name, None)  # a rule may name a fact that does not exist; it then covers nothing
            if not (value in condition if isinstance(condition, tuple) else value == condition):
                return False
        return True


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """A decision table with hit policy UNIQUE: each cell is answered by exactly one rule."""

    article: Article
    passages: tuple[Passage, ...]
    actions: tuple[Action, ...]
    rules: tuple[Rule, ...]

    @cached_property
    def _advice(self) -> dict[Facts, Advice]:
        return {cell: self._advise(cell, rules[0]) for cell, rules in self.coverage() if len(rules) == 1}

    def _advise(self, facts: Facts, rule: Rule) -> Advice:
        grades: dict[str, int] = {}
        basis: dict[str, Basis] = {}
        passages: dict[str, list[str]] = {}
        for action in self.actions_for(facts):
            grade = rule.grades.get(action)
            if grade is None:
                basis[action], passages[action] = "silent", []
            else:
                grades[action], basis[action], passages[action] = grade.grade, grade.basis, list(grade.passages)
        return Advice(facts, rule.id, grades, basis, passages)

    def coverage(self) -> Iterator[tuple[Facts, list[Rule]]]:
        """Yield each cell of the fact space with the rules that answer it; in a sound table that is always one."""
        for cell in all_cells():
            yield cell, [rule for rule in self.rules if rule.covers(cell)]

    def gaps(self) -> list[Facts]:
        """Return the cells that no rule answers."""
        return [cell for cell, rules in self.coverage() if not rules]

    def overlaps(self) -> list[tuple[Facts, tuple[str, ...]]]:
        """Return the cells that several rules answer, with the rules' ids."""
        return [(cell, tuple(rule.id for rule in rules)) for cell, rules in self.coverage() if len(rules) > 1]

    def actions_for(self, facts: Facts) -> tuple[str, ...]:
        """Return the actions that exist in a situation, in the order of the table."""
        return tuple(action.id for action in self.actions if action.fits(facts))

    def advice_for(self, facts: Facts) -> Advice:
        """Return the advice in a situation, a copy of its own for each asker.

        Raises
        ------
        FactsError
            When the facts make no sense, as those of an old record may.
        TableError
            When no rule or more than one answers.
        """
        try:
            told = self._advice[facts]
        except KeyError:
            facts.check()
            message = f"not exactly one rule answers the cell: {facts}"
            raise TableError(message) from None
        return Advice(facts, told.rule, dict(told.grades), dict(told.basis), {name: list(ids) for name, ids in told.passages.items()})


class Advice(msgspec.Struct, frozen=True):
    """What the article advises in one situation.

    Attributes
    ----------
    facts : Facts
        The situation.
    rule : str
        The id of the rule that answers it.
    grades : dict of str to int
        Action to grade, 4 (fits best) to 1 (does not fit); actions about which the article is silent are absent.
    basis : dict of str to str
        Action to ``"stated"``, ``"implied"`` or ``"silent"``, for every action that exists in the situation.
    passages : dict of str to list of str
        Action to the passages its grade rests on; empty for a silent one.
    """

    facts: Facts
    rule: str
    grades: dict[str, int]
    basis: dict[str, Basis]
    passages: dict[str, list[str]]

    @property
    def best(self) -> list[str]:
        """The actions of grade 4; empty where the article is silent."""
        return [action for action, grade in self.grades.items() if grade == FITS_BEST]

    def reason(self, action: str, lang: str = DEFAULT_LANGUAGE) -> str:
        """Return why the action has its grade, in words.

        Raises
        ------
        ActionError
            When the action does not exist in the situation.
        LanguageError
            When there is no such language.
        """
        self._require(action)
        words = catalog(lang)
        own = words.get(f"reasons.{self.rule}.{action}")
        return own if own is not None else words(f"reasons.{self.rule}.silent")

    def verdict(self, action: str, lang: str = DEFAULT_LANGUAGE) -> str:
        """Return the grade in words: four of them, one per grade, whatever the grade rests on.

        Raises
        ------
        ActionError
            When the action does not exist in the situation.
        """
        self._require(action)
        return catalog(lang)(f"grades.{self.grades.get(action, 'none')}")

    def tag(self, action: str, lang: str = DEFAULT_LANGUAGE) -> str:
        """Return what stands beside the grade: whether the article states it or it follows from the article; empty for a silent action.

        Raises
        ------
        ActionError
            When the action does not exist in the situation.
        """
        self._require(action)
        return catalog(lang)(f"basis_tags.{self.basis[action]}") if action in self.grades else ""

    def as_dict(self, lang: str = DEFAULT_LANGUAGE) -> dict[str, Any]:
        """Return plain values for JSON, with the reasons in one language."""
        return {
            "rule": self.rule,
            "grades": dict(self.grades),
            "best": self.best,
            "basis": dict(self.basis),
            "passages": {action: list(ids) for action, ids in self.passages.items()},
            "reasons": {action: self.reason(action, lang) for action in self.basis},
        }

    def _require(self, action: str) -> None:
        if action not in self.basis:
            near = nearest(action, self.basis)
            hint = f" Did you mean {near!r}?" if near else ""
            message = f"there is no action {action!r} in this situation ({self.facts}); there are: {', '.join(self.basis)}.{hint}"
            raise ActionError(message)


def parse_table(document: object) -> Table:
    """Build a table from a parsed TOML document.

    Raises
    ------
    msgspec.ValidationError
        When the document has another shape.
    """
    return msgspec.convert(document, Table)


ARTICLE_TABLE = Path(__file__).parent / "article.toml"
"""The file of the shipped table."""


@cache
def article_table() -> Table:
    """Return the shipped table: the article's advice."""
    import tomllib  # not before something is read: importing the kit stays cheap

    return parse_table(tomllib.loads(ARTICLE_TABLE.read_text(encoding="utf-8")))


def decide(facts: Facts, table: Table | None = None) -> Advice:
    """Return what the article advises in a situation.

    Parameters
    ----------
    facts : Facts
        The situation.
    table : Table, optional
        Another decision table; default the shipped one.

    Raises
    ------
    FactsError
        When the facts make no sense, as those of an old record may.
    TableError
        When the table does not answer the cell by exactly one rule; cannot happen with the shipped table.
    """
    return (table or article_table()).advice_for(facts)
