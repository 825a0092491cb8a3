"""The live workshop: participants vote on their phones, discuss, vote again, and then see the article's advice."""

from etiquette_kit.live.ballot import Ballot
from etiquette_kit.live.errors import AddressError, BusyError, NetworkError, RoomError
from etiquette_kit.live.room import Room

__all__ = ["AddressError", "Ballot", "BusyError", "NetworkError", "Room", "RoomError"]
