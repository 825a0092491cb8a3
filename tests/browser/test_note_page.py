"""Declining in one's own words in Chromium over Voilà: by mouse, by keyboard, in both languages, on a phone, light and dark."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from card import Card
from etiquette_kit import load_bank
from etiquette_kit.formats import note
from etiquette_kit.formats.note.assessment import CRITERIA
from etiquette_kit.locale import catalog
from playwright.sync_api import Locator, Page, expect
from test_connection import kernel_of
from test_leak import Wire, bare
from watch import Watch

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LENGTH = 4
NOTEBOOK = "13_note"
DESKTOP, PHONE = (1366, 768), (375, 667)
SECRET = "Zwetschgenkuchen"  # noqa: S105  a word to look for
TEXTS = {
    "de": f"Guten Tag, danke für den {SECRET} 🙂! Ich nutze das hier nur privat und nehme die Anfrage nicht an. <b>Rufen Sie mich an.</b>",
    "en": f"Hello there, thanks for the {SECRET} 🙂! I only use this in private and won't accept your request. <b>Please call me.</b>",
}

Open = Callable[..., Page]
Serve = Callable[..., str]


def opened(open_page: Open, served: Serve, lang: str = "de", size: tuple[int, int] = DESKTOP, **options: object) -> Card:
    card = Card(open_page(served(lang, NOTEBOOK), width=size[0], height=size[1], **options))
    expect(card.primary).to_be_visible()
    return card


def field(card: Card) -> Locator:
    return card.root.locator("textarea")


def check(card: Card, lang: str = "de") -> None:
    """Write the note and have it checked."""
    field(card).fill(TEXTS[lang])
    card.root.get_by_role("button", name=catalog(lang)("note.check"), exact=True).click()
    expect(card.root.locator(".ek-cue")).to_have_count(len(CRITERIA))


def tick(card: Card, count: int) -> None:
    for box in card.root.locator(".ek-checklist input").all()[:count]:
        box.check()


def answer(card: Card, lang: str = "de", count: int = 3) -> None:
    check(card, lang)
    tick(card, count)
    card.primary.click()
    expect(card.root.locator("h3.ek-summary")).to_have_text(catalog(lang)("note.summary", count=count, total=len(CRITERIA)))


def unfold(card: Card) -> None:
    card.root.locator("details").evaluate_all("(all) => { for (const one of all) one.open = true; }")


def small(card: Card) -> list[str]:
    """Return the lines that can be ticked but are lower than 44 pixels."""
    script = "(labels) => labels.filter((label) => label.getBoundingClientRect().height < 43.9).map((label) => label.textContent)"
    return list(card.root.locator(".ek-check label").evaluate_all(script))


@pytest.mark.parametrize(("lang", "size"), [("de", DESKTOP), ("en", PHONE)])
def test_requests_are_declined_by_mouse_to_the_end(open_page: Open, served: Serve, lang: str, size: tuple[int, int]) -> None:
    card = opened(open_page, served, lang, size)
    card.start()
    for number in range(1, LENGTH + 1):
        card.await_question(number)
        expect(field(card)).to_be_visible()
        expect(card.root.locator(".ek-checklist, mark")).to_have_count(0)
        assert not card.is_wider_than_screen()
        check(card, lang)
        expect(card.root.locator(".ek-commented")).to_be_focused()
        expect(card.root.locator(".ek-commented")).to_be_in_viewport()
        expect(card.root.locator(".ek-draft-text")).to_have_text(TEXTS[lang])
        expect(card.root.locator("mark").first).to_be_visible()
        assert not card.is_wider_than_screen()
        tick(card, number)
        card.primary.click()
        expect(card.root.locator("h3.ek-summary")).to_be_focused()
        expect(card.root.locator(".ek-ticked li[data-ticked=yes]")).to_have_count(number)
        expect(card.root.locator(".ek-draft-text")).to_have_text(TEXTS[lang])
        assert not card.is_wider_than_screen()
        card.primary.click()
    expect(card.title).to_have_text(catalog(lang)("end.title_practice"))
    expect(card.root).to_contain_text(catalog(lang)("end.result_unscored"))
    expect(card.root.locator(".ek-item")).to_have_count(LENGTH)


@pytest.mark.parametrize(("lang", "size"), [("en", DESKTOP), ("de", PHONE)])
def test_requests_are_declined_by_keyboard_to_the_end(open_page: Open, served: Serve, lang: str, size: tuple[int, int]) -> None:
    card = opened(open_page, served, lang, size)
    page = card.page
    card.tab_to(".ek-primary")
    page.keyboard.press("Enter")
    for number in range(1, LENGTH + 1):
        card.await_question(number)
        expect(card.title).to_be_focused()
        card.tab_to("textarea")
        page.keyboard.type("No, " if lang == "en" else "Nein, ")
        page.keyboard.press("Enter")
        page.keyboard.type("x")
        expect(field(card)).to_have_value(("No, " if lang == "en" else "Nein, ") + "\nx")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(card.root.locator(".ek-commented")).to_be_focused()
        card.tab_to(".ek-checklist input")
        page.keyboard.press("Space")
        card.tab_to(".ek-actions .ek-primary")
        page.keyboard.press("Enter")
        expect(card.root.locator("h3.ek-summary")).to_be_focused()
        expect(card.root.locator(".ek-ticked li[data-ticked=yes]")).to_have_count(1)
        card.tab_to(".ek-primary")
        page.keyboard.press("Enter")
    expect(card.title).to_be_focused()
    expect(card.title).to_have_text(catalog(lang)("end.title_practice"))


def test_answering_at_once_becomes_a_check_and_says_so(open_page: Open, served: Serve) -> None:
    card = opened(open_page, served)
    card.start()
    card.primary.click()
    expect(card.root.locator(".ek-missing")).to_have_text(catalog("de")("note.empty"))
    expect(field(card)).to_be_focused()
    field(card).fill(TEXTS["de"])
    card.primary.click()
    expect(card.root.locator(".ek-missing")).to_have_text(catalog("de")("note.unchecked"))
    expect(card.root.locator(".ek-cue")).to_have_count(len(CRITERIA))


def test_a_note_is_changed_and_checked_again(open_page: Open, served: Serve) -> None:
    card = opened(open_page, served)
    card.start()
    field(card).fill("Vielleicht später.")
    card.root.get_by_role("button", name="Prüfen", exact=True).click()
    expect(card.root.locator(".ek-cue").first).to_have_attribute("data-state", "not_met")
    tick(card, 2)
    field(card).fill(TEXTS["de"])
    card.root.get_by_role("button", name="Noch einmal prüfen").click()
    expect(card.root.locator(".ek-cue").first).to_have_attribute("data-state", "met")
    assert [box.is_checked() for box in card.root.locator(".ek-checklist input").all()] == [True, True, *[False] * 5]
    card.primary.click()
    expect(card.root.locator(".ek-message")).to_contain_text(catalog("de")("note.changed"))


def test_a_screen_reader_hears_what_was_noticed_with_each_line(open_page: Open, served: Serve) -> None:
    card = opened(open_page, served, "en")
    card.start()
    check(card, "en")
    expect(field(card)).to_have_accessible_name(catalog("en")("note.label"))
    expect(field(card)).to_have_accessible_description(re.compile(rf"^You .* {re.escape(catalog('en')('note.hint'))}$"))
    group = card.root.get_by_role("group", name=catalog("en")("note.checklist_title"))
    for name, cue in zip(CRITERIA, card.root.locator(".ek-cue").all(), strict=True):
        box = group.get_by_role("checkbox", name=catalog("en")(f"note.checklist.{name}", most=60), exact=True)
        expect(box).to_have_accessible_description(cue.inner_text())
    expect(card.root.get_by_role("checkbox", name=catalog("en")("note.keep"))).not_to_be_checked()


def test_switching_the_language_keeps_what_was_written_and_ticked(open_page: Open, served: Serve) -> None:
    card = opened(open_page, served)
    card.start()
    check(card)
    tick(card, 2)
    card.page.get_by_role("button", name="English").click()
    expect(card.root).to_have_attribute("lang", "en")
    expect(field(card)).to_have_value(TEXTS["de"])
    expect(card.root.locator(".ek-commented")).to_have_text(catalog("en")("note.comment_title"))
    assert [box.is_checked() for box in card.root.locator(".ek-checklist input").all()] == [True, True, *[False] * 5]


def test_no_model_note_arrives_before_a_check(open_page: Open, served: Serve) -> None:
    page = open_page("about:blank")
    wire = Wire(page)
    page.goto(served("de", NOTEBOOK))
    card = Card(page)
    card.start()
    requests = {bare(request.title("de")): request for request in note.materials(load_bank()).values()}
    models = {name: [bare(model) for lang in ("de", "en") for model in request.text(lang).models] for name, request in requests.items()}
    assert bare(card.title.inner_text()) in wire.received(), "the recording is blind"
    assert [model for own in models.values() for model in own if model in wire.received()] == []
    check(card)
    own = models.pop(bare(card.title.inner_text()))
    assert own[:2] == [model for model in own if model in wire.received()], "the recording is blind to models"
    assert [model for others in models.values() for model in others if model in wire.received()] == []


_STORED = """async () => {
  const stored = [Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, location.href, history.state];
  for (const { name } of await indexedDB.databases()) {
    const base = await new Promise((done, failed) => {
      const asked = indexedDB.open(name);
      Object.assign(asked, { onsuccess: () => done(asked.result), onerror: failed });
    });
    for (const table of base.objectStoreNames) {
      stored.push(await new Promise((done, failed) => {
        const asked = base.transaction(table).objectStore(table).getAll();
        Object.assign(asked, { onsuccess: () => done(asked.result), onerror: failed });
      }));
    }
    base.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) stored.push(request.url);
  }
  return JSON.stringify(stored);
}"""


def test_without_consent_the_browser_keeps_nothing_of_the_text(open_page: Open, served: Serve) -> None:
    card = opened(open_page, served)
    card.start()
    answer(card)
    stored = card.page.evaluate(_STORED)
    assert len(json.loads(stored)) >= 5
    assert SECRET not in stored
    card.page.reload()
    expect(card.root.locator("h3.ek-summary")).to_be_visible()
    expect(card.root).to_contain_text(catalog("de")("note.not_kept"))
    assert SECRET not in card.page.content()


def test_with_consent_the_text_is_there_after_a_reload_as_text(open_page: Open, served: Serve) -> None:
    card = opened(open_page, served)
    card.start()
    check(card)
    card.root.get_by_role("checkbox", name=catalog("de")("note.keep")).check()
    card.primary.click()
    expect(card.root.locator("h3.ek-summary")).to_be_visible()
    card.page.reload()
    expect(card.root.locator(".ek-draft-text")).to_have_text(TEXTS["de"])
    expect(card.root.locator(".ek-draft-text b")).to_have_count(0)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_nothing_scrolls_sideways_and_lines_are_high_enough(open_page: Open, served: Serve, lang: str) -> None:
    card = opened(open_page, served, lang)
    card.start()
    field(card).fill("🙂" * 300 + "x" * 300)
    card.root.get_by_role("button", name=catalog(lang)("note.check"), exact=True).click()
    expect(card.root.locator(".ek-cue")).to_have_count(len(CRITERIA))
    for state in ("commented", "answered"):
        if state == "answered":
            card.primary.click()
            expect(card.root.locator("h3.ek-summary")).to_be_visible()
        unfold(card)
        for width in (1280, 640, 320):
            card.resize(width, 640)
            assert not card.is_wider_than_screen()
            assert card.small_targets() + small(card) == []


@pytest.mark.parametrize("options", [{"scheme": "light"}, {"scheme": "dark"}, {"forced_colors": "active"}, {"size": (320, 640)}])
def test_axe_finds_nothing(open_page: Open, served: Serve, options: dict[str, object]) -> None:
    card = opened(open_page, served, **options)  # type: ignore[arg-type]
    card.start()
    assert card.violations() == []
    check(card)
    unfold(card)
    assert card.violations() == []
    card.primary.click()
    expect(card.root.locator("h3.ek-summary")).to_be_visible()
    unfold(card)
    assert card.violations() == []


def test_a_killed_kernel_and_a_reload_lead_back_to_the_same_question(open_apart: Open, served: Serve, watch: Watch) -> None:
    page = open_apart(served("de", NOTEBOOK))
    card = Card(page)
    card.start()
    answer(card, count=5)
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
    expect(field(card)).to_have_value("")
    card.root.get_by_role("button", name="Zurück").click()
    card.await_question(1)
    expect(card.root.locator(".ek-ticked li[data-ticked=yes]")).to_have_count(5)
    # Jupyter's own promise to a kernel that was killed
    watch.wrong = [entry for entry in watch.wrong if not entry.endswith("Kernel connection disconnected")]
