"""The sheets on paper: with the longest situations there are, four take both sides of one sheet of A4, large enough to be read."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from chosen_situations import BANK
from etiquette_kit.formats.choice import build, suits
from etiquette_kit.hosts.qr_code import drawn
from etiquette_kit.locale import languages
from etiquette_kit.present.sheets import HANDS, PHONES, Voting, handout, questions, run_sheet, vote_sheet
from etiquette_kit.workshop import PLANS, Hands, Round
from playwright.sync_api import Page
from printed import pages_of, smallest_type
from take_home_examples import ADDRESS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SMALLEST = 9
"""Points."""


def _length(entry: Round, lang: str) -> int:
    """Return how much text a sheet prints of a situation."""
    scenario = entry.exercise.scenario
    text, key = scenario.text(lang), entry.exercise.key_page(lang).options
    options = sum(len(option.text(lang).label) + len(key[option.id].reason) for option in scenario.options)
    return len(text.title) + len(text.stem) + options + sum(map(len, questions(entry, lang)))


def longest(number: int, lang: str) -> list[Round]:
    """Return the longest situations of the shipped bank, as a room has them at its end: with votes of three digits."""
    rounds = [Round(build(scenario, random.Random(1))) for scenario in BANK if suits(scenario)]  # noqa: S311  no secret
    rounds.sort(key=lambda entry: _length(entry, lang), reverse=True)
    counted = [Hands(dict.fromkeys(entry.exercise.order, 123)) for entry in rounds]
    return [replace(entry, phase="reveal", first=hands, second=hands) for entry, hands in zip(rounds[:number], counted, strict=False)]


def _sheets(rounds: Sequence[Round], lang: str, voting: Voting) -> dict[str, str]:
    plan = PLANS[60 if len(rounds) == 4 else 90].of(len(rounds))
    address = drawn(f"{ADDRESS}{'fortbildung/' * 5}")
    return {
        "handout": handout(rounds, lang, voting=voting, take_home=address),
        "run_sheet": run_sheet(rounds, plan, lang, voting=voting, take_home=address),
    }


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("voting", [HANDS, PHONES], ids=["hands", "phones"])
@pytest.mark.parametrize(("number", "pages"), [(4, {"handout": 2, "run_sheet": 2}), (6, {"handout": 4, "run_sheet": 3})])
def test_four_situations_take_both_sides_of_one_sheet(
    open_page: Callable[..., Page], lang: str, voting: Voting, number: int, pages: dict[str, int]
):
    page = open_page("about:blank")
    for name, sheet in _sheets(longest(number, lang), lang, voting).items():
        page.set_content(sheet)
        assert pages_of(page) <= pages[name], name
        assert smallest_type(page) >= SMALLEST
        if name == "handout":
            lines = page.locator(".lines")
            assert lines.count() >= 3, "there is nowhere to write one's own refusal"
            assert page.evaluate("Math.min(...[...document.querySelectorAll('.lines')].map((line) => line.offsetHeight))") >= 20


@pytest.mark.parametrize("lang", languages())
def test_the_votes_on_four_situations_take_one_page(open_page: Callable[..., Page], lang: str):
    page = open_page("about:blank")
    page.set_content(vote_sheet(longest(4, lang), lang))
    assert pages_of(page) == 1
    assert smallest_type(page) >= SMALLEST
