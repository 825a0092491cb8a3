"""The decision table: which rule applies to a situation, and how it grades each action."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

import msgspec

from etiquette_kit.locale import DEFAULT_LANGUAGE, catalog
from etiquette_kit.locale.arguments import ArgumentTypeError, as_written, entry_point
from etiquette_kit.locale.nearest import nearest
from etiquette_kit.locale.plain_error import PlainError
from etiquette_kit.rules.facts import Facts, Value, all_cells

FITS_BEST, IN_LINE = 4, 3
"""The grades of actions in line with the article."""

Basis = Literal["stated", "implied", "silent"]


class TableError(ValueError):
    """A decision table in which not exactly one rule applies to a combination of facts."""


class ActionError(PlainError, ValueError):
    """An action that does not exist in the situation."""


class Article(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The source of the advice: data about the article, none of its text."""

    title: str
    agency: str
    coach: str


class Passage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A passage of the article.

    Attributes
    ----------
    id : str
        For example ``"S3"``; its text is in the locale under ``passages``.
    place : str
        Its place in the article, a key of the locale's ``places``.
    strength : str
        The strength of the recommendation, a key of the locale's ``strengths``.
    """

    id: str
    place: str
    strength: str


class Action(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An action that is possible after an event; ``networks`` restricts the action of a request to some networks."""

    id: str
    event: str
    networks: tuple[str, ...] = ("private", "professional")

    def fits(self, facts: Facts) -> bool:
        """Return whether the action is possible in this situation."""
        return self.event == facts.event and (facts.network is None or facts.network in self.networks)


class Grade(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a rule grades one action.

    Attributes
    ----------
    grade : int
        4 fits best, 3 is fine, 2 does not quite fit, 1 does not fit.
    basis : {"stated", "implied"}
        Whether a passage states the grade or implies it.
    passages : tuple of str
        The ids of the passages that support it; never empty.
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
        Conditions on the facts; a list means any of its values. A fact without a condition may have any value.
    grades : dict of str to Grade
        The graded actions.
    silent : tuple of str
        The actions about which the article says nothing.
    """

    id: str
    when: dict[str, Value | tuple[Value, ...]]
    grades: dict[str, Grade] = msgspec.field(default_factory=dict)
    silent: tuple[str, ...] = ()

    def covers(self, facts: Facts) -> bool:
        """Return whether the rule applies to this combination of facts."""
        for name, condition in self.when.items():
            value = getattr(facts, name, None)  # a rule that names an unknown fact applies to nothing
            if not (value in condition if isinstance(condition, tuple) else value == condition):
                return False
        return True


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """A decision table with hit policy UNIQUE: exactly one rule applies to each combination of facts."""

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
        """Yield each valid combination of facts with the rules that apply to it; in a valid table that is always one."""
        for cell in all_cells():
            yield cell, [rule for rule in self.rules if rule.covers(cell)]

    def gaps(self) -> list[Facts]:
        """Return the combinations of facts to which no rule applies."""
        return [cell for cell, rules in self.coverage() if not rules]

    def overlaps(self) -> list[tuple[Facts, tuple[str, ...]]]:
        """Return the combinations of facts to which several rules apply, with the rules' ids."""
        return [(cell, tuple(rule.id for rule in rules)) for cell, rules in self.coverage() if len(rules) > 1]

    def actions_for(self, facts: Facts) -> tuple[str, ...]:
        """Return the actions that are possible in a situation, in the order of the table."""
        return tuple(action.id for action in self.actions if action.fits(facts))

    def advice_for(self, facts: Facts) -> Advice:
        """Return the advice for a situation; each call returns a new copy.

        Raises
        ------
        FactsError
            When the facts are invalid, as those of an old record may be.
        TableError
            When no rule or more than one applies.
        """
        try:
            advice = self._advice[facts]
        except KeyError:
            facts.check()
            message = f"not exactly one rule answers the cell: {facts}"
            raise TableError(message) from None
        passages = {name: list(ids) for name, ids in advice.passages.items()}
        return Advice(facts, advice.rule, dict(advice.grades), dict(advice.basis), passages)


class Advice(msgspec.Struct, frozen=True):
    """The article's advice for one situation.

    Attributes
    ----------
    facts : Facts
        The situation.
    rule : str
        The id of the rule that applies.
    grades : dict of str to int
        Action to grade, 4 (fits best) to 1 (does not fit); without the actions about which the article says nothing.
    basis : dict of str to str
        Action to ``"stated"``, ``"implied"`` or ``"silent"``, for every action that is possible in the situation.
    passages : dict of str to list of str
        Action to the passages that support its grade; empty for a ``"silent"`` one.
    """

    facts: Facts
    rule: str
    grades: dict[str, int]
    basis: dict[str, Basis]
    passages: dict[str, list[str]]

    @property
    def best(self) -> list[str]:
        """The actions of grade 4; empty where the article says nothing."""
        return [action for action, grade in self.grades.items() if grade == FITS_BEST]

    def reason(self, action: str, lang: str = DEFAULT_LANGUAGE) -> str:
        """Return the reason for the action's grade as text.

        Raises
        ------
        ActionError
            When the action is not possible in the situation.
        LanguageError
            When there is no such language.
        """
        self._require(action)
        words = catalog(lang)
        own = words.get(f"reasons.{self.rule}.{action}")
        return own if own is not None else words(f"reasons.{self.rule}.silent")

    def verdict(self, action: str, lang: str = DEFAULT_LANGUAGE) -> str:
        """Return the grade as text: one text per grade, whatever its basis.

        Raises
        ------
        ActionError
            When the action is not possible in the situation.
        """
        self._require(action)
        return catalog(lang)(f"grades.{self.grades.get(action, 'none')}")

    def tag(self, action: str, lang: str = DEFAULT_LANGUAGE) -> str:
        """Return a label for the basis of the grade, stated or implied; empty for an action about which the article says nothing.

        Raises
        ------
        ActionError
            When the action is not possible in the situation.
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
            raise ActionError("action", message, given=action, allowed=", ".join(self.basis), nearest=near or "")


def parse_table(document: object) -> Table:
    """Build a table from a parsed TOML document.

    Raises
    ------
    msgspec.ValidationError
        When the document does not have the structure of a table.
    """
    return msgspec.convert(document, Table)


ARTICLE_TABLE = Path(__file__).parent / "article.toml"
"""The file of the shipped table."""


@cache
def article_table() -> Table:
    """Return the shipped decision table."""
    import tomllib  # only when a file is read, so that importing the kit stays fast

    return parse_table(tomllib.loads(ARTICLE_TABLE.read_text(encoding="utf-8")))


FACTS_EXAMPLE = 'Facts(event="message", relation="client", personal=True)'
"""Facts as they are written in Python."""


def checked_facts(name: str, given: object) -> Facts:
    """Return facts that a person passed.

    Raises
    ------
    ArgumentTypeError
        When it is something else.
    """
    if not isinstance(given, Facts):
        raise ArgumentTypeError("facts", name=name, given=as_written(given), example=f"{name}={FACTS_EXAMPLE}")
    return given


@entry_point
def decide(facts: Facts, table: Table | None = None) -> Advice:
    """Return the article's advice for a situation.

    Parameters
    ----------
    facts : Facts
        The situation.
    table : Table, optional
        Another decision table; by default the shipped one.

    Raises
    ------
    FactsError
        When the facts are invalid, as those of an old record may be.
    TableError
        When not exactly one rule applies; cannot happen with the shipped table.
    ArgumentTypeError
        When `facts` is something else.
    """
    return (table or article_table()).advice_for(checked_facts("facts", facts))
