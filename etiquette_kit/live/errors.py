"""Errors of a room: rejected requests, and a room that cannot be opened."""

from __future__ import annotations

from typing import Literal

Refusal = Literal["closed", "unknown_option", "unknown_seat", "moved", "no_way", "too_late", "full"]


class RoomError(ValueError):
    """A request that a room rejects; the room is unchanged.

    Attributes
    ----------
    refusal : {"closed", "unknown_option", "unknown_seat", "moved", "no_way", "too_late", "full"}
        The reason: the vote is not open; the situation has no such option; the seat does not exist; the room has moved on; this
        phase cannot follow; the step can no longer be taken back; all seats are taken.
    """

    def __init__(self, refusal: Refusal, message: str) -> None:
        super().__init__(message)
        self.refusal = refusal


class AddressError(OSError):
    """An address to listen on that this machine does not have.

    Attributes
    ----------
    host : str
        The address.
    """

    def __init__(self, host: str) -> None:
        super().__init__(f"this machine has no address {host!r} to listen on")
        self.host = host


class NetworkError(RuntimeError):
    """A room that cannot be opened to the network while it is being served.

    Attributes
    ----------
    kind : {"none", "port"}
        The machine is in no network; or none of its addresses can be listened on.
    reason : str
        The system's reason.
    """

    def __init__(self, kind: Literal["none", "port"], reason: str = "") -> None:
        super().__init__(f"the room cannot be opened to the network: {kind} {reason}".rstrip())
        self.kind = kind
        self.reason = reason


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
