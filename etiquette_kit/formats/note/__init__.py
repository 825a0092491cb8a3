"""Decline a request in one's own words: cues, a checklist and model notes help; there is no mark."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import msgspec

from etiquette_kit.content.material import short_hash
from etiquette_kit.formats.note.assessment import CRITERIA, assess_note
from etiquette_kit.formats.note.exercise import SHOWN, Note
from etiquette_kit.formats.note.pages import NoteComment, NoteQuestion, NoteReveal, checklist
from etiquette_kit.formats.note.problems import problems
from etiquette_kit.formats.note.request import NoteRequest, StoredRequest, read
from etiquette_kit.formats.note.response import decoded
from etiquette_kit.formats.protocol import ItemAnswer, ItemOption, MaterialSource
from etiquette_kit.locale import catalog

__all__ = [
    "FOLDER",
    "FORM",
    "NAME",
    "TABLE",
    "Note",
    "NoteComment",
    "NoteQuestion",
    "NoteRequest",
    "NoteReveal",
    "assess_note",
    "build",
    "checklist",
    "convert",
    "fingerprint",
    "item_options",
    "materials",
    "problems",
    "read",
    "rebuild",
    "revise",
    "suits",
    "summarise",
]

NAME = "note"
TABLE = "note"
FORM = NoteRequest
FOLDER = Path(__file__).parent

_TICKED, _OPEN = "ticked", "open"


def convert(raw: Mapping[str, Any], theme: str) -> NoteRequest:
    """Return the request of a table."""
    return msgspec.convert({**raw, "theme": theme}, NoteRequest)


def materials(bank: MaterialSource) -> Mapping[str, NoteRequest]:
    """Return the bank's requests by id."""
    return cast("Mapping[str, NoteRequest]", bank.materials(TABLE))


def suits(request: NoteRequest) -> bool:  # noqa: ARG001  the interface
    """Return True: every request can be declined."""
    return True


def build(request: NoteRequest, rng: random.Random) -> Note:  # noqa: ARG001  the interface
    """Build an exercise; nothing in it is random."""
    return Note(request)


def rebuild(request: NoteRequest | StoredRequest, shown: str) -> Note:
    """Build an exercise again.

    Raises
    ------
    msgspec.MsgspecError
        When this format did not write ``shown``.
    """
    msgspec.json.decode(shown, type=dict[str, str])
    return Note(request)


def revise(request: NoteRequest, shown: str) -> str:
    """Return the same, since nothing is random."""
    rebuild(request, shown)
    return SHOWN


def fingerprint(request: NoteRequest, lang: str) -> str:
    """Return a short hash of the text before the answer; it does not depend on the model notes."""
    text = request.text(lang)
    parts = [request.person.name, text.title, text.role, text.stem]
    return short_hash(parts)


def summarise(request: NoteRequest | StoredRequest, response: str) -> tuple[ItemAnswer, ...]:
    """Return for each line of the checklist whether it was ticked; nothing has a credit.

    Raises
    ------
    ResponseError
        When it is not a stored response.
    """
    (situation,) = request.situations
    ticks = decoded(response).ticks
    return tuple(ItemAnswer(name, _TICKED if name in ticks else _OPEN, None, situation.relation, situation.theme) for name in CRITERIA)


def item_options(request: NoteRequest | StoredRequest, lang: str) -> Mapping[str, Sequence[ItemOption]]:  # noqa: ARG001  the interface
    """Return for each line of the checklist that it can be ticked or not."""
    words = catalog(lang)
    return {
        name: [
            ItemOption(_TICKED, None, words("note.ticked_line", line=line)),
            ItemOption(_OPEN, None, words("note.not_ticked")),
        ]
        for name, line in checklist(words).items()
    }
