"""The messages from the browser to an author's page."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from etiquette_kit.cards.messages import Language, Message, Name, Place
from etiquette_kit.cards.quiz_messages import QuizMessage
from etiquette_kit.present.writer.form import ROOM

_Text = Annotated[str, msgspec.Meta(max_length=ROOM)]
_Key = Annotated[str, msgspec.Meta(max_length=400)]
_Typed = Annotated[dict[Name, _Text], msgspec.Meta(max_length=60)]


class Arrive(Message, frozen=True, tag="arrive"):
    """Say which tab of a browser this is, which draft was open in it, and what was typed and not taken any more."""

    tab: Name
    open: _Key = ""
    typed: _Typed = msgspec.field(default_factory=dict)


class Survey(Message, frozen=True, tag="survey"):
    """Look for findings in all situations of the list."""


class ChooseFilter(Message, frozen=True, tag="narrow"):
    """Choose the value of a filter; an empty one shows all."""

    name: Literal["relation", "event", "platform", "theme", "state"]
    value: _Key


class Search(Message, frozen=True, tag="search"):
    """Search for words in the texts."""

    text: Name


class ShowAll(Message, frozen=True, tag="show_all"):
    """Drop all filters and the search."""


class ShowMore(Message, frozen=True, tag="more"):
    """Show more of the list."""


class New(Message, frozen=True, tag="new"):
    """Begin a new situation."""


class Open(Message, frozen=True, tag="open"):
    """Open a situation or a draft."""

    key: _Key


class Duplicate(Message, frozen=True, tag="duplicate"):
    """Begin a new situation with the texts of another."""

    key: _Key


class Delete(Message, frozen=True, tag="delete"):
    """Delete a situation, or a draft that was never saved."""

    key: _Key


class BringBack(Message, frozen=True, tag="bring_back"):
    """Bring back what was deleted last."""


class Close(Message, frozen=True, tag="close"):
    """Go back to the list."""


class Edit(Message, frozen=True, tag="edit"):
    """Put a text or a value into a field of a draft."""

    key: _Key
    field: Name
    value: _Text


class ChangeOptions(Message, frozen=True, tag="option"):
    """Add an option, remove one or move one."""

    step: Literal["add", "remove", "up", "down"]
    place: Place = 0


class ChangeLanguages(Message, frozen=True, tag="write_in"):
    """Begin to write in one more language, or leave one out."""

    code: Name
    on: bool


class Undo(Message, frozen=True, tag="undo"):
    """Take the last step back."""


class SaveDraft(Message, frozen=True, tag="keep"):
    """Save the situation to its file."""


class Drop(Message, frozen=True, tag="drop"):
    """Leave out what is not saved."""


class Settle(Message, frozen=True, tag="settle"):
    """Choose between one's own version and that of somebody else."""

    keep: Literal["mine", "theirs"]


class TakeOver(Message, frozen=True, tag="take_over"):
    """Go on with what another page has written."""

    name: Name


class ShowPreview(Message, frozen=True, tag="preview"):
    """Open the preview, in a language, narrow or wide, with an option that is chosen in it; or close it."""

    open: bool
    lang: Name = ""
    narrow: bool = False
    option: Name = ""


class Play(Message, frozen=True, tag="play"):
    """Play the situation in a quiz, or go back to writing."""

    on: bool


WriterMessage = (
    Language
    | Arrive
    | Survey
    | ChooseFilter
    | Search
    | ShowAll
    | ShowMore
    | New
    | Open
    | Duplicate
    | Delete
    | BringBack
    | Close
    | Edit
    | ChangeOptions
    | ChangeLanguages
    | Undo
    | SaveDraft
    | Drop
    | Settle
    | TakeOver
    | ShowPreview
    | Play
)

PlayMessage = QuizMessage
"""What a quiz takes while a situation is played."""
