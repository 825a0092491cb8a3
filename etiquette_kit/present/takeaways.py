"""Advice on the end page: patterns in several answers, and rules to remember; pure functions of the decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from etiquette_kit.formats import Decides, Decision
from etiquette_kit.quiz.session import Session
from etiquette_kit.rules import FITS_BEST, IN_LINE, Facts

MIN_ANSWERS = 2
"""The minimum number of answers that form a pattern."""

_ACCEPTING = ("accept_open", "accept_limited")
_SILENT = ("decline_silently", "ignore")


class AnswerPattern(msgspec.Struct, frozen=True):
    """Something that several answers have in common.

    Attributes
    ----------
    name : str
        A key of the locale's ``patterns``.
    count : int
        The number of situations.
    rule : str
        The rule that helps: a key of the locale's ``takeaways``.
    """

    name: str
    count: int
    rule: str


def decisions_of(session: Session) -> list[Decision]:
    """Return the decisions in the answered situations, in the order of the session; only some formats have decisions."""
    found: list[Decision] = []
    for position, answer in sorted(session.state.responses.items()):
        exercise = session.exercises[position]
        if isinstance(exercise, Decides):
            found += exercise.decisions(answer.response)
    return found


# ---- one function a pattern -----------------------------------------------------------------------------------------------


def without_a_word(decision: Decision) -> bool:
    """Return whether a client's unwanted request was declined without explanation, or ignored."""
    facts = decision.facts
    return facts.relation == "client" and facts.network == "private" and facts.wanted is False and decision.action in _SILENT


def against_the_wish(decision: Decision) -> bool:
    """Return whether an unwanted contact was accepted with full access."""
    return decision.facts.network == "private" and decision.facts.wanted is False and decision.action == "accept_open"


def list_against_the_wish(decision: Decision) -> bool:
    """Return whether an unwanted contact was accepted with limited access, where that does not quite fit."""
    return decision.facts.wanted is False and decision.action == "accept_limited" and decision.grade < IN_LINE


def wanted_but_declined(decision: Decision) -> bool:
    """Return whether a request on a private network was not accepted, though the contact was wanted."""
    return decision.facts.network == "private" and decision.facts.wanted is True and decision.action not in _ACCEPTING


def everything_shown(decision: Decision) -> bool:
    """Return whether a contact may see something that was not intended for them."""
    facts = decision.facts
    return decision.action == "show_everything" or (facts.sensitive is True and decision.action == "accept_open")


def stopped_posting(decision: Decision) -> bool:
    """Return whether the learner stopped posting because of the readers."""
    return decision.action == "stop_posting"


def slow_reply(decision: Decision) -> bool:
    """Return whether a client's message was answered late, or not at all, where that does not fit."""
    facts = decision.facts
    return facts.event == "message" and facts.relation == "client" and decision.grade < IN_LINE


def professional_declined(decision: Decision) -> bool:
    """Return whether a wanted contact on a professional network was not accepted."""
    facts = decision.facts
    return facts.network == "professional" and facts.wanted is True and decision.action != "accept_open"


_Test = Callable[[Decision], bool]

PATTERNS: dict[str, tuple[_Test, str]] = {
    "without_a_word": (without_a_word, "word"),
    "against_the_wish": (against_the_wish, "wish"),
    "list_against_the_wish": (list_against_the_wish, "wish"),
    "wanted_but_declined": (wanted_but_declined, "welcome"),
    "everything_shown": (everything_shown, "list"),
    "stopped_posting": (stopped_posting, "list"),
    "slow_reply": (slow_reply, "prompt"),
    "professional_declined": (professional_declined, "professional"),
}
"""The patterns by name: the predicate for a decision, and the rule that helps."""

GENERAL = ("wish", "word", "list")
"""The rules to remember where no other rule was missed."""


def patterns(decisions: Sequence[Decision], limit: int = 2) -> list[AnswerPattern]:
    """Return the patterns in at least ``MIN_ANSWERS`` answers, those with the greatest loss of grade points first.

    Parameters
    ----------
    decisions : sequence of Decision
        The decisions.
    limit : int
        The maximum number of patterns.
    """
    found: list[tuple[int, AnswerPattern]] = []
    for name, (shows, rule) in PATTERNS.items():
        showing = [decision for decision in decisions if shows(decision)]
        if len(showing) >= MIN_ANSWERS:
            found.append((_lost_points(showing), AnswerPattern(name, len(showing), rule)))
    return [pattern for _, pattern in sorted(found, key=lambda entry: -entry[0])[:limit]]


def takeaways(decisions: Sequence[Decision], covered: Iterable[str] = (), limit: int = 3) -> list[str]:
    """Return two or three rules: first those that were missed, by the loss of grade points; then general ones.

    Parameters
    ----------
    decisions : sequence of Decision
        The decisions.
    covered : iterable of str
        Rules that the patterns have mentioned already.
    limit : int
        The maximum number of missed rules.
    """
    missed: dict[str, int] = {}
    for shows, rule in PATTERNS.values():
        lost = _lost_points([decision for decision in decisions if shows(decision)])
        if lost:
            missed[rule] = missed.get(rule, 0) + lost
    excluded = set(covered)
    own = [rule for rule in sorted(missed, key=lambda rule: -missed[rule]) if rule not in excluded][:limit]
    general = [rule for rule in (*GENERAL, "prompt") if rule not in own and rule not in excluded]
    return own + general[: max(0, 2 - len(own))]


def rule_for(facts: Facts, action: str) -> str | None:
    """Return the rule behind a reaction that fits best: a key of the locale's ``takeaways``; None where none of them says it."""
    if action in ("split_lists", "accept_limited"):
        return "list"
    if action == "accept_open":
        return "professional" if facts.network == "professional" else "welcome"
    if action == "reply_promptly" and facts.personal:
        return "prompt"
    if action in ("decline_with_note", "decline_and_redirect"):
        return "word" if facts.relation == "client" else "wish"
    return None


def _lost_points(decisions: Iterable[Decision]) -> int:
    return sum(FITS_BEST - decision.grade for decision in decisions)
