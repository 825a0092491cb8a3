import json
import re
from itertools import pairwise

import pytest
from etiquette_kit import load_bank
from etiquette_kit.analysis import TrialReport
from etiquette_kit.analysis.plots import rated_options
from etiquette_kit.analysis.synthetic import synthetic_readers
from etiquette_kit.content.trial import does_not_fit
from etiquette_kit.locale import catalog
from trial_examples import BANK, IDS, SCENARIOS, answer, answers, skipped

HOSTILE = "\x1b[2J</li><script>alert(1)</script>\nRé\u202eré"


def report(*given: object, lang: str = "en") -> TrialReport:
    return TrialReport.of_answers(given, BANK, lang)  # type: ignore[arg-type]


def words(key: str, **values: object) -> str:
    return catalog("en")(f"trial_report.{key}", **values)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_made_up_readers_are_reported_in_both_languages_with_what_to_do(lang: str):
    made_up = synthetic_readers(SCENARIOS, 9, lang, seed=3, guess=True)
    text = str(TrialReport.of_answers(made_up, BANK, lang))
    for scenario in SCENARIOS:
        assert f"{scenario.title(lang)} ({scenario.id})" in text
    assert not re.search(r"\bnan\b|None|\{|\}", text)
    assert len(re.findall(r"^  - ", text, re.MULTILINE)) >= 3
    assert not any(each.reader in text or each.reader[:6] in text for each in made_up)


def test_made_up_readers_are_the_same_each_time_and_fit():
    made_up = synthetic_readers(SCENARIOS, 4, "en", seed=3)
    assert made_up == synthetic_readers(SCENARIOS, 4, "en", seed=3) != synthetic_readers(SCENARIOS, 4, "en", seed=4)
    assert not any(does_not_fit(each, BANK[each.scenario]) for one in made_up for each in one.answers)


def test_with_few_readers_it_says_what_cannot_be_said():
    one = str(report(answers()))
    assert words("few") in one
    assert words("one_reader") in one
    assert words("validity_none", least=3) in one
    assert words("nothing_few_one") in one
    assert "ICC" not in one
    three = str(report(*(answers(number, given=[answer(SCENARIOS[0]), answer(SCENARIOS[1], clear=number)]) for number in (2, 3, 4))))
    assert catalog("en")("trial_words.few") in three
    assert words("validity_few") in three
    assert "cannot be said" in three
    eight = str(report(*(answers(number) for number in range(8))))
    assert not any(text in eight for text in (words("few"), words("validity_few"), catalog("en")("trial_words.few")))


def test_full_agreement_and_none_are_not_reported_as_figures_that_there_are_not():
    alike = report(*(answers(number, given=[answer(SCENARIOS[0], grades={"a": 3})]) for number in range(3)))
    text = str(alike)
    assert words("icc_none") in text
    assert words("alpha_none") in text
    figures = alike.as_json()["results"][0]
    assert figures["icc_2k"]["icc"] is figures["krippendorff_alpha_interval"] is None
    nothing = str(report(answers(given=[skipped(SCENARIOS[0])])))
    assert words("key_none") in nothing


def test_nothing_to_count_is_said():
    text = str(report())
    assert catalog("en")("trial.nothing") in text


def test_a_remark_is_shown_word_for_word_and_cannot_do_anything():
    found = report(answers(given=[answer(SCENARIOS[0], remark=HOSTILE)]))
    text, page = str(found), found.page()
    assert "</li><script>alert(1)</script> Ré" in text
    assert not re.search(r"[\x1b\u202e]", text + page)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert found.as_json()["results"][0]["situations"][0]["remarks"] == [HOSTILE]


def test_the_page_is_complete_in_itself_and_its_headings_are_in_order():
    page = report(*(answers(number) for number in range(3)), answers(1)).page()
    assert not re.search(r"https?://|<script|<link|src=", page)
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_figures_are_json_with_what_is_left_out():
    found = report(answers(1), answers(2, given=[answer(SCENARIOS[1], text="0" * 16)]))
    told = json.loads(json.dumps(found.as_json(), allow_nan=False))
    assert [each["id"] for each in told["results"][0]["situations"]] == [entry.id for entry in BANK if entry.id in IDS]
    assert [each["kind"] for each in told["left_out"]] == ["other_text"]
    assert told["results"][0]["same"] == 1


def test_a_notebook_gets_the_text_and_a_frame_without_scripts():
    bundle = report(answers())._repr_mimebundle_()
    assert bundle["text/plain"] == str(report(answers()))
    assert "application/vnd.jupyter.widget-view+json" in bundle


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_plot_says_in_words_what_it_draws(lang: str):
    found = TrialReport.of_answers([answers(number, lang) for number in (1, 2)], load_bank(), lang)
    plot = rated_options(found.results[0], lang)
    best = catalog(lang)("grades.4")
    for scenario in SCENARIOS:
        letter = "ABCD"[list(scenario.key().values()).index(4)]
        label = catalog(lang)("trial_plot.label", title=scenario.title(lang), option=letter)
        assert catalog(lang)("trial_plot.row", label=label, key=best, given=f"2× {'„' if lang == 'de' else '“'}{best}")[:-1] in plot.alt
    assert "<svg" in plot.svg()
