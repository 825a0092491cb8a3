"""The pages without code: each is drawn and free of barriers, fits a phone and a projector, and leads only where there is something."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote, urldefrag

import pytest
from card import Card
from etiquette_kit.hosts.launcher.course import course
from notebook import Notebook, addresses
from playwright.sync_api import Page, expect
from served_course import bare_address

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]
Serve = Callable[..., str]


@pytest.mark.parametrize("address", addresses())
def test_a_page_is_drawn_without_code_and_free_of_barriers(visit: Visit, served: Serve, address: str) -> None:
    notebook = Notebook(address)
    lang, name = address.split("/")
    page = visit(served(lang, name), scheme="light" if lang == "de" else "dark")
    expect(page.locator("#ek-loading")).to_have_count(0)
    notebook.assert_drawn(page)
    expect(page.locator(".jp-InputArea-editor, .jp-InputPrompt").filter(visible=True)).to_have_count(0)
    text = bare(page.locator("body").inner_text())
    assert [cell for cell in notebook.code if bare("".join(cell["source"])) in text] == []
    page.locator(".ek-course summary").filter(visible=True).click()
    assert Card(page).violations() == []
    assert lost_links(page, served) == []
    assert broken_durations(page) == []
    Card(page).resize(320, 640)
    assert not Card(page).is_wider_than_screen()


def broken_durations(page: Page) -> list[str]:
    """Return what stands in the last column of a table of the prose in more than one line."""
    script = """() => [...document.querySelectorAll('.jp-RenderedMarkdown td:last-child')].filter((cell) => {
        const text = document.createRange();
        text.selectNodeContents(cell);
        return new Set([...text.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
    }).map((cell) => cell.textContent)"""
    return list(page.evaluate(script))


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def lost_links(page: Page, served: Serve) -> list[str]:
    """Return the links on a page that stay on this server and lead nowhere."""
    known = {bare_address(served(*address.split("/"))) for address in addresses()}
    lost = []
    for link in page.locator("a[href]").evaluate_all("(links) => links.map((link) => link.href)"):
        target, part = urldefrag(link)
        if target == page.url.partition("#")[0]:
            found = not part or page.evaluate("(ids) => ids.some((id) => document.getElementById(id))", [part, unquote(part)])
        else:
            # A page of the course has its own test, and a kernel to start; whatever else is served is asked for.
            found = target in known or not target.startswith("http://127.0.0.1") or page.request.get(target).ok
        if not found:
            lost.append(link)
    return lost


def test_contents_open_by_mouse_and_by_keyboard_and_lead_on(visit: Visit, served: Serve) -> None:
    page = visit(served("de"))
    contents = page.locator(".ek-course details:not([hidden])")
    links = contents.locator("li > a:not([href^='#'])")
    expect(links.first).to_be_hidden()
    contents.locator("summary").click()
    expect(links).to_have_text([lesson.title for lesson in course("de")])
    expect(links.first).to_be_visible()
    expect(links.first).to_have_attribute("aria-current", "page")
    contents.locator("summary").click()
    expect(links.first).to_be_hidden()
    Card(page).tab_to(".ek-course summary")
    page.keyboard.press("Enter")
    expect(links.first).to_be_visible()
    Card(page).tab_to(".ek-course a[href='01_article.ipynb']")
    page.keyboard.press("Enter")
    page.wait_for_url(bare_address(served("de", "01_article")))
    expect(Card(page).results.first).to_be_visible()
    page.get_by_role("button", name="English").click()
    page.wait_for_url(bare_address(served("en", "01_article")))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(Card(page).results.first).to_be_visible()


def test_on_a_projector_the_type_is_larger_and_nothing_scrolls_sideways(visit: Visit, served: Serve) -> None:
    page = visit(served("de"))
    card = Card(page)
    card.start()
    size = card.type_size()
    card.resize(1920, 1080)
    assert card.type_size() > 1.2 * size
    assert not card.is_wider_than_screen()
    card.answer()
    assert not card.is_wider_than_screen()
