import re
from pathlib import Path

import etiquette_kit
import pytest
from etiquette_kit.locale import catalog

PHONE = Path(etiquette_kit.__file__).parent / "web" / "phone"
PAGES = ("phone/phone.html", "projector/projector.html", "control/control.html")
STATES = {"lost", "unknown"}
"""Words that the page asks for by the state of its connection."""


def test_every_word_of_the_phone_is_asked_for_and_there():
    front = "\n".join(path.read_text(encoding="utf-8") for path in PHONE.glob("*.js"))
    assert "words[state]" in front
    asked = set(re.findall(r"\bwords\.(\w+)", front)) | STATES
    assert asked == set(catalog("de").table("room_phone"))


def test_before_the_room_has_sent_its_words_each_state_is_told():
    page = (PHONE / "phone.html").read_text(encoding="utf-8")
    told = re.findall(r'data-when="(\w+)" lang="\{\{ code \}\}"', page)
    assert sorted(told) == sorted({"connecting", "full", *STATES})


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_nothing_before_that_is_not_in_the_locale(name: str):
    page = (PHONE.parent / name).read_text(encoding="utf-8")
    shown = re.sub(r"<!--.*?-->|<[^>]+>|\{%.*?%\}", " ", page.partition("<body")[2].partition(">")[2], flags=re.DOTALL)
    assert set(re.sub(r'\{\{ (?:words|said)\["\w+"\] \}\}', " ", shown).split()) == set()


def test_every_word_of_the_pages_before_is_asked_for_and_there():
    pages = "".join((PHONE.parent / name).read_text(encoding="utf-8") for name in PAGES)
    assert set(re.findall(r'(?:words|said)\["(\w+)"\]', pages)) == set(catalog("de").table("room_before"))
