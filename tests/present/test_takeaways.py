# ruff: noqa: S311  the chance here is no secret
"""What the page at the end advises: patterns from two answers on, the rules that were missed, and all of it read in the time promised."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest
from etiquette_kit import Bank, Facts, decide
from etiquette_kit.formats import Decision
from etiquette_kit.formats.choice import build
from etiquette_kit.locale import catalog, languages
from etiquette_kit.present.end_page import EndPage, end_page
from etiquette_kit.present.quiz_pages import minutes
from etiquette_kit.present.takeaways import GENERAL, MIN_ANSWERS, PATTERNS, decisions_of, patterns, takeaways
from etiquette_kit.quiz.session import Session
from etiquette_kit.rules import all_cells
from hypothesis import given
from hypothesis import strategies as st
from quiz_examples import BANK
from session_examples import ticking


def decision(action: str, **facts: Any) -> Decision:
    found = Facts(**{"event": "friend_request", "relation": "client", "network": "private"} | facts)
    return Decision(found, action, decide(found).grades[action])


EVERY = [Decision(cell, action, grade) for cell in all_cells() for action, grade in decide(cell).grades.items()]

SHOWN = {
    "without_a_word": decision("decline_silently", wanted=False),
    "against_the_wish": decision("accept_open", wanted=False),
    "list_against_the_wish": decision("accept_limited", wanted=False),
    "wanted_but_declined": decision("decline_with_note", relation="boss", wanted=True, sensitive=False),
    "everything_shown": decision("accept_open", relation="boss", wanted=True, sensitive=True),
    "stopped_posting": Decision(Facts(event="audience", relation="boss"), "stop_posting", 2),
    "slow_reply": Decision(Facts(event="message", relation="client", personal=True), "reply_later", 2),
    "professional_declined": decision("ignore", network="professional", wanted=True),
}


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_is_told_from_two_answers_on(name: str):
    assert patterns([SHOWN[name]]) == []
    (found,) = patterns([SHOWN[name]] * MIN_ANSWERS)
    assert (found.name, found.count) == (name, MIN_ANSWERS)
    assert [pattern.count for pattern in patterns([SHOWN[name]] * 5)] == [5]


def test_there_are_at_least_six_patterns_each_with_words():
    assert set(SHOWN) == set(PATTERNS)
    assert len(PATTERNS) >= 6
    for lang in languages():
        assert {rule for _, rule in PATTERNS.values()} | {*GENERAL} <= set(catalog(lang).table("takeaways"))
        assert all("{times}" in catalog(lang).table("patterns")[name] for name in PATTERNS)


def test_no_pattern_is_told_of_what_fits_best():
    best = [found for found in EVERY if found.grade == 4]
    assert not [name for name, (shows, _) in PATTERNS.items() for found in best if shows(found)]


def test_whatever_goes_against_the_article_shows_in_some_pattern():
    assert not [found for found in EVERY if found.grade == 1 and not any(shows(found) for shows, _ in PATTERNS.values())]


def test_declining_a_colleague_in_silence_is_in_line_and_no_pattern():
    assert patterns([decision("decline_silently", relation="colleague", wanted=False)] * 3) == []


def test_the_costliest_patterns_come_first():
    mild, costly = SHOWN["wanted_but_declined"], SHOWN["against_the_wish"]
    assert [found.name for found in patterns([mild, mild, costly, costly])] == ["against_the_wish", "wanted_but_declined"]
    assert len(patterns([*SHOWN.values()] * 2)) == 2


@given(st.lists(st.sampled_from(EVERY), max_size=12))
def test_whatever_was_done_there_are_two_or_three_rules_and_no_pattern_without_two_answers(decisions: list[Decision]):
    found = patterns(decisions)
    rules = takeaways(decisions, [pattern.rule for pattern in found])
    assert 2 <= len(rules) <= 3
    assert len({*rules}) == len(rules)
    assert not {*rules} & {pattern.rule for pattern in found}
    for pattern in found:
        assert sum(PATTERNS[pattern.name][0](entry) for entry in decisions) == pattern.count >= MIN_ANSWERS


def test_a_rule_that_was_missed_comes_before_what_holds_in_general():
    assert takeaways([SHOWN["slow_reply"]])[0] == "prompt"
    assert takeaways([]) == ["wish", "word"]


# ---- the page -------------------------------------------------------------------------------------------------------------


def played(wanted: Any, length: int = 10, seed: int = 1, bank: Bank = BANK, lang: str = "de") -> Session:
    """Play a session through, choosing by grade."""
    chance = random.Random(seed)
    scenarios = chance.sample(list(bank), length)
    session = Session.start([build(scenario, chance) for scenario in scenarios], "practice", lang, ticking())
    while (exercise := session.exercise) is not None:
        key = exercise.material.key()
        session.answer(wanted(exercise.order, key=key.__getitem__))
        session.next()
    return session


def shown(session: Session, lang: str = "de") -> EndPage:
    return end_page(session, BANK, lang, 1)


@pytest.mark.parametrize("lang", languages())
def test_where_all_fits_best_a_kind_word_stands_and_nothing_is_to_be_looked_at_again(lang: str):
    page = shown(played(max), lang)
    assert page.patterns == (catalog(lang)("end.all_best"),)
    assert not [item for item in page.items if item.again]


def test_without_any_answer_there_is_no_pattern_and_still_something_to_take_along():
    session = Session.start([build(next(iter(BANK)), random.Random(1))], "practice", "de", ticking())
    session.next()
    page = shown(session)
    assert page.patterns == ()
    assert len(page.rules) == 2


def test_what_to_look_at_again_says_who_and_what_it_was_about():
    session = played(min)
    for item in shown(session).items:
        scenario = session.exercises[item.position].material
        assert item.again == bool(item.about)
        assert not item.again or scenario.person.name in item.about


def test_no_bar_is_drawn_over_one_answer_alone():
    rows = shown(played(max, length=2)).by_relation + shown(played(max, length=6)).by_theme
    assert {row.bar for row in rows} == {True, False}
    for row in rows:
        assert row.bar == (int(row.answered.split()[0]) >= 2)


def words(*texts: str) -> int:
    return sum(len(text.split()) for text in texts)


def read(session: Session, lang: str) -> int:
    """Count the words of a whole round: each question, what stands open after the answer, and the page at the end."""
    count = 0
    for position, exercise in enumerate(session.exercises):
        question = msgspec.to_builtins(exercise.question(lang))
        given = session.state.responses[position].response
        told = exercise.reveal(given, lang)
        own = told.options[given]
        label = next(option["label"] for option in question["options"] if option["id"] == given)
        before = [question[part] for part in ("title", "person", "role", "occasion")]
        count += words(*before, *(part["text"] for part in question["stem"]), *(option["label"] for option in question["options"]))
        count += words(told.summary, own.tag, told.best, told.options[told.why].reason, label, own.feedback)
        count += words(own.reason) if told.why != given else 0
    page = end_page(session, BANK, lang, 1)
    items = [text for item in page.items for text in (item.title, item.yours, item.best, item.about)]
    return count + words(page.title, page.open, page.result, page.source, page.refusal, *page.patterns, *page.rules, *items)


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("wanted", [min, max])
@pytest.mark.parametrize("seed", range(5))
def test_a_round_of_ten_is_read_in_the_time_that_the_start_page_promises(lang: str, wanted: Any, seed: int):
    session = played(wanted, seed=seed)
    promised = minutes(session.exercises, lang)
    assert read(session, lang) / 230 <= promised
    assert read(session, lang) / 230 > promised * 0.6, "nor is it promised to take much longer than it does"


def test_what_was_decided_comes_in_the_order_of_the_session():
    session = played(max, length=4)
    assert [found.facts for found in decisions_of(session)] == [exercise.material.facts for exercise in session.exercises]
