"""What the worker of a page starts with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from etiquette_kit.bank import load_bank
from etiquette_kit.hosts.browser.host import BrowserHost


async def started(database: Any, post: Callable[[str], None]) -> BrowserHost:
    """Return a page's host that has read what the browser keeps.

    Parameters
    ----------
    database : Database or None
        Where answers are kept; None where nothing can be.
    post : callable
        Sends JSON to the page.
    """
    host = BrowserHost(load_bank(), database, post)
    await host.start()
    return host
