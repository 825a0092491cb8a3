"""What a room is shown keeps the first vote and the second apart, and has all that a phone and the projector draw."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from etiquette_kit.live.phases import CLOSING
from etiquette_kit.live.room import Room
from etiquette_kit.locale import catalog
from etiquette_kit.present.room_end import learned as learned_from
from etiquette_kit.present.room_pages import as_round, counts, phone_page, screen_page, share, shown_vote
from etiquette_kit.present.sheets import questions
from etiquette_kit.rules.passages import attributed
from etiquette_kit.workshop import Round
from house_examples import house_of
from room_examples import AT, LANGUAGES, PLAYABLE, at_vote, exercises, go, opened, played, seated, vote

EXERCISE = exercises(1)[0]
GOOD = EXERCISE.order.index(EXERCISE.grade(EXERCISE.order[0]).best[0])
BAD = next(place for place, option in enumerate(EXERCISE.order) if option not in EXERCISE.grade(option).best)
ROOM_PAGES = {"phone": phone_page, "screen": screen_page}


def learned() -> Room:
    """Return a room in which one of five chose well before the talk, and four after it."""
    return played([GOOD, BAD, BAD, BAD, BAD], [GOOD, GOOD, GOOD, GOOD, BAD], [EXERCISE])


def at_phase(phase: str) -> Room:
    room = seated(Room(opened([EXERCISE])), 6)
    if phase != "lobby":
        room.apply(room.next(AT))
    ways = {"closed": ["closed"], "discuss": ["discuss"], "revote": ["discuss", "revote"], "reclosed": ["discuss", "revote", "reclosed"]}
    go(room, *ways.get(phase, ["reveal"] if phase in ("reveal", *CLOSING) else []))
    if phase in CLOSING:
        go(room, phase)
    assert room.phase == phase
    return room


def test_the_share_before_the_talk_is_of_the_first_vote_and_the_one_after_it_of_the_second():
    entry = as_round(learned().ballots[0], 5)
    assert share(entry, "first") == pytest.approx(0.2)
    assert share(entry, "second") == pytest.approx(0.8)


def test_the_summary_tells_first_what_was_before_the_talk():
    shown = screen_page(learned(), "en", AT)["revealed"]
    assert shown["summary"] == "At first 20% went for the reaction that fits best (★); after talking it was 80%."


def test_the_bars_of_each_vote_have_its_name_and_its_numbers():
    votes = screen_page(learned(), "en", AT)["revealed"]["votes"]
    assert list(votes) == list(EXERCISE.order)
    assert votes[EXERCISE.order[GOOD]] == [["first", "at first", 0.2, "20% · one vote"], ["second", "after talking", 0.8, "80% · 4 votes"]]
    assert votes[EXERCISE.order[BAD]] == [["first", "at first", 0.8, "80% · 4 votes"], ["second", "after talking", 0.2, "20% · one vote"]]


def test_at_the_end_a_row_goes_from_before_the_talk_to_after_it():
    room = go(learned(), "end")
    (row,) = screen_page(room, "en", AT)["end"]["rows"]
    assert row == [EXERCISE.scenario.text("en").title, "20%", "80%", "+60 percentage points"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("phase", "which", "votes_are_open"),
    [
        ("lobby", None, False),
        ("vote", "first", True),
        ("closed", "first", False),
        ("discuss", "first", False),
        ("revote", "second", True),
        ("reclosed", "second", False),
        ("reveal", "second", False),
        ("write", None, False),
        ("questions", None, False),
        ("end", None, False),
    ],
)
def test_both_pages_have_where_the_room_stands(phase: str, which: str | None, votes_are_open: bool, lang: str):  # noqa: FBT001
    room, words = at_phase(phase), catalog(lang)
    asked = phase not in ("lobby", *CLOSING)
    shared = {
        "phase": phase,
        "position": int(phase in CLOSING),
        "total": 1,
        "progress": words("workshop.progress", number=1, total=1) if asked else "",
        "which": which,
        "open": votes_are_open,
        "left": None,
        "question": msgspec.to_builtins(EXERCISE.question(lang)) if asked else None,
        "letters": "ABCDE",
    }
    for face, page_of in ROOM_PAGES.items():
        page = page_of(room, lang, AT)
        assert {name: page[name] for name in shared} == shared
        assert page["say"] == words(f"room.{face}.{phase}")
        assert (page["revealed"] is not None, page["end"] is not None) == (phase == "reveal", phase == "end")
        assert (page["task"] is not None) == (phase in ("write", "questions"))
    assert shown_vote(room) == which


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_projector_has_what_to_talk_about_while_there_is_talk(lang: str):
    words = catalog(lang)
    for phase in ("lobby", "vote", "closed", "revote", "reveal", *CLOSING):
        assert screen_page(at_phase(phase), lang, AT)["discuss"] is None
    assert screen_page(at_phase("discuss"), lang, AT)["discuss"] == {
        "title": words("workshop.discuss"),
        "lead": words("room.talk.lead"),
        "questions": questions(Round(EXERCISE), lang),
    }


def test_the_projector_has_the_view_that_it_was_turned_to():
    room = learned()
    assert [screen_page(room, "de", AT)[name] for name in ("view", "turns")] == ["overview", 0]
    room.apply(room.turn("flow", AT))
    assert [screen_page(room, "de", AT)[name] for name in ("view", "turns")] == ["flow", 1]


def test_the_seconds_that_are_left_go_on_to_nought():
    room = at_vote(1)
    room.apply(room.time(timedelta(seconds=1), AT))
    for after, left in ((0.25, 0.75), (1, 0), (2, 0)):
        assert phone_page(room, "de", AT + timedelta(seconds=after))["left"] == left


def test_a_situation_further_on_has_its_own_number_and_question():
    situations = exercises(3)
    room = at_vote(1, situations)
    room.apply(room.next(AT))
    page = phone_page(room, "en", AT)
    assert (page["position"], page["total"], page["progress"]) == (1, 3, "Situation 2 of 3")
    assert page["question"]["id"] == situations[1].scenario.id


@pytest.mark.parametrize("phase", ["lobby", "vote", "closed", *CLOSING])
def test_in_the_lobby_and_at_the_end_those_who_are_in_are_counted_and_else_the_votes(phase: str):
    told = counts(at_phase(phase), 4, "en")
    people = phase in ("lobby", *CLOSING)
    assert told == {"present": 4, "voted": 0, "text": "4 people are in" if people else "0 of 4 have voted"}


def test_who_has_voted_and_left_is_one_of_those_who_could_vote():
    room = at_vote(6)
    vote(room, "first", [0, 0])
    assert counts(room, 4, "en", gone=2)["text"] == "2 of 6 have voted"
    assert counts(room, 4, "en")["text"] == "2 of 4 have voted"


def test_one_who_is_in_is_told_in_the_singular():
    assert counts(seated(Room(opened()), 1), 1, "en")["text"] == catalog("en")("room.joined_one")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_revealed_is_the_key_both_votes_and_the_moves(lang: str, tmp_path: Path):
    words, room = catalog(lang), learned()
    house = house_of(tmp_path)
    (rule,) = house.applying(EXERCISE.material.situations)
    for page_of in ROOM_PAGES.values():
        shown = page_of(room, lang, AT, house)["revealed"]
        key = msgspec.to_builtins(EXERCISE.key_page(lang))
        assert {name: shown[name] for name in key} == key
        assert tuple(shown["best"]) == EXERCISE.grade(EXERCISE.order[0]).best
        moves = {(before, after): count for before, after, count in shown["flow"]["moves"]}
        good, bad = EXERCISE.order[GOOD], EXERCISE.order[BAD]
        assert moves == {(good, good): 1, (bad, good): 3, (bad, bad): 1}
        assert shown["flow"]["text"].startswith(words("room.flow.all", parts="")[:10])
        assert list(shown["house"]["texts"]) == [{"text": rule.texts["de"], "lang": "de"}]
        assert page_of(room, lang, AT)["revealed"]["house"] is None


@pytest.mark.parametrize(
    ("first", "second", "summary"),
    [
        ([BAD] * 4, [], "none"),
        ([GOOD] * 4 + [BAD], [], "single"),
        ([None] * 5, [GOOD] * 4 + [BAD], "single"),
        ([GOOD] * 4, [GOOD] * 4 + [BAD], "single"),
    ],
)
def test_of_a_vote_that_is_not_shown_the_summary_tells_nothing(first: list[int | None], second: list[int], summary: str):
    told = screen_page(played(first, second, [EXERCISE]), "en", AT)["revealed"]["summary"]
    assert told == {"none": catalog("en")("room.summary.none"), "single": catalog("en")("room.summary.single_one", share="80%")}[summary]


def test_where_two_reactions_fit_best_their_votes_are_added_up():
    exercise = next(found for found in exercises(len(PLAYABLE)) if len(found.grade(found.order[0]).best) == 2)
    places = [exercise.order.index(option) for option in exercise.grade(exercise.order[0]).best]
    bad = next(place for place in range(len(exercise.order)) if place not in places)
    room = played([*places, bad, bad, bad], [*places, *places, bad], [exercise])
    assert screen_page(room, "en", AT)["revealed"]["summary"] == catalog("en")("room.summary.both", first="40%", second="80%")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_end_has_the_rows_and_where_they_come_from(lang: str):
    words = catalog(lang)
    room = go(played([GOOD] * 4, [GOOD, BAD, BAD, BAD, BAD], [EXERCISE]), "end")
    assert phone_page(room, lang, AT)["end"] == {
        "title": words("workshop.end_title"),
        "lead": words("room.end.lead"),
        "rows": [[EXERCISE.scenario.text(lang).title, "–", "20\N{NO-BREAK SPACE}%" if lang == "de" else "20%", "–"]],
        "learned": [learned_from(EXERCISE, lang)],
        "moved": None,
        "caption": words("room.end.caption"),
        "figures": words("room.end.figures", least=5),
        "handout": "handout.html",
        "source": attributed(words, "end.source"),
    }


def test_where_no_answer_was_shown_the_end_has_no_figures_and_no_handout():
    room = at_vote(5, [EXERCISE])
    vote(room, "first", [GOOD] * 5)
    shown = phone_page(go(room, "end"), "en", AT)["end"]
    assert (shown["rows"], shown["figures"], shown["handout"]) == ([], catalog("en")("room.end.none"), None)
    assert (shown["learned"], shown["moved"]) == ([], None)


@pytest.mark.parametrize(
    ("first", "second", "texts", "note"),
    [
        ([BAD] * 6, [], (None, "no_vote"), None),
        ([BAD] * 6, [GOOD] * 4, (None, "too_few"), "only_first"),
        ([BAD] * 7 + [None] * 5, [None] * 7 + [GOOD] * 5, (None, "not_shown"), "only_first"),
        ([BAD] * 4, [GOOD] * 6, ("too_few", None), "only_second"),
        ([None] * 6, [GOOD] * 6, ("no_vote", None), None),
        ([BAD] * 6, [GOOD] * 6, (None, None), None),
        ([BAD] * 6, [GOOD] * 5, (None, None), "only_both"),
        ([BAD] * 4, [GOOD] * 3, ("too_few", "too_few"), "few"),
        ([BAD] * 4, [], ("too_few", "no_vote"), "few"),
        ([None] * 4, [GOOD] * 4, ("no_vote", "too_few"), "few"),
        ([], [], ("no_vote", "no_vote"), None),
    ],
)
def test_of_a_vote_that_is_not_shown_only_its_size_is_told(
    first: list[int | None], second: list[int | None], texts: tuple[str | None, str | None], note: str | None
):
    words = catalog("en")
    shown = screen_page(played(first, second, [EXERCISE]), "en", AT)["revealed"]
    for votes in shown["votes"].values():
        for (_, _, part, told), text in zip(votes, texts, strict=True):
            assert (part is None) == (text is not None)
            assert text is None or told == words(f"room.{text}")
    assert shown["note"] == (None if note is None else words(f"room.{note}", **({"least": 5} if note == "few" else {})))


def test_a_share_of_nought_is_told_as_nought():
    told = screen_page(played([BAD] * 5, [GOOD] * 5, [EXERCISE]), "en", AT)["revealed"]["summary"]
    assert told == catalog("en")("room.summary.both_one", first="0%", second="100%")


def test_a_sheet_has_the_votes_as_hands_and_the_answer_once_it_was_shown():
    room = learned()
    good, bad = EXERCISE.order[GOOD], EXERCISE.order[BAD]
    entry = as_round(room.ballots[0], 5)
    assert (entry.exercise, entry.phase) == (EXERCISE, "reveal")
    assert entry.first is not None
    assert entry.second is not None
    assert [entry.first.counts[option] for option in (good, bad)] == [1, 4]
    assert [entry.second.counts[option] for option in (good, bad)] == [4, 1]
    assert as_round(room.ballots[0], 6) == Round(EXERCISE, "reveal")
    assert as_round(at_phase("discuss").ballots[0], 5) == Round(EXERCISE, "vote")
