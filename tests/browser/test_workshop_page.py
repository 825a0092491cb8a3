"""The workshop on a projector: hands typed in by mouse and keyboard, the sheets, and what each page looks like to axe."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from card import Card
from etiquette_kit import load_bank
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.content.shipped import shipped
from etiquette_kit.locale import catalog
from playwright.sync_api import Locator, Page, expect
from test_connection import kernel_of
from test_leak import Wire, bare, found, reasons, secrets, verdicts

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Page]
Serve = Callable[..., str]


class Hall(Card):
    """The workshop's card; above it stands the chooser of situations."""

    @property
    def root(self) -> Locator:
        return self.page.locator(".ek-hall section.ek")

    @property
    def hands(self) -> Locator:
        return self.root.locator(".ek-hands")

    @property
    def overview(self) -> Locator:
        return self.root.locator(".ek-overview > li")

    @property
    def wrong(self) -> Locator:
        return self.root.locator(".ek-wrong")

    def show(self, *hands: int | str) -> None:
        for index, number in enumerate(hands):
            self.hands.nth(index).fill(str(number))

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name, exact=True)

    def await_phase(self, phase: str) -> None:
        expect(self.root.locator(".ek-stage")).to_have_attribute("data-phase", phase)

    def resolve(self) -> None:
        """From the first vote to the answer, without a talk."""
        self.button("Zur Auflösung").click()
        self.button("Ja, auflösen").click()
        self.await_phase("reveal")


