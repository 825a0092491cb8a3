"""A quiz as plain text: stable from run to run, so that a comparison of notebooks compares something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from etiquette_kit.cards.exercise_view import answer_line, contents_line, material_of, text_lines, title_of
from etiquette_kit.locale import catalog, counted, spoken_percent
from etiquette_kit.scenario import Scenario
from etiquette_kit.session import Session


def text_form(session: Session, pool: list[Scenario], seed: object, lang: str) -> str:
    """Return the quiz as text.

    Parameters
    ----------
    session : Session
        The run; with a seed, the question on the screen is told in full, with what was answered.
    pool : list of Scenario
        What was drawn from; told instead where there is no seed, because the order differs from run to run.
    seed : object
        The seed, or None.
    lang : str
        The language.
    """
    return "\n".join(_lines(session, pool, seed, lang))


def _lines(session: Session, pool: list[Scenario], seed: object, lang: str) -> Iterator[str]:
    words = catalog(lang)
    mode = words(f"text.{session.state.mode}")
    if seed is None:
        yield counted(words, "text.drawn", len(session.exercises), mode=mode, pool=len(pool))
        yield from _contents(pool, lang)
        return
    yield counted(words, "text.fixed", len(session.exercises), mode=mode, seed=seed)
    yield from _contents((material_of(exercise) for exercise in session.exercises), lang)
    if session.exercise is not None:
        yield from _question(session, lang)
        return
    summary = session.summary()
    credit = "–" if summary["credit"] is None else spoken_percent(summary["credit"], words)
    yield words("text.finished", answered=summary["answered"], total=summary["total"], credit=credit)


def _contents(materials: Iterable[Scenario], lang: str) -> Iterator[str]:
    for material in materials:
        yield f"  {contents_line(material, lang)}"


def _question(session: Session, lang: str) -> Iterator[str]:
    words = catalog(lang)
    exercise, position = session.exercise, session.state.position
    assert exercise is not None
    yield ""
    yield words("quiz.progress", number=position + 1, total=len(session.exercises)) + f": {title_of(exercise, lang)}"
    yield from text_lines(exercise, lang)
    answered = session.state.responses.get(position)
    if answered is not None:
        yield answer_line(exercise, answered.response, lang, revealed=session.reveals(position))
