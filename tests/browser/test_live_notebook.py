"""The live room in a notebook: opened by a button, led from the facilitator's page, closed and opened again where it was."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from barriers import is_wider_than_screen, violations
from lab import Lab
from playwright.sync_api import Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Page]
Serve = Callable[..., str]


PART = ".room-notebook"
"""The room's part of the page."""


def lead(control: Page, name: str) -> None:
    expect(control.locator(".control-steps:not([data-calm])")).to_be_visible()
    control.get_by_role("button", name=name, exact=True).click()


def follow(notebook: Locator, control: Page) -> None:
    """Lead from the other page, and see the notebook follow."""
    lead(control, "Begin with the first situation")
    expect(notebook.locator(".room-progress")).to_have_text("Situation 1 of 4")
    lead(control, "Close the vote")
    expect(notebook.locator(".room-say")).to_have_text("Voting is closed.")


def test_on_a_page_without_code(open_apart: Open, served: Serve) -> None:
    page = open_apart(served("en", "09_live_workshop"))
    notebook = page.locator(PART)
    expect(notebook.get_by_role("heading", name="Live workshop")).to_be_visible()
    assert violations(page, PART) == []
    notebook.get_by_role("button", name="Try it on this machine only").click()
    expect(notebook.locator(".room-warning")).to_contain_text("Only this machine reaches this address")
    expect(notebook.locator(".room-unreached")).to_contain_text("Phones cannot reach this address")
    expect(notebook.get_by_role("button", name="Open it in the Wi-Fi")).to_be_visible()
    code = re.search(r"\b(\w{3} ){2}\w{3}\b", notebook.locator(".room-code").first.inner_text())
    assert code is not None
    assert violations(page, PART) == []
    link = notebook.get_by_role("link", name="Lead (for you alone)").get_attribute("href")
    assert link is not None
    control = open_apart(link)
    follow(notebook, control)
    assert violations(page, PART) == []
    notebook.get_by_role("button", name="Deutsch").click()
    expect(notebook.locator(".room-progress")).to_have_text("Situation 1 von 4")
    notebook.get_by_role("button", name="Raum schließen").click()
    expect(control.get_by_text("The connection is down", exact=False)).to_be_visible()
    notebook.get_by_role("button", name="Nur auf diesem Rechner ausprobieren").click()
    expect(notebook.locator(".room-say")).to_have_text("Die Abstimmung ist geschlossen.")
    expect(notebook).to_contain_text(code[0])
    page.set_viewport_size({"width": 320, "height": 640})
    assert not is_wider_than_screen(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_in_jupyterlab(lab: Callable[..., Lab], open_apart: Open, theme: str) -> None:
    opened = lab("en/09_live_workshop", theme=theme)
    opened.run_all(2)
    notebook = opened.page.locator(PART)
    notebook.get_by_role("checkbox").check()
    notebook.get_by_role("button", name="Try it on this machine only").click()
    expect(notebook.locator(".room-warning")).to_be_visible()
    expect(notebook.locator(".room-unreached")).to_contain_text("Phones cannot reach this address")
    link = notebook.get_by_role("link", name="Lead (for you alone)").get_attribute("href")
    assert link is not None
    follow(notebook, open_apart(link))
    surface = notebook.locator(".room-screen").evaluate("(screen) => getComputedStyle(screen).backgroundColor")
    assert surface == {"light": "rgb(255, 255, 255)", "dark": "rgb(27, 31, 36)"}[theme]
    assert violations(opened.page, PART) == []
