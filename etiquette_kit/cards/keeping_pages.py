"""What the pages of a quiz say about keeping its answers, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from etiquette_kit.cards.keeping import Keeping
from etiquette_kit.locale import Catalog, catalog, counted
from etiquette_kit.records.terms import LEAST_GROUP, RETENTION

if TYPE_CHECKING:
    from etiquette_kit.records.recorder import Status

_FOR_GOOD = ("erased", "newer", "address")
"""Troubles that do not pass by themselves."""


def kept(keeping: Keeping, lang: str) -> dict[str, Any]:
    """Tell how many answers are saved, and in trouble what is the matter, in words; nothing while nothing is kept."""
    status = keeping.status
    if status is None:
        return {"kept": [] if keeping.recorder is None else [0], "since": ""}
    trouble = [_trouble(status, catalog(lang))] if status.problem else []
    return {"kept": [status.saved, *trouble], "since": status.since.isoformat() if status.since else ""}


def _trouble(status: Status, words: Catalog) -> str:
    """Say why nothing is saved, and what becomes of what was answered."""
    reason = words(f"unsaved.{status.problem}")
    if status.problem in _FOR_GOOD:
        return reason
    return f"{reason} {counted(words, 'unsaved.waiting', status.unsaved) if status.unsaved else words('unsaved.go_on')}"


def keeping_facts(keeping: Keeping, lang: str) -> dict[str, Any]:
    """Return, for the start page, what is asked before answers are collected; empty where nothing is to be asked."""
    if keeping.consent != "due":
        return {"consent": {}}
    words = catalog(lang)
    return {
        "consent": {
            "title": words("consent.title"),
            "facts": _consent_facts(keeping, lang),
            "agree": words("consent.agree"),
            "decline": words("consent.decline"),
        }
    }


def consent_text(keeping: Keeping, lang: str) -> str:
    """Return what is agreed to, in the words that were shown."""
    words = catalog(lang)
    return "\n".join([words("consent.title"), *(f"{term}: {text}" for term, text in _consent_facts(keeping, lang))])


def _consent_facts(keeping: Keeping, lang: str) -> list[list[str]]:
    words = catalog(lang)
    recorder = keeping.recorder
    assert recorder is not None
    where = "consent.where_file" if recorder.store.is_own_file else "consent.where_server"
    values = {"cohort": keeping.cohort or "", "least": LEAST_GROUP, "days": RETENTION.days, "name": recorder.store.name}
    named = [
        ("what", "consent.what_cohort" if keeping.cohort else "consent.what_alone"),
        ("who", "consent.who_cohort" if keeping.cohort else "consent.who_alone"),
        ("where", where),
        ("long", "consent.long_text"),
        ("free", "consent.free_text"),
    ]
    return [[words(f"consent.{term}"), words(key, **values)] for term, key in named]
