"""The show of hands ends with the way to go on practising."""

import pytest
from chosen_situations import CLIENTS
from etiquette_kit import Workshop
from etiquette_kit.hosts.qr_code import drawn
from etiquette_kit.locale import catalog, languages
from take_home_examples import ADDRESS


def _to_the_end(workshop: Workshop) -> Workshop:
    for _ in CLIENTS:
        workshop.go("reveal")
        workshop.next()
    return workshop


@pytest.mark.parametrize("lang", languages())
def test_the_last_page_shows_the_address_with_its_code_and_the_pages_before_do_not(lang: str):
    words = catalog(lang)
    workshop = Workshop(lang=lang, scenarios=CLIENTS, take_home=ADDRESS)
    assert ADDRESS not in str(workshop.scene)
    assert _to_the_end(workshop).scene["take_home"] == {
        "title": words("take_home.title"),
        "text": words("take_home.text"),
        "address": ADDRESS,
        "qr": drawn(ADDRESS).image,
        "name": words("take_home.qr", address=ADDRESS),
    }


def test_without_an_address_the_last_page_has_none():
    assert "take_home" not in _to_the_end(Workshop(scenarios=CLIENTS)).scene


@pytest.mark.parametrize("lang", languages())
def test_the_sheets_have_the_address_and_the_handout_its_code(lang: str):
    workshop, without = (Workshop(lang=lang, scenarios=CLIENTS, **more) for more in ({"take_home": ADDRESS}, {}))
    assert drawn(ADDRESS).drawing in workshop.handout()
    assert workshop.handout().count(ADDRESS) == 2, "written out, and as the text alternative of the code"
    assert catalog(lang)("take_home.say") in workshop.run_sheet()
    assert catalog(lang)("take_home.title") not in without.handout()
    assert "<svg" not in without.handout()


def test_an_address_becomes_text_and_never_markup():
    hostile = "https://a.example/\"><script>alert('x')</script>"
    workshop = Workshop(scenarios=CLIENTS, take_home=hostile)
    assert "<script" not in workshop.handout()
    assert "&lt;script&gt;" in workshop.handout()
