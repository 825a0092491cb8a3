"""docs/trial.md says what the trial does: its thresholds, endings and commands."""

import re

from command_check import commands, mistake
from doc_pages import read, section, table
from etiquette_kit.analysis.statistics.content_validity import GOOD_AVERAGE, MIN_READERS, validity_threshold
from etiquette_kit.analysis.statistics.weighted_kappa import MIN_CLUSTERS
from etiquette_kit.analysis.trial.answer_files import ENDINGS
from etiquette_kit.content.trial import ADVICE_MINUTES, MINUTES_EACH
from etiquette_kit.locale import catalog
from etiquette_kit.present.trial_form import GUESS_MINUTES

PAGE = read("docs/trial.md")
FIGURES = dict(table(section(PAGE, "### The figures")))


def test_the_thresholds_are_those_of_the_code():
    told = re.search(r"([\d.]+) with up to five readers, ([\d.]+) with six to eight, ([\d.]+) from nine", FIGURES["I-CVI"])
    assert told is not None
    assert [float(value) for value in told.groups()] == [validity_threshold(count) for count in (5, 8, 9)]
    assert MIN_READERS == 3
    assert "fewer than three" in FIGURES["I-CVI"]
    assert f"from {GOOD_AVERAGE:.2f}".replace("0.", ".") in FIGURES["S-CVI/Ave"]
    assert MIN_CLUSTERS == 5
    assert "fewer than five readers or situations" in FIGURES["weighted kappa"]


def test_the_report_names_the_same_thresholds():
    for lang in ("de", "en"):
        line = catalog(lang)("trial_report.validity_rule").replace(",", ".")
        assert re.findall(r"\d\.\d\d", line) == ["1.00", "0.83", "0.78"]


def test_how_long_it_takes_and_what_is_read():
    assert (ADVICE_MINUTES, MINUTES_EACH, GUESS_MINUTES) == (2, 3, 1)
    assert "advice about two" in PAGE
    assert "about three minutes" in PAGE
    assert "about a minute more" in PAGE
    assert all(f"`{ending}`" in PAGE for ending in ENDINGS)


def test_the_three_steps_are_commands():
    typed = [words for line in re.findall(r"^\d\. `(uv run etiquette [^`]+)`", PAGE, re.MULTILINE) for words in commands(line)]
    assert [words[3:5] for words in typed] == [["trial", "new"], ["trial", "read"]]
    assert [mistake(words) for words in typed] == ["", ""]
