"""The phone in a room: votes that are neither lost nor counted twice, whatever the network does, and a page that everyone can use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from card import Card
from etiquette_kit.locale import catalog
from etiquette_kit.room.limits import Limits
from playwright.sync_api import Browser, BrowserContext, Locator, expect
from room_played import PlayedRoom
from watch import Watch

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Rooms = Callable[..., PlayedRoom]
Open = Callable[..., "Phone"]
_PATIENCE = 60_000  # milliseconds
_WORDS = catalog("de").table("room_phone")

_BLOCKED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError'); } });"


class Phone(Card):
    """The phone's page as a person uses it."""

    @property
    def options(self) -> Locator:
        return self.page.get_by_role("radio")

    @property
    def labels(self) -> Locator:
        return self.page.locator(".option label")

    @property
    def say(self) -> Locator:
        return self.page.locator("footer strong")

    @property
    def vote(self) -> Locator:
        return self.page.locator("footer .vote")

    @property
    def banner(self) -> Locator:
        return self.page.locator("footer .banner")

    @property
    def said(self) -> Locator:
        return self.page.get_by_role("status")

    @property
    def results(self) -> Locator:
        return self.page.locator(".result")

    def pick(self, index: int) -> None:
        self.labels.nth(index).click()

    def await_vote(self, kind: str) -> None:
        expect(self.page.locator("footer")).to_have_attribute("data-vote", kind)

    def await_phase(self, phase: str, lang: str = "de") -> None:
        expect(self.say).to_have_text(catalog(lang)(f"room.phone.{phase}"))

    def await_questions(self) -> None:
        expect(self.options.first).to_be_visible()

    def tops(self) -> list[float]:
        """Return where the reactions are, from the top of the page."""
        return list(self.labels.evaluate_all("(labels) => labels.map((label) => label.getBoundingClientRect().top + scrollY)"))

    def focused(self) -> str:
        return str(self.page.evaluate("document.activeElement.id || document.activeElement.tagName"))

    def small_targets(self) -> list[str]:
        script = """() => [...document.querySelectorAll('button, .button, .option label, summary, #code')]
            .filter((node) => { const box = node.getBoundingClientRect(); return box.height < 43.9 || box.width < 43.9; })
            .map((node) => node.outerHTML.slice(0, 120))"""
        return list(self.page.evaluate(script))

    def assert_usable(self) -> None:
        assert self.violations() == []
        assert self.small_targets() == []
        assert not self.is_wider_than_screen()


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    opened: list[PlayedRoom] = []

    def new(limits: Limits | None = None) -> PlayedRoom:
        opened.append(PlayedRoom(tmp_path, limits=limits))
        return opened[-1]

    yield new
    for room in opened:
        room.stop()


@pytest.fixture
def room(rooms: Rooms) -> PlayedRoom:
    return rooms()


@pytest.fixture
def phone(_unused: Browser, watch: Watch) -> Iterator[Open]:
    """Return a function that opens an address on a phone that nobody has used before; with ``beside``, in another tab of that phone."""
    contexts: list[BrowserContext] = []

    def opened(
        url: str,
        *,
        lang: str = "de",
        width: int = 320,
        height: int = 640,
        scheme: str = "light",
        script: str | None = None,
        java_script: bool = True,
        beside: Phone | None = None,
    ) -> Phone:
        if beside is None:
            fresh = _unused.new_context(
                viewport={"width": width, "height": height},
                locale=lang,
                color_scheme=scheme,
                reduced_motion="reduce",
                java_script_enabled=java_script,
                has_touch=True,
            )
            fresh.set_default_timeout(_PATIENCE)
            if script:
                fresh.add_init_script(script)
            contexts.append(fresh)
        page = (fresh if beside is None else beside.page.context).new_page()
        watch.follow(page)
        page.goto(url)
        return Phone(page)

    yield opened
    for context in contexts:
        context.close()


# ---- the workshop from beginning to end -------------------------------------------------------------------------------------


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
    expect(page.results.first.locator(".letter")).to_have_text("C")
    expect(page.results.first.locator(".votes").first).to_contain_text("38")
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
    room.next()
    page.await_phase("end", lang)
    expect(page.page.locator("tbody")).to_have_count(2)
    page.assert_usable()
    page.page.get_by_role("link", name=words["handout"]).click()
    expect(page.page.locator("html")).to_have_attribute("lang", lang)
    page.page.go_back()
    page.await_phase("end", lang)


