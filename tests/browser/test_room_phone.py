"""The phone in a room from the lobby to the end: a page that everyone can use."""

from __future__ import annotations

import re

import pytest
from etiquette_kit.locale import catalog
from playwright.sync_api import expect
from room_phones import WORDS, Open, at_question
from room_played import PlayedRoom

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLES = {"write": "workshop.write_title", "questions": "workshop.closing_title"}
_LOOKS = pytest.mark.parametrize(("lang", "scheme", "width"), [("de", "light", 320), ("en", "dark", 390), ("de", "dark", 768)])


@_LOOKS
def test_both_votes_are_free_of_barriers_and_fit(room: PlayedRoom, phone: Open, lang: str, scheme: str, width: int) -> None:
    page = phone(room.url, lang=lang, scheme=scheme, width=width)
    words = catalog(lang).table("room_phone")
    page.await_phase("lobby", lang)
    expect(page.page.locator("html")).to_have_attribute("lang", lang)
    page.assert_usable()
    room.next()
    room.time(600)
    page.await_phase("vote", lang)
    timer = page.page.get_by_role("timer")
    expect(timer).to_have_text(re.compile(r"9:\d\d|10:00"))
    assert timer.evaluate("(timer) => timer.offsetHeight < timer.offsetWidth")
    page.assert_usable()
    page.pick(1)
    page.await_vote("counted")
    expect(page.vote).to_have_text(words["counted"].format(letter="B"))
    page.assert_usable()
    for phase in ("closed", "discuss"):
        room.go(phase)
        page.await_phase(phase, lang)
        expect(page.vote).to_have_text(words["yours"].format(letter="B"))
        expect(page.options.nth(1)).to_be_checked()
        page.assert_usable()
    room.go("revote")
    page.await_phase("revote", lang)
    expect(page.page.get_by_role("radio", checked=True)).to_have_count(0)
    expect(page.options.nth(1)).to_have_accessible_description(words["first"])
    page.pick(2)
    page.await_vote("counted")
    page.assert_usable()
    room.go("reclosed")
    page.await_phase("reclosed", lang)
    expect(page.options.nth(2)).to_be_checked()
    page.assert_usable()


@_LOOKS
def test_answer_and_end_are_free_of_barriers_and_fit(room: PlayedRoom, phone: Open, lang: str, scheme: str, width: int) -> None:
    page = phone(room.url, lang=lang, scheme=scheme, width=width)
    words = catalog(lang).table("room_phone")
    page.await_phase("lobby", lang)
    room.next()
    page.await_questions()
    page.pick(1)
    page.await_vote("counted")
    room.crowd(4, 3, 5)
    room.go("closed")
    room.go("revote")
    page.await_phase("revote", lang)
    page.pick(2)
    page.await_vote("counted")
    room.crowd(1, 9, 2)
    room.go("reveal")
    page.await_phase("reveal", lang)
    expect(page.results).to_have_count(len(room.options))
    expect(page.results.locator(".chip")).to_have_text([words["own_second"], words["own_first"]])
    expect(page.results.first.locator(".ek-letter")).to_have_text("C")
    expect(page.results.first.locator(".ek-vote").first).to_contain_text("38")
    page.page.locator("summary").first.click()
    expect(page.page.locator("dd").first).to_be_visible()
    assert "undefined" not in page.page.inner_text("body")
    page.assert_usable()
    room.next()
    page.await_phase("vote", lang)
    assert page.page.evaluate("scrollY") == 0
    room.go("reveal")
    expect(page.page.get_by_text(words["no_vote"])).to_be_visible()
    page.assert_usable()
    for phase in ("write", "questions"):
        room.next()
        page.await_phase(phase, lang)
        expect(page.page.get_by_role("textbox")).to_have_count(0)
        expect(page.page.locator("main h1")).to_have_text(catalog(lang)(TITLES[phase]))
        expect(page.page.locator("main .muted")).to_have_text(catalog(lang)(f"room.task.{phase}_note"))
        page.assert_usable()
    room.next()
    page.await_phase("end", lang)
    expect(page.page.locator("tbody")).to_have_count(2)
    page.assert_usable()
    page.page.get_by_role("link", name=words["handout"]).click()
    expect(page.page.locator("html")).to_have_attribute("lang", lang)
    page.page.go_back()
    page.await_phase("end", lang)


