"""What a browser sends to a card: how a message is read; each card has its kinds, each with exactly its fields."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

Place = Annotated[int, msgspec.Meta(ge=0, le=999_999)]
Name = Annotated[str, msgspec.Meta(max_length=200)]


class Message(msgspec.Struct, frozen=True, kw_only=True, tag_field="do", forbid_unknown_fields=True, rename={"number": "n"}):
    """An action; ``number`` tells it from all others, also when it is sent twice."""

    number: str = ""


class Language(Message, frozen=True, tag="language"):
    """The page goes over to another language."""

    lang: Name


class _Envelope(msgspec.Struct, frozen=True):
    n: str


_UNREADABLE = (msgspec.MsgspecError, UnicodeError, RecursionError)


def number_of(raw: object) -> str | None:
    """Return the number of a message, whatever else it says; None where it has none."""
    try:
        return msgspec.convert(raw, _Envelope).n
    except _UNREADABLE:
        return None


def read(raw: object, kinds: Any) -> Any:
    """Return a message of one of the given kinds; None where it is none of them."""
    try:
        return msgspec.convert(raw, kinds)
    except _UNREADABLE:
        return None
