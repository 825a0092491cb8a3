"""The pages of a quiz, as plain values: what the card draws at the start, at a question and at the end."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

import msgspec

from etiquette_kit.bank import Bank
from etiquette_kit.formats import Exercise
from etiquette_kit.locale import Catalog, catalog, counted, spoken_percent
from etiquette_kit.rules.passages import attributed
from etiquette_kit.session import Session

_WORDS_PER_MINUTE = 200
"""Reading with thought: a little below the 238 words per minute that Brysbaert (2019) found for silent reading."""


def minutes(exercises: Sequence[Exercise], lang: str) -> int:
    """Return how long a run takes, in minutes: stem and options are read in full, of the feedback about half."""
    words = sum(exercise.words_to_read(lang) for exercise in exercises)
    return max(1, ceil(words / _WORDS_PER_MINUTE))


def topic_title(mode: str, topic: Sequence[str], words: Catalog) -> str:
    """Return what a quiz about a topic is called: ``"Exercise: clients, requests"``."""
    return f"{words(f'text.{mode}')}: {', '.join(topic)}"


def start_page(session: Session, lang: str, left_out: int, topic: Sequence[str] = ()) -> dict[str, Any]:
    """Describe the page before the first question; one about a topic takes the introduction as read and is shorter."""
    words = catalog(lang)
    mode, count = session.state.mode, len(session.exercises)
    duration = counted(words, "start.minutes", minutes(session.exercises, lang))
    facts = [[words("start.scope"), words("start.scope_text", situations=counted(words, "start.situations", count), duration=duration)]]
    if topic:
        facts.append([words("start.advice"), attributed(words, "start.advice_topic")])
    else:
        facts.append([words("start.advice"), attributed(words, "start.advice_text")])
        facts.append([words("start.first"), words("start.first_text")])
    facts.append([words("start.keeping"), words("start.keeping_text")])
    return {
        "kind": "start",
        "title": topic_title(mode, topic, words) if topic else words(f"start.title_{mode}"),
        "lead": words(f"start.topic_{mode}" if topic else f"start.lead_{mode}"),
        "left_out": counted(words, "quiz.left_out", left_out) if left_out else "",
        "facts": facts,
    }


def question_page(session: Session, lang: str) -> dict[str, Any]:
    """Describe the question on the screen, as it is before the answer and after it: nothing here is to be revealed."""
    words = catalog(lang)
    state = session.state
    exercise = session.exercises[state.position]
    total = len(session.exercises)
    last = state.position + 1 == total
    others = sum(1 for position in range(total) if position not in state.responses and position != state.position)
    return {
        "kind": "question",
        "position": state.position,
        "progress": {"done": state.position + 1, "total": total, "text": words("quiz.progress", number=state.position + 1, total=total)},
        "question": msgspec.to_builtins(exercise.question(lang)),
        "last": last,
        "finished": state.finished,
        "missing": counted(words, "quiz.missing", others) if last and others and not state.finished else "",
    }


def standing(session: Session) -> dict[str, Any]:
    """Tell how the question on the screen stands: the part of its page that the answer changes."""
    state = session.state
    answered = state.responses.get(state.position)
    return {
        "open": answered is None and not state.finished,
        "chosen": answered.response if answered else None,
        "revealed": answered is not None and session.reveals(state.position),
    }


def feedback(session: Session, lang: str) -> dict[str, Any]:
    """Return the feedback to the question on the screen; nothing while it must not be revealed."""
    state = session.state
    answered = state.responses.get(state.position)
    if answered is None or not session.reveals(state.position):
        return {}
    found: dict[str, Any] = msgspec.to_builtins(session.exercises[state.position].reveal(answered.response, lang))
    return found


def end_page(session: Session, bank: Bank, lang: str) -> dict[str, Any]:
    """Describe the page after the last question."""
    words = catalog(lang)
    summary = session.summary()
    missing = summary["total"] - summary["answered"]
    credit = summary["credit"]
    result = words("end.result_none") if credit is None else words("end.result", credit=spoken_percent(credit, words))
    weak = set(session.weak())
    order = {theme: place for place, theme in enumerate(bank.themes)}
    return {
        "kind": "end",
        "position": len(session.exercises),
        "title": words(f"end.title_{session.state.mode}"),
        "result": result,
        "open": counted(words, "end.open", missing) if missing else "",
        "by_relation": [{"name": words(f"short.relation.{key}"), **part} for key, part in summary["by_relation"].items()],
        "by_theme": [
            {"name": bank.theme_title(key, lang), **part}
            for key, part in sorted(summary["by_theme"].items(), key=lambda entry: order.get(entry[0], len(order)))
        ],
        "items": [_item(session, position, lang, again=position in weak) for position in range(len(session.exercises))],
        "source": attributed(words, "end.source"),
    }


def _item(session: Session, position: int, lang: str, *, again: bool) -> dict[str, Any]:
    exercise = session.exercises[position]
    answered = session.state.responses.get(position)
    item = {"position": position, "title": exercise.material.title(lang), "again": again, "seen": answered is not None}
    if answered is None:
        return {**item, "yours": catalog(lang)("end.skipped"), "best": ""}
    recap = exercise.recap(answered.response, lang)
    return {**item, "yours": recap.yours, "best": recap.best if again else ""}
