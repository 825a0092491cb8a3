"""Every step of the facilitator's page has its place, does what it says, and asks where it should."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from etiquette_kit.live.errors import RoomError
from etiquette_kit.live.leading import step as event_of
from etiquette_kit.live.messages import read_control
from etiquette_kit.live.phases import CLOSING
from etiquette_kit.live.room import Room
from etiquette_kit.locale import catalog
from etiquette_kit.present.control_page import control_page
from msgspec import json
from room_examples import AT, LANGUAGES, at_vote, exercises, go, opened, played, seated, vote

EXERCISES = exercises(3)
WAYS = {
    "vote": [],
    "closed": ["closed"],
    "discuss": ["closed", "discuss"],
    "revote": ["closed", "discuss", "revote"],
    "reclosed": ["closed", "discuss", "revote", "reclosed"],
    "reveal": ["reveal"],
}
PLACES = [(phase, position) for phase in WAYS for position in range(3)] + [("lobby", 0), *((phase, 3) for phase in CLOSING)]
CHANGES = {"back"}
"""Steps whose label names where they lead to."""


def at(phase: str, position: int) -> Room:
    room = seated(Room(opened(EXERCISES)), 1)
    if phase != "lobby":
        room.apply(room.next(AT))
    for _ in range(position if phase in WAYS else 0):
        room.apply(room.next(AT))
    return go(room, *WAYS.get(phase, [] if phase == "lobby" else [phase]))


def steps_of(room: Room, lang: str = "en") -> dict[str, dict[str, Any]]:
    return {step["name"]: step for step in control_page(room, lang, AT)["steps"]}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_step_has_the_same_place_and_label_wherever_the_room_is(lang: str):
    shown = [
        [(s["group"], s["name"], s["name"] not in CHANGES and s["text"]) for s in steps_of(at(*place), lang).values()] for place in PLACES
    ]
    assert all(steps == shown[0] for steps in shown)
    assert [name for _, name, _ in shown[0]] == [
        *("close", "vote", "discuss", "revote", "reveal"),
        *("back", "skip", "next"),
        *("write", "questions", "end"),
    ]
    assert list(control_page(at("lobby", 0), lang, AT)["step_groups"]) == ["situation", "way", "closing"]


@pytest.mark.parametrize(("phase", "position"), PLACES)
def test_a_step_is_possible_exactly_where_the_room_takes_it_and_else_says_why(phase: str, position: int):
    for name, step in steps_of(at(phase, position)).items():
        assert (step["send"] is None) == (step["why"] is not None)
        room = at(phase, position)
        if step["send"] is None:
            assert step["ask"] is None
            if name in (*WAYS, *CLOSING):
                with pytest.raises(RoomError):
                    room.go(name, AT)  # type: ignore[arg-type]
            continue
        event = event_of(room, read_control(json.encode(step["send"])), AT)  # type: ignore[arg-type]
        room.apply(event)
        expected = {
            "close": {"vote": "closed", "revote": "reclosed"}.get(phase),
            "skip": "write" if position == 2 else "vote",
            "next": "vote",
            "back": {"questions": "write", "end": "questions"}.get(phase, "vote"),
        }
        assert room.phase == expected.get(name, name)


def test_the_large_button_leads_from_the_lobby_to_the_end():
    room, way = seated(Room(opened(EXERCISES[:1])), 1), []
    while (main := control_page(room, "en", AT)["main"]) is not None:
        assert [step["name"] for step in steps_of(room).values() if step["primary"]] == [main["name"]]
        way.append(main["text"])
        room.apply(event_of(room, read_control(json.encode(main["send"])), AT))  # type: ignore[arg-type]
    assert way == [
        *("Begin with the first situation", "Close the vote", "Start the discussion", "Open the second vote", "Close the vote"),
        *("Show the answer", "Write in pairs", "Last questions", "Closing page"),
    ]
    assert room.phase == "end"
    assert not any(step["primary"] for step in steps_of(room).values())


def test_where_most_are_right_the_answer_is_the_next_step():
    good = EXERCISES[0].order.index(EXERCISES[0].grade(EXERCISES[0].order[0]).best[0])
    room = at_vote(20, EXERCISES)
    vote(room, "first", [good] * 20)
    main = control_page(go(room, "closed"), "en", AT)["main"]
    assert main["name"] == "reveal"
    assert main["ask"] is not None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_before_an_answer_is_shown_the_page_always_asks(lang: str):
    words = catalog(lang)
    for phase in ("vote", "closed", "discuss", "revote", "reclosed"):
        early = phase in ("vote", "discuss", "revote")
        room = at(phase, 0)
        assert steps_of(room, lang)["reveal"]["ask"] == words(f"room.ask.reveal{'_early' * early}")
    assert control_page(at("reclosed", 0), lang, AT)["main"]["ask"] == words("room.ask.reveal")


def test_a_situation_with_votes_is_not_skipped_unasked():
    room = at_vote(1, EXERCISES)
    asked = catalog("en")("room.ask.skip")
    assert steps_of(room)["skip"]["ask"] == asked, "votes that arrive after the page was described are asked about, too"
    go(room, "closed")
    assert steps_of(room)["skip"]["ask"] is None
    go(room, "vote")
    vote(room, "first", [0])
    go(room, "closed")
    assert steps_of(room)["skip"]["ask"] == asked


@pytest.mark.parametrize(("position", "text"), [(0, "The answers to 3 situations"), (2, "The answer to one situation")])
def test_where_situations_are_left_the_way_to_the_end_asks(position: int, text: str):
    steps = steps_of(at("vote", position))
    assert all(steps[name]["ask"].startswith(text) for name in CLOSING)
    shown = steps_of(at("reveal", 2))
    assert all(shown[name]["ask"] is None for name in CLOSING)


def test_the_way_back_names_where_it_leads_to():
    assert [steps_of(at(*place))["back"]["text"] for place in (("vote", 0), ("vote", 1), ("write", 3), ("questions", 3), ("end", 3))] == [
        "Back",
        "Back to situation 1",
        "Back to situation 3",
        "Back to writing",
        "Back to the questions",
    ]


def test_a_step_can_be_taken_back_from_the_page_for_as_long_as_it_says():
    room = go(at_vote(1, EXERCISES), "closed")
    shown = control_page(room, "en", AT + timedelta(seconds=3))["take_back"]
    assert shown == {"left": 7.0, "send": {"do": "take_back", "from": [0, "closed"]}}
    assert control_page(room, "en", AT + timedelta(seconds=10))["take_back"] is None
    assert control_page(played([0], situations=EXERCISES), "en", AT)["take_back"] is None


def test_the_time_for_talking_is_offered_before_it_and_a_talk_that_goes_on_is_extended():
    room = at_vote(1, EXERCISES)
    room.apply(room.set_talk(180, AT))
    shown = control_page(room, "en", AT)["talk"]
    assert (shown["chosen"], shown["extend"], shown["stop"]) == (180, None, None)
    assert [text for _, text in shown["choices"]] == ["2 minutes", "3 minutes", "4 minutes", "5 minutes", "no countdown"]
    here = {"from": [0, "discuss"]}
    shown = control_page(go(room, "discuss"), "en", AT)["talk"]
    assert (shown["extend"], shown["stop"]) == ({"do": "extend_talk", **here}, {"do": "stop_talk", **here})
    room.apply(room.stop_talk(AT))
    assert control_page(room, "en", AT)["talk"]["stop"] is None
    assert control_page(go(room, "questions"), "en", AT)["talk"] is None
