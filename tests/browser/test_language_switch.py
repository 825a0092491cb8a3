"""One language switch a page, for all of it: prose, contents and cards; a reload stays where it leads."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from card import Card
from etiquette_kit.hosts.launcher.course import course, prose
from etiquette_kit.locale import languages
from playwright.sync_api import Page, expect
from served_course import bare_address

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Page]
Serve = Callable[..., str]


def test_the_switch_changes_prose_and_cards_in_place_and_the_address_with_them(visit: Open, served: Serve) -> None:
    page = visit(served("de", "02_clients"))
    cards = page.locator("section.ek")
    expect(cards).to_have_count(2)
    expect(page.get_by_role("group", name="Sprache").filter(visible=True)).to_have_count(1)
    page.evaluate("window.same = true")
    page.locator(".ek-page-languages").get_by_role("button", name="English").click()
    for card in cards.all():
        expect(card).to_have_attribute("lang", "en")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    titles = {lesson.name: lesson.title for lesson in course("en")}
    expect(page).to_have_title(titles["02_clients"])
    heading = prose("en")["02_clients"]["cells"][0].split("\n")[0].lstrip("# ")
    expect(page.locator(".jp-RenderedMarkdown h1")).to_contain_text(heading)
    expect(page.locator(".ek-course summary").filter(visible=True)).to_have_text("Contents")
    expect(page.get_by_role("group", name="Language").filter(visible=True)).to_have_count(1)
    assert page.evaluate("window.same"), "the page is still the same"
    assert page.url == bare_address(served("en", "02_clients"))
    assert Card(page).violations() == []
    page.locator(".ek-course summary").filter(visible=True).click()
    page.get_by_role("link", name=titles["01_article"]).first.click()
    page.wait_for_url(bare_address(served("en", "01_article")))


def test_after_a_reload_all_of_the_page_is_in_the_language_that_was_chosen(open_page: Open, served: Serve) -> None:
    page = open_page(served("de"))
    card = Card(page)
    card.start()
    card.answer(1)
    card.primary.click()
    card.await_question(2)
    page.get_by_role("button", name="English").click()
    expect(card.root).to_have_attribute("lang", "en")
    page.reload()
    expect(card.progress).to_have_attribute("aria-valuenow", "2")
    expect(card.root).to_have_attribute("lang", "en")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_where_an_output_is_written_by_the_kernel_the_switch_leads_to_the_same_place_in_the_other_language(
    open_page: Open, served: Serve
) -> None:
    page = open_page(served("de", "01_article"))
    expect(page.locator("section.ek")).to_be_visible()
    page.evaluate("document.querySelectorAll('.ek-cell')[5].scrollIntoView()")
    page.evaluate("document.querySelector('.ek-page-languages [lang=en]').click()")
    page.wait_for_url(bare_address(served("en", "01_article")))
    expect(page.locator("section.ek")).to_be_visible()
    page.wait_for_function("Math.abs(document.querySelectorAll('.ek-cell')[5].getBoundingClientRect().top) < 40")


@pytest.mark.parametrize("lang", languages())
def test_the_notebooks_have_as_many_cells_of_prose_in_each_language(lang: str) -> None:
    counts = {name: len(found["cells"]) for name, found in prose(lang).items()}
    assert counts == {name: len(found["cells"]) for name, found in prose("de").items()}
