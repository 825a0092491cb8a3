import msgspec
import pytest
from etiquette_kit import Facts
from etiquette_kit.content.platforms import PLATFORMS
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.content.trial import (
    READING_QUESTIONS,
    UNSURE,
    TrialAnswers,
    answer_words,
    does_not_fit,
    right_answer,
    trial_text_hash,
)
from etiquette_kit.locale import LanguageError, catalog
from trial_examples import BANK, SCENARIOS, answer, answers, encoded, skipped

FIRST = SCENARIOS[0]


def changed(scenario: Scenario, **values: object) -> Scenario:
    return msgspec.structs.replace(scenario, **values)


def with_option(scenario: Scenario, **values: str) -> Scenario:
    first, *rest = scenario.options
    text = msgspec.structs.replace(first.texts["en"], **values)
    return changed(scenario, options=(msgspec.structs.replace(first, texts={**first.texts, "en": text}), *rest))


def with_text(scenario: Scenario, **values: str) -> Scenario:
    return changed(scenario, texts={**scenario.texts, "en": msgspec.structs.replace(scenario.texts["en"], **values)})


def test_the_hash_is_about_what_a_reader_sees():
    own = trial_text_hash(FIRST, "en")
    assert trial_text_hash(with_text(FIRST, stem=FIRST.text("en").stem + "More."), "en") != own
    assert trial_text_hash(with_option(FIRST, label="I do nothing."), "en") != own
    assert trial_text_hash(FIRST, "de") != own
    assert len({trial_text_hash(scenario, lang) for scenario in BANK for lang in ("de", "en")}) == 2 * len(BANK)


def test_the_hash_does_not_change_with_what_a_reader_does_not_see():
    own = trial_text_hash(FIRST, "en")
    assert trial_text_hash(with_option(FIRST, feedback="Other."), "en") == own
    assert trial_text_hash(with_text(FIRST, title="Other", role="Other"), "en") == own
    actions = [option.action for option in FIRST.options]
    swapped = [msgspec.structs.replace(option, action=action) for option, action in zip(FIRST.options, reversed(actions), strict=True)]
    assert changed(FIRST, options=tuple(swapped)).key() != FIRST.key()
    assert trial_text_hash(changed(FIRST, options=tuple(swapped)), "en") == own


def test_a_language_in_which_it_is_not_written_has_no_hash():
    with pytest.raises(LanguageError):
        trial_text_hash(FIRST, "fr")


def test_right_answers_are_the_facts_and_where_there_is_none_no_answer_is_wrong():
    facts = Facts(event="friend_request", relation="client", network="private", wanted=True, sensitive=False)
    scenario = changed(FIRST, facts=facts, platform="instagram")
    told = [right_answer(scenario, question) for question in READING_QUESTIONS]
    assert told == ["client", "instagram", "friend_request", "yes", "no"]
    refused = changed(FIRST, facts=Facts(event="friend_request", relation="boss", network="private", wanted=False))
    assert [right_answer(refused, question) for question in ("relation", "wanted", "sensitive")] == ["boss", "no", None]
    for scenario in BANK:
        for question, values in READING_QUESTIONS.items():
            assert right_answer(scenario, question) in (*values, None)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_all_answers_have_words_that_differ(lang: str):
    words = catalog(lang)
    for question, values in READING_QUESTIONS.items():
        assert len({answer_words(question, value, words) for value in (*values, UNSURE)}) == len(values) + 1
    assert answer_words("platform", "xing", words) == PLATFORMS["xing"].name(lang)


@pytest.mark.parametrize(
    "wrong",
    [
        {"understood": {"relation": "friend"}},
        {"understood": {"weather": "yes"}},
        {"grades": {"z": 1}},
        {"guess": "z"},
        {"order": ("a", "b")},
        {"order": ("a", "a", "b", "c")},
    ],
)
def test_answers_that_no_page_makes_are_told_from_others(wrong: dict[str, object]):
    assert not does_not_fit(answer(FIRST), FIRST)
    assert not does_not_fit(skipped(FIRST), FIRST)
    assert does_not_fit(answer(FIRST, **wrong), FIRST)


def test_nothing_answered_is_skipped_and_a_remark_alone_is_not():
    assert skipped(FIRST).is_skipped
    assert not msgspec.structs.replace(skipped(FIRST), remark="x").is_skipped
    assert not msgspec.structs.replace(skipped(FIRST), clear=1).is_skipped


def test_answers_are_written_and_read_again():
    given = answers()
    assert msgspec.json.decode(encoded(given), type=TrialAnswers) == given
