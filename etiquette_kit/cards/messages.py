"""Messages from a browser to a card and their decoding; each card has its message types, with a fixed set of fields."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

Place = Annotated[int, msgspec.Meta(ge=0, le=999_999)]
Name = Annotated[str, msgspec.Meta(max_length=200)]


class Message(msgspec.Struct, frozen=True, kw_only=True, tag_field="do", forbid_unknown_fields=True, rename={"number": "n"}):
    """An action; ``number`` identifies it, so that a repeated message can be recognised."""

    number: str = ""


class Language(Message, frozen=True, tag="language"):
    """Change the language of the page."""

    lang: Name


class _Envelope(msgspec.Struct, frozen=True):
    n: str


_UNREADABLE = (msgspec.MsgspecError, UnicodeError, RecursionError)


def number_of(raw: object) -> str | None:
    """Return the number of a message, even an invalid one; None where it has none."""
    try:
        return msgspec.convert(raw, _Envelope).n
    except _UNREADABLE:
        return None


def read(raw: object, kinds: Any) -> Any:
    """Return a message of one of the given types; None where it is none of them."""
    try:
        return msgspec.convert(raw, kinds)
    except _UNREADABLE:
        return None
