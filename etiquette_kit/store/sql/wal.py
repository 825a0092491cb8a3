"""Detecting a damaged write-ahead log: SQLite silently drops everything after the damage, so it is checked before SQLite opens the file.

The log is a header and frames; each frame is a page with a checksum that continues that of the previous frame. A crash can truncate only
its end. A valid commit after an invalid frame was written and confirmed, and would be lost.
"""

from __future__ import annotations

import os
import shutil
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import URL

from etiquette_kit.store.sql.connect import store_errors
from etiquette_kit.store.sql.damage import damaged_name
from etiquette_kit.store.sql.location import real_path
from etiquette_kit.store.sql.tracked_connections import LOCK

_HEADER, _FRAME = 32, 24
_SALTS = slice(16, 24)
_MAGIC, _MASK = 0x377F0682, 0xFFFFFFFF
_PAGE = 4096
_MAX_CHECKED = 16_000_000
"""The maximum number of bytes that are checked: SQLite checkpoints a log after four million, unless one transaction is larger."""

_SHARED_FIRST, _SHARED_SIZE = 0x40000002, 510
"""The bytes of a file that SQLite locks while it is connected; if they can be locked exclusively, nobody is connected."""


def copy_damaged_log(url: URL) -> Path | None:
    """Copy a store's write-ahead log into the same folder if it is damaged.

    The log is checked only if SQLite is going to read it again: while another process is connected, SQLite uses the shared index of the
    log. This process must not be connected, because closing the file drops its locks.

    Returns
    -------
    Path or None
        The path of the copy; None where the log is valid, or there is none.

    Raises
    ------
    StoreError
        When the copy cannot be made.
    """
    path = real_path(url)
    log = path.with_name(f"{path.name}-wal")
    with store_errors(url), LOCK:
        if sys.platform == "win32" or not log.is_file() or not path.is_file() or log.stat().st_size <= _HEADER + _FRAME:
            return None
        import fcntl

        try:
            descriptor = os.open(path, os.O_RDWR)
        except OSError:  # SQLite cannot write to it either, and does not change the log
            return None
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED_FIRST)
        except OSError:  # another process is connected
            return None
        else:
            with log.open("rb") as file:
                return _copy(path, log) if is_damaged_log(file.read(_MAX_CHECKED)) else None
        finally:
            os.close(descriptor)


def _copy(path: Path, log: Path) -> Path:
    aside = damaged_name(path)
    copy = aside.with_name(f"{aside.name}-wal")
    copy.touch(0o600)
    shutil.copyfile(log, copy)
    return copy


def is_damaged_log(log: bytes) -> bool:
    """Return whether a write-ahead log has a valid commit after an invalid frame.

    Parameters
    ----------
    log : bytes
        The log, or its first part.
    """
    header, salts = log[:_HEADER], log[_SALTS]
    magic, _, page, *_ = struct.unpack(">IIIIIIII", header)
    sums = struct.unpack(">II", header[24:])
    has_header = magic in (_MAGIC, _MAGIC | 1) and page.bit_count() == 1 and _checksum(header[:24], (0, 0), magic) == sums
    if not has_header:  # SQLite would ignore the log
        magic, page, salts = _MAGIC | (sys.byteorder == "big"), _PAGE, b""
    is_sound = has_header
    for frame in _frames(log, page):
        own = struct.unpack(">II", frame[16:24])
        fits = frame[8:16] == salts and _checksum(frame[_FRAME:], _checksum(frame[:8], sums, magic), magic) == own
        is_commit = frame[4:8] != b"\0\0\0\0"
        if fits and is_commit and not is_sound:
            return True
        is_sound = is_sound and fits
        sums = own
        if not has_header:
            salts = frame[8:16]
    return False


def _frames(log: bytes, page: int) -> Iterator[bytes]:
    size = _FRAME + page
    for start in range(_HEADER, len(log) - size + 1, size):
        yield log[start : start + size]


def _checksum(part: bytes, sums: tuple[int, int], magic: int) -> tuple[int, int]:
    """Continue SQLite's checksum over pairs of words, in the byte order given by the log's magic number."""
    first, second = sums
    words = iter(struct.unpack(f"{'>' if magic & 1 else '<'}{len(part) // 4}I", part))
    for one, other in zip(words, words, strict=True):
        first = (first + one + second) & _MASK
        second = (second + other + first) & _MASK
    return first, second
