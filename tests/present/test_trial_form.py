import re
from pathlib import Path

import etiquette_kit
import msgspec
import pytest
from etiquette_kit.content.trial import READING_QUESTIONS, SCALES
from etiquette_kit.locale import LanguageError, catalog
from etiquette_kit.present.trial_form import trial_form
from etiquette_kit.rules import article_table
from trial_examples import BANK, SCENARIOS

SCRIPTS = sorted((Path(etiquette_kit.__file__).parent / "web" / "trial").glob("*.js"))


@pytest.mark.parametrize("lang", ["de", "en"])
def test_neither_key_nor_feedback_nor_reasons_are_in_it(lang: str):
    form = msgspec.json.encode(trial_form(list(BANK), lang)).decode()
    for scenario in BANK:
        for option in scenario.options:
            assert msgspec.json.encode(option.text(lang).feedback).decode()[1:-1] not in form
            assert scenario.advice.reason(option.action, lang) not in form
    actions = {action.id for action in article_table().actions}
    assert [name for name in actions if re.search(rf"\b{name}\b", form)] == []
    assert set(re.findall(r'"(\w+)":', form)) & {"action", "key", "feedback", "grades_of", "best", "facts", "rule", "title"} == {"title"}


def test_nothing_in_it_depends_on_the_key():
    scenario = SCENARIOS[0]
    actions = [option.action for option in scenario.options]
    swapped = [msgspec.structs.replace(option, action=action) for option, action in zip(scenario.options, actions[::-1], strict=True)]
    other = msgspec.structs.replace(scenario, options=tuple(swapped))
    assert other.key() != scenario.key()
    assert trial_form([other], "en") == trial_form([scenario], "en")


def test_the_order_of_options_in_the_file_does_not_show():
    scenario = SCENARIOS[0]
    turned = msgspec.structs.replace(scenario, options=scenario.options[::-1])
    assert trial_form([turned], "en").situations[0].options == trial_form([scenario], "en").situations[0].options


def test_it_asks_five_questions_two_scales_and_shows_every_passage():
    form = trial_form(SCENARIOS, "en")
    assert [question.id for question in form.questions] == list(READING_QUESTIONS)
    assert [len(question.values) for question in form.questions] == [len(values) + 1 for values in READING_QUESTIONS.values()]
    assert [scale.id for scale in form.scales] == list(SCALES)
    assert [[value for value, _ in scale.values] for scale in form.scales] == [[4, 3, 2, 1]] * 2
    assert form.passages == tuple(catalog("en")(f"passages.{passage.id}") for passage in article_table().passages)
    assert [grade.text for grade in form.grades] == [catalog("en")(f"grades.{grade}") for grade in (4, 3, 2, 1)]


def test_it_says_how_long_it_takes():
    assert trial_form(SCENARIOS, "en").minutes == 11
    assert trial_form(SCENARIOS, "en", guess=True).minutes == 14
    assert "14 minutes" in trial_form(SCENARIOS, "en", guess=True).time


def test_other_texts_are_kept_apart_in_the_browser():
    forms = [
        trial_form(SCENARIOS, "en"),
        trial_form(SCENARIOS, "de"),
        trial_form(SCENARIOS[:2], "en"),
        trial_form(SCENARIOS, "en", guess=True),
    ]
    assert len({form.id for form in forms}) == len(forms)
    assert trial_form(SCENARIOS, "en").id == forms[0].id


def test_a_language_in_which_something_is_not_written_is_an_error():
    with pytest.raises(LanguageError):
        trial_form(SCENARIOS, "fr")


def test_every_word_of_the_page_is_asked_for_and_there():
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    template = (SCRIPTS[0].parent / "page.html.j2").read_text(encoding="utf-8")
    asked = set(re.findall(r"\bwords\.(\w+)", scripts)) | set(re.findall(r'form\.words\["(\w+)"\]', template))
    assert asked == set(catalog("de").table("trial_page"))
