"""The exercise of an inbox: its question, its feedback, its text form, and what is stored of it."""

import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from etiquette_kit.bank import load_bank
from etiquette_kit.formats import ContentFormat, Decides, format_named, formats
from etiquette_kit.formats.inbox import (
    Inbox,
    Morning,
    fingerprint,
    item_options,
    read,
    rebuild,
    revise,
    suits,
    summarise,
)
from etiquette_kit.formats.inbox.morning import most_minutes
from etiquette_kit.formats.inbox.response import encoded
from etiquette_kit.locale import catalog
from etiquette_kit.rules import Facts, decide
from hypothesis import given
from hypothesis import strategies as st
from inbox_examples import BAKERY, INBOXES, NOW, Pairs, best, morning, mornings


def test_it_is_found_by_its_folder_and_brings_its_own_table():
    assert "inbox" in formats()
    found = format_named("inbox")
    assert isinstance(found, ContentFormat)
    assert found.materials(load_bank()).keys() == {inbox.id for inbox in INBOXES}
    assert all(suits(inbox) for inbox in INBOXES)
    assert isinstance(morning(BAKERY), Decides)
    assert morning(BAKERY).options == ()


@pytest.mark.parametrize("inbox", INBOXES, ids=lambda inbox: inbox.id)
def test_the_items_stand_as_they_arrived_and_an_edit_keeps_the_order_that_was_shown(inbox: Inbox):
    exercise = morning(inbox)
    assert exercise.order == tuple(item.id for item in inbox.items)
    assert rebuild(inbox, exercise.shown) == exercise
    assert revise(inbox, exercise.shown) == exercise.shown
    last, *_, first = exercise.order
    assert json.loads(revise(inbox, json.dumps([first, "gone", last])))[:2] == [first, last]
    assert sorted(json.loads(revise(inbox, json.dumps([first, "gone"])))) == sorted(exercise.order)


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("inbox", INBOXES, ids=lambda inbox: inbox.id)
def test_a_question_has_every_action_with_its_minutes_and_nothing_of_the_key(inbox: Inbox, lang: str):
    asked = msgspec.to_builtins(morning(inbox).question(lang))
    key = inbox.key()
    for item in asked["items"]:
        assert {action["id"]: action["minutes"] for action in item["actions"]} == key[item["id"]].minutes
        assert all(str(action["minutes"]) in action["cost"] for action in item["actions"])
        assert [action["id"] for action in item["actions"] if action.get("late")] in ([], [NOW])
        assert set(item) <= {"id", "person", "initials", "role", "occasion", "time", "message", "wish", "actions"}
        assert item.get("message") or item.get("wish")
    told = repr(asked)
    for entry in inbox.items:
        for action in entry.advice.basis:
            assert entry.advice.reason(action, lang) not in told
        for word in (*catalog(lang).table("grades").values(), *catalog(lang).table("basis_tags").values()):
            assert word not in told
    assert len(asked["left"]) == most_minutes(key) + 1, "whatever is decided has a text"
    assert len(set(asked["left"])) == len(asked["left"])
    assert len(asked["waiting"]) == len(asked["confirm"]) + 1 == len(inbox.items) + 1
    assert len(msgspec.json.encode(asked)) <= 12_000


@given(mornings(), st.sampled_from(["de", "en"]))
def test_the_feedback_has_each_item_once_and_that_which_fits_least_first(drawn: tuple[Inbox, Pairs], lang: str):
    inbox, decided = drawn
    exercise = morning(inbox)
    response = exercise.parse(decided)
    told, actions = exercise.reveal(response, lang), exercise.actions(response)
    assert sorted(entry.id for entry in told.items) == sorted(actions)
    grades = [entry.grade for entry in told.items]
    scored = [grade for grade in grades if grade]
    assert grades == sorted(scored) + [0] * (len(grades) - len(scored))
    for entry in told.items:
        item = inbox.item(entry.id)
        assert entry.grade == item.advice.grades.get(actions[entry.id], 0)
        assert entry.verdict == item.advice.verdict(actions[entry.id], lang)
        assert entry.reason == item.advice.reason(actions[entry.id], lang)
        assert (entry.tag != "") == (entry.source != "") == (entry.grade > 0)
        assert (entry.best != "") == (0 < entry.grade < 4)
        assert set(entry.passages) <= set(told.passages)
    assert told.credit == (exercise.grade(response).credit or 0.0)
    assert (told.unscored != "") == (0 in grades)
    assert sum(part.minutes for part in told.day) == sum(inbox.key()[name].minutes[action] for name, action in decided)
    assert told.length >= max([told.budget, *(part.start + part.minutes for part in told.day)])


