"""A quiz as plain, reproducible text, so that executed notebooks can be compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etiquette_kit.formats import Exercise, format_named
from etiquette_kit.locale import catalog, plural
from etiquette_kit.locale.numbers import percent
from etiquette_kit.quiz.rounds import Candidate
from etiquette_kit.quiz.session import Session


def text_form(session: Session, pool: Sequence[Candidate], seed: object, lang: str) -> str:
    """Return the quiz as text.

    Parameters
    ----------
    session : Session
        The session; with a seed, the question on the screen is included, with the response.
    pool : sequence of Candidate
        The material that could be drawn; listed where there is no seed, because the order is not reproducible.
    seed : object
        The seed, or None.
    lang : str
        The language.
    """
    return "\n".join(_lines(session, pool, seed, lang))


def _lines(session: Session, pool: Sequence[Candidate], seed: object, lang: str) -> Iterator[str]:
    words = catalog(lang)
    mode = words(f"text.{session.state.mode}")
    if seed is None:
        yield plural(words, "text.drawn", len(session.exercises), mode=mode, pool=len(pool))
        yield from (f"  {contents_line(candidate, lang)}" for candidate in pool)
        return
    yield plural(words, "text.fixed", len(session.exercises), mode=mode, seed=seed)
    yield from (f"  {contents_line(exercise, lang)}" for exercise in session.exercises)
    if session.exercise is not None:
        yield from _question(session, session.exercise, lang)
        return
    summary = session.summary()
    credit = percent(summary["credit"], words)
    yield words("text.finished", answered=summary["answered"], total=summary["total"], credit=credit)


def contents_line(entry: Candidate | Exercise, lang: str) -> str:
    """Return a line for a table of contents; it changes with the text that learners read."""
    fingerprint = format_named(entry.format_name).fingerprint(entry.material, lang)
    return f"{fingerprint} {entry.material.title(lang)}"


def _question(session: Session, exercise: Exercise, lang: str) -> Iterator[str]:
    words, position = catalog(lang), session.state.position
    yield ""
    yield words("quiz.progress", number=position + 1, total=len(session.exercises)) + f": {exercise.material.title(lang)}"
    yield from exercise.question_lines(lang)
    answered = session.state.responses.get(position)
    if answered is not None:
        yield exercise.response_line(answered.response, lang, revealed=session.reveals(position))
