"""Patterns for the tokens of TOML; each reads every character of any text once."""

from __future__ import annotations

import re

# Possessive quantifiers (`++`, `*+`) throughout: they never backtrack.
TEXT = r'''(?s:"""(?:[^"\\]++|\\.|"(?!""))*+"{3,5}|"(?:[^"\\\n]++|\\.)*+"|\'\'\'(?:[^\']++|\'(?!\'\'))*+\'{3,5}|\'[^\'\n]*+\')'''
"""A string in quotation marks, on one line or several."""

COMMENT = r"#[^\n]*+"

BARE = r"[A-Za-z0-9_-]++"
"""A part of a key without quotation marks."""

_QUOTED = r"""(?s:"(?:[^"\\\n]++|\\.)*+"|'[^'\n]*+')"""

_PART = rf"(?:{BARE}|{_QUOTED})"

MAX_KEY_PARTS = 32
"""The maximum number of parts of a key; a scenario's keys have five. The time that ``tomllib`` takes grows with their square."""

_TOO_LONG = re.compile(rf"(?:{_PART}[ \t]*+\.[ \t]*+){{{MAX_KEY_PARTS}}}")
_TOKEN = re.compile(rf"""{TEXT}|{COMMENT}|{BARE}|[^"'#A-Za-z0-9_-]++|["']""")


def overlong_key(text: str) -> int | None:
    """Return the line of the first key with more than `MAX_KEY_PARTS` parts; None where there is none."""
    if all(line.count(".") < MAX_KEY_PARTS for line in text.split("\n")):
        return None  # a key cannot continue on the next line
    place = 0
    while token := _TOKEN.match(text, place):
        if _TOO_LONG.match(text, place):
            return text.count("\n", 0, place) + 1
        place = token.end()
    return None
