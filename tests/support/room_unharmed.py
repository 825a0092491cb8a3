"""What an attack must leave as it is: where the room stands, and what nobody is told yet."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from room_guests import Served


def standing(room: Served) -> Any:
    """Return where the room stands, but for who is in."""
    now = room.room
    return deepcopy((now.position, now.phase, now.ends, now.turns, now.keys, [(one.phase, one.first, one.second) for one in now.ballots]))


def tells_nothing(room: Served, heard: bytes) -> None:
    assert not [secret for secret in room.secrets if secret in heard]
    assert b'"grade"' not in heard
