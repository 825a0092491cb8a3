"""Before the answer is shown no page has anything of it, nor of how votes fell; of fewer than five nothing is ever shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from etiquette_kit.formats.choice import Choice
from etiquette_kit.hosts.server.broadcaster import Broadcaster
from etiquette_kit.hosts.server.join_info import JoinInfo
from etiquette_kit.live.phases import CLOSING
from etiquette_kit.live.room import Room
from etiquette_kit.present.control_page import control_page
from etiquette_kit.present.room_pages import as_round, counts, phone_page, screen_page
from etiquette_kit.present.sheets import handout
from etiquette_kit.privacy.thresholds import MIN_GROUP_SIZE
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from room_examples import AT, LANGUAGES, at_vote, exercises, go, opened, played, seated, vote

PAGES = {"phone": phone_page, "screen": screen_page, "control": control_page}
EXERCISES = exercises(3)
ANSWER_KEYS = {"grade", "verdict", "tag", "source", "reason", "feedback", "passages", "best", "votes", "flow", "summary", "note", "action"}
WAYS = {
    "vote": [],
    "closed": ["closed"],
    "discuss": ["closed", "discuss"],
    "revote": ["closed", "discuss", "revote"],
    "reclosed": ["closed", "discuss", "revote", "reclosed"],
}


def turned(exercise: Choice) -> Choice:
    """Return the same question with another key and other feedback."""
    scenario = exercise.scenario
    actions = [option.action for option in scenario.options]
    options = tuple(
        replace(
            option,
            action=action,
            texts={lang: replace(text, feedback=f"other feedback {option.id}") for lang, text in option.texts.items()},
        )
        for option, action in zip(scenario.options, [*actions[1:], actions[0]], strict=True)
    )
    return Choice(replace(scenario, options=options), exercise.order)


def values(part: Any) -> Iterator[Any]:
    """Return all keys and values within a page."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield key
            yield from values(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from values(value)
    else:
        yield part


def pages(room: Room) -> dict[tuple[str, str], dict[str, Any]]:
    """Return all pages, but for the one hint that the facilitator has."""
    made = {(face, lang): page(room, lang, AT) for face, page in PAGES.items() for lang in LANGUAGES}
    for lang in LANGUAGES:
        hint = made["control", lang].pop("suggestion")
        assert hint is None or set(hint) == {"kind", "text"}
        for step in made["control", lang]["steps"]:  # the hint says which of them is the usual one
            step.pop("primary")
        made["control", lang].pop("main")
        made["counts", lang] = counts(room, 9, lang)
    return made


def stood(situations: list[Choice], phase: str, first: list[int], second: list[int], position: int) -> Room:
    """Return a room at a phase of a situation, which was voted on like this; the ones before it were shown."""
    room = at_vote(max(len(first), len(second)), situations)
    for _ in range(position):
        vote(room, "first", first)
        room.apply(go(room, "reveal").next(AT))
    for step in [None, *WAYS[phase]]:
        if step:
            go(room, step)
        if room.which:
            vote(room, room.which, first if room.which == "first" else second)
    return room


phases = st.sampled_from(sorted(WAYS))
choices = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=12)


@settings(max_examples=60)
@given(phases, st.integers(0, 2), choices, choices)
def test_before_the_answer_pages_do_not_depend_on_it_nor_on_how_votes_fell(phase: str, position: int, one: Any, other: Any):
    size = min(len(one), len(other))
    made = []
    for situations, pairs in ((EXERCISES, one), ([turned(exercise) for exercise in EXERCISES], other)):
        first, second = ([pair[which] for pair in pairs[:size]] for which in (0, 1))
        made.append(pages(stood(situations, phase, first, second, position)))
    assert made[0] == made[1]


@settings(max_examples=60)
@given(phases, st.integers(0, 2), choices)
def test_before_the_answer_no_page_has_a_word_of_it(phase: str, position: int, pairs: Any):
    room = stood(EXERCISES, phase, [pair[0] for pair in pairs], [pair[1] for pair in pairs], position)
    assert (room.phase, room.position) == (phase, position)
    for (_, lang), page in pages(room).items():
        found = set(map(str, values(page)))
        assert not found & ANSWER_KEYS
        text = json.dumps(page, ensure_ascii=False)
        for exercise in EXERCISES:
            answer = exercise.key_page(lang)
            for option in answer.options.values():
                for secret in (option.tag, option.source, option.reason, option.feedback):
                    assert json.dumps(secret, ensure_ascii=False)[1:-1] not in text
                assert json.dumps(option.verdict, ensure_ascii=False) not in text
            for passage in answer.passages.values():
                assert json.dumps(passage.text, ensure_ascii=False)[1:-1] not in text
        assert page.get("revealed") is None


