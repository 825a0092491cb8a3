"""Reading a file that may be anything: a pipe, a device, a file that grows."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


class NotRegularError(Exception):
    """What has this name is a pipe, a socket or a device."""


class TooLargeError(Exception):
    """The file has more bytes than may be read.

    Parameters
    ----------
    size : int
        How many it has, as far as is known.
    """

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


# A pipe would make the opening wait for its writer, and a terminal would become that of this process.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def read_regular(path: Path, limit: int) -> bytes:
    """Return what is in a regular file, or in the one that a link leads to.

    Parameters
    ----------
    path : Path
        The file.
    limit : int
        How many bytes it may have. No more than one above is read, whatever the system says of its size.

    Raises
    ------
    NotRegularError
        When it is something else.
    TooLargeError
        When it has more bytes.
    OSError
        When it cannot be read.
    ValueError
        When no file can have this name.
    """
    _require_regular(path.stat())  # opening alone can move a device
    descriptor = os.open(path, _FLAGS)
    try:
        status = os.fstat(descriptor)
        _require_regular(status)  # by now it may be another
        if status.st_size > limit:
            raise TooLargeError(status.st_size)
        raw = bytearray()
        while len(raw) <= limit and (part := os.read(descriptor, limit + 1 - len(raw))):
            raw += part
    finally:
        os.close(descriptor)
    if len(raw) > limit:
        raise TooLargeError(len(raw))
    return bytes(raw)


def _require_regular(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(status.st_mode):
        raise NotRegularError
