"""What is refused by a room, and what stands in the way of opening one."""

from __future__ import annotations

from typing import Literal

Refusal = Literal["closed", "unknown_option", "unknown_seat", "moved", "no_way", "full"]


class RoomError(ValueError):
    """Something that was asked of a room and is refused; the room is as it was.

    Attributes
    ----------
    refusal : {"closed", "unknown_option", "unknown_seat", "moved", "no_way", "full"}
        Why: no such vote is open; the situation has no such option; nobody has this seat; the room has gone on; this phase
        cannot follow; all seats are taken.
    """

    def __init__(self, refusal: Refusal, message: str) -> None:
        super().__init__(message)
        self.refusal = refusal


class BusyError(RuntimeError):
    """A room that another program is serving.

    Attributes
    ----------
    code : str
        The code of the room.
    port : int
        The port that it is served on.
    """

    def __init__(self, code: str, port: int) -> None:
        super().__init__(f"room {code} is being served on port {port}")
        self.code = code
        self.port = port
