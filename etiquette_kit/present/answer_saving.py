"""What the pages of a quiz say about keeping its answers, as values with their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from etiquette_kit.locale import Catalog, catalog, plural
from etiquette_kit.present.quiz_pages import ConsentForm, Detail
from etiquette_kit.privacy.thresholds import MIN_GROUP_SIZE, RETENTION
from etiquette_kit.quiz.answer_persistence import AnswerPersistence

if TYPE_CHECKING:
    from etiquette_kit.quiz.recorder import Status

_FOR_GOOD = ("erased", "newer", "address")
"""Troubles that do not pass by themselves."""


class SaveStatus(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is saved of someone's answers to this quiz.

    Attributes
    ----------
    saved : int
        How many answers.
    text : str
        The same in words, with ``{since}`` where the page writes when the quiz was begun; empty where nothing is saved.
    trouble : str
        Why something is not saved, in words, as long as that lasts.
    """

    saved: int
    text: str = ""
    trouble: str = ""


def save_status(keeping: AnswerPersistence, lang: str) -> SaveStatus | None:
    """Tell how many answers are saved, and in trouble what is the matter; None while nobody has said whose they are."""
    status = keeping.status
    if status is None:
        return None if keeping.recorder is None else SaveStatus(0)
    words = catalog(lang)
    text = plural(words, "store.saved", status.saved, since="{since}") if status.since else ""
    return SaveStatus(status.saved, text, _trouble(keeping, status, words) if status.problem else "")


def begun(keeping: AnswerPersistence) -> str:
    """Return since when there is something saved, in ISO 8601; empty where nothing is."""
    status = keeping.status
    return status.since.isoformat() if status is not None and status.since else ""


def trouble_reason(keeping: AnswerPersistence, problem: str, words: Catalog) -> str:
    """Say why nothing is saved, as it is said of such a place."""
    own = words.get(f"unsaved_browser.{problem}") if keeping.where == "browser" else None
    return own or words(f"unsaved.{problem}")


def start_promise(keeping: AnswerPersistence, lang: str) -> str:
    """Say on the start page what becomes of the answers, as far as that is known before somebody has said whose they are."""
    words = catalog(lang)
    if keeping.where == "browser":
        return words("start.keeping_browser")
    if keeping.where == "memory":
        return words("start.keeping_memory")
    return words("start.keeping_text" if keeping.promised else "start.counting_text")


def _trouble(keeping: AnswerPersistence, status: Status, words: Catalog) -> str:
    """Say why nothing is saved, and what becomes of what was answered."""
    reason = trouble_reason(keeping, status.problem, words)
    if status.problem in _FOR_GOOD:
        return reason
    return f"{reason} {plural(words, 'unsaved.waiting', status.unsaved) if status.unsaved else words('unsaved.go_on')}"


def consent_form(keeping: AnswerPersistence, lang: str) -> ConsentForm:
    """Return what is asked before answers are collected; empty where nothing is to be asked."""
    if keeping.consent != "due":
        return ConsentForm()
    words = catalog(lang)
    return ConsentForm(words("consent.title"), _consent_facts(keeping, lang), words("consent.agree"), words("consent.decline"))


def consent_text(keeping: AnswerPersistence, lang: str) -> str:
    """Return what is agreed to, in the words that were shown."""
    words = catalog(lang)
    return "\n".join([words("consent.title"), *(f"{fact.term}: {fact.text}" for fact in _consent_facts(keeping, lang))])


def _consent_facts(keeping: AnswerPersistence, lang: str) -> tuple[Detail, ...]:
    words = catalog(lang)
    recorder = keeping.recorder
    assert recorder is not None
    where = "consent.where_file" if recorder.store.where == "file" else "consent.where_server"
    values = {"cohort": keeping.cohort or "", "least": MIN_GROUP_SIZE, "days": RETENTION.days, "name": recorder.store.name}
    named = [
        ("what", "consent.what_cohort" if keeping.cohort else "consent.what_alone"),
        ("who", "consent.who_cohort" if keeping.cohort else "consent.who_alone"),
        ("where", where),
        ("long", "consent.long_text"),
        ("free", "consent.free_text"),
    ]
    return tuple(Detail(words(f"consent.{term}"), words(key, **values)) for term, key in named)
