"""Messages that no page sends, made from those that pages send."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

VALID: list[dict[str, Any]] = [
    {"do": "hello", "token": "0123456789abcdef0123456789abcdef", "lang": "de"},
    {"do": "vote", "id": "0123456789abcdef", "position": 0, "which": "first", "option": "a"},
    {"do": "vote", "id": "fedcba9876543210", "position": 0, "which": "first", "option": "a", "number": 1},
    {"do": "lang", "lang": "en"},
    {"do": "hello", "lang": "de"},
    {"do": "hello", "key": "AAAAAAAAAAAAAAAAAAAAAA", "lang": "de"},
    {"do": "go", "phase": "reveal", "from": [0, "vote"]},
    {"do": "next", "from": [0, "vote"]},
    {"do": "back", "from": [0, "vote"]},
    {"do": "timer", "seconds": 1, "from": [0, "vote"]},
    {"do": "take_back", "from": [0, "vote"]},
    {"do": "talk", "seconds": 120, "from": [0, "discuss"]},
    {"do": "extend_talk", "from": [0, "discuss"]},
    {"do": "stop_talk", "from": [0, "discuss"]},
    {"do": "turn", "view": "flow", "from": [0, "reveal"]},
    {"do": "sheet", "which": "handout"},
    {"do": "open_network"},
]
_VALUES: list[Any] = [
    None,
    True,
    -1,
    0,
    9999,
    10000,
    2**63,
    10**300,
    -0.0,
    1e308,
    float("nan"),
    float("inf"),
    "",
    "a" * 65,
    "a" * 3000,
    "\x00",
    "\ud800",
    "🙂" * 40,
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "'; drop table rooms; --",
    "{{ 7 * 7 }}",
    [],
    {},
    [[]],
    [0, "vote"],
    [0, "end", 1],
    {"do": "go"},
    ["first"],
]
_RAW = [
    b"",
    b"null",
    b"[]",
    b"{",
    b'{"do":',
    b'{"do":"vote"}',
    b'{"do":"go","do":"vote"}',
    b'{"do":"lang","lang":"de","lang":"en"}',
    b'{"do":"lang","lang":NaN}',
    b'{"do":"lang","lang":"\\ud800"}',
    b'{"do":"lang","lang":"\xff\xfe"}',
    b'\xef\xbb\xbf{"do":"lang","lang":"de"}',
    b"[" * 2000,
    b'{"a":' * 700,
    b'{"do":"vote","position":' + b"9" * 3000 + b"}",
    b'{"do":"vote","position":1e999999}',
    b'{"do":"lang","lang":"de"} {"do":"go"}',
    b"\x00" * 64,
    b"GET / HTTP/1.1\r\n\r\n",
    b"a" * 4096,
]


def junk(seed: int, number: int) -> Iterator[bytes]:
    """Return so many messages, the same for the same seed; each has at most 4096 bytes."""
    rng = random.Random(seed)  # noqa: S311  no secret
    yield from _RAW[:number]
    for _ in range(number - len(_RAW)):
        yield _one(rng)[:4096]


def _one(rng: random.Random) -> bytes:
    message = dict(rng.choice(VALID))
    kind = rng.randrange(8)
    if kind == 0:
        return rng.randbytes(rng.randrange(200))
    if kind == 1:
        text = json.dumps(message).encode()
        return text[: rng.randrange(len(text))]
    if kind == 2:  # a few bytes are others
        text = bytearray(json.dumps(message).encode())
        for _ in range(rng.randrange(1, 4)):
            text[rng.randrange(len(text))] = rng.randrange(256)
        return bytes(text)
    if kind == 3:
        message.pop(rng.choice(list(message)))
    elif kind == 4:
        message[rng.choice(["seat", "key", "token", "from", "phase", "__class__", ""])] = rng.choice(_VALUES)
    elif kind == 5:
        other = rng.choice(VALID)
        message.update({name: value for name, value in other.items() if rng.random() < 0.5})
    elif kind == 6:
        deep: Any = rng.choice(_VALUES)
        for _ in range(rng.randrange(1, 40)):
            deep = [deep] if rng.random() < 0.5 else {"do": deep}
        message[rng.choice(list(message))] = deep
    else:
        message[rng.choice(list(message))] = rng.choice(_VALUES)
    return json.dumps(message).encode(errors="replace")
