"""What a page must not do: reach beyond this machine, or fail in its scripts."""

from __future__ import annotations

import re

from playwright.sync_api import ConsoleMessage, Page, Request


class Watch:
    """Collects what pages do wrong."""

    def __init__(self) -> None:
        self.wrong: list[str] = []

    def follow(self, page: Page) -> None:
        page.on("request", self._requested)
        page.on("pageerror", lambda error: self.wrong.append(f"an error on the page: {error}"))

    def hear(self, page: Page) -> None:
        """Take what the page logs as an error for one, too; not where a test cuts the page off."""
        page.on("console", self._logged)

    def _requested(self, request: Request) -> None:
        if not re.match(r"(https?|wss?)://127\.0\.0\.1[:/]|blob:|data:", request.url):
            self.wrong.append(f"a request left this machine: {request.url}")

    def _logged(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.wrong.append(f"an error in the log: {message.text} ({message.location['url']})")
