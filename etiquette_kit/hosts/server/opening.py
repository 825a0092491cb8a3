"""Opening a room: a new one, or one that was being served when the program ended."""

from __future__ import annotations

import secrets
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from http.client import HTTPException

import msgspec

from etiquette_kit.formats.choice import Choice
from etiquette_kit.hosts.server.host import hashed
from etiquette_kit.hosts.server.join_info import CODE_LENGTH
from etiquette_kit.live.errors import BusyError, RoomError
from etiquette_kit.live.events import Keyed, Opened, RoomEvent, decode, encode
from etiquette_kit.live.room import Room
from etiquette_kit.live.situations import planned
from etiquette_kit.quiz.codes import new_code
from etiquette_kit.quiz.store_errors import StoreError
from etiquette_kit.store.sql.rooms import RoomHead, Rooms
from etiquette_kit.workshop.plan import ROUND

RESUME_WITHIN = timedelta(hours=12)
"""How long a room that has not ended can be resumed."""


@dataclass(frozen=True)
class Opening:
    """A room that is ready to be served.

    Attributes
    ----------
    head : RoomHead
        Its record in the store.
    room : Room
        Its state.
    key : str
        A key for the facilitator; earlier ones still work.
    length : int
        The number of its events.
    resumed : bool
        Whether it was resumed rather than newly opened.
    """

    head: RoomHead
    room: Room
    key: str
    length: int
    resumed: bool


def begin(rooms: Rooms, exercises: Sequence[Choice], *, lang: str, minutes: int, port: int) -> Opening:
    """Open a new room.

    Parameters
    ----------
    rooms : Rooms
        The store of rooms.
    exercises : sequence of Choice
        Its situations; at least one.
    lang : str
        Its own language.
    minutes : int
        The length of its timing plan.
    port : int
        The port on which it will be served.

    Raises
    ------
    StoreError
        When the store cannot be used.
    """
    now, key = datetime.now(UTC), secrets.token_urlsafe(16)
    plan = tuple(planned(exercise) for exercise in exercises)
    events: list[RoomEvent] = [Opened(now, lang, minutes, plan, talk=60 * ROUND["discuss"]), Keyed(now, hashed(key))]
    head = rooms.begin(new_code(CODE_LENGTH), port, now, [encode(event) for event in events])
    return Opening(head, Room.replay(events), key, len(events), resumed=False)


def resume(rooms: Rooms, now: datetime) -> Opening | None:
    """Resume the latest room, if it has not ended and is not older than twelve hours; None where there is none.

    Raises
    ------
    BusyError
        When another program on this machine is serving it.
    StoreError
        When the store cannot be used.
    """
    head = rooms.open(now - RESUME_WITHIN)
    if head is None:
        return None
    if _is_served(head):
        raise BusyError(head.code, head.port)
    room, length = replayed(rooms, head)
    keyed = Keyed(now, hashed(key := secrets.token_urlsafe(16)))
    rooms.append(head.id, length, [encode(keyed)])
    room.apply(keyed)
    return Opening(head, room, key, length + 1, resumed=True)


def replayed(rooms: Rooms, head: RoomHead) -> tuple[Room, int]:
    """Return a room with the state after its events, and the number of events.

    Raises
    ------
    StoreError
        When the store cannot be used; of kind ``unreadable``, when the events cannot be read, or their sequence is invalid.
    """
    bodies = rooms.events(head.id)
    try:
        return Room.replay(decode(body) for body in bodies), len(bodies)
    except (msgspec.MsgspecError, RoomError, ValueError, LookupError) as error:
        message = f"the events of room {head.code} cannot be read: {error}"
        raise StoreError("unreadable", message) from error


_NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # requests to this machine must not use a proxy


def _is_served(head: RoomHead) -> bool:
    """Return whether the room responds on its port on this machine."""
    try:
        with _NO_PROXY.open(f"http://127.0.0.1:{head.port}/{head.code}/", timeout=2) as answer:
            return bool(answer.status == HTTPStatus.OK)
    except (OSError, HTTPException):
        return False
