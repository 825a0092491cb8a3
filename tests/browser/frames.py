"""What a page has sent to its kernel."""

from __future__ import annotations

import re
from collections.abc import Iterable


def reported(frames: Iterable[str]) -> list[str]:
    """Return the actions in the order in which they first went out.

    A message that is not answered soon goes out again; its number tells.
    """
    found = {match[2]: match[1] for frame in frames for match in re.finditer(r'"do": ?"(\w+)".*?"n": ?"(\w+-\d+)"', frame)}
    return list(found.values())
