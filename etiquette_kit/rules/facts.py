"""The facts of a situation: the input columns of the decision table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Literal, get_args

import msgspec

from etiquette_kit.locale import catalog
from etiquette_kit.locale.arguments import as_written, entry_point
from etiquette_kit.locale.legible import value_text
from etiquette_kit.locale.nearest import nearest
from etiquette_kit.locale.plain_error import PlainError

Event = Literal["friend_request", "message", "audience"]
Relation = Literal["client", "colleague", "boss"]
Network = Literal["private", "professional"]

EVENTS: tuple[str, ...] = get_args(Event)
RELATIONS: tuple[str, ...] = get_args(Relation)
NETWORKS: tuple[str, ...] = get_args(Network)

Value = str | bool

VALUES: dict[str, tuple[Value, ...]] = {
    "event": EVENTS,
    "relation": RELATIONS,
    "network": NETWORKS,
    "wanted": (True, False),
    "sensitive": (True, False),
    "personal": (True, False),
}
"""Every fact with its allowed values, in the order of the decision table's columns."""

ASKED: dict[str, tuple[str, ...]] = {
    "friend_request": ("event", "relation", "network", "wanted", "sensitive"),
    "message": ("event", "relation", "personal"),
    "audience": ("event", "relation"),
}
"""The facts that apply to each event; others are not allowed. ``sensitive`` applies only where ``asked_facts`` names it."""

_ALWAYS = ("event", "relation")


def asked_facts(given: Mapping[str, object]) -> tuple[str, ...]:
    """Return the facts that apply together with the given ones.

    Parameters
    ----------
    given : mapping of str to object
        Facts, some of which may be missing; a missing fact excludes no other.
    """
    event = given.get("event")
    asked = ASKED.get(event, _ALWAYS) if isinstance(event, str) else _ALWAYS
    if given.get("network") == "professional" or given.get("wanted") is False:
        return tuple(name for name in asked if name != "sensitive")
    return asked


class FactsProblem(msgspec.Struct, frozen=True):
    """One error in a set of facts.

    Attributes
    ----------
    kind : str
        ``unknown_fact``, ``missing_fact``, ``unknown_value`` or ``fact_not_asked``.
    fact : str
        The fact concerned.
    value : object
        The given value; None where none was given.
    allowed : tuple of str
        The allowed values; for ``unknown_fact`` and ``fact_not_asked`` the facts that apply.
    nearest : str or None
        The allowed value that is most similar to the given one.
    """

    kind: Literal["unknown_fact", "missing_fact", "unknown_value", "fact_not_asked"]
    fact: str
    value: object
    allowed: tuple[str, ...]
    nearest: str | None = None

    def __str__(self) -> str:
        allowed = ", ".join(self.allowed)
        hint = f" Did you mean {self.nearest!r}?" if self.nearest else ""
        match self.kind:
            case "missing_fact":
                return f"the fact {self.fact!r} is missing; give one of: {allowed}."
            case "unknown_value":
                return f"{self.fact} = {_spell(self.value)!r} is not known; allowed: {allowed}.{hint}"
            case "fact_not_asked":
                return f"{self.fact!r} makes no sense here and must be left out; the facts of this event are: {allowed}."
            case "unknown_fact":
                return f"there is no fact {self.fact!r}; the facts are: {allowed}.{hint}"

    def text(self, lang: str) -> str:
        """Return what is wrong and what to do, for somebody who writes facts in Python; there a truth value is no text."""
        words = catalog(lang)
        truth = self.fact in VALUES and VALUES[self.fact] == (True, False)
        if truth and self.kind == "unknown_value":
            meant = {**dict.fromkeys(_TRUE, "True"), **dict.fromkeys(_FALSE, "False")}.get(str(self.value).strip().lower(), "True")
            return words("errors.truth", fact=self.fact, given=as_written(self.value), example=f"{self.fact}={meant}")
        near = f" {words('findings.nearest', nearest=self.nearest)}" if self.nearest else ""
        if self.kind == "unknown_value":
            return words("errors.unknown_value", name=self.fact, given=as_written(self.value), allowed=", ".join(self.allowed)) + near
        allowed = "True, False" if truth and self.kind == "missing_fact" else ", ".join(self.allowed)
        return words(f"findings.{self.kind}", fact=self.fact, allowed=allowed) + near


_TRUE, _FALSE = frozenset({"yes", "ja", "true", "1"}), frozenset({"no", "nein", "false", "0"})


class FactsError(PlainError, ValueError):
    """Invalid facts: an unknown value, a missing fact, or one that does not apply to the event.

    Attributes
    ----------
    problems : tuple of FactsProblem
        All errors, not only the first one.
    """

    def __init__(self, problems: tuple[FactsProblem, ...]) -> None:
        super().__init__("facts", " ".join(str(problem) for problem in problems))
        self.problems = problems

    def text(self, lang: str) -> str:
        """Return what is wrong and what to do, for somebody who writes facts in Python."""
        return " ".join(problem.text(lang) for problem in self.problems)


