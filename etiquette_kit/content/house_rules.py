"""An employer's house rules, and which of them apply to a situation."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from etiquette_kit.content.material import Situation

HOUSE_LIMITS = {"name": 80, "text": 240}
"""The maximum number of characters of the employer's name and of each text: they share a screen with an answer."""

CONDITIONS = ("relation", "network", "event")
"""The facts that a rule can restrict; those that it does not name may have any value."""


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the file of house rules; an unknown key is an error."""


class HouseRule(_Part, frozen=True):
    """A house rule, for the situations that meet all of its conditions.

    Attributes
    ----------
    relation, network, event : str or None
        Its conditions, values of these facts; None for any value. The network is that of the platform, so that it applies to messages,
        too.
    texts : dict of str to str
        Its text by language.
    """

    relation: str | None = None
    network: str | None = None
    event: str | None = None
    texts: dict[str, str] = msgspec.field(name="text", default_factory=dict)

    @property
    def conditions(self) -> frozenset[tuple[str, str]]:
        """The names and values of the facts that it restricts."""
        return frozenset((name, value) for name in CONDITIONS if (value := getattr(self, name)) is not None)


class HouseHead(_Part, frozen=True):
    """The employer's name, and what always applies, by language."""

    name: str
    texts: dict[str, str] = msgspec.field(name="text", default_factory=dict)


class House(_Part, frozen=True):
    """An employer's house rules.

    Attributes
    ----------
    head : HouseHead
        The employer's name, and what always applies.
    rules : tuple of HouseRule
        The rules, in the order of the file; no two have the same conditions.
    """

    head: HouseHead = msgspec.field(name="house")
    rules: tuple[HouseRule, ...] = msgspec.field(name="rule", default=())

    @property
    def count(self) -> int:
        """The number of rules; what always applies counts as one."""
        return len(self.rules) + bool(self.head.texts)

    def applying(self, situations: Iterable[Situation]) -> tuple[HouseRule, ...]:
        """Return the rules that apply to at least one of the situations, in the order of the file, each once.

        If a situation meets the conditions of two rules, and one has all conditions of the other and more, only the specific one applies.
        """
        found = {id(rule) for situation in situations for rule in self._applying_to(situation)}
        return tuple(rule for rule in self.rules if id(rule) in found)

    def _applying_to(self, situation: Situation) -> list[HouseRule]:
        given = {(name, getattr(situation, name)) for name in CONDITIONS}
        met = [rule for rule in self.rules if rule.conditions <= given]
        return [rule for rule in met if not any(rule.conditions < other.conditions for other in met)]
