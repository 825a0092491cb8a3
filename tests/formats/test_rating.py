# ruff: noqa: S311  the chance here is no secret
import itertools
import json
import random
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from etiquette_kit.bank import load_bank
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.content.shipped import shipped
from etiquette_kit.formats import Decides, PairFormat, ResponseError, choice, format_named, formats
from etiquette_kit.formats.rating import (
    Rating,
    build,
    contrast,
    credit_of,
    decoded,
    encoded,
    fingerprint,
    item_options,
    read,
    rebuild,
    revise,
    suits,
    summarise,
    what_if,
)
from etiquette_kit.locale import catalog
from etiquette_kit.rules.passages import source
from hypothesis import given
from hypothesis import strategies as st
from tests.support.repository import ROOT

SCENARIOS = list(load_bank())
WORDS = (1, 2, 3, 4)

scenarios = st.sampled_from(SCENARIOS)
words = st.sampled_from(WORDS)
options = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6})?", fullmatch=True)
graded = st.dictionaries(options, st.tuples(words, words), min_size=1, max_size=5)
EXAMPLE = next(scenario for scenario in SCENARIOS if sorted(scenario.key().values()) == [1, 2, 3, 4])


def rated(scenario: Scenario, seed: int = 0) -> dict[str, int]:
    rng = random.Random(seed)
    return {option.id: rng.choice(WORDS) for option in scenario.options}


def swapped(scenario: Scenario) -> dict[str, int]:
    """Rate each reaction as far off as possible."""
    return {name: 1 if grade > 2 else 4 for name, grade in scenario.key().items()}


def exercise_of(scenario: Scenario, seed: int = 4) -> Rating:
    return build(scenario, random.Random(seed))


# ---- the credit -------------------------------------------------------------------------------------------------------------


@given(graded)
def test_the_credit_is_the_mean_of_one_minus_a_third_of_each_distance(pairs: dict[str, tuple[int, int]]):
    ratings, key = ({name: pair[place] for name, pair in pairs.items()} for place in (0, 1))
    mean = sum(1 - abs(rating - grade) / 3 for rating, grade in pairs.values()) / len(pairs)
    assert credit_of(ratings, key) == pytest.approx(mean)
    assert 0 <= credit_of(ratings, key) <= 1
    assert (credit_of(ratings, key) == 1) == (ratings == key)
    assert credit_of(ratings, key) == credit_of(key, ratings)
    mirrored = [{name: 5 - value for name, value in side.items()} for side in (ratings, key)]
    assert credit_of(*mirrored) == credit_of(ratings, key)


@given(graded, st.data())
def test_a_step_towards_the_grade_never_costs_and_always_gains_a_third_of_a_reaction(
    pairs: dict[str, tuple[int, int]], data: st.DataObject
):
    ratings, key = ({name: pair[place] for name, pair in pairs.items()} for place in (0, 1))
    name = data.draw(st.sampled_from(sorted(pairs)))
    step = (key[name] > ratings[name]) - (key[name] < ratings[name])
    nearer = ratings | {name: ratings[name] + step}
    assert credit_of(nearer, key) - credit_of(ratings, key) == pytest.approx(abs(step) / 3 / len(key))


def test_only_the_farthest_ratings_have_no_credit():
    assert credit_of({"a": 1, "b": 4}, {"a": 4, "b": 1}) == 0
    assert credit_of({"a": 2, "b": 4}, {"a": 4, "b": 1}) == pytest.approx(1 / 6)


@given(scenarios, st.integers())
def test_a_result_has_one_credit_and_no_grade(scenario: Scenario, seed: int):
    exercise, ratings = exercise_of(scenario, seed), rated(scenario, seed)
    result = exercise.grade(exercise.parse(ratings))
    assert result.credit == credit_of(ratings, scenario.key()) == exercise.credit(result.response)
    assert (result.material, result.items) == (scenario.id, {scenario.id: result.credit})
    assert (result.grade, result.best) == (None, ())
    perfect = exercise.grade(exercise.parse(scenario.key()))
    assert perfect.credit == 1.0
    assert exercise.options == ()
    assert not isinstance(exercise, Decides), "a rating is no action"


