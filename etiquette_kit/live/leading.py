"""What the facilitator's page asks of a room, as an event."""

from __future__ import annotations

from datetime import datetime, timedelta

from etiquette_kit.live import messages
from etiquette_kit.live.errors import RoomError
from etiquette_kit.live.events import RoomEvent
from etiquette_kit.live.room import Room

MORE_TALK = timedelta(minutes=1)
"""By how much one press extends a talk."""


def step(room: Room, message: messages.StepMessage, now: datetime) -> RoomEvent:
    """Return the event for a message.

    Raises
    ------
    RoomError
        When the room has moved on since the button was pressed, or cannot do that.
    """
    if message.place != (room.position, room.phase):
        text = f"the room is at {room.position}, {room.phase}"
        raise RoomError("moved", text)
    match message:
        case messages.Go():
            return room.go(message.phase, now)
        case messages.Next():
            return room.next(now)
        case messages.Back():
            return room.back(now)
        case messages.TakeBack():
            return room.take_back(now)
        case messages.Turn():
            return room.turn(message.view, now)
        case _:
            return _time(room, message, now)


def _time(room: Room, message: messages.TimeMessage, now: datetime) -> RoomEvent:
    match message:
        case messages.Timer():
            return room.time(None if message.seconds is None else timedelta(seconds=message.seconds), now)
        case messages.Talk():
            return room.set_talk(message.seconds, now)
        case messages.ExtendTalk():
            return room.extend_talk(MORE_TALK, now)
        case messages.StopTalk():
            return room.stop_talk(now)
