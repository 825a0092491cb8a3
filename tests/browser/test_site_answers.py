"""On a site: answers are taken along in a file, deleted, followed in two tabs; and participation is confirmed on a paper."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from card import Card
from playwright.sync_api import Locator, Page, expect
from tests.support.built_site import served_below

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Page]
NAME = "Ada <i>Lovelace</i> & Söhne"


@pytest.fixture(scope="module")
def address(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the first page, which has a quiz, in English in this browser."""
    with served_below(built_site, tmp_path_factory.mktemp("web-space"), "/site/") as found:
        yield found


class SiteCard(Card):
    """The card in the language that the page shows; it has a place in each."""

    @property
    def root(self) -> Locator:
        return self.page.locator("section.ek:visible")


def length_of(card: Card) -> int:
    return int(card.progress.get_attribute("aria-valuemax") or 0)


def to_end(card: Card) -> None:
    """Play from the start page to the end."""
    card.start()
    for number in range(1, length_of(card) + 1):
        card.await_question(number)
        card.answer(number % 3)
        card.primary.click()
    expect(card.root.locator(".ek-table")).to_have_count(2)


def mine(card: Card) -> None:
    card.root.get_by_role("button", name="My answers", exact=True).click()
    expect(card.title).to_have_text("My answers")


def downloaded(page: Page, button: str) -> Path:
    with page.expect_download() as handed:
        page.get_by_role("button", name=button).click()
    return Path(handed.value.path())


def test_answers_are_taken_along_once(open_apart: Open, address: str) -> None:
    page = open_apart(address)
    card = SiteCard(page)
    card.start()
    card.answer(0)
    card.primary.click()
    card.await_question(2)
    expect(card.saved).to_contain_text("1 answer saved")
    mine(card)
    expect(card.root).to_contain_text("In this browser, on this device only.")
    expect(card.root).not_to_contain_text("code")
    assert card.violations(".ek") == []
    assert card.small_targets() == []
    file = downloaded(page, "Download everything")
    assert [len(session["answers"]) for session in json.loads(file.read_text(encoding="utf-8"))["sessions"]] == [1]

    elsewhere = SiteCard(open_apart(address))
    mine(elsewhere)
    for told in ("One answer was added.", "There is nothing new in this file."):
        elsewhere.page.set_input_files(".ek input[type=file]", file)
        expect(elsewhere.status).to_have_text(told)
    elsewhere.page.set_input_files(".ek input[type=file]", {"name": "x.json", "mimeType": "application/json", "buffer": b"[]"})
    expect(elsewhere.status).to_contain_text("This is not a file with answers.")
    elsewhere.root.get_by_role("button", name="Back to the exercise").click()
    elsewhere.await_question(2)
    elsewhere.page.reload()
    elsewhere.await_question(2)
    expect(elsewhere.saved).to_contain_text("1 answer saved")


def test_what_was_deleted_does_not_come_back(open_apart: Open, address: str) -> None:
    card = SiteCard(open_apart(address))
    card.start()
    card.answer(0)
    mine(card)
    card.root.get_by_role("button", name="Delete my answers").click()
    card.root.get_by_role("button", name="Yes, delete everything").click()
    expect(card.status).to_have_text("Everything that was stored about you has been deleted.")
    card.page.reload()
    expect(card.root.get_by_role("button", name="Let’s start")).to_be_visible()
    mine(card)
    expect(card.root).not_to_contain_text("answer is saved")


def test_the_second_of_two_tabs_follows(open_apart: Open, address: str) -> None:
    page = open_apart(address)
    card = SiteCard(page)
    card.start()
    card.answer(0)
    card.primary.click()
    card.await_question(2)
    second = SiteCard(open_apart(address, beside=page))
    second.await_question(2)
    second.answer(0)
    expect(second.saved).to_contain_text("2 answers saved")
    card.answer(1)
    expect(card.status).to_contain_text("in another window")
    expect(card.saved).to_contain_text("2 answers saved")


def test_participation_is_confirmed_on_a_paper_that_alone_has_the_name(open_apart: Open, address: str) -> None:
    page = open_apart(address)
    card = SiteCard(page)
    to_end(card)
    page.evaluate("""() => {
        window.posted = [];
        const original = Worker.prototype.postMessage;
        Worker.prototype.postMessage = function (...told) { window.posted.push(JSON.stringify(told)); return original.apply(this, told); };
    }""")
    card.root.get_by_role("button", name="Confirmation of participation").click()
    expect(card.title).to_have_text("Confirmation of participation")
    page.get_by_label("Your name").fill(NAME)
    paper = page.locator(".ek-paper")
    expect(paper).to_contain_text(NAME)
    expect(paper).to_contain_text("Nobody has checked it.")
    expect(paper).not_to_contain_text("%")
    page.get_by_label("Add my result in per cent").check()
    expect(paper).to_contain_text("%")
    assert card.violations(".ek") == []
    page.set_viewport_size({"width": 375, "height": 667})
    assert not card.is_wider_than_screen()

    saved = downloaded(page, "Save as a file").read_text(encoding="utf-8")
    assert saved.startswith("<!DOCTYPE html>")
    assert "Ada &lt;i&gt;Lovelace&lt;/i&gt; &amp; Söhne" in saved
    assert not re.search(r"<i>|<script|https?://(?!www\.w3\.org/1999/xhtml)", saved)

    page.add_init_script("""window.print = () => {
        const [paper] = document.body.children;
        window.top.printed = [document.body.innerText, getComputedStyle(paper).borderTopWidth];
    };""")
    page.get_by_role("button", name="Print").click()
    text, border = page.evaluate("window.printed")
    assert NAME in text
    assert "Your name" not in text
    assert border == "1px", "it has its style, whatever the page forbids"

    page.emulate_media(media="print")
    hidden = page.evaluate("""() => [...document.body.querySelectorAll("*")]
        .filter((node) => node.checkVisibility() && !node.closest(".ek-paper") && !node.querySelector(".ek-paper")).length""")
    assert hidden == 0, "printed, the paper is alone"
    page.emulate_media(media="screen")

    page.get_by_role("link", name="Deutsch").click()
    expect(card.title).to_have_text("Teilnahmebestätigung")
    expect(page.get_by_label("Ihr Name")).to_have_value(NAME)
    page.get_by_role("button", name="Zurück", exact=True).click()
    expect(card.root.locator(".ek-table")).to_have_count(2)
    posted = page.evaluate("window.posted")
    assert any("confirmation_close" in told for told in posted)
    assert not any("Lovelace" in told for told in posted)
    stores = """async () => {
        const databases = await indexedDB.databases();
        const contents = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
        for (const { name } of databases) {
            const opening = indexedDB.open(name);
            const opened = await new Promise((resolve) => { opening.onsuccess = () => resolve(opening.result); });
            for (const store of opened.objectStoreNames) {
                const asked = opened.transaction(store).objectStore(store).getAll();
                contents.push(await new Promise((resolve) => { asked.onsuccess = () => resolve(JSON.stringify(asked.result)); }));
            }
        }
        return contents.join();
    }"""
    assert "Lovelace" not in page.evaluate(stores)