def test_nothing_jumps_and_the_focus_stays_while_a_vote_is_closed_and_opened_again(room: PlayedRoom, phone: Open) -> None:
    page = phone(room.url)
    page.await_phase("lobby")
    room.next()
    page.await_questions()
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
    page = phone(room.url)
    page.await_phase("lobby")
    room.next()
    page.await_questions()
    page.tab_to("#option-0")
    page.page.keyboard.press("Space")
    page.await_vote("counted")
    page.page.keyboard.press("ArrowDown")
    expect(page.vote).to_have_text(_WORDS["counted"].format(letter="B"))
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
    expect(page.said).to_have_text(_WORDS["counted"].format(letter="A"))
    room.go("closed")
    expect(page.said).to_contain_text(catalog("de")("room.phone.closed"))
    told = page.page.evaluate("told")
    for text in (catalog("de")("room.phone.vote"), _WORDS["counted"].format(letter="A"), catalog("de")("room.phone.closed")):
        assert [text in each for each in told].count(True) == 1
    group = page.page.get_by_role("group", name=_WORDS["how"])
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


# ---- connections that fail --------------------------------------------------------------------------------------------------


def test_a_vote_without_acknowledgement_is_sent_again_with_the_same_id(room: PlayedRoom, phone: Open) -> None:
    page = phone(room.url)
    page.await_phase("lobby")
    room.next()
    page.await_questions()
    room.acknowledges = False
    page.pick(1)
    page.await_vote("sending")
    room.cut()
    room.await_votes(2)
    page.await_vote("sending")
    room.acknowledges = True
    room.cut()
    page.await_vote("counted")
    assert len({vote["id"] for vote in room.votes}) == 1
    assert list(room.server.host.room.ballots[0].first.values()) == [room.options[1]]


def test_a_vote_that_is_under_way_survives_a_reload(room: PlayedRoom, phone: Open) -> None:
    page = phone(room.url)
    page.await_phase("lobby")
    room.next()
    page.await_questions()
    room.fail()
    page.pick(2)
    expect(page.vote).to_have_text(_WORDS["waiting"])
    kept = page.page.evaluate("Object.entries(localStorage).find(([key]) => key.endsWith('-votes'))[1]")
    room.recover()
    page.page.reload()
    page.await_vote("counted")
    expect(page.options.nth(2)).to_be_checked()
    assert [vote["id"] in kept for vote in room.votes] == [True]
    assert room.seats == 1


def test_of_two_choices_without_connection_only_the_last_one_is_sent(room: PlayedRoom, phone: Open) -> None:
    page = phone(room.url)
    page.await_phase("lobby")
    room.next()
    page.await_questions()
    room.fail()
    expect(page.banner).to_have_text(_WORDS["lost"])
    page.assert_usable()
    page.pick(0)
    page.pick(2)
    room.recover()
    page.await_vote("counted")
    expect(page.banner).to_be_hidden()
    expect(page.options.nth(2)).to_be_checked()
    assert [vote["option"] for vote in room.votes] == [room.options[2]]


def test_without_websockets_the_page_polls_and_takes_one_as_soon_as_it_can(room: PlayedRoom, phone: Open) -> None:
    room.opens_sockets = False
    page = phone(room.url)
    page.await_phase("lobby")
    room.next()
    page.await_questions()
    page.pick(1)
    page.await_vote("counted")
    assert room.polls > 1
    assert list(room.server.host.room.ballots[0].first.values()) == [room.options[1]]
    room.go("closed")
    page.await_phase("closed")
    page.page.evaluate("scrollTo(0, 0)")
    page.page.get_by_role("button", name="English").click()
    page.await_phase("closed", "en")
    assert room.seats == 1


def test_after_a_server_was_away_websockets_come_back(room: PlayedRoom, phone: Open) -> None:
    page = phone(room.url)
    page.await_phase("lobby")
    room.fail()
    expect(page.banner).to_be_visible()
    room.recover()
    expect(page.banner).to_be_hidden()
    room.await_sockets(1)
    room.next()
    page.await_questions()


def test_a_vote_that_comes_too_late_says_so(room: PlayedRoom, phone: Open) -> None:
    page = phone(room.url)
    page.await_phase("lobby")
    room.next()
    page.await_questions()
    page.pick(0)
    page.await_vote("counted")
    room.fail()
    page.pick(1)
    page.await_vote("sending")
    room.go("closed")
    room.recover()
    expect(page.vote).to_have_text(_WORDS["late"])
    expect(page.options.nth(0)).to_be_checked()
    assert page.violations() == []


