"""What a hurried reader sees without scrolling: the button at the start, the message after an answer, and the way on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from card import Card
from etiquette_kit.locale import catalog
from playwright.sync_api import Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Page]
Serve = Callable[..., str]

DESKTOP, PHONE = (1366, 768), (375, 667)
SIZES = pytest.mark.parametrize(("lang", "size"), [("de", DESKTOP), ("de", PHONE), ("en", DESKTOP), ("en", PHONE)])


def bottom(part: Locator) -> float:
    """Return how far below the top of the screen a part ends."""
    return float(part.evaluate("(node) => node.getBoundingClientRect().bottom"))


def top(part: Locator) -> float:
    return float(part.evaluate("(node) => node.getBoundingClientRect().top"))


def opened(open_page: Open, served: Serve, lang: str, size: tuple[int, int], notebook: str = "00_start") -> Card:
    card = Card(open_page(served(lang, notebook), width=size[0], height=size[1]))
    expect(card.primary).to_be_visible()
    expect(card.page.locator("#ek-loading")).to_have_count(0)
    return card


@SIZES
@pytest.mark.parametrize("notebook", ["00_start", "06_test"])
def test_the_start_page_shows_its_button(open_page: Open, served: Serve, lang: str, size: tuple[int, int], notebook: str) -> None:
    card = opened(open_page, served, lang, size, notebook)
    assert card.page.evaluate("scrollY") == 0
    assert bottom(card.primary) <= size[1]


@SIZES
def test_after_an_answer_the_message_is_seen_at_once_and_the_way_on_soon(
    open_page: Open, served: Serve, lang: str, size: tuple[int, int]
) -> None:
    card = opened(open_page, served, lang, size)
    card.start()
    for number in range(1, 5):
        card.await_question(number)
        card.answer(number % 3)
        summary, message, own = (card.root.locator(name) for name in (".ek-summary", ".ek-message", ".ek-own"))
        expect(summary).to_be_focused()
        expect(summary).to_be_in_viewport()
        assert top(message) >= 0 or top(summary) >= 0
        assert bottom(message) <= size[1]
        grades = [words.lower() for words in catalog(lang).table("grades").values()]
        assert any(words in summary.inner_text().lower() for words in grades)
        assert top(message) < top(own) < top(card.primary) < top(card.root.locator(".ek-other").first)
        assert bottom(card.primary) <= size[1] * (1 if size == DESKTOP else 1.5)
        card.primary.click()


def test_the_other_reactions_are_a_line_each_and_unfold_by_keyboard(open_page: Open, served: Serve) -> None:
    card = opened(open_page, served, "de", DESKTOP)
    card.start()
    card.answer(1)
    others = card.root.locator(".ek-other")
    expect(others).to_have_count(card.results.count() - 1)
    first = others.first
    line = first.locator("summary")
    assert bottom(line) - top(line) < 60
    expect(first.locator("dl")).to_be_hidden()
    card.tab_to(".ek-other summary")
    card.page.keyboard.press("Enter")
    expect(first.locator("dl")).to_be_visible()
    expect(first).to_contain_text("Sinngemäß aus ")
    card.page.keyboard.press("Enter")
    expect(first.locator("dl")).to_be_hidden()


def test_where_ones_own_answer_fits_best_nothing_is_said_twice(open_page: Open, served: Serve) -> None:
    card = opened(open_page, served, "de", DESKTOP)
    card.start()
    seen = set()
    for number in range(1, 11):
        card.await_question(number)
        card.answer(number % 3)
        own = card.root.locator(".ek-own")
        best = own.get_attribute("data-grade") == "4"
        seen.add(best)
        assert ("Warum: " in own.inner_text()) != best
        assert "passt am besten" not in own.inner_text()
        card.primary.click()
    assert seen == {True, False}, "the draw was one-sided"


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_answering_without_a_choice_says_so_beside_the_options(open_page: Open, served: Serve, size: tuple[int, int]) -> None:
    card = opened(open_page, served, "de", size)
    card.start()
    card.primary.click()
    said = card.root.locator(".ek-missing")
    expect(said).to_have_text(catalog("de")("card.pick"))
    expect(said).to_be_in_viewport()
    expect(said).to_have_attribute("aria-live", "polite")
    expect(card.options.first).to_be_focused()
    expect(card.options.first).to_be_in_viewport()
    card.options.nth(1).check()
    expect(said).to_have_text("")


def test_at_200_percent_zoom_nothing_covers_the_focus(open_page: Open, served: Serve) -> None:
    card = opened(open_page, served, "de", (640, 384))
    card.start()
    card.answer(1)
    for _ in range(12):
        card.page.keyboard.press("Tab")
        covered = """() => { const node = document.activeElement, box = node.getBoundingClientRect();
            const hit = document.elementFromPoint(box.left + box.width / 2, Math.min(box.top + 10, innerHeight - 1));
            return node !== document.body && hit !== null && !node.contains(hit) && !hit.contains(node); }"""
        assert not card.page.evaluate(covered)


def test_the_end_says_what_to_do_before_it_shows_figures(open_page: Open, served: Serve) -> None:
    card = opened(open_page, served, "en", PHONE)
    card.start()
    card.play(10)
    words = catalog("en")
    titles = [words("card.takeaways"), words("card.refusal"), words("card.figures")]
    places = [top(card.root.get_by_role("heading", name=title)) for title in titles]
    assert places == sorted(places)
    assert top(card.root.locator(".ek-table").first) > places[-1]
    expect(card.root.locator(".ek-points li").nth(1)).to_be_visible()
    expect(card.root.locator(".ek-points li").nth(3)).to_have_count(0)


def test_the_other_half_of_a_pair_comes_next_and_says_what_changed(open_page: Open, served: Serve, paired: Path) -> None:
    card = Card(open_page(served("de", bank=paired)))
    card.start()
    more = card.root.get_by_role("button", name="Und wenn ")
    number = 1
    while True:
        card.await_question(number)
        card.answer(0)
        if more.count():
            break
        card.primary.click()
        number += 1
    title = card.title.inner_text()
    more.click()
    expect(card.progress).to_have_attribute("aria-valuemax", "11")
    card.await_question(number + 1)
    expect(card.title).to_have_text(title)
    expect(card.title).to_be_focused()
    card.answer(1)
    expect(card.root.locator(".ek-contrast")).to_contain_text("Diesmal")
    expect(more).to_have_count(0)
    assert card.violations() == []
