"""What Chromium prints: the number of pages of A4, and how small the letters are."""

from __future__ import annotations

import re

from playwright.sync_api import Page

_PAGE = re.compile(rb"/Type\s*/Page\b")
_A4 = re.compile(rb"/MediaBox\s*\[0 0 (594|595)[.\d]* (841|842)[.\d]*\]")

_SMALLEST = """() => Math.min(...[...document.querySelectorAll('body *')]
    .filter((node) => [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim()))
    .filter((node) => node.checkVisibility() && !node.closest('script, style'))
    .map((node) => parseFloat(getComputedStyle(node).fontSize)))"""


def pages_of(page: Page) -> int:
    """Print a page as its own style sheet has it, and return on how many pages of A4."""
    pdf = page.pdf(prefer_css_page_size=True)
    number = len(_PAGE.findall(pdf))
    assert len(_A4.findall(pdf)) == number > 0
    return number


def smallest_type(page: Page) -> float:
    """Return the size of the smallest letters on paper, in points."""
    page.emulate_media(media="print")
    return float(page.evaluate(_SMALLEST)) * 3 / 4
