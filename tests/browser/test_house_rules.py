"""The employer's rules on the pages: the general one before the first question, the others with the answer, never a byte earlier."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from barriers import violations
from card import Card
from etiquette_kit import House, load_house
from live_room import LiveRoom, longest
from playwright.sync_api import Locator, Page, expect
from test_leak import Wire, bare
from test_room_screen import Wall
from test_workshop_page import Hall

pytestmark = [pytest.mark.browser, pytest.mark.slow]

GENERAL = "Im Zweifel fragen Sie <b>Frau Nowak</b> aus der Personalabteilung."
RULE = "Bei uns gilt: <img src=x onerror=alert(1)> erst fragen, dann antworten & zwar freundlich."
TITLE = "Regel Ihres Hauses: Stadtwerke Musterstadt"
FILE = f"""
[house]
name = "Stadtwerke Musterstadt"
text.de = "{GENERAL}"
""" + "".join(f'[[rule]]\nrelation = "{relation}"\ntext.de = "{RULE}"\n' for relation in ("client", "colleague", "boss"))


SIZES = [{"width": 1920, "height": 1080}, {"width": 1024, "height": 768, "scheme": "dark"}]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("house") / "house.toml"
    file.write_text(FILE, encoding="utf-8")
    return file


@pytest.fixture
def house(path: Path) -> House:
    return load_house(path)


def notes(page: Page) -> Locator:
    return page.get_by_role("note")


@pytest.mark.parametrize(("width", "height", "scheme"), [(1280, 900, "light"), (320, 640, "dark")])
def test_a_quiz_shows_the_general_rule_first_and_the_other_with_the_answer(
    visit: Callable[..., Page], served: Callable[..., str], path: Path, width: int, height: int, scheme: str
) -> None:
    page = visit("about:blank", width=width, height=height, scheme=scheme)
    wire = Wire(page)
    page.goto(served("de", "00_start", None, path))
    card = Card(page)
    expect(notes(page)).to_have_accessible_name(TITLE)
    expect(notes(page)).to_contain_text(GENERAL)
    assert card.violations() == []
    assert not card.is_wider_than_screen()
    card.start()
    expect(notes(page)).to_have_count(0)
    assert bare(RULE) not in wire.received()
    card.answer()
    expect(notes(page)).to_have_accessible_name(TITLE)
    expect(notes(page)).to_contain_text(RULE)
    expect(notes(page)).not_to_contain_text(GENERAL)
    assert bare(RULE) in wire.received()
    expect(notes(page).locator("[lang=de]")).to_have_count(1)
    expect(card.root.locator(".ek-result :text('Bei uns gilt')")).to_have_count(0)
    assert card.violations() == []
    assert not card.is_wider_than_screen()
    card.primary.click()
    card.await_question(2)
    expect(notes(page)).to_have_count(0)


def test_the_workshop_shows_the_rule_with_the_answer(visit: Callable[..., Page], served: Callable[..., str], path: Path) -> None:
    page = visit("about:blank")
    wire = Wire(page)
    page.goto(served("de", "07_workshop", None, path))
    card = Hall(page)
    card.root.get_by_role("button", name="Los geht’s").click()
    early = card.root.get_by_role("button", name="Zur Auflösung")
    expect(early).to_be_visible()
    assert bare(RULE) not in wire.received()
    early.click()
    card.root.get_by_role("button", name="Ja, auflösen").click()
    expect(notes(page)).to_contain_text(RULE)
    assert card.violations() == []


@pytest.fixture
def room(tmp_path: Path, house: House) -> Iterator[LiveRoom]:
    served = LiveRoom(tmp_path, [longest(4)], house)
    yield served
    served.stop()


@pytest.mark.parametrize("face", ["screen/", "", "control"])
def test_a_room_shows_the_rule_with_the_answer(room: LiveRoom, open_page: Callable[..., Page], face: str) -> None:
    page = open_page("about:blank")
    wire = Wire(page)
    page.goto(room.control if face == "control" else f"{room.url}{face}")
    room.go("reclosed")
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    assert bare(RULE) not in wire.received()
    room.go("reveal")
    expect(notes(page)).to_contain_text("Stadtwerke Musterstadt")
    expect(notes(page)).to_contain_text(RULE)
    assert violations(page) == []


@pytest.mark.parametrize("options", SIZES)
def test_the_answer_fits_on_a_projector_with_a_rule(
    tmp_path: Path, house: House, visit: Callable[..., Page], options: dict[str, object]
) -> None:
    room = LiveRoom(tmp_path, [longest(5)], house)
    try:
        page = visit(room.screen, **options)
        wall = Wall(page)
        wall.speak("Deutsch")
        room.go("vote")
        room.play(37)
        wall.await_phase("reveal")
        expect(notes(page)).to_contain_text(RULE)
        assert wall.overflow() == [0, 0]
        page.get_by_role("button", name="Wechsel").click()
        expect(wall.flow).to_be_visible()
        expect(notes(page)).to_have_count(0)
        assert wall.overflow() == [0, 0]
    finally:
        room.stop()
