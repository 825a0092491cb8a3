"""The notebooks in JupyterLab: each runs and is drawn, light and dark; the quiz by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lab import Lab
from notebook import Notebook, addresses
from playwright.sync_api import Locator, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Lab]


def opened(lab: Open, address: str, **options: str) -> Lab:
    """Open a notebook and run it."""
    shown = lab(address, **options)
    shown.run_all(len(Notebook(address).code))
    return shown


@pytest.mark.parametrize("address", addresses("de"))
def test_a_notebook_runs_and_is_free_of_barriers_in_either_theme_and_fits_a_projector(lab: Open, address: str) -> None:
    shown = opened(lab, address, theme="light")
    Notebook(address).assert_drawn(shown.page)
    cards = shown.cards.count()
    parts = ".ek" if cards else ".jp-OutputArea-output"  # the results are pictures, without a card
    shown.await_theme("light")
    assert shown.card.violations(parts) == []
    shown.await_fit()
    shown.wear("dark")
    shown.await_theme("dark")
    assert shown.card.violations(parts) == []
    size = shown.card.type_size() if cards else 0
    shown.card.resize(1920, 1080)
    assert not cards or shown.card.type_size() > 1.2 * size
    shown.await_fit()


def test_an_english_notebook_runs(lab: Open) -> None:
    shown = opened(lab, "en/00_start")
    Notebook("en/00_start").assert_drawn(shown.page)
    expect(shown.card.root).to_have_attribute("lang", "en")
    shown.card.start()


def test_two_questions_by_mouse_and_the_language_switch(lab: Open) -> None:
    card = opened(lab, "de/00_start", theme="light").card
    card.start()
    for number in (1, 2):
        card.await_question(number)
        expect(card.title).to_be_in_viewport()
        card.answer(number)
        expect(card.results.first).to_be_visible()
        card.root.locator(".ek-source summary").first.click()
        assert card.violations(".ek") == []
        assert floated_terms(card.root) == []
        card.primary.click()
    card.await_question(3)
    card.root.get_by_role("button", name="English").click()
    expect(card.root).to_have_attribute("lang", "en")
    expect(card.root.get_by_role("button", name="English")).to_be_focused()
    card.await_question(3)


def test_two_questions_by_keyboard_which_the_notebook_leaves_alone(lab: Open) -> None:
    shown = opened(lab, "de/00_start", theme="dark")
    card = shown.card
    shown.await_theme("dark")
    assert floated_terms(card.root) == []
    cells = shown.page.locator(".jp-Cell").all_inner_texts()
    card.root.get_by_role("button", name="Deutsch").focus()
    card.tab_to(".ek-primary")
    shown.page.keyboard.press("Enter")
    for number in (1, 2):
        card.await_question(number)
        expect(card.title).to_be_focused()
        card.tab_to(".ek-options input")
        shown.page.keyboard.press("ArrowDown")
        shown.page.keyboard.press("ArrowDown")
        expect(card.options.nth(2)).to_be_checked()
        card.tab_to(".ek-primary")
        shown.page.keyboard.press("Space")
        expect(card.root.locator("h3.ek-summary")).to_be_focused()
        assert card.violations(".ek") == []
        shown.page.keyboard.type("abdd")  # commands to a notebook: new cells, and none
        card.tab_to(".ek-source summary")
        shown.page.keyboard.press("Enter")
        expect(card.root.locator(".ek-source").first).to_have_attribute("open", "")
        card.tab_to(".ek-primary")
        shown.page.keyboard.press("Enter")
    card.await_question(3)
    expect(shown.page.locator(".jp-Cell")).to_have_count(len(cells))


def test_a_restarted_kernel_takes_the_quiz_up_where_it_was(lab: Open) -> None:
    shown = opened(lab, "de/00_start")
    shown.card.start()
    shown.card.answer()
    shown.card.primary.click()
    shown.card.await_question(2)
    title = shown.card.title.inner_text()
    before = shown.cards.element_handle()
    shown.restart_and_run_all()
    shown.page.wait_for_function("(node) => !node.isConnected", arg=before)
    shown.await_run(len(Notebook("de/00_start").code))
    expect(shown.cards).to_have_count(1)
    shown.card.await_question(2)
    expect(shown.card.title).to_have_text(title)
    expect(shown.card.saved).to_contain_text("1 Antwort gespeichert")
    shown.card.answer()
    expect(shown.card.saved).to_contain_text("2 Antworten gespeichert")


def floated_terms(card: Locator) -> list[str]:
    """Return the terms of lists that JupyterLab's own style squeezes into a fifth of the width."""
    script = (
        "(card) => [...card.querySelectorAll('dt')].filter((term) => getComputedStyle(term).float !== 'none').map((term) => term.innerText)"
    )
    return list(card.evaluate(script))
