"""A damaged write-ahead log: SQLite drops what follows the damage without a word, so it is looked for before SQLite opens the file.

The log is a header and frames, each a page with a checksum that goes on from the frame before. What a crash cut off is at the end of it. A
commit that is sound in itself after a frame that is not was written, and acknowledged, and is lost.
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
from etiquette_kit.store.sql.damage import name_aside
from etiquette_kit.store.sql.location import real_path
from etiquette_kit.store.sql.tracked_connections import LOCK

_HEADER, _FRAME = 32, 24
_SALTS = slice(16, 24)
_MAGIC, _MASK = 0x377F0682, 0xFFFFFFFF
_PAGE = 4096
_LARGEST = 16_000_000
"""Bytes of a log that are looked at: SQLite takes it back into the file after four million, unless one transaction is larger."""

_SHARED_FIRST, _SHARED_SIZE = 0x40000002, 510
"""The bytes of a file that SQLite locks while it is connected; it knows that nobody else is when it can lock them for itself."""


def keep_damaged_log(url: URL) -> Path | None:
    """Copy a store's write-ahead log where it is damaged, beside the store.

    Only what SQLite is about to read anew is looked at: while another process is connected, it goes by its own index of the log. This
    process must not be connected, because closing the file drops its locks.

    Returns
    -------
    Path or None
        Where the copy is; None where the log is sound, or there is none.

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
        except OSError:  # SQLite cannot write to it either, and leaves the log as it is
            return None
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED_FIRST)
        except OSError:  # somebody is connected
            return None
        else:
            with log.open("rb") as file:
                return _copied(path, log) if is_damaged_log(file.read(_LARGEST)) else None
        finally:
            os.close(descriptor)


def _copied(path: Path, log: Path) -> Path:
    aside = name_aside(path)
    copy = aside.with_name(f"{aside.name}-wal")
    copy.touch(0o600)
    shutil.copyfile(log, copy)
    return copy


def is_damaged_log(log: bytes) -> bool:
    """Tell whether a write-ahead log has a sound commit behind something that is not sound.

    Parameters
    ----------
    log : bytes
        The log, or its beginning.
    """
    header, salts = log[:_HEADER], log[_SALTS]
    magic, _, page, *_ = struct.unpack(">IIIIIIII", header)
    sums = struct.unpack(">II", header[24:])
    has_header = magic in (_MAGIC, _MAGIC | 1) and page.bit_count() == 1 and _checksum(header[:24], (0, 0), magic) == sums
    if not has_header:  # SQLite would take the log for none at all
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
    """Go on with SQLite's checksum, over pairs of words in the byte order that the log's magic number tells."""
    first, second = sums
    words = iter(struct.unpack(f"{'>' if magic & 1 else '<'}{len(part) // 4}I", part))
    for one, other in zip(words, words, strict=True):
        first = (first + one + second) & _MASK
        second = (second + other + first) & _MASK
    return first, second
