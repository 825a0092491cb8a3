"""What stands in somebody's way on a page, whichever page it is."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def violations(page: Page, within: str | None = None) -> list[str]:
    """Return what axe-core finds on the whole page, or in the parts that a selector names."""
    found = Axe().run(page, context=within).response["violations"]
    return [f"{entry['id']}: {node['html'][:200]} {node['failureSummary']}" for entry in found for node in entry["nodes"]]


def is_wider_than_screen(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
