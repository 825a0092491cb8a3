"""What the browser sends to a quiz."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from etiquette_kit.cards.messages import Language, Message, Name, Place

_Token = Annotated[str, msgspec.Meta(pattern=r"\A[ -~]{16,64}\Z")]


class Hello(Message, frozen=True, tag="hello"):
    """A browser says whose answers these are; ``anew`` when somebody else has sat down before it."""

    key: _Token
    anew: bool = False


class Start(Message, frozen=True, tag="start"):
    """Leave the page before the first question, on which one can agree."""

    agree: bool = False


class Save(Message, frozen=True, tag="save"):
    """Try again to save what is not saved yet."""


class _At(Message, frozen=True):
    """An action at a place of a round; one that comes late does nothing."""

    position: Place
    round: Place


class Answer(_At, frozen=True, tag="answer"):
    """A response to a question; what it can be, the question's format says."""

    question: Name
    response: Any


class Next(_At, frozen=True, tag="next"):
    """Go on."""


class WhatIf(_At, frozen=True, tag="what_if"):
    """Ask for the other half of the pair, next in this round."""


class Back(_At, frozen=True, tag="back"):
    """Go back."""


class End(_At, frozen=True, tag="end"):
    """Go to the end again."""


class Show(_At, frozen=True, tag="show"):
    """Look at a question from the end."""


class Repeat(Message, frozen=True, tag="repeat"):
    """Play once more what did not fit best."""

    round: Place


class Restart(Message, frozen=True, tag="restart"):
    """Play everything once more."""

    round: Place


class OpenConfirmation(Message, frozen=True, tag="confirmation"):
    """Open the confirmation of what was played."""


class CloseConfirmation(Message, frozen=True, tag="confirmation_close"):
    """Close it."""


class OpenMyData(Message, frozen=True, tag="mine"):
    """Open the page about one's own answers."""


class CloseMyData(Message, frozen=True, tag="mine_close"):
    """Close it."""


class ShowCode(Message, frozen=True, tag="mine_code"):
    """Ask for a code with which to carry on elsewhere."""


class TakeCode(Message, frozen=True, tag="mine_take"):
    """Carry on with the answers of a code."""

    code: str


class GetFile(Message, frozen=True, tag="mine_file", rename={"number": "n", "form": "as"}):
    """Ask for one's answers as a file."""

    form: Literal["json", "csv"]


class ImportFile(Message, frozen=True, tag="mine_import"):
    """Take up the answers in a file that was handed out elsewhere."""

    text: str


class Erase(Message, frozen=True, tag="mine_erase"):
    """Ask for one's answers to be deleted, to be asked whether that is meant."""


class EraseSure(Message, frozen=True, tag="mine_erase_sure"):
    """Say that it is meant."""


class Stay(Message, frozen=True, tag="mine_stay"):
    """Say that it is not."""


MyDataMessage = OpenMyData | CloseMyData | ShowCode | TakeCode | GetFile | ImportFile | Erase | EraseSure | Stay
ConfirmationMessage = OpenConfirmation | CloseConfirmation
QuizMessage = (
    Language | Hello | Start | Save | Answer | Next | WhatIf | Back | End | Show | Repeat | Restart | MyDataMessage | ConfirmationMessage
)
