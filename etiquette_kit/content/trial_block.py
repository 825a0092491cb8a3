"""Answers of a trial as a block of text for an e-mail: it survives broken lines, quoting, and text around it."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Iterator

BLOCK_BEGIN, BLOCK_END = "[etiquette-trial-1:", "]"
"""What stands around a block; the version is part of it."""

_LINE = 60
_NOISE = re.compile(r"=\r?\n|[\s>|\u00ad\u200b-\u200f\u2060\ufeff]+")
"""What mail programs put into a text: broken lines, white space, signs of quoting, and characters that cannot be seen."""

_BLOCK = re.compile(r"\[etiquette-trial-1:(?P<body>[A-Za-z0-9+/]*):(?P<checksum>[0-9a-f]{8})\]")
_BEGINNING = re.compile(r"\[etiquette-trial-1:")


class BlockError(ValueError):
    """A block of text of which something is missing, or was changed on its way."""


def text_block(content: bytes) -> str:
    """Return the content of an answer file as a block of text, in lines of 60 characters.

    The content stands in Base64 without padding, and after a colon its CRC-32 in hexadecimal digits.
    """
    body = base64.b64encode(content).decode().rstrip("=")
    text = f"{BLOCK_BEGIN}{body}:{zlib.crc32(content):08x}{BLOCK_END}"
    return "\n".join(text[start : start + _LINE] for start in range(0, len(text), _LINE)) + "\n"


def is_block(text: str) -> bool:
    """Tell whether a text has the beginning of a block in it."""
    return _BEGINNING.search(_NOISE.sub("", text)) is not None


def blocks_of(text: str) -> Iterator[bytes | BlockError]:
    """Yield the content of each block in a text, or an error where a block is damaged."""
    plain = _NOISE.sub("", text)
    for begun in _BEGINNING.finditer(plain):
        yield _content(_BLOCK.match(plain, begun.start()))


def _content(block: re.Match[str] | None) -> bytes | BlockError:
    if block is None:
        return BlockError("the end is missing, or it has characters that do not belong there")
    body = block["body"]
    try:
        content = base64.b64decode(body + "=" * (-len(body) % 4), validate=True)
    except binascii.Error as error:
        return BlockError(str(error))
    if zlib.crc32(content) != int(block["checksum"], 16):
        return BlockError("the checksum differs")
    return content
