"""The messages from pages, each type with a fixed set of fields; anything else is rejected."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from etiquette_kit.live.events import RoomPhase
from etiquette_kit.workshop.round import WhichVote

_Text = Annotated[str, msgspec.Meta(max_length=64)]
_Place = Annotated[int, msgspec.Meta(ge=0, le=9999)]
MAX_NUMBER = 2**53 - 1
"""The highest number of a vote: the largest integer that a page counts exactly."""

From = tuple[_Place, RoomPhase]
"""The position and phase of the page when its button was pressed; a late message does nothing."""


SheetName = Literal["run_sheet", "handout", "vote_sheet"]
"""The sheets of a room."""


class _Message(msgspec.Struct, frozen=True, tag_field="do", forbid_unknown_fields=True):
    pass


class PhoneHello(_Message, frozen=True, tag="hello"):
    """A phone connects or reconnects; the token identifies its seat."""

    token: Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{32}\Z")]
    lang: _Text = ""


class Vote(_Message, frozen=True, tag="vote"):
    """A vote; a repeated id is the same vote, and of two votes of a seat the one with the higher number is the newer one.

    A page of an earlier version sends no number: its votes count in the order in which they arrive.
    """

    id: Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{16}\Z")]
    position: _Place
    which: WhichVote
    option: _Text
    number: Annotated[int, msgspec.Meta(ge=1, le=MAX_NUMBER)] | None = None


class Lang(_Message, frozen=True, tag="lang"):
    """Change the language of the page."""

    lang: _Text


class ScreenHello(_Message, frozen=True, tag="hello"):
    """A projector's page connects."""

    lang: _Text = ""


class ControlHello(_Message, frozen=True, tag="hello"):
    """The facilitator's page connects, with the key."""

    key: _Text
    lang: _Text = ""


class Go(_Message, frozen=True, tag="go", rename={"place": "from"}):
    """Change to a phase of the situation, or to one after the last situation."""

    phase: RoomPhase
    place: From


class Next(_Message, frozen=True, tag="next", rename={"place": "from"}):
    """Move to the next situation, or towards the end."""

    place: From


class Back(_Message, frozen=True, tag="back", rename={"place": "from"}):
    """Return to what comes before."""

    place: From


class TakeBack(_Message, frozen=True, tag="take_back", rename={"place": "from"}):
    """Take the last step back."""

    place: From


class Timer(_Message, frozen=True, tag="timer", rename={"place": "from"}):
    """Set a time limit in seconds for the open vote, or, with None, remove it."""

    seconds: Annotated[int, msgspec.Meta(ge=1, le=3600)] | None
    place: From


class Talk(_Message, frozen=True, tag="talk", rename={"place": "from"}):
    """Set the time for talking in seconds for the whole room, or, with None, do without a countdown."""

    seconds: Annotated[int, msgspec.Meta(ge=1, le=3600)] | None
    place: From


class ExtendTalk(_Message, frozen=True, tag="extend_talk", rename={"place": "from"}):
    """Give people another minute to talk."""

    place: From


class StopTalk(_Message, frozen=True, tag="stop_talk", rename={"place": "from"}):
    """Stop the countdown of this talk."""

    place: From


class Turn(_Message, frozen=True, tag="turn", rename={"place": "from"}):
    """Switch the projector to a view of the answer."""

    view: _Text
    place: From


class Sheet(_Message, frozen=True, tag="sheet"):
    """Request a sheet to print."""

    which: SheetName


class OpenNetwork(_Message, frozen=True, tag="open_network"):
    """Let phones in the same network reach a room that is open on its own machine only."""


PhoneMessage = PhoneHello | Vote | Lang
ScreenMessage = ScreenHello | Lang
TimeMessage = Timer | Talk | ExtendTalk | StopTalk
StepMessage = Go | Next | Back | TakeBack | Turn | TimeMessage
"""What is asked of a room at a certain place."""

ControlMessage = ControlHello | StepMessage | Sheet | OpenNetwork | Lang
Message = PhoneMessage | ScreenMessage | ControlMessage

read_phone = msgspec.json.Decoder(PhoneMessage).decode
read_screen = msgspec.json.Decoder(ScreenMessage).decode
read_control = msgspec.json.Decoder(ControlMessage).decode
read_phone_list = msgspec.json.Decoder(Annotated[list[PhoneMessage], msgspec.Meta(max_length=8)]).decode
read_screen_list = msgspec.json.Decoder(Annotated[list[ScreenMessage], msgspec.Meta(max_length=8)]).decode
read_control_list = msgspec.json.Decoder(Annotated[list[ControlMessage], msgspec.Meta(max_length=8)]).decode