def _spell(value: object) -> str:
    """Return a value as an author or a command line writes it: yes and no for true and false."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value_text(value)


def _spelled(values: tuple[Value, ...]) -> tuple[str, ...]:
    return tuple(_spell(value) for value in values)


def is_allowed(fact: str, value: object) -> bool:
    """Return whether a known fact may have this value."""
    # `True in ("a", 1)` is true: the type has to fit as well.
    return any(type(value) is type(allowed) and value == allowed for allowed in VALUES[fact])


def facts_problems(given: Mapping[str, object]) -> Iterator[FactsProblem]:
    """Yield all errors in the given facts; None means not given.

    Parameters
    ----------
    given : mapping of str to object
        Names and values of facts, from any source.
    """
    present = {name: value for name, value in given.items() if value is not None}
    for name, value in present.items():
        if name not in VALUES:
            yield FactsProblem("unknown_fact", name, value, tuple(VALUES), nearest(name, VALUES))
    for name, allowed in VALUES.items():
        if name in present and not is_allowed(name, present[name]):
            value = present[name]
            spelled = _spelled(allowed)
            yield FactsProblem("unknown_value", name, value, spelled, nearest(_spell(value), spelled))
    valid = {name: value for name, value in present.items() if name in VALUES and is_allowed(name, value)}
    asked = asked_facts(valid)
    for name in asked:
        # Whether `sensitive` applies is known only once the facts on which it depends are given.
        if name not in present and not (name == "sensitive" and not {"network", "wanted"} <= set(valid)):
            yield FactsProblem("missing_fact", name, None, _spelled(VALUES[name]))
    if "event" in valid:
        for name in VALUES:
            if name in present and name not in asked:
                yield FactsProblem("fact_not_asked", name, present[name], asked)


@dataclass(frozen=True, init=False)
class Facts:
    """The facts of one situation; only valid combinations can be constructed.

    Decoding a stored record bypasses the constructor, so that records with an earlier set of facts stay readable; ``decide`` rejects
    such facts.

    Parameters
    ----------
    event : {"friend_request", "message", "audience"}
        What happened. ``audience``: a professional contact is a friend already; who sees what?
    relation : {"client", "colleague", "boss"}
        The person's relation to the learner. A client is an adult business customer.
    network : {"private", "professional"}, optional
        Applies to ``friend_request`` only.
    wanted : bool, optional
        Whether the learner wants this person in this network. Applies to ``friend_request`` only.
    personal : bool, optional
        False for a mass message (the same text to many, without a personal address). Applies to ``message`` only.
    sensitive : bool, optional
        Whether the profile has something that this person should not see. Applies to a wanted ``friend_request`` on a private
        network.

    Raises
    ------
    FactsError
        When a value is unknown, a fact is missing or one does not apply.
    """

    event: Event
    relation: Relation
    network: Network | None = None
    wanted: bool | None = None
    personal: bool | None = None
    sensitive: bool | None = None

    @entry_point
    def __init__(
        self,
        event: Event = None,  # type: ignore[assignment]  # a missing fact is reported together with all other problems
        relation: Relation = None,  # type: ignore[assignment]  # as above
        network: Network | None = None,
        wanted: bool | None = None,  # noqa: FBT001  facts are truth values
        personal: bool | None = None,  # noqa: FBT001  as above
        sensitive: bool | None = None,  # noqa: FBT001  as above
    ) -> None:
        values = (event, relation, network, wanted, personal, sensitive)
        for name, value in zip(_FACT_NAMES, values, strict=True):
            object.__setattr__(self, name, value)
        self.check()

    def check(self) -> None:
        """Raise FactsError for invalid facts, which only decoding can produce.

        Raises
        ------
        FactsError
            When a fact is missing or one does not apply.
        """
        problems = tuple(facts_problems({name: getattr(self, name) for name in _FACT_NAMES}))
        if problems:
            raise FactsError(problems)

    @classmethod
    def from_mapping(cls, given: Mapping[str, object]) -> Facts:
        """Construct facts from names and values; unlike the constructor it also reports unknown facts."""
        problems = tuple(facts_problems(given))
        if problems:
            raise FactsError(problems)
        return cls(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]  # just checked

    def items(self) -> Iterator[tuple[str, Value]]:
        """Yield the facts that apply, with their values; an old record may lack one."""
        given = {name: value for name in _FACT_NAMES if (value := getattr(self, name)) is not None}
        for name in asked_facts(given):
            if name in given:
                yield name, given[name]

    def __str__(self) -> str:
        return ", ".join(f"{name} = {_spell(value)}" for name, value in self.items())


_FACT_NAMES = tuple(field.name for field in fields(Facts))


def all_cells() -> Iterator[Facts]:
    """Yield every valid combination of facts: 15 for requests, 6 for messages, 3 for audience."""
    for event in EVENTS:
        yield from _cells({"event": event})


def _cells(given: Mapping[str, Value]) -> Iterator[Facts]:
    missing = next((name for name in asked_facts(given) if name not in given), None)
    if missing is None:
        yield Facts.from_mapping(given)
        return
    for value in VALUES[missing]:
        yield from _cells({**given, missing: value})
