"""A learner's response: what she ticked, and whether the cues changed; her text only if she agreed to that."""

from __future__ import annotations

import json
import re

import msgspec

from etiquette_kit.formats.note.assessment import CRITERIA, assess_note
from etiquette_kit.formats.protocol import ResponseError
from etiquette_kit.locale import languages

MOST_CHARACTERS = 2000
"""The maximum length of a note."""

LETTERS = dict(zip(CRITERIA, "dsrpfac", strict=True))
"""How a tick is stored. Without a text a response is so short that a store does not take it for one that tells who wrote it."""

_CHANGED, _SAME = "+", "="
_RESPONSE = re.compile(r"(?P<ticks>d?s?r?p?f?a?c?)(?P<changed>[+=])(?: (?P<text>\".*\"))?", re.DOTALL)


class Response(msgspec.Struct, frozen=True):
    """A response.

    Attributes
    ----------
    ticks : tuple of str
        The criteria that the learner ticked.
    changed : bool
        Whether any cue was another one for her last version than for her first.
    text : str
        The last version, if she agreed that it is stored; otherwise empty.
    """

    ticks: tuple[str, ...]
    changed: bool
    text: str = ""

    def encoded(self) -> str:
        """Return it as it is stored: a letter for each tick, ``+`` if the cues changed and ``=`` if not, and the text as JSON."""
        head = "".join(LETTERS[name] for name in self.ticks) + (_CHANGED if self.changed else _SAME)
        return f"{head} {json.dumps(self.text)}" if self.text else head  # in ASCII, so that no store changes a character


class _Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a page sends: the first version and the last, their language, the ticks, and whether the text may be stored."""

    first: str
    last: str
    lang: str
    ticks: list[str]
    keep: bool


def encoded(given: object) -> str:
    """Return what a page sends as the text of a response; without consent nothing of the note is in it.

    Parameters
    ----------
    given : object
        A mapping with ``first``, ``last``, ``lang``, ``ticks`` and ``keep``.

    Raises
    ------
    ResponseError
        When it is something else, or the note is empty or too long. The message does not contain the note.
    """
    try:
        page = msgspec.convert(given, _Given)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise ResponseError("this is not the response to a request that is to be declined") from None
    versions = checked(page.first), checked(page.last)
    if page.lang not in languages() or not set(page.ticks) <= set(CRITERIA):
        raise ResponseError("a language or a criterion that does not exist")
    ticks = tuple(name for name in CRITERIA if name in page.ticks)
    before, after = (assess_note(version, page.lang).criteria for version in versions)
    changed = any(before[name].met is not after[name].met for name in CRITERIA)
    return Response(ticks, changed, _storable(page.last) if page.keep else "").encoded()


def checked(draft: object) -> str:
    """Return a draft.

    Raises
    ------
    ResponseError
        When it is no text, empty or too long. The message does not contain it.
    """
    if not isinstance(draft, str) or not draft.strip() or len(draft) > MOST_CHARACTERS:
        message = f"a note is a text of 1 to {MOST_CHARACTERS} characters"
        raise ResponseError(message)
    return draft


def decoded(response: str) -> Response:
    """Return an encoded response.

    Raises
    ------
    ResponseError
        When it is none.
    """
    found = _RESPONSE.fullmatch(response)
    if found is None:
        raise ResponseError("this is not a stored response to a request that is to be declined")
    ticks = tuple(name for name, letter in LETTERS.items() if letter in found["ticks"])
    return Response(ticks, found["changed"] == _CHANGED, _text(found["text"]) if found["text"] else "")


def _text(stored: str) -> str:
    try:
        text = msgspec.json.decode(stored, type=str)
    except (msgspec.MsgspecError, UnicodeError):
        raise ResponseError("the text of a stored response cannot be read") from None
    return checked(text)


def _storable(text: str) -> str:
    """Return a text without half characters, which no store takes."""
    return text.encode("utf-8", "replace").decode("utf-8")
