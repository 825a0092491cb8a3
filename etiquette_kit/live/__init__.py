"""The live workshop: a room full of phones that vote, talk, vote again, and then see what the article says."""

from etiquette_kit.live.ballot import Ballot
from etiquette_kit.live.errors import BusyError, RoomError
from etiquette_kit.live.room import Room

__all__ = ["Ballot", "BusyError", "Room", "RoomError"]
