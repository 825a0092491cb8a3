"""What an end page advises: patterns that several answers show, and the rules to take away; pure functions of what was decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from etiquette_kit.formats import Decides, Decision
from etiquette_kit.quiz.session import Session
from etiquette_kit.rules import FITS_BEST, IN_LINE

MIN_SHOWING = 2
"""So many answers a pattern needs; one alone is none."""

_ACCEPTING = ("accept_open", "accept_limited")
_SILENT = ("decline_silently", "ignore")


class AnswerPattern(msgspec.Struct, frozen=True):
    """Something that several answers have in common.

    Attributes
    ----------
    name : str
        A key of the locale's ``patterns``.
    count : int
        In how many situations.
    rule : str
        What helps: a key of the locale's ``takeaways``.
    """

    name: str
    count: int
    rule: str


def decided(session: Session) -> list[Decision]:
    """Return what was done in each situation that was answered, in the order of the session, as far as its format tells."""
    found: list[Decision] = []
    for position, answer in sorted(session.state.responses.items()):
        exercise = session.exercises[position]
        if isinstance(exercise, Decides):
            found += exercise.decisions(answer.response)
    return found


# ---- one function a pattern -----------------------------------------------------------------------------------------------


def without_a_word(decision: Decision) -> bool:
    """Tell whether a client's unwanted request was declined without a word, or left lying."""
    facts = decision.facts
    return facts.relation == "client" and facts.network == "private" and facts.wanted is False and decision.action in _SILENT


def against_the_wish(decision: Decision) -> bool:
    """Tell whether somebody was accepted, to see everything, who was not wanted there."""
    return decision.facts.network == "private" and decision.facts.wanted is False and decision.action == "accept_open"


def list_against_the_wish(decision: Decision) -> bool:
    """Tell whether somebody who was not wanted was accepted onto a list, where that does not quite fit."""
    return decision.facts.wanted is False and decision.action == "accept_limited" and decision.grade < IN_LINE


def wanted_but_declined(decision: Decision) -> bool:
    """Tell whether a request on a private network was not accepted, though the contact was wanted."""
    return decision.facts.network == "private" and decision.facts.wanted is True and decision.action not in _ACCEPTING


def everything_shown(decision: Decision) -> bool:
    """Tell whether somebody may see what she should not."""
    facts = decision.facts
    return decision.action == "show_everything" or (facts.sensitive is True and decision.action == "accept_open")


def stopped_posting(decision: Decision) -> bool:
    """Tell whether somebody gave up posting because of who reads along."""
    return decision.action == "stop_posting"


def slow_reply(decision: Decision) -> bool:
    """Tell whether a client's message was to wait, or stayed without a reply, where that does not fit."""
    facts = decision.facts
    return facts.event == "message" and facts.relation == "client" and decision.grade < IN_LINE


def professional_declined(decision: Decision) -> bool:
    """Tell whether a wanted contact on a professional network was not accepted."""
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
"""By its name, how a pattern is recognised in a decision, and the rule that helps."""

GENERAL = ("wish", "word", "list")
"""The rules to take away where no others were missed."""


def patterns(decisions: Sequence[Decision], most: int = 2) -> list[AnswerPattern]:
    """Return the patterns that at least ``FEWEST`` answers show, the costliest first.

    Parameters
    ----------
    decisions : sequence of Decision
        What was done.
    most : int
        How many at most.
    """
    found: list[tuple[int, AnswerPattern]] = []
    for name, (shows, rule) in PATTERNS.items():
        showing = [decision for decision in decisions if shows(decision)]
        if len(showing) >= MIN_SHOWING:
            found.append((_lost(showing), AnswerPattern(name, len(showing), rule)))
    return [pattern for _, pattern in sorted(found, key=lambda entry: -entry[0])[:most]]


def takeaways(decisions: Sequence[Decision], told: Iterable[str] = (), most: int = 3) -> list[str]:
    """Return two or three rules: first those that were missed, the costliest first; then what holds in general.

    Parameters
    ----------
    decisions : sequence of Decision
        What was done.
    told : iterable of str
        Rules that the patterns have said already.
    most : int
        How many at most.
    """
    missed: dict[str, int] = {}
    for shows, rule in PATTERNS.values():
        lost = _lost([decision for decision in decisions if shows(decision)])
        if lost:
            missed[rule] = missed.get(rule, 0) + lost
    said = set(told)
    own = [rule for rule in sorted(missed, key=lambda rule: -missed[rule]) if rule not in said][:most]
    general = [rule for rule in (*GENERAL, "prompt") if rule not in own and rule not in said]
    return own + general[: max(0, 2 - len(own))]


def _lost(decisions: Iterable[Decision]) -> int:
    return sum(FITS_BEST - decision.grade for decision in decisions)
