"""A morning with an inbox in Chromium over Voilà: by mouse, by keyboard, in both languages, on a phone, light and dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from card import Card
from etiquette_kit.locale import catalog
from playwright.sync_api import Page, expect
from test_connection import kernel_of
from watch import Watch

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LENGTH = 3
NOTEBOOK = "11_inbox"
DESKTOP, PHONE = (1366, 768), (375, 667)

UNCOVERED = """() => {
  const shown = document.activeElement.closest("label");
  const { x, y, width, height } = shown.getBoundingClientRect();
  return shown.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}"""

Open = Callable[..., Page]
Serve = Callable[..., str]


def opened(open_page: Open, served: Serve, lang: str = "de", size: tuple[int, int] = DESKTOP, **options: object) -> Card:
    card = Card(open_page(served(lang, NOTEBOOK), width=size[0], height=size[1], **options))
    expect(card.primary).to_be_visible()
    return card


def unfold(card: Card) -> None:
    card.root.locator("details").evaluate_all("(all) => { for (const one of all) one.open = true; }")


def check_feedback(card: Card, count: int) -> None:
    """The day and each item are there, and the message has the focus."""
    expect(card.root.locator(".ek-judged")).to_have_count(count)
    expect(card.root.locator(".ek-day .ek-waited")).to_be_visible()
    expect(card.root.locator("h3.ek-summary")).to_be_focused()
    expect(card.root.locator("h3.ek-summary")).to_be_in_viewport()


@pytest.mark.parametrize(("lang", "size"), [("de", DESKTOP), ("en", PHONE)])
def test_mornings_are_decided_by_mouse_to_the_end(open_page: Open, served: Serve, lang: str, size: tuple[int, int]) -> None:
    card = opened(open_page, served, lang, size)
    card.start()
    for number in range(1, LENGTH + 1):
        card.await_question(number)
        expect(card.mails.first).to_be_visible()
        count = card.mails.count()
        assert not card.is_wider_than_screen()
        card.answer(number)
        check_feedback(card, count)
        assert not card.is_wider_than_screen()
        card.primary.click()
    expect(card.title).to_have_text(catalog(lang)("end.title_practice"))
    expect(card.root.locator(".ek-item")).to_have_count(LENGTH)
    card.root.locator(".ek-item button").first.click()
    expect(card.root.locator(".ek-judged").first).to_be_visible()


@pytest.mark.parametrize(("lang", "size"), [("en", DESKTOP), ("de", PHONE)])
def test_mornings_are_decided_by_keyboard_to_the_end(open_page: Open, served: Serve, lang: str, size: tuple[int, int]) -> None:
    card = opened(open_page, served, lang, size)
    page = card.page
    page.emulate_media(reduced_motion="reduce")  # a new page is there at once, and scrolls under no key
    card.tab_to(".ek-primary")
    page.keyboard.press("Enter")
    for number in range(1, LENGTH + 1):
        card.await_question(number)
        expect(card.title).to_be_focused()
        expect(card.mails.first).to_be_visible()
        count = card.mails.count()
        for place in range(count):
            mail = card.mails.nth(place)
            card.tab_to(".ek-mail summary")
            expect(mail.locator("summary")).to_be_focused()
            page.keyboard.press("Enter")
            card.tab_to(".ek-mail input")
            radios = mail.locator("input")
            expect(radios.nth(0)).to_be_focused()
            page.keyboard.press("Space")
            if (place + number) % 2:
                page.keyboard.press("ArrowDown")
            expect(radios.nth((place + number) % 2)).to_be_checked()
            assert page.evaluate(UNCOVERED), "the minutes at the foot cover what has the focus"
        card.tab_to(".ek-primary")
        page.keyboard.press("Enter")
        check_feedback(card, count)
        card.tab_to(".ek-primary")
        page.keyboard.press("Enter")
    expect(card.title).to_be_focused()
    expect(card.title).to_have_text(catalog(lang)("end.title_practice"))


def test_each_item_is_named_in_its_list_and_the_minutes_are_said(open_page: Open, served: Serve) -> None:
    card = opened(open_page, served, "en")
    card.start()
    words = catalog("en")
    expect(card.root.get_by_role("list").filter(has=card.page.locator(".ek-mail"))).to_have_count(1)
    for mail in card.mails.all():
        name = mail.locator(".ek-name").inner_text()
        expect(mail.locator("summary")).to_contain_text(f"{name} {mail.locator('.ek-role').inner_text()}")
        mail.locator("summary").click()
        group = mail.get_by_role("group", name=words("inbox.decide"), exact=True)
        for action in mail.locator(".ek-action").all():
            label, cost = (action.locator(part).inner_text() for part in (".ek-action-label", ".ek-cost"))
            assert "minute" in cost
            expect(group.get_by_role("radio", name=f"{label} {cost}", exact=True)).to_have_count(1)
    said = card.root.locator(".ek-budget [role=status]")
    before = said.inner_text()
    card.decide(card.mails.nth(0), 1)
    expect(said).not_to_have_text(before)


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_what_is_open_is_said_before_the_morning_ends(open_page: Open, served: Serve, size: tuple[int, int]) -> None:
    card = opened(open_page, served, size=size)
    card.start()
    count = card.mails.count()
    missing = card.root.locator(".ek-missing")
    card.primary.click()
    expect(missing).to_have_text(catalog("de")("inbox.nothing"))
    card.decide(card.mails.nth(0), 1)
    expect(missing).to_be_empty()
    card.primary.click()
    expect(missing).to_have_text(catalog("de")("inbox.confirm", count=count - 1))
    expect(missing).to_be_in_viewport()
    assert card.violations() == []
    card.primary.click()
    check_feedback(card, count)


def test_minutes_come_back_and_an_answer_after_the_last_one_counts_as_later(open_page: Open, served: Serve) -> None:
    card = opened(open_page, served)
    card.start()
    words = catalog("de")
    status, late = card.root.locator(".ek-budget p"), card.root.locator(".ek-late:not(:empty)")
    whole = status.inner_text().split(" · ")[0]
    card.decide(card.mails.nth(0), 0)
    expect(status).not_to_contain_text(whole)
    last = card.mails.nth(0).locator("input").last
    last.check()
    expect(status).to_contain_text(whole)
    for mail in reversed(card.mails.all()):  # requests and all else first, the client's last
        if mail.locator(".ek-quote").count() == 0:
            card.decide(mail, 3)
    for mail in card.mails.all():
        if mail.locator(".ek-quote").count():
            card.decide(mail, 0)
    expect(late.first).to_have_text(words("inbox.late"))
    count = late.count()
    card.primary.click()
    expect(card.root.locator(".ek-day .ek-too-late")).to_have_count(count)


def test_switching_the_language_keeps_what_was_decided(open_page: Open, served: Serve) -> None:
    card = opened(open_page, served)
    card.start()
    card.respond(1)
    checked = "(radios) => radios.map((radio) => radio.checked)"
    before = card.mails.locator("input").evaluate_all(checked)
    card.page.get_by_role("button", name="English").click()
    expect(card.root).to_have_attribute("lang", "en")
    expect(card.primary).to_have_text(catalog("en")("inbox.submit"))
    assert card.mails.locator("input").evaluate_all(checked) == before
    count = card.mails.count()
    card.primary.click()
    check_feedback(card, count)


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
            assert card.root.locator(".ek-action, .ek-action-label, .ek-state, .ek-day-part p").evaluate_all(cut) == []


@pytest.mark.parametrize("options", [{"scheme": "light"}, {"scheme": "dark"}, {"forced_colors": "active"}, {"size": (320, 640)}])
def test_axe_finds_nothing(open_page: Open, served: Serve, options: dict[str, object]) -> None:
    card = opened(open_page, served, **options)  # type: ignore[arg-type]
    card.start()
    assert card.violations() == []
    card.respond(0)
    assert card.violations() == []
    count = card.mails.count()
    card.primary.click()
    check_feedback(card, count)
    unfold(card)
    assert card.violations() == []


def test_a_killed_kernel_and_a_reload_lead_back_to_the_same_question(open_apart: Open, served: Serve, watch: Watch) -> None:
    page = open_apart(served("de", NOTEBOOK))
    card = Card(page)
    card.start()
    card.answer(1)
    said = card.root.locator(".ek-judged .ek-verdict").all_inner_texts()
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
    expect(card.mails.first).to_be_visible()
    card.root.get_by_role("button", name="Zurück").click()
    card.await_question(1)
    expect(card.root.locator(".ek-judged .ek-verdict")).to_have_text(said)
    # Jupyter's own promise to a kernel that was killed
    watch.wrong = [entry for entry in watch.wrong if not entry.endswith("Kernel connection disconnected")]


def test_in_a_test_what_was_decided_is_kept_in_words(open_page: Open, served: Serve) -> None:
    card = Card(open_page(served("de", "06_test")))
    card.start()
    number = 1
    while card.mails.count() == 0:
        card.respond()
        card.primary.click()
        number += 1
        card.await_question(number)
        expect(card.asked.first).to_be_visible()
    labels = [mail.locator(".ek-action-label").nth((2 + place) % 3).text_content() for place, mail in enumerate(card.mails.all())]
    card.respond(2)
    card.primary.click()
    card.await_question(number + 1)
    card.root.get_by_role("button", name="Zurück").click()
    card.await_question(number)
    expect(card.root.locator(".ek-kept .ek-badge")).to_have_text([label or "" for label in labels])
    expect(card.root.locator(".ek-judged, .ek-day")).to_have_count(0)
    assert card.violations() == []
