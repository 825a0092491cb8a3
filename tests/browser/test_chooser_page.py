"""Situations are read, chosen and ordered in a page, by mouse and by keyboard; the choice outlives a reload and is a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from card import Card
from etiquette_kit import load_bank
from etiquette_kit.content.scenario import paragraphs
from etiquette_kit.locale import catalog, languages
from etiquette_kit.workshop import load_list
from playwright.sync_api import Locator, Page, expect
from test_leak import Wire, bare, found, reasons, secrets, verdicts
from test_workshop_page import Hall

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Page]
Serve = Callable[..., str]

BANK = load_bank()


class Chooser(Card):
    """The chooser's card."""

    @property
    def root(self) -> Locator:
        return self.page.locator(".ek-choosing section.ek")

    @property
    def rows(self) -> Locator:
        return self.root.locator(".ek-row")

    @property
    def boxes(self) -> Locator:
        return self.root.get_by_role("checkbox")

    @property
    def chosen(self) -> Locator:
        return self.root.locator(".ek-chosen-entry strong")

    @property
    def said(self) -> Locator:
        return self.root.locator(".ek-said")

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name, exact=True)

    def await_list(self) -> None:
        expect(self.rows).to_have_count(len(BANK))
        expect(self.page.locator("#ek-loading")).to_have_count(0)

    def assert_usable(self) -> None:
        assert self.violations() == []
        assert self.small_targets() == []
        assert not self.is_wider_than_screen()


@pytest.mark.parametrize(("lang", "size", "scheme"), [("de", (1366, 768), "light"), ("en", (320, 640), "dark")])
def test_situations_are_found_read_and_chosen_by_mouse(
    open_apart: Open, served: Serve, lang: str, size: tuple[int, int], scheme: Literal["light", "dark"]
) -> None:
    words = catalog(lang)
    page = open_apart("about:blank")  # what is chosen is kept in the browser, and no other test is to find it there
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme)
    page.goto(served(lang, "16_choose"))
    chooser = Chooser(page)
    chooser.await_list()
    expect(chooser.boxes.first).to_be_visible()
    chooser.assert_usable()
    chooser.root.get_by_label(words("chooser.filters.relation"), exact=True).select_option("boss")
    bosses = [scenario for scenario in BANK if scenario.facts.relation == "boss"]
    expect(chooser.rows).to_have_count(len(bosses))
    chooser.root.get_by_role("searchbox").fill(bosses[3].text(lang).title)
    expect(chooser.rows.first).to_contain_text(bosses[3].text(lang).title)
    row = chooser.rows.first
    row.get_by_role("checkbox").check()
    expect(chooser.chosen).to_have_count(1)
    row.get_by_role("button", name=words("chooser_card.read")).click()
    expect(row.locator(".ek-read li")).to_have_text([option.text(lang).label for option in bosses[3].options])
    chooser.assert_usable()
    chooser.button(words("chooser_card.show_key")).click()
    expect(row.locator(".ek-note")).to_contain_text(words("chooser_card.key"))
    expect(row.locator(".ek-verdict")).to_have_count(len(bosses[3].options))
    expect(chooser.button(words("chooser_card.hide_key"))).to_be_focused()
    chooser.assert_usable()
    chooser.button(words("chooser_card.unfilter")).click()
    expect(chooser.rows).to_have_count(len(BANK))
    for index in (0, 1, 2):
        chooser.boxes.nth(index).check()
    expect(chooser.root.locator(".ek-length")).to_contain_text("60")
    chooser.assert_usable()


def test_situations_are_chosen_and_ordered_by_keyboard_and_each_step_is_said(open_apart: Open, served: Serve) -> None:
    page = open_apart(served("de", "16_choose"))
    chooser = Chooser(page)
    chooser.await_list()
    chooser.root.get_by_role("searchbox").focus()
    page.keyboard.type("Urlaub")
    expect(chooser.rows).not_to_have_count(len(BANK))
    expect(chooser.root.get_by_role("searchbox")).to_be_focused()
    expect(chooser.root.get_by_role("searchbox")).to_have_value("Urlaub")
    titles = chooser.rows.locator("strong").all_inner_texts()[:3]
    for index in range(3):
        chooser.boxes.nth(index).focus()
        page.keyboard.press("Space")
        expect(chooser.chosen).to_have_count(index + 1)
        expect(chooser.boxes.nth(index)).to_be_focused()
    expect(chooser.chosen).to_have_text(titles)
    up = chooser.root.locator(".ek-moves button").nth(6)
    up.focus()
    page.keyboard.press("Enter")
    expect(chooser.said).to_have_text(f"„{titles[2]}“ ist jetzt an Stelle 2 von 3.")
    expect(chooser.said).to_have_attribute("aria-live", "polite")
    expect(chooser.chosen).to_have_text([titles[0], titles[2], titles[1]])
    page.keyboard.press("Enter")  # the focus went along
    expect(chooser.chosen).to_have_text([titles[2], titles[0], titles[1]])
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(chooser.chosen).to_have_text([titles[0], titles[1]])
    expect(chooser.root.locator(".ek-chosen h3")).to_be_focused()


