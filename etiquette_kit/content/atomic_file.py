"""Writing a file as a whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that at every moment it has its old content or all of the new one; its permissions stay.

    A link stays a link; the file that it points to is written.

    Raises
    ------
    OSError
        When it cannot be written, or is write-protected; the file is as it was.
    """
    target = path.resolve()
    try:
        mode = target.stat().st_mode & 0o7777
    except FileNotFoundError:
        mode = None
    if mode is not None and not mode & 0o222:
        # To replace it needs rights in its folder only; whoever protected the file did not mean that.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    part = target.parent / f".{target.name[:100]}.{secrets.token_hex(4)}.part"
    descriptor = os.open(part, _NEW, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            part.chmod(mode)
        part.replace(target)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    _keep_name(target.parent)


def _keep_name(folder: Path) -> None:
    """Have the folder's entry on the disk, where the system can do that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