def test_the_day_says_what_took_the_minutes_what_came_too_late_and_who_waits():
    exercise = morning(BAKERY)
    order = [("summer-photos", NOW), ("hotel-page", NOW), ("pretzels", NOW), ("innkeeper", "decline_with_note"), ("forty-rolls", NOW)]
    told = exercise.reveal(exercise.parse(order), "en")
    assert [(part.person, part.when, part.late != "") for part in told.day] == [
        ("Martin Kroll", "Minutes 1 to 3", False),
        ("Petra Lang", "Minutes 4 to 5", False),
        ("Olga Brandt", "Minutes 6 to 9", False),
        ("Jens Albers", "Minutes 10 to 11", False),
        ("Renate Vogt", "Minutes 12 to 13", True),
    ]
    assert (told.budget, told.length) == (12, 13)
    assert told.waited == (
        "Still without an answer: Renate Vogt (Client, owner of a café); Leyla Demir (Colleague from the shop); "
        "Thomas Ritter (Client, buyer for a supermarket)."
    )
    by_id = {entry.id: entry for entry in told.items}
    assert by_id["forty-rolls"].yours == "You: reply now – the minutes no longer sufficed, so later"
    assert (by_id["forty-rolls"].grade, by_id["forty-rolls"].best) == (2, "Fits best: “reply now”.")
    assert by_id["buyer"].yours == "Not decided: leave it unanswered"
    assert by_id["summer-photos"].verdict == catalog("en")("grades.none")
    assert told.summary == "2 of 5 scored decisions fit best."
    assert told.unscored == "2 decisions do not count, because the article says nothing about them."


def test_nobody_waits_where_all_have_an_answer_and_no_minute_is_spent_where_nothing_is_done():
    exercise = morning(BAKERY)
    everything = [(name, NOW if NOW in entry.grades else "accept_open") for name, entry in BAKERY.key().items()]
    in_time = sorted(everything, key=lambda pair: pair[0] not in ("forty-rolls", "pretzels", "summer-photos"))
    assert exercise.reveal(exercise.parse(in_time), "en").waited == "Nobody is still waiting for an answer."
    idle = exercise.reveal(exercise.parse([("innkeeper", "ignore")]), "en")
    assert (idle.day, idle.no_day) == ((), "None of it took a minute.")


def test_a_recap_names_the_decision_that_fits_least():
    exercise = morning(BAKERY)
    perfect = exercise.recap(exercise.parse(best(BAKERY)), "en")
    assert perfect.best == ""
    assert "100%" in perfect.yours
    missed = exercise.recap(exercise.parse([*best(BAKERY)[1:], ("forty-rolls", "no_reply")]), "en")
    assert missed.best == "Renate Vogt: Fits best: “reply now”."


def test_the_text_form_has_the_items_the_minutes_and_the_decisions_but_no_grade_before_it_may_be_told():
    exercise = morning(BAKERY)
    lines = exercise.question_lines("en")
    text = "\n".join(lines)
    for item in BAKERY.items:
        assert f"({item.id}) {item.time} {item.person.name}" in text
    assert "reply now: 4 minutes" in text
    response = exercise.parse([("forty-rolls", NOW), ("innkeeper", "accept_open")])
    kept, revealed = (exercise.response_line(response, "en", revealed=told) for told in (False, True))
    assert kept.startswith("Your morning: (forty-rolls) reply now; (innkeeper) accept, everything open; ")
    assert kept.count(") open") == 5
    assert not any(word in kept for word in catalog("en").table("grades").values())
    assert "(forty-rolls) reply now – fits best; (innkeeper) accept, everything open – does not fit" in revealed
    assert exercise.words_to_read("en") > sum(len(line.split()) for line in lines)


