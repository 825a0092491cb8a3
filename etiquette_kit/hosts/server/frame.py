"""WebSocket frames for messages."""

from __future__ import annotations

import struct
from functools import lru_cache

_TEXT = 0x81  # a complete text message (RFC 6455, section 5.2)
_SHORT = 126  # from this size on, the length is in two or eight additional bytes


@lru_cache(maxsize=64)  # a message for thousands of pages is in memory only once, even if they receive it slowly
def frame(message: bytes) -> bytes:
    """Return a server's frame with a text message."""
    size = len(message)
    if size < _SHORT:
        head = struct.pack("!BB", _TEXT, size)
    elif size < 1 << 16:
        head = struct.pack("!BBH", _TEXT, 126, size)
    else:
        head = struct.pack("!BBQ", _TEXT, 127, size)
    return head + message
