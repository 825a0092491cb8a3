"""The workshop on a projector: hands typed in by mouse and keyboard, the sheets, and what each page looks like to axe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from card import Card
from playwright.sync_api import Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Page]
Serve = Callable[..., str]


class Hall(Card):
    """The workshop's card."""

    @property
    def hands(self) -> Locator:
        return self.root.locator(".ek-hands")

    def show(self, *hands: int) -> None:
        for index, number in enumerate(hands):
            self.hands.nth(index).fill(str(number))

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name, exact=True)

    def await_phase(self, phase: str) -> None:
        expect(self.root.locator(".ek-stage")).to_have_attribute("data-phase", phase)


@pytest.mark.parametrize("options", [{"width": 1920, "height": 1080}, {"width": 320, "scheme": "dark"}])
def test_a_workshop_from_the_plan_to_the_end(open_page: Open, served: Serve, options: dict[str, object]) -> None:
    hall = Hall(open_page(served("de", "07_workshop"), reduced_motion="reduce", **options))
    expect(hall.root.locator(".ek-steps tbody tr")).to_have_count(7)
    hall.root.get_by_role("radio", name="90 Minuten").check()
    expect(hall.root.locator(".ek-steps tbody tr")).to_have_count(9)
    assert hall.violations() == []
    hall.start()
    for phase, hands, after in (("vote", (3, 7, 2), "discuss"), ("discuss", (), "revote"), ("revote", (1, 2, 9), "reveal")):
        hall.await_phase(phase)
        assert hall.violations() == []
        assert not hall.is_wider_than_screen()
        assert hall.small_targets() == []
        expect(hall.results).to_have_count(0)
        hall.show(*hands)
        hall.primary.click()
        hall.await_phase(after)
    expect(hall.root.locator(".ek-vote")).to_have_count(2 * hall.results.count())
    expect(hall.results.nth(0).locator(".ek-vote")).to_have_text(["zuerst25\u00a0% · 3 Hände", "nach dem Gespräch8\u00a0% · eine Hand"])
    assert hall.violations() == []
    assert not hall.is_wider_than_screen()
    hall.primary.click()
    for number in range(2, 7):
        hall.await_question(number)
        hall.button("Situation auslassen").click()
    expect(hall.title).to_have_text("Das war’s")
    expect(hall.root.locator(".ek-table tbody tr")).to_have_count(1)
    assert hall.violations() == []
    assert not hall.is_wider_than_screen()


def test_a_workshop_by_keyboard_alone(open_page: Open, served: Serve) -> None:
    page = open_page(served("en", "07_workshop"))
    hall = Hall(page)
    hall.primary.focus()
    page.keyboard.press("Enter")
    hall.await_question(1)
    expect(hall.title).to_be_focused()
    page.keyboard.press("Tab")
    expect(hall.hands.first).to_be_focused()
    for number in ("3", "x", "2"):
        page.keyboard.type(number)
        page.keyboard.press("Tab")
    expect(hall.primary).to_be_focused()
    page.keyboard.press("Enter")
    expect(hall.status).to_contain_text("for B is not a whole number")
    expect(hall.hands.nth(0)).to_have_value("3")
    hall.hands.nth(1).fill("1")
    hall.primary.focus()
    page.keyboard.press("Enter")
    hall.await_phase("discuss")
    expect(hall.root.locator(".ek-talk h3")).to_be_focused()


def test_what_was_typed_outlives_the_language_switch_and_going_back(open_page: Open, served: Serve) -> None:
    hall = Hall(open_page(served("de", "07_workshop")))
    hall.start()
    hall.show(4, 5)
    hall.button("English").click()
    expect(hall.button("Go on to the discussion")).to_be_visible()
    expect(hall.hands.nth(1)).to_have_value("5")
    hall.primary.click()
    hall.button("Back to the count").click()
    hall.await_phase("vote")
    expect(hall.hands.nth(0)).to_have_value("4")


def test_the_sheets_can_be_saved_and_printed(open_page: Open, served: Serve) -> None:
    page = open_page("about:blank")
    page.add_init_script("window.print = () => { (window.top.printed ??= []).push(document.body.innerText); };")
    page.goto(served("de", "07_workshop"))
    hall = Hall(page)
    hall.button("Handzettel für alle").click()
    with page.expect_download() as saved:
        hall.root.get_by_role("link", name="Als Datei speichern").click()
    assert saved.value.suggested_filename == "handout.html"
    assert "Privat oder beruflich? Zum Mitnehmen" in saved.value.path().read_text(encoding="utf-8")
    hall.button("Ablauf für die Leitung, mit Lösungen").click()
    expect(hall.root.locator(".ek-sheet p")).to_have_text("Ablauf für die Leitung, mit Lösungen")
    assert hall.violations() == []


def test_the_full_screen_holds_the_card_alone(open_page: Open, served: Serve) -> None:
    page = open_page(served("de", "07_workshop"))
    hall = Hall(page)
    hall.start()
    hall.button("Vollbild an oder aus").click()
    page.wait_for_function("document.fullscreenElement?.classList.contains('ek')")
    hall.button("Vollbild an oder aus").click()
    page.wait_for_function("document.fullscreenElement === null")