def _fullest() -> Scenario:
    """Return the scenario whose reactions take most room."""
    return max(load_bank(), key=lambda scenario: (len(scenario.options), sum(len(option.text("de").label) for option in scenario.options)))


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bank of the fullest scenario alone, with five reactions: the most that a situation may have."""
    chosen = _fullest()
    file = next(path for path in shipped("scenarios").rglob("*.toml") if f'"{chosen.id}"' in path.read_text(encoding="utf-8"))
    head, *tables = re.split(r"(?m)^(?=\[\[scenario\]\])", file.read_text(encoding="utf-8"))
    bank = tmp_path_factory.mktemp("bank")
    table = next(table for table in tables if f'"{chosen.id}"' in table)
    longest = max(chosen.options, key=lambda option: len(option.text("de").label))
    written = next(part for part in table.split("[[scenario.option]]") if f'id = "{longest.id}"' in part).strip()
    free = min(set(chosen.advice.grades) - {option.action for option in chosen.options})
    fifth = written.replace(f'id = "{longest.id}"', 'id = "e"').replace(f'action = "{longest.action}"', f'action = "{free}"')
    (bank / file.name).write_text(f"{head}{table.strip()}\n\n[[scenario.option]]\n{fifth}\n", encoding="utf-8")
    return bank


@pytest.mark.parametrize("options", [{"width": 1920, "height": 1080}, {"width": 320, "scheme": "dark"}])
def test_a_workshop_from_the_plan_to_the_end(open_page: Open, served: Serve, options: dict[str, object]) -> None:
    hall = Hall(open_page(served("de", "07_workshop"), reduced_motion="reduce", **options))
    expect(hall.root.locator(".ek-steps tbody tr")).to_have_count(7)
    hall.root.get_by_role("radio", name="90 Minuten").check()
    expect(hall.root.locator(".ek-steps tbody tr")).to_have_count(9)
    assert hall.violations() == []
    hall.start()
    expect(hall.button("Vollbild")).to_be_visible()
    for phase, hands, after in (("vote", (3, 7, 2, 0), "discuss"), ("discuss", (), "revote"), ("revote", (1, 2, 9, 0), "reveal")):
        hall.await_phase(phase)
        assert hall.violations() == []
        assert not hall.is_wider_than_screen()
        assert hall.small_targets() == []
        expect(hall.results).to_have_count(0)
        hall.show(*hands)
        hall.primary.click()
        hall.await_phase(after)
    expect(hall.root.locator(".ek-vote")).to_have_count(2 * hall.overview.count())
    expect(hall.overview.nth(0).locator(".ek-vote")).to_have_text(["zuerst25\u00a0% · 3 Hände", "nach dem Gespräch8\u00a0% · eine Hand"])
    expect(hall.root.locator(".ek-reasoned")).to_have_count(hall.overview.count())
    assert hall.small_targets() == []
    assert hall.violations() == []
    assert not hall.is_wider_than_screen()
    hall.primary.click()
    for number in range(2, 7):
        hall.await_question(number)
        hall.button("Situation auslassen").click()
    expect(hall.title).to_have_text("Das war’s")
    expect(hall.root.locator(".ek-table tbody tr")).to_have_count(1)
    expect(hall.root.locator(".ek-sheets button").first).to_have_text("Handzettel für alle")
    expect(hall.root.locator(".ek-tasks ol li")).to_have_text(list(catalog("de").table("closing").values()))
    expect(hall.button("Vollbild")).to_be_visible()
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
    for number in ("3", "x", "2", "0"):
        page.keyboard.type(number)
        page.keyboard.press("Enter")
    expect(hall.hands.nth(1)).to_be_focused()
    expect(hall.hands.nth(1)).to_have_attribute("aria-invalid", "true")
    expect(hall.hands.nth(1)).to_have_accessible_description("not a whole number")
    expect(hall.hands.nth(0)).to_have_value("3")
    expect(hall.root.locator(".ek-total")).to_have_text("Total: 5")
    assert hall.violations() == []
    hall.hands.nth(1).fill("")
    for key in ("Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(hall.wrong).to_have_text(["empty = 0?"])
    expect(hall.hands.nth(1)).to_have_accessible_description("empty = 0?")
    expect(hall.hands.last).to_be_focused()
    assert hall.violations() == []
    page.keyboard.press("Enter")
    hall.await_phase("discuss")
    expect(hall.root.locator(".ek-talk h3")).to_be_focused()


def test_a_button_pressed_twice_takes_empty_fields_as_nought(open_page: Open, served: Serve) -> None:
    hall = Hall(open_page(served("de", "07_workshop")))
    hall.start()
    hall.show(4, "", 5, 0)
    hall.primary.click()
    expect(hall.wrong).to_have_text(["leer = 0?"])
    expect(hall.primary).to_be_focused()
    hall.primary.click()
    hall.await_phase("discuss")
    hall.button("Zurück zum Zählen").click()
    expect(hall.hands.nth(1)).to_have_value("0")


def test_what_was_typed_outlives_the_language_switch_and_going_back(open_page: Open, served: Serve) -> None:
    hall = Hall(open_page(served("de", "07_workshop")))
    hall.start()
    hall.show(4, 5, 6, 0)
    hall.page.get_by_role("button", name="English").click()
    expect(hall.button("Go on to the discussion")).to_be_visible()
    expect(hall.hands.nth(1)).to_have_value("5")
    hall.primary.click()
    hall.button("Back to the count").click()
    hall.await_phase("vote")
    expect(hall.hands.nth(0)).to_have_value("4")


def test_the_answer_is_asked_for_twice_where_it_comes_early(open_page: Open, served: Serve) -> None:
    page = open_page("about:blank")
    wire = Wire(page)
    page.goto(served("de", "07_workshop"))
    hall = Hall(page)
    hall.start()
    scenario = next(entry for entry in load_bank() if entry.text("de").title == hall.title.inner_text())
    hidden = [*secrets(scenario), *verdicts(), *reasons({scenario.advice.rule})]
    hall.button("Zur Auflösung").click()
    expect(hall.button("Nein")).to_be_focused()
    assert hall.violations() == []
    page.keyboard.press("Escape")
    expect(hall.button("Zur Auflösung")).to_be_focused()
    hall.button("Zur Auflösung").click()
    hall.button("Nein").click()
    expect(hall.button("Zur Auflösung")).to_be_focused()
    hall.await_phase("vote")
    assert bare(scenario.text("de").title) in wire.received(), "the recording is blind"
    assert found(hidden, wire.received()) == []
    hall.resolve()
    assert found(secrets(scenario), wire.received()), "the recording is blind to the answer"


def test_numbers_are_corrected_beside_the_answer(open_page: Open, served: Serve) -> None:
    hall = Hall(open_page(served("de", "07_workshop"), width=390))
    hall.start()
    hall.show(40, 1, 5, 0)
    hall.resolve()
    texts, missing = hall.root.locator(".ek-vote-text"), "nicht gezählt"
    counted = ("87\u00a0% · 40 Hände", "2\u00a0% · eine Hand", "11\u00a0% · 5 Hände", "0\u00a0% · 0 Hände")
    expect(texts).to_have_text([text for one in counted for text in (one, missing)])
    hall.button("Zahlen berichtigen").click()
    expect(hall.hands).to_have_count(8)
    expect(hall.root.get_by_role("heading", name="Zahlen berichtigen")).to_be_focused()
    assert hall.violations() == []
    assert not hall.is_wider_than_screen()
    hall.hands.nth(0).fill("9")
    hall.button("Verwerfen").click()
    expect(texts.first).to_have_text("87\u00a0% · 40 Hände")
    hall.button("Zahlen berichtigen").click()
    expect(hall.hands.nth(0)).to_have_value("40")
    hall.hands.nth(0).fill("4")
    hall.primary.click()
    expect(texts.first).to_have_text("40\u00a0% · 4 Hände")
    hall.await_phase("reveal")


def test_beginning_again_asks_once_there_are_counts(open_page: Open, served: Serve) -> None:
    hall = Hall(open_page(served("de", "07_workshop")))
    hall.start()
    hall.button("Neu beginnen").click()
    expect(hall.root.locator(".ek-steps")).to_be_visible()
    hall.start()
    hall.show(4, 5, 6, 0)
    hall.primary.click()
    hall.await_phase("discuss")
    hall.button("Neu beginnen").click()
    hall.button("Nein").click()
    hall.await_phase("discuss")
    hall.button("Neu beginnen").click()
    hall.button("Ja, neu beginnen").click()
    expect(hall.root.locator(".ek-steps")).to_be_visible()
    hall.start()
    expect(hall.hands.nth(0)).to_have_value("")


def test_leaving_asks_once_there_are_counts_and_who_stays_can_go_on(open_page: Open, served: Serve) -> None:
    page = open_page(served("de", "07_workshop"))
    hall = Hall(page)
    hall.start()
    unasked = kernel_of(page)
    with page.expect_event("load"):
        page.evaluate("setTimeout(() => location.reload())")
    unasked.wait(timeout=600)
    hall.start()
    kernel = kernel_of(page)
    hall.show(4, 5, 6, 0)
    hall.primary.click()
    hall.await_phase("discuss")
    with page.expect_event("dialog") as dialog:
        page.evaluate("setTimeout(() => location.reload())")
    assert dialog.value.type == "beforeunload"
    dialog.value.dismiss()
    hall.primary.click()
    hall.await_phase("revote")
    assert kernel.is_running(), "who stays keeps the kernel"
    with page.expect_event("dialog") as dialog:
        page.evaluate("setTimeout(() => location.reload())")
    with page.expect_event("load"):
        dialog.value.accept()
    kernel.wait(timeout=600)


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("screen", ["window", "full screen"])
def test_five_reactions_are_seen_at_a_glance_with_their_answer(open_page: Open, served: Serve, full: Path, lang: str, screen: str) -> None:
    words = catalog(lang)
    hall = Hall(open_page(served(lang, "07_workshop", full), width=1920, height=1080, reduced_motion="reduce"))
    if screen == "full screen":
        hall.button(words("workshop_card.fullscreen")).click()
        expect(hall.button(words("workshop_card.fullscreen_end"))).to_be_visible()
    hall.start()
    hall.show(12, 3, 0, 7, 1)
    hall.primary.click()
    hall.await_phase("discuss")
    hall.primary.click()
    hall.await_phase("revote")
    hall.show(2, 13, 0, 7, 1)
    hall.primary.click()
    expect(hall.root.locator(".ek-vote")).to_have_count(10)
    expect(hall.root.locator(".ek-answers h3").first).to_be_focused()
    places = """() => ['.ek-answers h3', '.ek-overview > li:last-child', '.ek-foot', '.ek-situation']
        .map((part) => document.querySelector(part).getBoundingClientRect()).map(({ top, bottom }) => [top, bottom])"""
    (title, _), (_, last), (foot, end), (_, situation) = hall.page.evaluate(places)
    assert 0 <= title < last <= foot < end <= 1080
    assert situation <= foot
    assert not hall.is_wider_than_screen()


def test_the_sheets_can_be_saved_and_printed(open_page: Open, served: Serve) -> None:
    page = open_page("about:blank")
    page.add_init_script("window.print = () => { (window.top.printed ??= []).push(document.body.innerText); };")
    page.goto(served("de", "07_workshop"))
    hall = Hall(page)
    hall.button("Handzettel für alle").click()
    with page.expect_download() as saved:
        hall.root.get_by_role("link", name="Als Datei speichern").click()
    assert saved.value.suggested_filename == "handzettel.html"
    assert "Privat oder beruflich? Zum Mitnehmen" in saved.value.path().read_text(encoding="utf-8")
    hall.button("Ablauf für die Leitung, mit Lösungen").click()
    expect(hall.root.locator(".ek-sheet p")).to_have_text("Ablauf für die Leitung, mit Lösungen")
    assert hall.violations() == []


def test_the_full_screen_holds_the_card_alone(open_page: Open, served: Serve) -> None:
    page = open_page(served("de", "07_workshop"))
    hall = Hall(page)
    hall.start()
    hall.button("Vollbild").click()
    page.wait_for_function("document.fullscreenElement?.classList.contains('ek')")
    hall.button("Vollbild beenden").click()
    page.wait_for_function("document.fullscreenElement === null")
    expect(hall.button("Vollbild")).to_be_visible()