def test_the_fingerprint_follows_the_texts_the_minutes_and_the_language():
    prints = {fingerprint(inbox, lang) for inbox in INBOXES for lang in ("de", "en")}
    assert len(prints) == 2 * len(INBOXES)
    assert fingerprint(msgspec.structs.replace(BAKERY, budget=BAKERY.budget + 1), "de") != fingerprint(BAKERY, "de")


# ---- what is stored ---------------------------------------------------------------------------------------------------------


@given(mornings())
def test_a_stored_inbox_grades_and_counts_as_the_one_it_came_from(drawn: tuple[Inbox, Pairs]):
    inbox, decided = drawn
    stored = read(inbox.content, inbox.record())
    response = encoded(decided)
    assert Morning(stored, ()).grade(response) == morning(inbox).grade(response)
    assert (stored.id, stored.budget, stored.languages, stored.record()) == (inbox.id, inbox.budget, inbox.languages, inbox.record())
    assert stored.title("de") == inbox.title("de")
    assert stored.title("xx") in [inbox.title(lang) for lang in inbox.languages]
    assert [entry.id for entry in stored.situations] == [entry.id for entry in inbox.situations]
    options = (
        {name: sorted(found, key=lambda one: one.option) for name, found in item_options(one, "de").items()} for one in (stored, inbox)
    )
    assert next(options) == next(options)
    plain = [(answer.item, answer.option, answer.credit, answer.relation) for answer in summarise(inbox, response)]
    assert [(answer.item, answer.option, answer.credit, answer.relation) for answer in summarise(stored, response)] == plain


@given(mornings())
def test_each_counted_answer_is_one_of_the_possible_ones_with_its_credit(drawn: tuple[Inbox, Pairs]):
    inbox, decided = drawn
    possible = item_options(inbox, "en")
    for answer in summarise(inbox, encoded(decided)):
        assert (answer.option, answer.credit) in [(option.option, option.credit) for option in possible[answer.item]]
        assert answer.theme == "inbox"


def test_another_minute_or_word_is_other_material():
    assert msgspec.structs.replace(BAKERY, budget=11).content != BAKERY.content
    assert msgspec.structs.replace(BAKERY, theme="other").content == BAKERY.content


def _without_text(record: dict[str, Any]) -> None:
    record["inbox"]["text"] = {}


def _without_a_key(record: dict[str, Any]) -> None:
    record["key"].pop("buyer")


def _with_a_fifth_grade(record: dict[str, Any]) -> None:
    record["key"]["buyer"]["grades"]["accept_open"] = 5


def _without_minutes(record: dict[str, Any]) -> None:
    record["key"]["buyer"]["minutes"].pop("accept_open")


def _of_an_unknown_event(record: dict[str, Any]) -> None:
    record["key"]["buyer"]["event"] = "audience"


def _with_time_given_back(record: dict[str, Any]) -> None:
    record["key"]["buyer"]["minutes"]["accept_open"] = -1


@pytest.mark.parametrize(
    "break_", [_without_text, _without_a_key, _with_a_fifth_grade, _without_minutes, _of_an_unknown_event, _with_time_given_back]
)
def test_a_broken_record_is_refused(break_: Callable[[dict[str, Any]], None]):
    record = json.loads(BAKERY.record())
    read("0" * 16, json.dumps(record).encode())
    break_(record)
    with pytest.raises(msgspec.MsgspecError):
        read("0" * 16, json.dumps(record).encode())


def test_a_stored_inbox_has_no_page():
    with pytest.raises(TypeError, match="bakery"):
        Morning(read(BAKERY.content, BAKERY.record()), ()).question("de")


def test_the_key_follows_from_the_table():
    for inbox in INBOXES:
        for item in inbox.items:
            assert {action: grade for action, grade in item.key().grades.items() if grade is not None} == decide(item.facts).grades
            assert set(item.key().grades) == set(item.advice.basis)
    silent = decide(Facts(event="message", relation="boss", personal=True))
    assert silent.grades == {}