def test_the_same_word_for_everything_earns_what_the_notebook_and_the_claims_say():
    same = [100 * sum(credit_of(dict.fromkeys(entry.key(), word), entry.key()) for entry in SCENARIOS) / len(SCENARIOS) for word in WORDS]
    low, high = round(min(same)), round(max(same))
    for lang, said in (("de", f"{low} bis {high} %"), ("en", f"{low} to {high}%")):
        assert said in (shipped("notebooks") / lang / "10_rating.ipynb").read_text(encoding="utf-8")
    by_chance = [
        sum(abs(word - grade) for word in WORDS for grade in entry.key().values()) / len(WORDS) / 3 / len(entry.options)
        for entry in SCENARIOS
    ]
    claims = (ROOT / "docs" / "claims.md").read_text(encoding="utf-8")
    assert f"earns between {low} and {high} %, and words by chance {round(100 - 100 * sum(by_chance) / len(by_chance))} %" in " ".join(
        claims.split()
    )


# ---- the response -----------------------------------------------------------------------------------------------------------


@given(st.dictionaries(options, words, min_size=1, max_size=5), st.randoms())
def test_ratings_come_back_from_their_text_whatever_their_order(ratings: dict[str, int], chance: random.Random):
    text = encoded(ratings)
    assert decoded(text, ratings) == ratings
    shuffled = list(ratings.items())
    chance.shuffle(shuffled)
    assert encoded(dict(shuffled)) == text


def test_the_text_is_short_and_readable():
    exercise = Rating(EXAMPLE, ("d", "b", "a", "c"))
    assert exercise.parse({"d": 3, "c": 2, "b": 1, "a": 4}) == "a4 b1 c2 d3"


@given(scenarios, st.text() | st.from_regex(r"([a-e][0-5] ?){0,5}", fullmatch=True))
def test_a_text_is_a_response_only_if_it_is_the_one_that_ratings_have(scenario: Scenario, text: str):
    exercise = exercise_of(scenario)
    possible = {
        encoded(dict(zip(scenario.key(), values, strict=True))) for values in itertools.product(WORDS, repeat=len(scenario.options))
    }
    if text in possible:
        assert exercise.grade(text).response == text
        return
    with pytest.raises(ResponseError, match=", ".join(sorted(scenario.key()))):
        exercise.grade(text)


@pytest.mark.parametrize(
    "text", ["", "a4 b1 c2", "a4 b1 c2 d3 ", "b1 a4 c2 d3", "a4 b1 c2 d3 a4", "a4  b1 c2 d3", "a4 b1 c2 d5", "a4 b1 c2 d³"]
)
def test_a_text_that_is_nearly_a_response_is_refused(text: str):
    with pytest.raises(ResponseError):
        Rating(EXAMPLE, ()).grade(text)


@pytest.mark.parametrize(
    "change",
    [{"a": 0}, {"a": 5}, {"a": True}, {"a": 3.0}, {"a": "3"}, {"a": None}, {"e": 3}],
)
def test_what_a_page_must_not_send_is_refused(change: dict[str, Any]):
    exercise = Rating(EXAMPLE, ())
    good = dict.fromkeys("abcd", 2)
    assert exercise.parse(good) == "a2 b2 c2 d2"
    with pytest.raises(ResponseError, match="from 1 to 4 of each reaction: a, b, c, d"):
        exercise.parse(good | change)


@pytest.mark.parametrize("given_", [None, 7, "a2 b2 c2 d2", [], {}, {"a": 2}])
def test_what_is_no_rating_of_each_reaction_is_refused(given_: object):
    with pytest.raises(ResponseError):
        Rating(EXAMPLE, ()).parse(given_)


# ---- the exercise -----------------------------------------------------------------------------------------------------------


def test_it_is_found_by_its_folder_and_has_pairs():
    assert "rating" in formats()
    found = format_named("rating")
    assert isinstance(found, PairFormat)
    assert found.materials(load_bank()).keys() == {scenario.id for scenario in SCENARIOS}
    assert all(suits(scenario) for scenario in SCENARIOS)


@given(scenarios, st.integers())
def test_the_reactions_stand_in_an_order_by_chance_that_is_kept(scenario: Scenario, seed: int):
    exercise = exercise_of(scenario, seed)
    assert sorted(exercise.order) == sorted(option.id for option in scenario.options)
    assert exercise_of(scenario, seed).order == exercise.order
    assert rebuild(scenario, exercise.shown) == exercise
    assert revise(scenario, exercise.shown) == exercise.shown


