"""Words that give the best option away."""

import msgspec
import pytest
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.lint.fairness import clues
from etiquette_kit.lint.fairness.cue_words import cue_words
from fairness_examples import BASE, kinds_of, label, with_labels


@pytest.mark.parametrize(("lang", "phrase"), [(lang, phrase) for lang in ("de", "en") for phrase in cue_words(lang, "lint.absolute")])
def test_each_absolute_word_is_found_in_wrong_options_only(lang: str, phrase: str):
    said = f"So {phrase.capitalize()}, ja."
    wrong, best = with_labels("x", lang, said, "b", "c"), with_labels("x", lang, "a", said, "c")
    assert [(warned.where, warned.values) for warned in clues.absolute_words([wrong])] == [(label(0, lang), {"word": phrase, "text": said})]
    assert kinds_of(clues.absolute_words, best) == []


@pytest.mark.parametrize("said", ["niederschreiben", "Nevertheless", "auf einen Fall", "in jedem Fall", "never-ending"])
def test_a_word_that_only_contains_an_absolute_one_is_not_found(said: str):
    assert kinds_of(clues.absolute_words, with_labels("x", "de", said, "b", "c"), with_labels("y", "en", said, "b", "c")) == []


def test_each_option_with_an_absolute_word_is_told_once():
    found = list(clues.absolute_words([with_labels("x", "en", "never ever", "b", "always")]))
    assert [(warned.where[1], warned.values["word"]) for warned in found] == [(0, "never"), (2, "always")]


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        (("I", "I say “looking”", "I"), 1),
        (("I", "I say LOOKING.", "I"), 1),
        (("I say looking", "I say looking", "I"), 0),  # a wrong option has it as well
        (("I say looking", "I", "I"), 0),
        (("I", "I say onlooking", "I"), 0),
        (("I", "I write to Ada Beispiel", "I"), 0),  # a name says nothing
        (("I", "I leave Facebook", "I"), 0),
    ],
)
def test_a_shared_word_tells_when_only_the_best_option_has_it(labels: tuple[str, str, str], found: int):
    scenario = with_labels("x", "en", *labels)
    texts = {"en": msgspec.structs.replace(BASE.texts["en"], stem="Ada Beispiel is looking for you on Facebook.")}
    assert len(kinds_of(clues.shared_words, msgspec.structs.replace(scenario, texts=texts))) == found


@pytest.mark.parametrize("name", ["Beispiel’s", "Beispiel's", "Facebook’s"])
def test_a_name_in_the_genitive_is_a_name(name: str):
    scenario = with_labels("x", "en", "I", f"I tell {name} people.", "I")
    texts = {"en": msgspec.structs.replace(BASE.texts["en"], stem=f"You know Ada and {name} shop.")}
    assert kinds_of(clues.shared_words, msgspec.structs.replace(scenario, texts=texts)) == []


def _echo(name: str, *labels: str) -> Scenario:
    scenario = with_labels(name, "en", *labels)
    texts = {"en": msgspec.structs.replace(BASE.texts["en"], stem="Ada Beispiel is looking for you on Facebook.")}
    return msgspec.structs.replace(scenario, texts=texts)


@pytest.mark.parametrize(("best", "wrong", "found"), [(5, 14, 5), (7, 13, 0), (9, 11, 9), (20, 0, 20)])
def test_a_shared_word_tells_nothing_where_wrong_options_have_one_as_often(best: int, wrong: int, found: int):
    echoing = [_echo(f"b{n}", "I", "I say looking", "I") for n in range(best)]
    echoing += [_echo(f"w{n}", "I say looking", "I", "I") for n in range(wrong)]
    assert len(kinds_of(clues.shared_words, *echoing)) == found


def test_wrong_options_that_share_a_word_do_not_count_as_chance_in_another_language():
    german = [with_labels(f"de-{n}", "de", "ich", "ich schreibe", "ich") for n in range(3)]
    texts = {"de": msgspec.structs.replace(BASE.texts["de"], stem="Ada Beispiel schreibe Ihnen.")}
    german = [msgspec.structs.replace(scenario, texts=texts) for scenario in german]
    english = [_echo(f"w{n}", "I say looking", "I", "I") for n in range(20)]
    assert len(kinds_of(clues.shared_words, *german, *english)) == 3