def test_a_choice_outlives_a_reload_and_is_a_file_that_can_be_opened_again(open_apart: Open, served: Serve, tmp_path: Path) -> None:
    page = open_apart(served("de", "16_choose"))
    chooser = Chooser(page)
    chooser.await_list()
    for index in (12, 3):
        chooser.boxes.nth(index).check()
        expect(chooser.chosen).to_have_count(1 if index == 12 else 2)
    titles = chooser.chosen.all_inner_texts()
    chooser.root.get_by_label("Name der Auswahl").fill("Freitag")
    with page.expect_download() as saved:
        chooser.button("Als Datei speichern").click()
    path = tmp_path / saved.value.suggested_filename
    saved.value.save_as(path)
    assert path.name == "freitag.toml"
    found = load_list(path, BANK)
    assert (found.title, found.language) == ("Freitag", "de")
    assert [BANK[name].title("de") for name in found.scenarios] == titles
    page.reload()
    expect(chooser.chosen).to_have_text(titles)
    expect(chooser.said).to_have_text(catalog("de")("chooser.restored"))
    expect(chooser.root.get_by_label("Name der Auswahl")).to_have_value("Freitag")
    chooser.button("Auswahl leeren").click()
    expect(chooser.chosen).to_have_count(0)
    page.reload()
    chooser.await_list()
    expect(chooser.chosen).to_have_count(0)
    chooser.root.locator("input[type=file]").set_input_files(path)
    expect(chooser.chosen).to_have_text(titles)
    path.write_text(path.read_text(encoding="utf-8").replace(found.scenarios[0], "no-such-id"), encoding="utf-8")
    chooser.root.locator("input[type=file]").set_input_files(path)
    expect(chooser.status).to_contain_text("freitag.toml:4: Die Situation „no-such-id“ gibt es hier nicht.")
    expect(chooser.chosen).to_have_text(titles)


def test_the_workshop_below_has_what_is_chosen_at_once(open_apart: Open, served: Serve) -> None:
    page = open_apart(served("en", "07_workshop"))
    chooser, hall = Chooser(page), Hall(page)
    expect(hall.root.get_by_role("radio")).to_have_count(2)
    chooser.button("Choose the situations yourself").click()
    for index in range(3):
        chooser.boxes.nth(index).check()
    expect(chooser.chosen).to_have_count(3)
    expect(hall.root.locator(".ek-steps tbody tr")).to_have_count(6)
    expect(hall.root.get_by_role("radio")).to_have_count(0)
    title = chooser.chosen.first.inner_text()
    chooser.button("Done").click()
    expect(chooser.root).to_contain_text("Your choice: 3 situations, about 49 minutes")
    hall.start()
    expect(hall.title).to_have_text(title)
    page.reload()
    expect(hall.root.locator(".ek-steps tbody tr")).to_have_count(6)


def test_nothing_of_a_key_arrives_before_it_is_asked_for(open_page: Open, served: Serve) -> None:
    page = open_page("about:blank")
    wire = Wire(page)
    page.goto(served("de", "16_choose"))
    chooser = Chooser(page)
    chooser.await_list()
    scenario = next(iter(BANK))
    chooser.rows.first.get_by_role("button", name="Lesen").click()
    expect(chooser.root.locator(".ek-read")).to_be_visible()
    every = [text for entry in BANK for text in secrets(entry)]
    rules = {entry.advice.rule for entry in BANK}
    received = wire.received()
    assert bare(paragraphs(scenario.text("de").stem)[0].text) in received, "the recording is blind"
    assert found([*every, *reasons(rules), *verdicts()], received) == []
    assert not re.search(r'"(grade|credit|best|action)\\*"\s*:', "".join(wire._frames))
    chooser.button("Lösung zeigen (nur für die Leitung)").click()
    expect(chooser.root.locator(".ek-read .ek-verdict").first).to_be_visible()
    received = wire.received()
    own = [
        text
        for lang in languages()
        for text in secrets(scenario)
        if text in bare(" ".join(o.text(lang).feedback for o in scenario.options))
    ]
    told = set(found(every, received))
    assert told
    assert told <= set(own)
