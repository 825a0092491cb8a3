"""The signs by which each criterion is judged, as yes or no of the evidence in a note; the same in every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


class Found(Protocol):
    """What was found in a note: the names of patterns, and of lists of which there is a word."""

    @property
    def found(self) -> Mapping[str, object]:
        """What was found, by the pattern's name."""

    @property
    def words(self) -> frozenset[str]:
        """The lists of which a word is there."""


@dataclass(frozen=True)
class Sign:
    """A sign, which is there when enough of some patterns were found, and other things hold.

    Attributes
    ----------
    patterns : tuple of str
        The patterns of which some must be found.
    least : int
        How many of them.
    also : tuple of str
        If given, one of these must be found as well.
    without : tuple of str
        None of these may be found.
    lists : tuple of str
        Of each of these lists a word must be there.
    """

    patterns: tuple[str, ...] = ()
    least: int = 1
    also: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()

    def holds(self, evidence: Found) -> bool:
        """Return whether it is there."""
        found = evidence.found
        return (
            (not self.patterns or sum(name in found for name in self.patterns) >= self.least)
            and (not self.also or any(name in found for name in self.also))
            and not any(name in found for name in self.without)
            and evidence.words.issuperset(self.lists)
        )


def _each(*patterns: str) -> dict[str, Sign]:
    return {name: Sign((name,)) for name in patterns}


def _words(*lists: str) -> dict[str, Sign]:
    return {f"a word: {name}": Sign(lists=(name,)) for name in lists}


_REASONS = ("only_private", "private_account", "not_work")
_RULES = ("group_out", "apart", "for_all")
_REFUSALS = ("refuse", "decline_word", "no")
_OTHERWISE = ("accept", "defer", "elsewhere", "denied_refusal", "exception")
_WARMTH = ("thankful", "regret", "warm", "warm_mark")
_COLD = ("reproach", "sarcasm")

SIGNS: dict[str, dict[str, Sign]] = {
    "declines": {
        **_each(
            *_REFUSALS, "denied_refusal", "group_out", "hook", "accept", "defer", "hypothetical", "elsewhere", "exception", "rhetorical"
        ),
        **_each("apart", "softened", "other_reason", "instead", "regret"),
        "a reason": Sign(_REASONS),
        "a refusal": Sign((*_REFUSALS, "group_out")),
        "a refusal and nothing else": Sign(_REFUSALS, without=_OTHERWISE),
        "not accepted and nothing else": Sign(("refuse",), without=_OTHERWISE),
        "a reason and nothing else": Sign(_REASONS, without=_OTHERWISE),
        "a reason, with but or regret, and nothing else": Sign(_REASONS, also=("but", "regret", "instead"), without=_OTHERWISE),
        "a rule and nothing else": Sign(_RULES, without=_OTHERWISE),
        "two refusals": Sign((*_REFUSALS, "group_out"), least=2),
        **_words("network", "not", "no_one", "private", "work", "group", "request", "accepting"),
    },
    "reason": {
        **_each(*_REASONS, "softened", "other_reason", "exception", "elsewhere"),
        "two reasons": Sign(_REASONS, least=2),
        **_words("network", "private", "only", "work"),
        "words: network, private": Sign(lists=("network", "private")),
    },
    "separation": {
        **_each("apart", "for_all", "principled", "group_out", "exception", "accept", "defer", "elsewhere", "other_reason"),
        "a group, as a rule": Sign(("group_out",), also=("for_all", "principled")),
        "for all, and a refusal or reason": Sign(("for_all",), also=(*_REFUSALS, *_REASONS)),
        "a group or apart": Sign(("group_out", "apart")),
        **_words("group", "everyone", "principle", "work", "home", "no_one"),
    },
    "friendly": {
        **_each(*_WARMTH, *_COLD, "obey_thanks", "rhetorical"),
        "warmth": Sign(_WARMTH),
        "warmth and no reproach": Sign(_WARMTH, without=_COLD),
        **_words("thanks", "sorry", "warm_word"),
    },
    "addresses": {
        **_each("address", "address_maybe", "greet", "greet_group"),
        "greeted as you": Sign(("greet",), lists=("you",)),
        "addressed as in a letter": Sign(("address",), lists=("salutation",)),
        **_words("you", "greeting", "title", "first_name", "role"),
    },
    "channel": {
        **_each("invite", "channel_not", "bye", "rhetorical"),
        **_words("means", "contact_verb"),
        "words: means, contact": Sign(lists=("means", "contact_verb")),
    },
}
"""By criterion; `short` is counted."""

SUPPORT: dict[str, tuple[str, ...]] = {
    "declines": (*_REFUSALS, "group_out", "instead"),
    "reason": _REASONS,
    "separation": _RULES,
    "friendly": _WARMTH,
    "addresses": ("address", "address_maybe", "greet"),
    "channel": ("invite",),
}
"""The patterns whose words are marked where a criterion is met."""

IMPLIED: dict[str, tuple[str, ...]] = {"declines": (*_REASONS, *_RULES)}
"""The patterns whose words are marked where a criterion is met and none of `SUPPORT` was found."""

AGAINST: dict[str, tuple[str, ...]] = {
    "declines": ("accept", "defer", "elsewhere", "denied_refusal"),
    "reason": ("other_reason", "softened"),
    "separation": ("exception",),
    "friendly": _COLD,
    "addresses": ("greet_group",),
    "channel": ("channel_not",),
}
"""The patterns whose words are marked where it is not met."""
