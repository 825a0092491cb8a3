"""The messages from the browser to a quiz."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from etiquette_kit.cards.messages import Language, Message, Name, Place

_Token = Annotated[str, msgspec.Meta(pattern=r"\A[ -~]{16,64}\Z")]


class Hello(Message, frozen=True, tag="hello"):
    """Identify the learner by the browser's token; ``anew`` when the learner has changed."""

    key: _Token
    anew: bool = False


class Start(Message, frozen=True, tag="start"):
    """Leave the start page; ``agree`` if the learner agreed there."""

    agree: bool = False


class Save(Message, frozen=True, tag="save"):
    """Try again to save the unsaved answers."""


class _At(Message, frozen=True):
    """An action at a position of a round; a late one does nothing."""

    position: Place
    round: Place


class Answer(_At, frozen=True, tag="answer"):
    """A response to a question, in the question's format."""

    question: Name
    response: Any


class Draft(_At, frozen=True, tag="draft"):
    """A draft of a response, for a comment before the answer; it is not stored."""

    question: Name
    draft: Any


class Next(_At, frozen=True, tag="next"):
    """Move to the next question, or the end."""


class WhatIf(_At, frozen=True, tag="what_if"):
    """Ask for the other half of the pair, next in this round."""


class Back(_At, frozen=True, tag="back"):
    """Return to the previous question."""


class End(_At, frozen=True, tag="end"):
    """Show the end again."""


class Show(_At, frozen=True, tag="show"):
    """Show a question, from the end."""


class Repeat(Message, frozen=True, tag="repeat"):
    """Repeat the questions that were not answered best."""

    round: Place


class Restart(Message, frozen=True, tag="restart"):
    """Start the whole quiz again."""

    round: Place


class OpenConfirmation(Message, frozen=True, tag="confirmation"):
    """Open the confirmation of what was played."""


class CloseConfirmation(Message, frozen=True, tag="confirmation_close"):
    """Close it."""


class OpenMyData(Message, frozen=True, tag="mine"):
    """Open the page about one's own answers."""


class CloseMyData(Message, frozen=True, tag="mine_close"):
    """Close the page about one's own answers."""


class ShowCode(Message, frozen=True, tag="mine_code"):
    """Request a code with which to resume on another device."""


class TakeCode(Message, frozen=True, tag="mine_take"):
    """Resume the answers of a code."""

    code: str


class GetFile(Message, frozen=True, tag="mine_file", rename={"number": "n", "form": "as"}):
    """Request one's answers as a file."""

    form: Literal["json", "csv"]


class ImportFile(Message, frozen=True, tag="mine_import"):
    """Take up the answers in a file that was handed out elsewhere."""

    text: str


class Erase(Message, frozen=True, tag="mine_erase"):
    """Request the erasure of one's answers, which needs confirmation."""


class EraseSure(Message, frozen=True, tag="mine_erase_sure"):
    """Confirm the erasure."""


class Stay(Message, frozen=True, tag="mine_stay"):
    """Cancel the erasure."""


MyDataMessage = OpenMyData | CloseMyData | ShowCode | TakeCode | GetFile | ImportFile | Erase | EraseSure | Stay
ConfirmationMessage = OpenConfirmation | CloseConfirmation
QuizMessage = (
    Language
    | Hello
    | Start
    | Save
    | Answer
    | Draft
    | Next
    | WhatIf
    | Back
    | End
    | Show
    | Repeat
    | Restart
    | MyDataMessage
    | ConfirmationMessage
)
