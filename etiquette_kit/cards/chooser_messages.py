"""The messages from the browser to a chooser of situations."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from etiquette_kit.cards.messages import Language, Message, Name

LARGEST_FILE = 100_000
"""How many characters a file with a list of situations may have."""

_Ids = Annotated[tuple[Name, ...], msgspec.Meta(max_length=1000)]


class Unfold(Message, frozen=True, tag="unfold"):
    """Open the page with all situations, or close it."""

    open: bool


class ChooseFilter(Message, frozen=True, tag="filter"):
    """Choose the value of a filter; an empty one shows all."""

    name: Literal["relation", "event", "platform", "theme"]
    value: Name


class Search(Message, frozen=True, tag="search"):
    """Search for words in the texts."""

    text: Name


class ShowAll(Message, frozen=True, tag="show_all"):
    """Drop all filters and the search."""


class Tick(Message, frozen=True, tag="tick"):
    """Choose a situation, or choose it no longer."""

    id: Name
    on: bool


class Move(Message, frozen=True, tag="move"):
    """Move a chosen situation one place."""

    id: Name
    to: Literal["up", "down"]


class Rename(Message, frozen=True, tag="rename"):
    """Give the choice a name."""

    title: Name


class Read(Message, frozen=True, tag="read"):
    """Read a situation, or close it."""

    id: Name
    open: bool


class ShowKey(Message, frozen=True, tag="key"):
    """Show the key of the situation that is being read, or hide it."""

    id: Name
    on: bool


class Clear(Message, frozen=True, tag="clear"):
    """Choose nothing."""


class SaveFile(Message, frozen=True, tag="save"):
    """Request the choice as a file."""


class OpenFile(Message, frozen=True, tag="open"):
    """Take over the choice in a file."""

    name: Name
    text: Annotated[str, msgspec.Meta(max_length=LARGEST_FILE)]


class Restore(Message, frozen=True, tag="restore"):
    """Take over what the browser has kept; what was chosen meanwhile is not overwritten."""

    title: Name
    scenarios: _Ids


ChooserMessage = (
    Language | Unfold | ChooseFilter | Search | ShowAll | Tick | Move | Rename | Read | ShowKey | Clear | SaveFile | OpenFile | Restore
)
