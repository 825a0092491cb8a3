"""Rating every reaction in Chromium over Voilà: by mouse, by keyboard, in both languages, on a phone, light and dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from card import Card
from etiquette_kit.locale import catalog
from playwright.sync_api import Page, expect
from test_connection import kernel_of
from watch import Watch

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LENGTH = 6
NOTEBOOK = "10_rating"
DESKTOP, PHONE = (1366, 768), (375, 667)

Open = Callable[..., Page]
Serve = Callable[..., str]


def opened(open_page: Open, served: Serve, lang: str = "de", size: tuple[int, int] = DESKTOP, **options: object) -> Card:
    card = Card(open_page(served(lang, NOTEBOOK), width=size[0], height=size[1], **options))
    expect(card.primary).to_be_visible()
    return card


def differences(card: Card) -> list[int]:
    """Return how far apart both marks are on the scale of each reaction, in the order of the page."""
    script = """(scales) => scales.map((scale) => {
      const steps = [...scale.children];
      const own = steps.findIndex((step) => step.querySelector(".ek-mark-own"));
      return Math.abs(own - steps.findIndex((step) => step.querySelector(".ek-mark:not(.ek-mark-own)")));
    })"""
    return list(card.root.locator(".ek-scale").evaluate_all(script))


def unfold(card: Card) -> None:
    card.root.locator("details").evaluate_all("(all) => { for (const one of all) one.open = true; }")


def check_feedback(card: Card, count: int) -> None:
    """Both ratings of each reaction are there, the largest difference first and open, the others folded."""
    rated = card.root.locator(".ek-rated")
    expect(rated).to_have_count(count)
    found = differences(card)
    assert found == sorted(found, reverse=True)
    assert rated.evaluate_all("(all) => all.map((one) => one.open)") == [True, *[False] * (count - 1)]
    expect(card.root.locator("h3.ek-summary")).to_be_focused()
    expect(card.root.locator("h3.ek-summary")).to_be_in_viewport()


@pytest.mark.parametrize(("lang", "size"), [("de", DESKTOP), ("en", PHONE)])
def test_all_reactions_are_rated_by_mouse_to_the_end(open_page: Open, served: Serve, lang: str, size: tuple[int, int]) -> None:
    card = opened(open_page, served, lang, size)
    card.start()
    for number in range(1, LENGTH + 1):
        card.await_question(number)
        count = card.rates.count()
        assert not card.is_wider_than_screen()
        card.answer(number)
        check_feedback(card, count)
        assert not card.is_wider_than_screen()
        card.primary.click()
    expect(card.title).to_have_text(catalog(lang)("end.title_practice"))
    expect(card.root.locator(".ek-item")).to_have_count(LENGTH)
    card.root.locator(".ek-item button").first.click()
    expect(card.root.locator(".ek-rated").first).to_be_visible()


@pytest.mark.parametrize(("lang", "size"), [("en", DESKTOP), ("de", PHONE)])
def test_all_reactions_are_rated_by_keyboard_to_the_end(open_page: Open, served: Serve, lang: str, size: tuple[int, int]) -> None:
    card = opened(open_page, served, lang, size)
    page = card.page
    card.tab_to(".ek-primary")
    page.keyboard.press("Enter")
    for number in range(1, LENGTH + 1):
        card.await_question(number)
        expect(card.title).to_be_focused()
        count = card.rates.count()
        card.tab_to(".ek-rate input")
        for place in range(count):
            radios = card.rates.nth(place).locator("input")
            expect(radios.nth(0)).to_be_focused()
            for step in range(1 + (place + number) % 3):
                page.keyboard.press("ArrowRight")
                expect(radios.nth(step + 1)).to_be_focused()
                expect(radios.nth(step + 1)).to_be_checked()
            page.keyboard.press("Tab")  # leaves the group, whatever of it is checked
        card.tab_to(".ek-primary")
        page.keyboard.press("Space")
        check_feedback(card, count)
        card.tab_to(".ek-rated:not([open]) > summary")
        page.keyboard.press("Enter")
        expect(card.root.locator(".ek-rated[open]")).to_have_count(2)
        card.root.locator("h3.ek-summary").focus()
        card.tab_to(".ek-primary")
        page.keyboard.press("Enter")
    expect(card.title).to_be_focused()
    expect(card.title).to_have_text(catalog(lang)("end.title_practice"))


def test_each_reaction_is_a_named_group_of_the_four_words(open_page: Open, served: Serve) -> None:
    card = opened(open_page, served)
    card.start()
    words = [catalog("de")(f"grades.{grade}") for grade in (1, 2, 3, 4)]
    for group in card.rates.all():
        named = card.root.get_by_role("group", name=group.locator("legend").inner_text(), exact=True)
        for word in words:
            expect(named.get_by_role("radio", name=word, exact=True)).to_have_count(1)
        expect(named.get_by_role("radio")).to_have_count(4)
    names = card.rates.locator("input").evaluate_all("(radios) => radios.map((radio) => radio.name)")
    assert len(set(names)) == card.rates.count()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_what_is_not_rated_is_said_and_marked_and_takes_the_focus(open_page: Open, served: Serve, size: tuple[int, int]) -> None:
    card = opened(open_page, served, size=size)
    card.start()
    count = card.rates.count()
    missing, marks = card.root.locator(".ek-missing"), card.root.locator(".ek-unrated:not(:empty)")
    expect(marks).to_have_count(0)
    card.rates.nth(0).locator("input").nth(3).check()
    card.primary.click()
    expect(missing).to_have_text(f"{count - 1} Reaktionen sind noch nicht bewertet.")
    expect(marks).to_have_count(count - 1)
    first = card.rates.nth(1)
    expect(first.locator("input").nth(0)).to_be_focused()
    expect(first.locator("input").nth(0)).to_be_in_viewport()
    expect(first).to_have_accessible_description("Noch nicht bewertet")
    assert card.violations() == []
    for place in range(1, count):
        card.rates.nth(place).locator("input").nth(0).check()
    expect(missing).to_be_empty()
    expect(marks).to_have_count(0)
    card.primary.click()
    check_feedback(card, count)


def test_both_ratings_are_named_on_the_scale_and_said_in_words(open_page: Open, served: Serve) -> None:
    card = opened(open_page, served, "en")
    card.start()
    card.answer(1)
    words = [catalog("en")(f"grades.{grade}") for grade in (1, 2, 3, 4)]
    for rated in card.root.locator(".ek-rated").all():
        if rated.get_attribute("open") is None:
            rated.locator("summary").first.click()
        marked = {
            mark.inner_text(): mark.locator("xpath=../..").locator(".ek-step-word").inner_text() for mark in rated.locator(".ek-mark").all()
        }
        assert marked.keys() == {"You", "Article"}
        assert set(marked.values()) <= set(words)
        same = f"You and the article: {marked['You']}"
        expect(rated.locator(".ek-verdict")).to_have_text(
            same if marked["You"] == marked["Article"] else f"You: {marked['You']} · Article: {marked['Article']}"
        )


def test_switching_the_language_keeps_what_was_rated(open_page: Open, served: Serve) -> None:
    card = opened(open_page, served)
    card.start()
    card.respond(1)
    checked = "(radios) => radios.map((radio) => radio.checked)"
    before = card.rates.locator("input").evaluate_all(checked)
    card.page.get_by_role("button", name="English").click()
    expect(card.root).to_have_attribute("lang", "en")
    expect(card.root).to_contain_text("How well does each reaction fit the article’s advice?")
    assert card.rates.locator("input").evaluate_all(checked) == before
    card.primary.click()
    expect(card.root.locator(".ek-mark-own").first).to_have_text("You")


@pytest.mark.parametrize("lang", ["de", "en"])
def test_nothing_scrolls_sideways_and_targets_are_large_enough(open_page: Open, served: Serve, lang: str) -> None:
    card = opened(open_page, served, lang)
    card.start()
    for state in ("open", "answered"):
        if state == "answered":
            card.answer(2)
        unfold(card)
        for width in (1280, 640, 320):
            card.resize(width, 640)
            assert not card.is_wider_than_screen()
            assert card.small_targets() == []
            cut = """(texts) => texts.filter((text) => text.scrollWidth > text.clientWidth + 1).map((text) => text.textContent)"""
            assert card.root.locator(".ek-word, .ek-step-word").evaluate_all(cut) == []


@pytest.mark.parametrize("options", [{"scheme": "light"}, {"scheme": "dark"}, {"forced_colors": "active"}, {"size": (320, 640)}])
def test_axe_finds_nothing(open_page: Open, served: Serve, options: dict[str, object]) -> None:
    card = opened(open_page, served, **options)  # type: ignore[arg-type]
    card.start()
    assert card.violations() == []
    card.respond(3)
    assert card.violations() == []
    card.answer(3)
    unfold(card)
    assert card.violations() == []


def test_a_killed_kernel_and_a_reload_lead_back_to_the_same_question(open_apart: Open, served: Serve, watch: Watch) -> None:
    page = open_apart(served("de", NOTEBOOK))
    card = Card(page)
    card.start()
    card.answer(1)
    said = card.root.locator(".ek-rated .ek-verdict").all_inner_texts()
    card.primary.click()
    card.await_question(2)
    title = card.title.inner_text()
    expect(card.saved).to_contain_text("1 Antwort gespeichert")
    kernel = kernel_of(page)
    kernel.kill()
    kernel.wait(30)
    page.reload()
    card.await_question(2)
    expect(card.title).to_have_text(title)
    expect(card.rates.first).to_be_visible()
    card.root.get_by_role("button", name="Zurück").click()
    card.await_question(1)
    expect(card.root.locator(".ek-rated .ek-verdict")).to_have_text(said)
    # Jupyter's own promise to a kernel that was killed
    watch.wrong = [entry for entry in watch.wrong if not entry.endswith("Kernel connection disconnected")]


def test_in_a_test_what_was_rated_is_kept_in_words_and_told_at_the_end(open_page: Open, served: Serve) -> None:
    card = Card(open_page(served("de", "06_test")))
    card.start()
    number = 1
    while card.rates.count() == 0:
        card.respond()
        card.primary.click()
        number += 1
        card.await_question(number)
        expect(card.asked.first).to_be_visible()
    count = card.rates.count()
    title = card.title.inner_text()
    card.respond(2)
    card.primary.click()
    card.await_question(number + 1)
    card.root.get_by_role("button", name="Zurück").click()
    card.await_question(number)
    kept = card.root.locator(".ek-kept strong")
    words = [catalog("de")(f"grades.{1 + (2 + place) % 4}") for place in range(count)]
    expect(kept).to_have_text(words)
    expect(card.root.locator(".ek-rated, .ek-scale")).to_have_count(0)
    assert card.violations() == []
    card.primary.click()
    card.play_test(12, first=number + 1)
    card.root.get_by_role("button", name=f"Ansehen: {title}").click()
    expect(card.root.locator(".ek-rated")).to_have_count(count)