def test_what_comes_too_fast_is_sent_again_by_itself(rooms: Rooms, phone: Open) -> None:
    room = rooms(Limits(burst=2, rate=1.0))
    page = phone(room.url)
    page.await_phase("lobby")
    room.next()
    page.await_questions()
    for index in (0, 1, 2, 0, 1, 2):
        page.pick(index)
    expect(page.options.nth(2)).to_be_checked()
    page.await_vote("counted")
    assert list(room.server.host.room.ballots[0].first.values()) == [room.options[2]]


def test_what_came_too_fast_does_not_come_after_a_newer_choice(rooms: Rooms, phone: Open) -> None:
    room = rooms(Limits(burst=1, rate=1.0))
    page = phone(room.url)
    page.await_phase("lobby")
    room.next()
    page.await_questions()
    for index in (0, 1):
        page.pick(index)
    page.page.wait_for_timeout(1500)  # the second was refused and is to come again; by now another may come at once
    page.pick(2)
    page.await_vote("counted")
    page.page.wait_for_timeout(1500)  # the time at which it would have come is over
    assert [vote["option"] for vote in room.votes] == list(room.options[:3])
    assert list(room.server.host.room.ballots[0].first.values()) == [room.options[2]]


def test_a_vote_that_is_counted_but_not_kept_yet_says_so(room: PlayedRoom, phone: Open) -> None:
    page = phone(room.url)
    page.await_phase("lobby")
    room.next()
    page.await_questions()
    room.told = {"kept": False}
    page.pick(0)
    expect(page.vote).to_have_text(_WORDS["held"])
    room.told = {}
    page.pick(1)
    expect(page.vote).to_have_text(_WORDS["counted"].format(letter="B"))


def test_two_tabs_are_one_seat_and_agree(room: PlayedRoom, phone: Open) -> None:
    first = phone(room.url)
    first.await_phase("lobby")
    second = phone(room.url, beside=first)
    second.await_phase("lobby")
    room.next()
    for page in (first, second):
        page.await_questions()
    first.pick(1)
    expect(second.options.nth(1)).to_be_checked()
    second.pick(2)
    expect(first.options.nth(2)).to_be_checked()
    assert room.seats == 1


def test_where_nothing_is_stored_it_works_and_says_that_a_reload_is_a_new_seat(room: PlayedRoom, phone: Open) -> None:
    page = phone(room.url, script=_BLOCKED)
    page.await_phase("lobby")
    expect(page.page.get_by_text(_WORDS["memory"])).to_be_visible()
    room.next()
    page.await_questions()
    page.pick(1)
    page.await_vote("counted")
    room.cut()
    room.go("closed")
    page.await_phase("closed")
    expect(page.options.nth(1)).to_be_checked()
    assert room.seats == 1
    page.page.reload()
    page.await_phase("closed")
    assert room.seats == 2


def test_a_page_that_was_left_goes_on_when_one_comes_back(room: PlayedRoom, phone: Open) -> None:
    page = phone(room.url)
    page.await_phase("lobby")
    page.page.goto(room.address)
    room.next()
    page.page.go_back()
    page.await_questions()
    assert room.seats == 1


# ---- who does not get in ----------------------------------------------------------------------------------------------------


def test_a_full_room_says_so(rooms: Rooms, phone: Open) -> None:
    room = rooms(Limits(seats=1))
    phone(room.url).await_phase("lobby")
    page = phone(room.url)
    expect(page.page.locator("[data-when=full][lang=de]")).to_be_visible()
    assert page.page.locator("[data-when]").filter(visible=True).count() == 1
    page.assert_usable()


def test_a_room_that_is_gone_says_so(room: PlayedRoom, phone: Open) -> None:
    page = phone(room.url)
    page.await_phase("lobby")
    room.is_known = False
    room.cut()
    expect(page.banner).to_have_text(_WORDS["unknown"])
    page.page.reload()
    expect(page.page.locator("[data-when=unknown][lang=de]")).to_be_visible()
    page.assert_usable()
    room.is_known = True
    page.await_phase("lobby")


@pytest.mark.parametrize("java_script", [True, False])
def test_a_typed_code_leads_in_and_a_wrong_one_is_explained(room: PlayedRoom, phone: Open, *, java_script: bool) -> None:
    page = phone(room.address, java_script=java_script)
    words = catalog("de").table("room_entry")
    field = page.page.get_by_label(words["code"])
    field.fill("ABC")
    field.press("Enter")
    expect(page.page.get_by_text(words["wrong"])).to_be_visible()
    expect(field).to_have_value("ABC")
    if java_script:
        page.assert_usable()
    code = room.server.opening.head.code.lower()
    field.fill(f"{code[:3]} {code[3:6]} {code[6:]}")
    page.page.get_by_role("button", name=words["join"]).click()
    page.page.wait_for_url(room.url)
