"""A learner's response: what she ticked, and whether the cues changed; her text only if she agreed to that."""

from __future__ import annotations

import json
from collections.abc import Mapping

import msgspec

from etiquette_kit.formats.note.assessment import CRITERIA, assess_note
from etiquette_kit.formats.protocol import ResponseError
from etiquette_kit.locale import languages

MOST_CHARACTERS = 2000
"""The maximum length of a note."""


class Response(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A response, as it is stored.

    Attributes
    ----------
    ticks : tuple of str
        The criteria that the learner ticked.
    changed : tuple of str
        The criteria of which the cue was another one for her last version than for her first.
    text : str
        The last version, if she agreed that it is stored; otherwise empty.
    """

    ticks: tuple[str, ...]
    changed: tuple[str, ...]
    text: str = ""


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
    for version in (page.first, page.last):
        checked(version)
    if page.lang not in languages():
        raise ResponseError("a note in a language that does not exist")
    ticks = _criteria(page.ticks)
    before, after = (assess_note(version, page.lang).criteria for version in (page.first, page.last))
    changed = tuple(name for name in CRITERIA if before[name].met is not after[name].met)
    return _as_text(Response(ticks, changed, _storable(page.last) if page.keep else ""))


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
    try:
        found = msgspec.json.decode(response, type=Response)
    except (msgspec.MsgspecError, UnicodeError):
        raise ResponseError("this is not a stored response to a request that is to be declined") from None
    if _criteria(found.ticks) != found.ticks or _criteria(found.changed) != found.changed or len(found.text) > MOST_CHARACTERS:
        raise ResponseError("a stored response has criteria that do not exist, or too long a text")
    return found


def _criteria(names: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    if not set(names) <= set(CRITERIA):
        raise ResponseError("a criterion that does not exist")
    return tuple(name for name in CRITERIA if name in names)


def _storable(text: str) -> str:
    """Return a text without half characters, which no store takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _as_text(response: Response) -> str:
    parts: Mapping[str, object] = msgspec.to_builtins(response)
    return json.dumps(parts)  # in ASCII, so that no store changes a character
