"""The sheets of a live room say what its pages show, and nothing of a show of hands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from etiquette_kit.live.room import Room
from etiquette_kit.live.voters import MIN_VOTES_SHOWN
from etiquette_kit.locale import catalog, languages
from etiquette_kit.present.control_clock import plan_for
from etiquette_kit.present.control_page import control_page
from etiquette_kit.present.room_pages import as_round, screen_page
from etiquette_kit.present.sheets import PHONES, closing, handout, run_sheet, vote_sheet
from etiquette_kit.privacy.thresholds import MIN_GROUP_SIZE
from room_examples import AT, exercises, opened, played, seated

SITUATIONS = exercises()

HANDS = {
    "de": r"\b(Hand|Hände|Händen|Handzeichen|gemeldet)\b",
    "en": r"(?<!other )\b[Hh]ands?\b(?! out)",
}
"""How a show of hands is spoken of."""


class _Text(HTMLParser):
    """Reads a page's text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._found: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self._found.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self._found).split())


def _sheet(room: Room, lang: str) -> str:
    return run_sheet([as_round(ballot, MIN_GROUP_SIZE) for ballot in room.ballots], plan_for(room), lang, voting=PHONES)


def _pages(lang: str) -> Iterator[dict[str, Any]]:
    """Lead a room by its large button and return what the facilitator's page shows at each step, with what the screen does."""
    room = seated(Room(opened(SITUATIONS)), 3)
    for _ in range(100):
        page = control_page(room, lang, AT)
        yield {**page, "screen": screen_page(room, lang, AT)}
        if room.phase == "end":
            return
        send = page["main"]["send"]
        room.apply(room.next(AT) if send["do"] == "next" else room.go(send["phase"], AT))
    pytest.fail("the large button does not lead to the end")


@pytest.mark.parametrize("lang", languages())
def test_every_button_on_the_run_sheet_is_one_of_the_page_and_the_large_ones_are_all_on_it(lang: str):
    words = catalog(lang)
    left, right = words("language.quotes")[0], words("language.quotes")[-1]
    sheet = _sheet(Room(opened(SITUATIONS)), lang)
    instructions = sheet[sheet.index(words("sheet.lead_title")) :].partition("</ol>")[0]
    quoted = set(re.findall(rf"{left}([^{right}]+){right}", instructions))
    large = {page["main"]["text"] for page in _pages(lang) if page["main"]}
    assert quoted <= large
    printed = set(re.findall(rf"{left}([^{right}]+){right}", _Text(sheet).text))
    assert large - printed == {words("room.steps.start")}, "with which the workshop begins, before the first situation"
    assert [page["screen"]["task"]["points"] for page in _pages(lang) if page["phase"] == "questions"] == [closing(words)]
    assert all(question in _Text(sheet).text for question in closing(words))


@pytest.mark.parametrize("lang", languages())
def test_the_run_sheet_asks_what_the_pages_ask(lang: str):
    text = _Text(_sheet(Room(opened(SITUATIONS)), lang)).text
    asked = {question for page in _pages(lang) for question in page["questions"]}
    on_screen = {question for page in _pages(lang) if page["screen"]["discuss"] for question in page["screen"]["discuss"]["questions"]}
    assert len(asked) > 4
    assert asked == on_screen
    listed = re.findall(r'<div class="asked">.*?</div>', _sheet(Room(opened(SITUATIONS)), lang), re.DOTALL)
    assert len(listed) == len(SITUATIONS)
    printed = {" ".join(question.split()) for block in listed for question in re.findall(r"<li>(.+?)</li>", block)}
    assert printed == asked
    assert all(question in text for question in asked)


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize(("number", "minutes"), [(4, 60), (6, 90), (2, 60)])
def test_the_run_sheet_has_the_situations_the_steps_and_the_minutes_of_the_page(lang: str, number: int, minutes: int):
    room = Room(opened(exercises(number), minutes=minutes))
    plan = control_page(room, lang, AT)["plan"]
    sheet, words = _sheet(room, lang), catalog(lang)
    assert sheet.count('<section class="situation">') == control_page(room, lang, AT)["total"] == number
    rows = re.findall(r"<tr><td>([\d, ]+)</td><td>(\d+)</td><td>(.+)</td></tr>", sheet)
    assert [[int(start), name, int(length)] for starts, length, name in rows for start in starts.split(", ")] == plan["steps"]
    assert plan["caption"] in sheet
    text = _Text(sheet).text
    for start, _, length in plan["steps"]:
        assert words("sheet.minutes", start=start, end=start + length) in text