def test_nothing_jumps_and_the_focus_stays_while_a_vote_is_closed_and_opened_again(room: PlayedRoom, phone: Open) -> None:
    page = at_question(room, phone)
    tops = page.tops()
    page.tab_to("#option-0")
    page.page.keyboard.press("Space")
    page.await_vote("counted")
    for phase in ("closed", "discuss", "revote", "reclosed", "revote"):
        room.go(phase)
        page.await_phase(phase)
        assert page.tops() == tops
        assert page.focused() == "option-0"
    room.go("reveal")
    page.await_phase("reveal")
    assert page.focused() == "H2"


def test_the_keyboard_alone_votes_and_a_closed_vote_takes_nothing(room: PlayedRoom, phone: Open) -> None:
    page = at_question(room, phone)
    page.tab_to("#option-0")
    page.page.keyboard.press("Space")
    page.await_vote("counted")
    page.page.keyboard.press("ArrowDown")
    expect(page.vote).to_have_text(WORDS["counted"].format(letter="B"))
    covered = "document.activeElement.getBoundingClientRect().top >= document.querySelector('footer').getBoundingClientRect().top"
    assert not page.page.evaluate(covered)
    room.go("closed")
    page.await_phase("closed")
    sent = len(room.votes)
    for key in ("ArrowDown", "ArrowUp", "Space"):
        page.page.keyboard.press(key)
        expect(page.options.nth(1)).to_be_checked()
    page.labels.nth(2).click(force=True)
    expect(page.options.nth(1)).to_be_checked()
    expect(page.options.nth(1)).to_be_disabled()  # to assistive technology
    assert len(room.votes) == sent


def test_a_screen_reader_is_told_each_change_once(room: PlayedRoom, phone: Open) -> None:
    page = phone(room.url)
    page.await_phase("lobby")
    page.page.evaluate("""() => {
        window.told = [];
        const said = document.querySelector("[role=status]");
        new MutationObserver(() => said.textContent && told.push(said.textContent)).observe(said, { childList: true });
    }""")
    expect(page.said).to_have_text(catalog("de")("room.phone.lobby"))
    room.next()
    expect(page.said).to_contain_text(catalog("de")("room.phone.vote"))
    expect(page.said).to_contain_text("Situation 1 von 2")
    page.pick(0)
    expect(page.said).to_have_text(WORDS["counted"].format(letter="A"))
    room.go("closed")
    expect(page.said).to_contain_text(catalog("de")("room.phone.closed"))
    told = page.page.evaluate("told")
    for text in (catalog("de")("room.phone.vote"), WORDS["counted"].format(letter="A"), catalog("de")("room.phone.closed")):
        assert [text in each for each in told].count(True) == 1
    group = page.page.get_by_role("group", name=WORDS["how"])
    expect(group.get_by_role("radio")).to_have_count(len(room.options))


def test_large_text_still_fits_and_the_foot_leaves_room(room: PlayedRoom, phone: Open) -> None:
    page = phone(room.url)
    page.await_phase("lobby")
    page.page.evaluate("document.documentElement.style.fontSize = '200%'")
    room.next()
    page.await_questions()
    page.pick(0)
    page.await_vote("counted")
    assert not page.is_wider_than_screen()
    visible = "document.querySelector('footer').getBoundingClientRect().top"
    page.page.evaluate("scrollTo(0, 0)")
    assert page.page.evaluate(f"{visible} > innerHeight / 2 - 1")


def test_the_language_is_the_phones_and_can_be_changed_without_losing_the_choice(room: PlayedRoom, phone: Open) -> None:
    page = phone(room.url, lang="en-GB")
    page.await_phase("lobby", "en")
    room.next()
    page.await_questions()
    page.pick(1)
    page.await_vote("counted")
    page.page.evaluate("scrollTo(0, 0)")
    page.page.get_by_role("button", name="Deutsch").click()
    page.await_phase("vote")
    expect(page.page.get_by_role("button", name="Deutsch")).to_be_focused()
    expect(page.page.get_by_role("button", pressed=True)).to_have_text("Deutsch")
    expect(page.options.nth(1)).to_be_checked()
    page.page.reload()
    page.await_phase("vote")
    expect(page.options.nth(1)).to_be_checked()
