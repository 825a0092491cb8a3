"""The pages of a quiz, as plain values: what the card draws at the start, at a question and at the end."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from etiquette_kit.bank import Bank
from etiquette_kit.exercises import Exercise
from etiquette_kit.locale import Catalog, catalog, counted, spoken_percent
from etiquette_kit.rules.passages import attributed
from etiquette_kit.session import Session

_WORDS_PER_MINUTE = 200
"""Reading with thought: a little below the 238 words per minute that Brysbaert (2019) found for silent reading."""


def minutes(exercises: Sequence[Exercise], lang: str) -> int:
    """Return how long a run takes, in minutes: stem and options are read in full, of the feedback about half."""
    words = 0.0
    for exercise in exercises:
        scenario = exercise.scenario
        words += len(scenario.text(lang).stem.split())
        for option in scenario.options:
            text = option.text(lang)
            reason = scenario.advice.reason(option.action, lang)
            words += len(text.label.split()) + len((text.feedback + " " + reason).split()) / 2
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
        "question": {**exercise.question(lang), "initials": exercise.scenario.person.initials},
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
    told = session.exercises[state.position].feedback(answered.response, lang)
    return {**told, "summary": catalog(lang)(f"quiz.summary.{told['grade']}")}


def end_page(session: Session, bank: Bank, lang: str) -> dict[str, Any]:
    """Describe the page after the last question."""
    words = catalog(lang)
    summary = session.summary()
    missing = summary["total"] - summary["answered"]
    credit = summary["credit"]
    result = words("end.result_none") if credit is None else words("end.result", credit=spoken_percent(credit, words))
    weak = set(session.weak())
    return {
        "kind": "end",
        "position": len(session.exercises),
        "title": words(f"end.title_{session.state.mode}"),
        "result": result,
        "open": counted(words, "end.open", missing) if missing else "",
        "by_relation": [{"name": words(f"short.relation.{key}"), **part} for key, part in summary["by_relation"].items()],
        "by_theme": [
            {"name": bank.theme_title(key, lang), **part}
            for key, part in sorted(summary["by_theme"].items(), key=lambda entry: bank.themes.index(entry[0]))
        ],
        "items": [_item(session, position, lang, again=position in weak) for position in range(len(session.exercises))],
        "source": attributed(words, "end.source"),
    }


def _item(session: Session, position: int, lang: str, *, again: bool) -> dict[str, Any]:
    words = catalog(lang)
    scenario = session.exercises[position].scenario
    result = session.result(position)
    item = {"position": position, "title": scenario.text(lang).title, "again": again, "seen": result is not None}
    if result is None:
        return {**item, "yours": words("end.skipped"), "best": ""}
    action = scenario.option(result.response).action
    yours = words("end.yours", action=scenario.place.action_name(action, lang), verdict=scenario.advice.verdict(action, lang))
    best = [scenario.place.action_name(scenario.option(name).action, lang) for name in result.best]
    return {**item, "yours": yours, "best": words("end.best", actions=words("end.or").join(best)) if again else ""}
