"""The page at the end of a quiz, as a value with its texts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from etiquette_kit.bank import Bank
from etiquette_kit.formats import Decision
from etiquette_kit.locale import Catalog, catalog, plural
from etiquette_kit.locale.numbers import percent
from etiquette_kit.present.quiz_pages import QuizPage
from etiquette_kit.present.takeaways import MIN_ANSWERS, AnswerPattern, decisions_of, patterns, takeaways
from etiquette_kit.quiz.session import Session
from etiquette_kit.rules.passages import attributed


class GroupRow(msgspec.Struct, frozen=True):
    """The credit of a group of exercises, 0..1 and as text, and how many were answered; a single answer has no bar."""

    name: str
    credit: float | None
    fit: str
    answered: str
    bar: bool


class ReviewItem(msgspec.Struct, frozen=True):
    """An exercise in the list at the end; ``again`` where repeating it is recommended."""

    position: int
    title: str
    again: bool
    seen: bool
    yours: str
    best: str
    about: str


class EndPage(QuizPage, frozen=True, kw_only=True, tag="end"):
    """The page after the last question: first advice, then exercises to repeat, then figures.

    Attributes
    ----------
    position : int
        The position after the last question.
    title, result, open, source : str
        The title, how the answers fit, how many are missing, and the source of the grades.
    patterns : tuple of str
        What several answers have in common; if nothing, a positive comment.
    rules : tuple of str
        Two or three rules to take away.
    refusal : str
        An example of a polite refusal.
    by_relation, by_theme : tuple of GroupRow
        The figures.
    items : tuple of ReviewItem
        The exercises.
    confirmation : str
        What the way to the confirmation of participation is called; empty where there is none.
    """

    position: int
    title: str
    patterns: tuple[str, ...]
    rules: tuple[str, ...]
    refusal: str
    result: str
    open: str
    by_relation: tuple[GroupRow, ...]
    by_theme: tuple[GroupRow, ...]
    items: tuple[ReviewItem, ...]
    source: str
    confirmation: str = ""


def end_page(session: Session, bank: Bank, lang: str, round_number: int, *, confirms: bool = False) -> EndPage:
    """Describe the page after the last question; ``confirms`` where it offers a confirmation of participation."""
    words = catalog(lang)
    summary = session.summary()
    missing = summary["total"] - summary["answered"]
    credit = summary["credit"]
    weak = set(session.weak())
    decisions = decisions_of(session)
    found = patterns(decisions)
    order = {theme: place for place, theme in enumerate(bank.themes)}
    themes = sorted(summary["by_theme"].items(), key=lambda entry: order.get(entry[0], len(order)))
    return EndPage(
        round=round_number,
        position=len(session.exercises),
        title=words(f"end.title_{session.state.mode}"),
        patterns=_pattern_texts(decisions, found, weak, words),
        rules=tuple(words(f"takeaways.{rule}") for rule in takeaways(decisions, [pattern.rule for pattern in found])),
        refusal=words("end.refusal"),
        result=_result(credit, summary["answered"], words),
        open=plural(words, "end.open", missing) if missing else "",
        by_relation=tuple(_row(words(f"short.relation.{key}"), part, words) for key, part in summary["by_relation"].items()),
        by_theme=tuple(_row(bank.theme_title(key, lang), part, words) for key, part in themes),
        items=tuple(_item(session, position, lang, again=position in weak) for position in range(len(session.exercises))),
        source=attributed(words, "end.source"),
        confirmation=words("confirmation.title") if confirms else "",
    )


def _result(credit: float | None, answered: int, words: Catalog) -> str:
    if credit is not None:
        return words("end.result", credit=percent(credit, words))
    return words("end.result_unscored" if answered else "end.result_none")


def _pattern_texts(decisions: Sequence[Decision], found: Sequence[AnswerPattern], weak: Collection[int], words: Catalog) -> tuple[str, ...]:
    if found:
        return tuple(words(f"patterns.{pattern.name}", times=_times(pattern.count, words)) for pattern in found)
    if not decisions:
        return ()
    return (words("end.no_pattern" if weak else "end.all_best"),)


def _times(count: int, words: Catalog) -> str:
    return words.get(f"patterns.times_{count}") or plural(words, "patterns.times", count)


def _row(name: str, part: Mapping[str, Any], words: Catalog) -> GroupRow:
    credit = part["credit"]
    fit = percent(credit, words)
    answered = words("end.answered", answered=part["answered"], total=part["total"])
    return GroupRow(name, credit, fit, answered, bar=credit is not None and part["answered"] >= MIN_ANSWERS)


def _item(session: Session, position: int, lang: str, *, again: bool) -> ReviewItem:
    exercise = session.exercises[position]
    title, answered = exercise.material.title(lang), session.state.responses.get(position)
    if answered is None:
        return ReviewItem(position, title, again, seen=False, yours=catalog(lang)("end.skipped"), best="", about="")
    recap = exercise.recap(answered.response, lang)
    best, about = (recap.best, recap.about) if again else ("", "")
    return ReviewItem(position, title, again, seen=True, yours=recap.yours, best=best, about=about)
