"""The quiz in Chromium over Voilà: by mouse, by keyboard, in both languages, on a phone, light and dark."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from card import Card
from frames import recorded, reported
from playwright.sync_api import Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LENGTH = 10

Open = Callable[..., Page]
Serve = Callable[..., str]


def test_whole_quiz_by_mouse_its_review_and_starting_anew(open_page: Open, served: Serve) -> None:
    card = Card(open_page(served("de")))
    card.start()
    card.play(LENGTH)
    expect(card.title).to_have_text("Geschafft")
    expect(card.root).to_have_attribute("lang", "de")
    expect(card.root.locator(".ek-item")).to_have_count(LENGTH)
    look = card.root.locator(".ek-item button").last
    title = card.root.locator(".ek-item-title").last.inner_text()
    look.click()
    expect(card.title).to_have_text(title)
    expect(card.results.first).to_be_visible()
    card.root.get_by_role("button", name="Zur Auswertung").first.click()
    expect(card.title).to_have_text("Geschafft")
    card.root.get_by_role("button", name="Von vorn beginnen").click()
    card.await_question(1)
    expect(card.options.first).to_be_visible()


def test_whole_quiz_by_keyboard_alone(open_page: Open, served: Serve) -> None:
    page = open_page(served("en"))
    card = Card(page)
    expect(card.primary).to_be_visible()
    card.tab_to(".ek-primary")
    page.keyboard.press("Enter")
    for number in range(1, LENGTH + 1):
        card.await_question(number)
        expect(card.title).to_be_focused()
        card.tab_to(".ek-options input")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        expect(card.options.nth(2)).to_be_checked()
        card.tab_to(".ek-primary")
        page.keyboard.press("Space")
        expect(card.root.locator("h3.ek-summary")).to_be_focused()
        card.tab_to(".ek-source summary")
        page.keyboard.press("Enter")
        expect(card.root.locator(".ek-source")).to_have_attribute("open", "")
        card.tab_to(".ek-primary")
        page.keyboard.press("Enter")
    expect(card.title).to_have_text("Well done, that’s it")
    expect(card.title).to_be_focused()


def test_feedback_shows_every_option_with_grade_reason_and_passage(open_page: Open, served: Serve) -> None:
    card = Card(open_page(served("de")))
    card.start()
    count = card.options.count()
    card.answer(1)
    expect(card.results).to_have_count(count)
    expect(card.root.locator(".ek-result.ek-own")).to_have_count(1)
    own = card.root.locator(".ek-result.ek-own")
    expect(own.locator(".ek-badge")).to_have_text("Ihre Antwort")
    message = card.root.locator(".ek-message")
    expect(message.locator(".ek-fit .ek-on")).to_have_count(int(own.get_attribute("data-grade") or 0))
    expect(message.locator(".ek-tag")).to_have_text(re.compile("^(steht im|folgt aus dem) Artikel$"))
    for index in range(count):
        result = card.results.nth(index)
        result.locator("summary").click()
        assert result.locator("dd").first.inner_text()
        assert "Sinngemäß aus " in result.inner_text()
        assert not re.search(r"\bS\d\b", result.inner_text())
    for index in range(count - 1):
        other = card.root.locator("li.ek-result").nth(index)
        assert other.locator(".ek-verdict strong").inner_text()
        assert "Warum: " in other.inner_text()
        expect(other.locator(".ek-fit .ek-on")).to_have_count(int(other.get_attribute("data-grade") or 0))
        expect(other.locator(".ek-tag")).to_have_text(re.compile("^(steht im|folgt aus dem) Artikel$"))


def test_the_next_question_scrolls_into_view_where_motion_is_welcome(open_page: Open, served: Serve) -> None:
    page = open_page(served("de"), height=500, reduced_motion="no-preference")
    card = Card(page)
    card.start()
    for number in (1, 2):
        expect(card.title).to_be_in_viewport()
        card.answer(number)
        expect(card.root.locator("h3.ek-summary")).to_be_in_viewport()
        card.primary.click()
        card.await_question(number + 1)
    expect(card.title).to_be_in_viewport()


def test_radios_are_one_named_group(open_page: Open, served: Serve) -> None:
    card = Card(open_page(served("de")))
    card.start()
    group = card.root.get_by_role("group", name="Wie reagieren Sie?")
    expect(group.get_by_role("radio")).to_have_count(card.options.count())
    assert len({card.options.nth(index).get_attribute("name") for index in range(card.options.count())}) == 1


def test_answering_without_a_choice_says_what_to_do(open_page: Open, served: Serve) -> None:
    card = Card(open_page(served("de")))
    card.start()
    card.primary.click()
    expect(card.root.locator(".ek-missing")).to_have_text("Wählen Sie zuerst eine Reaktion aus.")
    card.answer()
    expect(card.status).to_have_text("")


def test_language_switch_keeps_place_choice_and_answers(open_page: Open, served: Serve) -> None:
    card = Card(open_page(served("de")))
    card.start()
    card.answer(1)
    chosen = card.root.locator(".ek-own .ek-label").inner_text()
    card.page.get_by_role("button", name="English").click()
    expect(card.root).to_have_attribute("lang", "en")
    expect(card.page.get_by_role("button", name="English")).to_be_focused()
    expect(card.root.locator(".ek-own .ek-badge")).to_have_text("Your answer")
    assert card.root.locator(".ek-own .ek-label").inner_text() != chosen
    card.primary.click()
    card.await_question(2)
    card.options.nth(2).check()
    card.page.get_by_role("button", name="Deutsch").click()
    expect(card.root).to_have_attribute("lang", "de")
    expect(card.options.nth(2)).to_be_checked()
    card.await_question(2)


def test_double_click_counts_once(open_page: Open, served: Serve) -> None:
    page = open_page("about:blank")
    sent = recorded(page)
    page.goto(served("de"))
    card = Card(page)
    card.start()
    card.options.nth(0).check()
    press_twice(card.primary)
    expect(card.results.first).to_be_visible()
    press_twice(card.primary)
    card.await_question(2)
    expect(card.options.first).to_be_visible()
    expect(card.root.locator("input:checked")).to_have_count(0)
    assert reported(sent) == ["hello", "start", "answer", "next"]


def press_twice(button: Locator) -> None:
    """Click two times before any answer of the kernel can arrive."""
    button.evaluate("(node) => { node.click(); node.click(); }")


def test_going_back_does_not_change_an_answer(open_page: Open, served: Serve) -> None:
    card = Card(open_page(served("de")))
    card.start()
    card.answer(2)
    own = card.root.locator(".ek-own .ek-label").inner_text()
    card.primary.click()
    card.await_question(2)
    card.root.get_by_role("button", name="Zurück").click()
    card.await_question(1)
    expect(card.options).to_have_count(0)
    expect(card.root.locator(".ek-own .ek-label")).to_have_text(own)


def test_skipped_situations_are_named_at_the_end_and_can_be_repeated(open_page: Open, served: Serve) -> None:
    card = Card(open_page(served("de")))
    card.start()
    for number in range(1, LENGTH + 1):
        card.await_question(number)
        card.root.get_by_role("button", name="Überspringen").click()
    expect(card.root.locator(".ek-result-line")).to_contain_text("keine Situation beantwortet")
    expect(card.root.locator(".ek-note")).to_contain_text(str(LENGTH))
    card.root.get_by_role("button", name="Diese wiederholen").click()
    card.await_question(1)
    expect(card.progress).to_have_attribute("aria-valuemax", str(LENGTH))
    expect(card.title).to_be_focused()


def test_test_mode_tells_nothing_before_the_end(open_page: Open, served: Serve) -> None:
    card = Card(open_page(served("de", "06_test")))
    card.start()
    card.respond()
    expect(card.primary).to_have_text("Antworten und weiter")
    card.primary.click()
    card.await_question(2)
    expect(card.title).to_be_focused()
    card.root.get_by_role("button", name="Zurück").click()
    card.await_question(1)
    expect(card.root.locator("h3.ek-summary")).to_be_focused()
    expect(card.results).to_have_count(0)
    card.primary.click()
    card.await_question(2)
    card.play_test(12, first=2)
    expect(card.title).to_have_text("Test abgeschlossen")
    card.root.locator(".ek-item button").first.click()
    expect(card.results.first).to_be_visible()


def test_print_shows_the_summary_alone(open_page: Open, served: Serve) -> None:
    page = open_page("about:blank")
    page.add_init_script("window.print = () => { (window.top.printed ??= []).push(document.body.innerText); };")
    page.goto(served("de"))
    card = Card(page)
    card.start()
    card.play(LENGTH)
    card.root.get_by_role("button", name="Drucken").click()
    page.wait_for_function("window.printed?.length === 1")
    text = page.evaluate("window.printed[0]")
    assert "Geschafft" in text
    assert "Nach Gegenüber" in text
    assert "Privat oder beruflich?" not in text
    page.emulate_media(media="print")
    expect(card.primary).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_sideways_scrolling_and_targets_large_enough(open_page: Open, served: Serve, scheme: str) -> None:
    card = Card(open_page(served("de"), scheme=scheme))
    expect(card.primary).to_be_visible()
    assert_fits(card)
    card.start()
    assert_fits(card)
    card.answer()
    for summary in card.root.locator("summary").all():
        summary.click()
    assert_fits(card)
    card.primary.click()
    card.play(LENGTH, first=2)
    assert_fits(card)


def assert_fits(card: Card) -> None:
    for width in (1280, 640, 320):  # 640 pixels are what a window of 1280 has at 200 % zoom
        card.resize(width, 640)
        assert not card.is_wider_than_screen()
        assert card.small_targets() == []


@pytest.mark.parametrize("options", [{"scheme": "light"}, {"scheme": "dark"}, {"forced_colors": "active"}, {"width": 320}])
def test_axe_finds_nothing_in_any_state(open_page: Open, served: Serve, options: dict[str, object]) -> None:
    card = Card(open_page(served("de"), reduced_motion="reduce", **options))
    expect(card.primary).to_be_visible()
    assert card.violations() == []
    card.start()
    assert card.violations() == []
    card.primary.click()
    assert card.violations() == []
    card.options.nth(1).check()
    assert card.violations() == []
    card.answer(1)
    for summary in card.root.locator("summary").all():
        summary.click()
    assert card.violations() == []
    card.primary.click()
    card.await_question(2)
    card.root.get_by_role("button", name="Überspringen").click()
    card.play(LENGTH, first=3)
    assert card.violations() == []
    card.root.locator(".ek-item button").first.click()
    expect(card.results.first).to_be_visible()
    assert card.violations() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_test_mode(open_page: Open, served: Serve, scheme: str) -> None:
    card = Card(open_page(served("de", "06_test"), scheme=scheme))
    card.start()
    card.respond()
    card.primary.click()
    card.await_question(2)
    assert card.violations() == []
    card.root.get_by_role("button", name="Zurück").click()
    card.await_question(1)
    assert card.violations() == []


def test_advisor_answers_by_keyboard_and_says_where_the_article_is_silent(open_page: Open, served: Serve) -> None:
    page = open_page(served("en", "01_article"))
    card = Card(page)
    page.get_by_role("radio", name="Someone sends me a message").check()
    expect(page.get_by_role("group", name="Who is the message for?")).to_be_visible()
    page.get_by_role("radio", name="a client", exact=True).focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="a colleague")).to_be_checked()
    expect(page.get_by_role("radio", name="a colleague")).to_be_focused()
    expect(card.root.locator("h3")).to_contain_text("says nothing about it (rule R14)")
    expect(card.results).to_have_count(3)
