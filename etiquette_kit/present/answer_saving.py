"""The messages about saving answers on the pages of a quiz, as values with their texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from etiquette_kit.locale import Catalog, catalog, plural
from etiquette_kit.present.quiz_pages import ConsentForm, Detail
from etiquette_kit.privacy.thresholds import MIN_GROUP_SIZE, RETENTION
from etiquette_kit.quiz.answer_persistence import AnswerPersistence

if TYPE_CHECKING:
    from etiquette_kit.quiz.recorder import Status

_PERMANENT = ("erased", "newer", "address")
"""Problems that are permanent."""


class SaveStatus(msgspec.Struct, frozen=True, omit_defaults=True):
    """The status of saving the learner's answers to this quiz.

    Attributes
    ----------
    saved : int
        The number of saved answers.
    text : str
        The number as text, with ``{since}`` where the page inserts the start of the quiz; empty where nothing is saved.
    trouble : str
        Why something is not saved, as text, while the problem lasts.
    """

    saved: int
    text: str = ""
    trouble: str = ""


def save_status(persistence: AnswerPersistence, lang: str) -> SaveStatus | None:
    """Return the number of saved answers, and the problem if there is one; None while the learner is unknown."""
    status = persistence.status
    if status is None:
        return None if persistence.recorder is None else SaveStatus(0)
    words = catalog(lang)
    text = plural(words, "store.saved", status.saved, since="{since}") if status.since else ""
    return SaveStatus(status.saved, text, _problem_text(persistence, status, words) if status.problem else "")


def saved_since(persistence: AnswerPersistence) -> str:
    """Return the start of the first saved session, in ISO 8601; empty where nothing is saved."""
    status = persistence.status
    return status.since.isoformat() if status is not None and status.since else ""


def problem_reason(persistence: AnswerPersistence, problem: str, words: Catalog) -> str:
    """Return why answers are not saved, in the words for the kind of store."""
    own = words.get(f"unsaved_browser.{problem}") if persistence.where in ("browser", "platform") else None
    return own or words(f"unsaved.{problem}")


def saving_text(persistence: AnswerPersistence, lang: str) -> str:
    """Return what the start page says about saving, as far as is known before the learner's token."""
    words = catalog(lang)
    if persistence.where in ("browser", "platform"):
        return words(f"start.keeping_{persistence.where}")
    if persistence.where == "memory" and persistence.recorder is not None:
        return words("start.keeping_memory")
    return words("start.keeping_text" if persistence.will_save else "start.counting_text")


def _problem_text(persistence: AnswerPersistence, status: Status, words: Catalog) -> str:
    """Return why answers are not saved, and what happens to them."""
    reason = problem_reason(persistence, status.problem, words)
    if status.problem in _PERMANENT:
        return reason
    return f"{reason} {plural(words, 'unsaved.waiting', status.unsaved) if status.unsaved else words('unsaved.go_on')}"


def consent_form(persistence: AnswerPersistence, lang: str) -> ConsentForm:
    """Return the form that asks for consent; empty where none is needed."""
    if persistence.consent != "due":
        return ConsentForm()
    words = catalog(lang)
    return ConsentForm(words("consent.title"), _consent_facts(persistence, lang), words("consent.agree"), words("consent.decline"))


def consent_text(persistence: AnswerPersistence, lang: str) -> str:
    """Return the text to which the learner agrees, as it was shown."""
    words = catalog(lang)
    return "\n".join([words("consent.title"), *(f"{fact.term}: {fact.text}" for fact in _consent_facts(persistence, lang))])


def _consent_facts(persistence: AnswerPersistence, lang: str) -> tuple[Detail, ...]:
    words = catalog(lang)
    recorder = persistence.recorder
    assert recorder is not None
    where = "consent.where_file" if recorder.store.where == "file" else "consent.where_server"
    values = {"cohort": persistence.cohort or "", "least": MIN_GROUP_SIZE, "days": RETENTION.days, "name": recorder.store.name}
    named = [
        ("what", "consent.what_cohort" if persistence.cohort else "consent.what_alone"),
        ("who", "consent.who_cohort" if persistence.cohort else "consent.who_alone"),
        ("where", where),
        ("long", "consent.long_text"),
        ("free", "consent.free_text"),
    ]
    return tuple(Detail(words(f"consent.{term}"), words(key, **values)) for term, key in named)
