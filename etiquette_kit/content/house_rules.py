"""What the rules of a house are, and which of them apply to a situation."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from etiquette_kit.content.material import Situation

HOUSE_LIMITS = {"name": 80, "text": 240}
"""The most characters that the name of a house and one of its texts may have: they share a screen with an answer."""

CONDITIONS = ("relation", "network", "event")
"""What a rule can be restricted to; what it does not name may be anything."""


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the file; an unknown key is an error."""


class HouseRule(_Part, frozen=True):
    """A rule of a house, for the situations that meet all of its conditions.

    Attributes
    ----------
    relation, network, event : str or None
        Its conditions, values of the facts of these names; None where any will do. The network is the one of the platform, so that
        it applies to messages, too.
    texts : dict of str to str
        What it says, by language.
    """

    relation: str | None = None
    network: str | None = None
    event: str | None = None
    texts: dict[str, str] = msgspec.field(name="text", default_factory=dict)

    @property
    def conditions(self) -> frozenset[tuple[str, str]]:
        """What it is restricted to: names and values."""
        return frozenset((name, value) for name in CONDITIONS if (value := getattr(self, name)) is not None)


class HouseHead(_Part, frozen=True):
    """Whose rules they are, and what always holds, by language."""

    name: str
    texts: dict[str, str] = msgspec.field(name="text", default_factory=dict)


class House(_Part, frozen=True):
    """The rules of a house.

    Attributes
    ----------
    head : HouseHead
        The name of the house, and what always holds there.
    rules : tuple of HouseRule
        Its rules, in the order of the file; no two have the same conditions.
    """

    head: HouseHead = msgspec.field(name="house")
    rules: tuple[HouseRule, ...] = msgspec.field(name="rule", default=())

    @property
    def count(self) -> int:
        """How many rules there are, what always holds counted as one."""
        return len(self.rules) + bool(self.head.texts)

    def applying(self, situations: Iterable[Situation]) -> tuple[HouseRule, ...]:
        """Return the rules that apply to any of some situations, in the order of the file, each once.

        Of the rules whose conditions a situation meets, one gives way to another that has all of its conditions and further ones.
        """
        found = {id(rule) for situation in situations for rule in self._applying_to(situation)}
        return tuple(rule for rule in self.rules if id(rule) in found)

    def _applying_to(self, situation: Situation) -> list[HouseRule]:
        given = {(name, getattr(situation, name)) for name in CONDITIONS}
        met = [rule for rule in self.rules if rule.conditions <= given]
        return [rule for rule in met if not any(rule.conditions < other.conditions for other in met)]
