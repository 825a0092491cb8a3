"""What a page has sent to its kernel."""

from __future__ import annotations

import re
from collections.abc import Iterable

from playwright.sync_api import Page


def recorded(page: Page) -> list[str]:
    """Return what the page sends over its connections from now on, as it grows."""
    sent: list[str] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))))
    return sent


def reported(frames: Iterable[str]) -> list[str]:
    """Return the actions in the order in which they first went out.

    A message that is not answered soon goes out again; its number tells.
    """
    found = {match[2]: match[1] for frame in frames for match in re.finditer(r'"do": ?"(\w+)".*?"n": ?"(\w+-\d+)"', frame)}
    return list(found.values())
