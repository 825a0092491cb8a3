"""A message as it goes over a WebSocket."""

from __future__ import annotations

import struct
from functools import lru_cache

_TEXT = 0x81  # a whole message of text (RFC 6455, section 5.2)
_SHORT = 126  # what is longer has its length in two or eight bytes of its own


@lru_cache(maxsize=64)  # what goes to thousands of pages lies in memory once, however slowly they take it
def frame(message: bytes) -> bytes:
    """Return a server's frame with a message of text."""
    size = len(message)
    if size < _SHORT:
        head = struct.pack("!BB", _TEXT, size)
    elif size < 1 << 16:
        head = struct.pack("!BBH", _TEXT, 126, size)
    else:
        head = struct.pack("!BBQ", _TEXT, 127, size)
    return head + message
