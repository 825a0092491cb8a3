import re
from pathlib import Path

import etiquette_kit
from etiquette_kit.locale import catalog

PHONE = Path(etiquette_kit.__file__).parent / "web" / "phone"
STATES = {"lost", "unknown"}
"""Words that the page asks for by the state of its connection."""


def test_every_word_of_the_phone_is_asked_for_and_there():
    front = "\n".join(path.read_text(encoding="utf-8") for path in PHONE.glob("*.js"))
    assert "words[state]" in front
    asked = set(re.findall(r"\bwords\.(\w+)", front)) | STATES
    assert asked == set(catalog("de").table("room_phone"))


def test_before_the_room_has_sent_its_words_each_state_is_told_in_german_and_in_english():
    page = (PHONE / "phone.html").read_text(encoding="utf-8")
    told = re.findall(r'data-when="(\w+)" lang="(\w+)"', page)
    states = {state for state, _ in told}
    assert states == {"connecting", "full", *STATES}
    assert sorted(told) == sorted((state, lang) for state in states for lang in ("de", "en"))