@given(scenarios, st.lists(st.sampled_from("abcdexyz"), unique=True))
def test_an_edited_situation_keeps_the_order_of_the_reactions_that_are_left(scenario: Scenario, before: list[str]):
    order = rebuild(scenario, revise(scenario, json.dumps(before))).order
    present = [option.id for option in scenario.options]
    assert sorted(order) == sorted(present)
    assert [name for name in order if name in before] == [name for name in before if name in present]


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
def test_a_question_has_the_words_of_all_grades_and_nothing_of_the_key(scenario: Scenario, lang: str):
    exercise = exercise_of(scenario)
    asked = msgspec.to_builtins(exercise.question(lang))
    of_choice = msgspec.to_builtins(choice.Choice(scenario, exercise.order).question(lang))
    assert {name: asked[name] for name in of_choice} == of_choice | {"format": "rating"}
    assert [(entry["value"], entry["word"]) for entry in asked["scale"]] == [(word, catalog(lang)(f"grades.{word}")) for word in WORDS]
    assert len(asked["missing"]) == len(scenario.options) == len(set(asked["missing"]))
    assert set(asked) - set(of_choice) == {"ask", "hint", "meanings", "scale", "unrated", "missing"}
    told = repr(asked)
    for option in scenario.options:
        assert option.action not in told
        assert option.text(lang).feedback not in told
        assert scenario.advice.reason(option.action, lang) not in told
    others = rebuild(scenario, exercise.shown).question(lang)
    assert msgspec.to_builtins(others) == asked


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
def test_the_feedback_has_both_ratings_of_each_reaction_the_largest_difference_first(scenario: Scenario, lang: str):
    exercise, ratings, key = exercise_of(scenario), rated(scenario, 8), scenario.key()
    told = exercise.reveal(exercise.parse(ratings), lang)
    assert {entry.id: (entry.rating, entry.grade) for entry in told.reactions} == {name: (ratings[name], key[name]) for name in key}
    distances = [abs(entry.rating - entry.grade) for entry in told.reactions]
    assert distances == sorted(distances, reverse=True)
    assert told.credit == exercise.credit(exercise.parse(ratings))
    for entry in told.reactions:
        option = scenario.option(entry.id)
        assert entry.reason == scenario.advice.reason(option.action, lang)
        assert entry.feedback == option.text(lang).feedback
        assert entry.tag == scenario.advice.tag(option.action, lang) != ""
        assert entry.source == source(entry.passages, lang)
        assert catalog(lang)(f"grades.{entry.rating}") in entry.compared
        assert catalog(lang)(f"grades.{entry.grade}") in entry.compared
    assert set(told.passages) == {passage for entry in told.reactions for passage in entry.passages}


def test_the_message_counts_the_ratings_that_are_the_article_s():
    exercise, key = exercise_of(EXAMPLE), EXAMPLE.key()
    first, second, *_ = key
    one_off = key | {first: key[first] % 4 + 1}
    said = {
        "all": exercise.reveal(exercise.parse(key), "en").summary,
        "three": exercise.reveal(exercise.parse(one_off), "en").summary,
        "one": exercise.reveal(exercise.parse(swapped(EXAMPLE) | {second: key[second]}), "en").summary,
        "none": exercise.reveal(exercise.parse(swapped(EXAMPLE)), "en").summary,
    }
    assert said == {
        "all": "You rate all reactions as the article does.",
        "three": "You rate 3 of 4 reactions as the article does.",
        "one": "You rate one of 4 reactions as the article does.",
        "none": "You rate every reaction differently from the article.",
    }
    assert exercise.reveal(exercise.parse(key), "en").fit == "Agreement: 100%"


def test_where_all_ratings_are_the_article_s_the_best_reaction_comes_first():
    told = exercise_of(EXAMPLE).reveal(encoded(EXAMPLE.key()), "en")
    assert [entry.grade for entry in told.reactions] == [4, 3, 2, 1]
    assert told.reactions[0].compared == "You and the article: fits best"
    best = next(option for option in EXAMPLE.options if EXAMPLE.key()[option.id] == 4)
    assert EXAMPLE.place.action_name(best.action, "en") in told.best


def test_a_recap_names_the_largest_difference_where_there_is_one():
    exercise = exercise_of(EXAMPLE)
    agreed = exercise.recap(encoded(EXAMPLE.key()), "en")
    assert (agreed.yours, agreed.best) == ("You rate all reactions as the article does. Agreement: 100%", "")
    worst = next(name for name, grade in EXAMPLE.key().items() if grade == 1)
    missed = exercise.recap(encoded(EXAMPLE.key() | {worst: 4}), "en")
    spoken = EXAMPLE.place.action_name(EXAMPLE.option(worst).action, "en")
    assert missed.best == f"Largest difference: “{spoken}” – You: fits best · Article: does not fit"
    assert missed.about == agreed.about != ""
    assert missed.about.startswith(EXAMPLE.person.name)


