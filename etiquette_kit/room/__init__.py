"""The live workshop: a room full of phones that vote, talk, vote again, and then see what the article says."""

from etiquette_kit.room.room import Ballot, Room, RoomError

__all__ = ["Ballot", "Room", "RoomError"]