def test_these_texts_are_found_where_the_answer_is_shown():
    room = played([0] * 5, situations=EXERCISES)
    for page in PAGES.values():
        assert page(room, "de", AT)["revealed"]["options"] == msgspec.to_builtins(EXERCISES[0].key_page("de").options)
        assert set(map(str, values(page(room, "de", AT)))) >= {"grade", "verdict", "reason", "feedback", "votes", "flow", "summary"}


@pytest.mark.parametrize("phase", ["lobby", *CLOSING])
def test_in_the_lobby_and_at_the_end_is_no_question_and_no_answer(phase: str):
    room = seated(Room(opened(EXERCISES)), 3)
    if phase != "lobby":
        room.apply(room.next(AT))
        go(room, phase)
    for page in pages(room).values():
        assert page.get("question") is None
        assert page.get("revealed") is None
        assert page.get("which") is None
    assert room.phase == phase


@pytest.mark.parametrize("face", sorted(PAGES))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_from_five_voters_on_bars_are_shown(face: str, lang: str):
    for number in range(8):
        shown = PAGES[face](played([0, 1, 0, 1, 0, 0, 1][:number], [1] * number), lang, AT)["revealed"]
        shares = [share for votes in shown["votes"].values() for _, _, share, _ in votes]
        if number < 5:
            assert set(shares) == {None}
            assert shown["flow"] is None
        else:
            for which in (0, 1):
                assert sum(votes[which][2] for votes in shown["votes"].values()) == pytest.approx(1)
        assert (shown["note"] is not None) == (0 < number < 5)


def test_of_fewer_than_five_no_page_tells_more_than_of_nobody():
    told = []
    for first, second in (([0, 0, 1, 2], [0, 0, 0, 1]), ([2, 2, 2, 2], [1, 2, 1, 2])):
        room = played(first, second, EXERCISES)
        at_reveal = [page(room, lang, AT) for page in PAGES.values() for lang in LANGUAGES]
        go(room, "end")
        told.append((at_reveal, [page(room, lang, AT) for page in PAGES.values() for lang in LANGUAGES]))
    assert told[0] == told[1]


def test_where_one_of_two_votes_is_too_small_only_the_other_is_shown():
    shown = phone_page(played([0, 1, 0, 1, 0, 2], [0, 1, 2, 0]), "en", AT)["revealed"]
    assert {votes[1][2] for votes in shown["votes"].values()} == {None}
    assert sum(votes[0][2] for votes in shown["votes"].values()) == pytest.approx(1)
    assert shown["note"] == "Only the first vote is shown, so that nobody can be recognised."
    assert shown["flow"] is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_handout_has_figures_from_seven_voters_on(lang: str):
    def sheet(number: int) -> str:
        room = played([number % 2] * number, [0] * number, EXERCISES)
        return handout([as_round(ballot, MIN_GROUP_SIZE) for ballot in room.revealed], lang)

    nobody = sheet(0)
    assert all(sheet(number) == nobody for number in range(1, 7))
    assert sheet(7) != nobody


def test_the_handout_tells_only_of_situations_whose_answer_was_shown():
    room = played([0] * 8, situations=EXERCISES)
    room.apply(room.next(AT))
    vote(room, "first", [0] * 8)
    room.apply(go(room, "closed").next(AT))
    text = handout([as_round(ballot, MIN_GROUP_SIZE) for ballot in room.revealed], "de")
    assert EXERCISES[0].scenario.text("de").title in text
    assert all(exercise.scenario.text("de").title not in text for exercise in EXERCISES[1:])
    assert len(phone_page(go_to_end(room), "de", AT)["end"]["rows"]) == 1


def go_to_end(room: Room) -> Room:
    while room.phase != "end":
        room.apply(room.next(AT))
    return room


def test_the_time_left_is_told_and_never_below_nought():
    room = at_vote(1)
    assert {page(room, "de", AT)["left"] for page in PAGES.values()} == {None}
    room.apply(room.time(timedelta(seconds=30), AT))
    for after, left in ((0, 30), (12.5, 17.5), (30, 0), (99, 0)):
        assert {page(room, "de", AT + timedelta(seconds=after))["left"] for page in PAGES.values()} == {left}


def faces_of(situations: list[Choice]) -> Broadcaster:
    return Broadcaster(Room(opened(situations)), JoinInfo("BK9VPF67X", ("http://127.0.0.1/",)), lambda: (0, 0), lambda *_: None)


def test_only_languages_in_which_all_is_written_are_offered():
    assert faces_of(EXERCISES).languages == LANGUAGES
    scenario = EXERCISES[1].scenario
    german = Choice(replace(scenario, texts={"de": scenario.texts["de"]}), EXERCISES[1].order)
    assert faces_of([EXERCISES[0], german]).languages == ("de",)


@given(st.integers(0, 30), st.integers(0, 30))
def test_never_have_more_voted_than_are_there(present: int, voted: int):
    room = at_vote(voted)
    vote(room, "first", [0] * voted)
    told = counts(room, present, "en")
    assert (told["present"], told["voted"]) == (present, voted)
    assert told["text"] == f"{voted} of {max(voted, present)} have voted"