def test_the_text_form_has_the_question_the_words_and_the_ratings_but_no_grade_before_it_may_be_told():
    exercise = exercise_of(EXAMPLE)
    lines = exercise.question_lines("en")
    assert lines[:-1] == choice.Choice(EXAMPLE, exercise.order).question_lines("en")
    assert lines[-1] == "Rate each: does not fit · does not quite fit · is fine · fits best"
    response = encoded(EXAMPLE.key() | {"a": EXAMPLE.key()["a"] % 4 + 1})
    kept, revealed = (exercise.response_line(response, "en", revealed=told) for told in (False, True))
    assert kept == "Your ratings: " + "; ".join(f"({part[0]}) {catalog('en')(f'grades.{part[1]}')}" for part in response.split())
    assert "rticle" not in kept
    assert revealed.count("You and the article") == 3
    assert revealed.count("Article: ") == 1


@pytest.mark.parametrize("lang", ["de", "en"])
def test_more_is_read_than_what_stands_in_the_question(lang: str):
    exercise = exercise_of(EXAMPLE)
    asked = sum(len(line.split()) for line in exercise.question_lines(lang))
    assert asked < exercise.words_to_read(lang) < 2 * asked
    assert exercise.words_to_read(lang) > choice.Choice(EXAMPLE, exercise.order).words_to_read(lang) - 60


def test_the_fingerprint_follows_the_texts_and_the_language_and_is_not_that_of_a_choice():
    prints = {fingerprint(scenario, lang) for scenario in SCENARIOS for lang in ("de", "en")}
    assert len(prints) == 2 * len(SCENARIOS)
    assert all(len(found) == 8 for found in prints)
    assert fingerprint(EXAMPLE, "de") != choice.fingerprint(EXAMPLE, "de")


def test_a_pair_says_what_is_different():
    one = next(scenario for scenario in SCENARIOS if scenario.twin)
    other = next(scenario for scenario in SCENARIOS if scenario.id == one.twin)
    assert what_if(one, other, "de") == choice.what_if(one, other, "de")
    assert contrast(one, other, "de") == choice.contrast(one, other, "de")


# ---- what is stored ---------------------------------------------------------------------------------------------------------


@given(scenarios, st.integers())
def test_a_stored_situation_grades_ratings_as_it_did(scenario: Scenario, seed: int):
    kept = read(scenario.content, scenario.record())
    exercise = exercise_of(scenario, seed)
    again = rebuild(kept, exercise.shown)
    response = exercise.parse(rated(scenario, seed))
    assert (kept.id, kept.content, kept.record(), kept.key()) == (scenario.id, scenario.content, scenario.record(), scenario.key())
    assert again.grade(response) == exercise.grade(response)
    assert set(kept.languages) == set(scenario.languages)
    assert [(found.relation, found.event) for found in kept.situations] == [(scenario.facts.relation, scenario.facts.event)]
    with pytest.raises(TypeError, match="only for its key"):
        again.question("de")


def test_a_stored_title_says_that_it_was_rated():
    kept = read(EXAMPLE.content, EXAMPLE.record())
    assert kept.title("de") == f"{EXAMPLE.title('de')} (bewertet)"
    assert kept.title("en") == f"{EXAMPLE.title('en')} (rated)"
    assert kept.title("xx") == EXAMPLE.title(next(iter(EXAMPLE.texts)))


@pytest.mark.parametrize(
    "change",
    [lambda record: record.pop("key"), lambda record: record["key"].update(a=5), lambda record: record.update(scenario=[])],
)
def test_what_is_no_stored_situation_is_refused(change: Callable[[Any], object]):
    record = msgspec.json.decode(EXAMPLE.record())
    change(record)
    with pytest.raises(msgspec.MsgspecError):
        read("0123", msgspec.json.encode(record))


@given(scenarios, st.integers())
def test_a_situation_is_one_item_whose_ratings_are_not_counted(scenario: Scenario, seed: int):
    ratings = rated(scenario, seed)
    kept = read(scenario.content, scenario.record())
    (item,) = summarise(scenario, encoded(ratings))
    assert (item.item, item.option, item.credit) == ("", "", credit_of(ratings, scenario.key()))
    assert (item.relation, item.theme) == (scenario.facts.relation, scenario.theme)
    (again,) = summarise(kept, encoded(ratings))
    assert (again.credit, again.relation) == (item.credit, item.relation)
    assert item_options(scenario, "de") == item_options(kept, "de") == {}
    with pytest.raises(ResponseError):
        summarise(scenario, "a4")
