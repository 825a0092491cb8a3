"""Reading a file safely although its name may belong to a pipe, a device or a file that is still being written."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


class NotRegularError(Exception):
    """The path is a pipe, a socket or a device."""


class TooLargeError(Exception):
    """The file has more bytes than allowed.

    Parameters
    ----------
    size : int
        Its number of bytes, as far as is known.
    """

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


# Without these flags, opening a pipe would wait for its writer, and a terminal would become the controlling one of this process.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def read_regular(path: Path, limit: int) -> bytes:
    """Return the content of a regular file, or of the one that a link points to.

    Parameters
    ----------
    path : Path
        The file.
    limit : int
        The maximum number of bytes. At most one more is read, whatever size the system reports.

    Raises
    ------
    NotRegularError
        When it is not a regular file.
    TooLargeError
        When it has more bytes.
    OSError
        When it cannot be read.
    ValueError
        When the name is not possible for a file.
    """
    _require_regular(path.stat())  # before opening, because that alone can start a device
    descriptor = os.open(path, _FLAGS)
    try:
        status = os.fstat(descriptor)
        _require_regular(status)  # the file may have been replaced since
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
