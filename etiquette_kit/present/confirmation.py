"""The confirmation of participation, as a value with its words; the name is typed on the page and never sent to Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import fsum

import msgspec

from etiquette_kit.bank import Bank
from etiquette_kit.locale import Catalog, catalog
from etiquette_kit.locale.numbers import percent
from etiquette_kit.present.quiz_pages import QuizPage, topic_title, topic_words
from etiquette_kit.quiz.played_sessions import PlayedSession

_TOPIC = ("relation", "event", "theme")


class PlayedRow(msgspec.Struct, frozen=True):
    """All sessions of one title.

    Attributes
    ----------
    title : str
        The title of the quiz.
    answered : int
        The number of answers.
    last : str
        The time of the last answer, in ISO 8601.
    """

    title: str
    answered: int
    last: str


class ConfirmationPage(QuizPage, frozen=True, kw_only=True, tag="confirmation"):
    """A page to print that says who has practised what.

    Attributes
    ----------
    title : str
        Its title.
    words : dict of str to str
        Its texts.
    rows : tuple of PlayedRow
        What was practised, the latest first.
    score : str
        The result as a sentence, which the learner may add; empty where nothing is scored.
    """

    title: str
    words: dict[str, str]
    rows: tuple[PlayedRow, ...]
    score: str


def confirmation_page(played: Iterable[PlayedSession], bank: Bank, lang: str, round_number: int) -> ConfirmationPage:
    """Describe the confirmation."""
    words = catalog(lang)
    by_title: dict[str, list[PlayedSession]] = {}
    for session in played:
        by_title.setdefault(_title(session, bank, lang), []).append(session)
    rows = [
        PlayedRow(title, sum(len(session.state.responses) for session in sessions), max(session.at for session in sessions).isoformat())
        for title, sessions in by_title.items()
    ]
    return ConfirmationPage(
        round=round_number,
        title=words("confirmation.title"),
        words=words.table("confirmation_card"),
        rows=tuple(sorted(rows, key=lambda row: row.last, reverse=True)),
        score=_score([session for sessions in by_title.values() for session in sessions], words),
    )


def _title(session: PlayedSession, bank: Bank, lang: str) -> str:
    words, mode = catalog(lang), session.state.mode
    parts = dict(part.split("=", 1) for part in session.quiz.split(" ") if "=" in part)
    topic = {name: parts.get(name) for name in _TOPIC}
    known = _topic_words(topic, bank, lang)
    return topic_title(mode, known, words) if known else words(f"start.title_{mode}")


def _topic_words(topic: Mapping[str, str | None], bank: Bank, lang: str) -> list[str]:
    """Return a quiz's topic in words; an empty list for an unknown topic."""
    words, theme = catalog(lang), topic["theme"]
    known = all(words.get(f"short.{name}.{topic[name]}") for name in ("relation", "event") if topic[name])
    return topic_words(topic, bank, lang) if known and (theme is None or theme in bank.themes) else []


def _score(played: Iterable[PlayedSession], words: Catalog) -> str:
    """Return the result as a sentence; answers of an unfinished test do not count."""
    open_to_see = [session.state for session in played if session.state.mode == "practice" or session.state.finished]
    credits_ = [answer.credit for state in open_to_see for answer in state.responses.values() if answer.credit is not None]
    return words("confirmation.score", credit=percent(fsum(credits_) / len(credits_), words)) if credits_ else ""