@pytest.mark.parametrize("lang", languages())
def test_no_word_of_a_show_of_hands_stands_in_a_sheet_of_a_room(lang: str):
    room = played([0, 1] * 6, [0] * 12, SITUATIONS)
    rounds = [as_round(ballot, MIN_GROUP_SIZE) for ballot in room.ballots]
    by_hands, by_phones = (
        [run_sheet(rounds, plan_for(room), lang, **voting), handout(rounds, lang, **voting)] for voting in ({}, {"voting": PHONES})
    )
    own = [entry.exercise.scenario.text(lang).stem for entry in rounds]
    own += [option.text(lang).label for entry in rounds for option in entry.exercise.scenario.options]
    assert not re.search(HANDS[lang], " ".join(own)), "the situations speak of hands themselves, so that nothing can be told"
    assert all(re.search(HANDS[lang], _Text(sheet).text) for sheet in by_hands)
    assert not [found.group() for sheet in by_phones for found in re.finditer(HANDS[lang], _Text(sheet).text)]


@pytest.mark.parametrize(
    ("lang", "line"), [("de", "Stimmen: zuerst 6, nach dem Gespräch 12"), ("en", "Votes: 6 at first, 12 after talking")]
)
def test_the_handout_of_a_room_has_votes(lang: str, line: str):
    room = played([0, 1] * 6, [0] * 12, SITUATIONS)
    text = _Text(handout([as_round(room.ballots[0], MIN_GROUP_SIZE)], lang, voting=PHONES)).text
    assert text.count(line) == 1


@pytest.mark.parametrize("lang", languages())
def test_the_sheet_of_votes_has_what_the_page_shows_of_each_situation(lang: str):
    room = played([0, 1] * 6, [0] * 12, SITUATIONS)
    shown = screen_page(room, lang, AT)["revealed"]["votes"]
    room.apply(room.next(AT))
    text = _Text(vote_sheet([as_round(ballot, MIN_VOTES_SHOWN) for ballot in room.ballots], lang)).text
    for votes in shown.values():
        (_, _, _, first), (_, _, _, second) = votes
        assert " ".join(f"{first} {second}".split()) in text
    assert SITUATIONS[0].scenario.text(lang).title in text
    assert SITUATIONS[1].scenario.text(lang).title not in text, "its answer was not shown"


@pytest.mark.parametrize("lang", languages())
def test_the_sheet_of_votes_says_where_there_are_none(lang: str):
    words = catalog(lang)
    assert words("room_sheet.votes_none") in _Text(vote_sheet([], lang)).text
    room = played([0, 1, 0, 1], [0, 1, 0, 1], SITUATIONS)
    sheet = vote_sheet([as_round(room.ballots[0], MIN_VOTES_SHOWN)], lang)
    assert sheet.count(f'<td class="figure">{words("room.not_shown")}</td>') == 2 * len(SITUATIONS[0].order)


@pytest.mark.parametrize("lang", languages())
def test_the_sheet_of_votes_is_offered_once_an_answer_was_shown_and_the_handout_first_at_the_end(lang: str):
    offered = {page["phase"]: page["sheets"] for page in _pages(lang)}
    assert offered["lobby"] == ["run_sheet", "handout"]
    assert offered["reveal"] == ["run_sheet", "handout", "vote_sheet"]
    assert offered["end"] == ["handout", "vote_sheet", "run_sheet"]
