"""A room as it is on disk, or as another program takes it up."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from etiquette_kit.hosts.server.opening import Opening, resume
from etiquette_kit.live.events import decode
from etiquette_kit.live.room import Room
from room_guests import Served


async def resumed(room: Served) -> Opening:
    """Return the room as another program takes it up."""
    opening = await asyncio.to_thread(resume, room.rooms, datetime.now(UTC))
    room.store.close()
    assert opening is not None
    return opening


def replayed(room: Served) -> Room:
    """Return the room that is on disk."""
    return Room.replay(decode(body) for body in room.rooms.events(room.server.opening.head.id))
