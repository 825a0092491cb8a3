"""Whatever a browser sends, a card takes or refuses it: it never raises, and what it refuses changes nothing."""

import json
from typing import Any

import msgspec
import pytest
from chosen_situations import CLIENTS
from etiquette_kit.cards.advisor import AdvisorCard
from etiquette_kit.cards.card import Card
from etiquette_kit.cards.live_room import LiveRoomCard
from etiquette_kit.cards.messages import number_of, read
from etiquette_kit.cards.quiz import QuizCard
from etiquette_kit.cards.workshop import WorkshopCard
from hypothesis import given, settings
from hypothesis import strategies as st
from quiz_examples import AT, BANK

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=40),
    lambda values: st.lists(values, max_size=3) | st.dictionaries(st.text(max_size=6), values, max_size=3),
    max_leaves=6,
)
DEEDS = [
    "language",
    "hello",
    "start",
    "save",
    "answer",
    "next",
    "back",
    "end",
    "show",
    "repeat",
    "restart",
    "mine",
    "mine_close",
    "mine_code",
    "mine_take",
    "mine_file",
    "mine_erase",
    "mine_erase_sure",
    "mine_stay",
    "choose",
    "plan",
    "count",
    "correct",
    "open",
    "go",
    "sheet",
    "stop",
]
FIELDS: dict[str, Any] = {
    "lang": st.sampled_from(["de", "en", "fr"]),
    "key": st.text("abc", min_size=16, max_size=20),
    "position": st.integers(-1, 3),
    "round": st.integers(0, 2),
    "phase": st.sampled_from(["vote", "discuss", "revote", "reveal", "end"]),
    "to": st.sampled_from(["vote", "discuss", "revote", "reveal", "end"]),
    "question": st.sampled_from([scenario.id for scenario in BANK]),
    "response": st.sampled_from(["a", "b", "z"]),
    "hands": st.dictionaries(st.sampled_from(["first", "second", "third"]), st.dictionaries(st.sampled_from("abz"), st.integers(-1, 9))),
    "fact": st.sampled_from(["event", "relation", "wanted"]),
    "value": st.sampled_from(["message", "boss", "true"]),
    "as": st.sampled_from(["json", "csv"]),
    "minutes": st.sampled_from([60, 90, 45]),
    "which": st.sampled_from(["handout", "run_sheet"]),
    "sure": st.booleans(),
    "agree": st.booleans(),
    "anew": st.booleans(),
    "open": st.booleans(),
    "code": st.text(max_size=12),
}
message = st.fixed_dictionaries(
    {"do": st.sampled_from(DEEDS), "n": st.text(max_size=8)}, optional={name: values | anything for name, values in FIELDS.items()}
)


def quiz_card() -> Card:
    return QuizCard(BANK, seed=7, length=3, clock=lambda: AT)


def workshop_card() -> Card:
    return WorkshopCard(BANK, scenarios=CLIENTS)


CARDS = {"quiz": quiz_card, "advisor": AdvisorCard, "workshop": workshop_card}


def state(card: Card) -> tuple[object, ...]:
    """Return all that a message can change, but for what tells that it was taken."""
    parts = tuple(getattr(card, name) for name in card.PARTS if name not in ("ack", "rev", "notice"))
    return (*parts, list(card.session.events)) if isinstance(card, QuizCard) else parts


@pytest.mark.parametrize("make", CARDS.values(), ids=CARDS.keys())
@settings(max_examples=80)
@given(sent=st.lists(message | anything, max_size=12))
def test_anything_is_taken_or_changes_nothing(make: Any, sent: list[Any]):
    card = make()
    for one in sent:
        before, rev = state(card), card.rev
        number, known = number_of(one), card.ack
        card.take(one)
        if number is None or number == known or read(one, card.MESSAGES) is None:
            assert state(card) == before
        else:
            assert card.ack == number
        assert card.rev > rev or not isinstance(one, dict)
        assert card.text()
    json.dumps([msgspec.to_builtins(getattr(card, name)) for name in card.PARTS], allow_nan=False)


@pytest.mark.parametrize("kinds", [QuizCard.MESSAGES, AdvisorCard.MESSAGES, WorkshopCard.MESSAGES, LiveRoomCard.MESSAGES])
@given(raw=message | anything)
def test_reading_never_raises(kinds: Any, raw: Any):
    assert read(raw, kinds) is None or msgspec.to_builtins(read(raw, kinds))["n"] == raw["n"]
    assert number_of(raw) is None or number_of(raw) == raw["n"]


def test_reading_gives_up_on_what_is_nested_too_deeply():
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    card = quiz_card()
    card.take({"do": "answer", "n": "x", "question": "a", "response": deep, "position": 0, "round": 1})
    card.take({"do": "next", "n": "y", "position": deep})
    assert card.ack == "y"


@pytest.mark.parametrize(
    "wrong",
    [
        {"do": "next", "position": 0},
        {"do": "next", "position": 0, "round": 1, "more": 1},
        {"do": "next", "position": True, "round": 1},
        {"do": "next", "position": "0", "round": 1},
        {"do": "Next", "position": 0, "round": 1},
        {"do": ["next"], "position": 0, "round": 1},
        {"position": 0, "round": 1},
    ],
)
def test_a_message_has_exactly_its_fields(wrong: dict[str, Any]):
    card = quiz_card()
    card.take({"do": "start", "n": "1"})
    before = state(card)
    card.take({**wrong, "n": "2"})
    assert (state(card), card.ack, card.notice) == (before, "2", "")
    card.take({"do": "next", "position": 0, "round": 1, "n": "3"})
    assert state(card) != before
