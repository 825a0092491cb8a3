"""The commonest slips in a file: what is said of each, on which line, and how the line should read."""

import re
import tomllib
from pathlib import Path

import pytest
from etiquette_kit.content.toml.slips import find_slip
from etiquette_kit.content.toml.toml_file import read_toml
from good_scenario import GOOD, bank_of, changed, line_of, option, written
from hypothesis import given, settings
from hypothesis import strategies as st

TWO_STEMS = changed('so soll es bleiben.\n"""', "so soll es bleiben.")
LAST_STEM = changed('to keep it that way.\n"""', "to keep it that way.")

SLIPS = [
    ("straight_quotes", changed('"Ich wähle b.', '"Ich schreibe: "Hallo!" und wähle b.'), "wähle b", "„Hallo!“ und"),
    ("straight_quotes", changed('"I choose b.', '"I write: "Hello!" and choose b.'), "choose b", "“Hello!” and"),
    ("straight_quotes", changed('"Eine Anfrage"', '"Eine "Anfrage""'), "Eine", 'title = "Eine „Anfrage“"'),
    ("straight_quotes", changed('"Ada Beispiel"', '"Ada "Adi" Beispiel"'), "Adi", 'name = "Ada “Adi” Beispiel", gender'),
    ("single_brackets", GOOD.replace("[[scenario.option]]", "[scenario.option]"), "", "[[scenario.option]]"),
    ("single_brackets", GOOD.replace("[[scenario.option]]", "[scenario.option]", 1), "", "[[scenario.option]]"),
    ("single_brackets", changed("[[scenario]]", "[scenario]"), "[scenario]", "[[scenario]]"),
    ("missing_bracket", changed("[theme]", "[theme"), "[theme", "[theme]"),
    ("missing_bracket", changed("[scenario.text.en]", "scenario.text.en]"), "scenario.text.en]", "[scenario.text.en]"),
    ("missing_bracket", changed("[[scenario]]", "[[scenario]"), "[[scenario]", "[[scenario]]"),
    ("missing_bracket", changed('gender = "female" }', 'gender = "female"'), "person", 'gender = "female" }'),
    ("missing_bracket", changed("facts = { ", "facts = "), "facts", "facts = { event"),
    ("missing_equals", changed('platform = "facebook"', 'platform "facebook"'), "platform", 'platform = "facebook"'),
    ("missing_equals", changed('platform = "facebook"', 'platform: "facebook"'), "platform", 'platform = "facebook"'),
    ("missing_equals", changed("wanted = false", "wanted false"), "wanted", "wanted = false }"),
    ("missing_equals", changed('title = "A request"', 'title "A request"'), "A request", 'title = "A request"'),
    ("missing_quote", changed('platform = "facebook"', 'platform = "facebook'), "platform", 'platform = "facebook"'),
    ("missing_quote", changed('platform = "facebook"', "platform = facebook"), "platform", 'platform = "facebook"'),
    ("missing_quote", changed('platform = "facebook"', 'platform = facebook"'), "platform", 'platform = "facebook"'),
    ("lost_quotes", changed('stem = """\nSeit', "stem =\nSeit"), "stem =\n", 'stem = """'),
    ("lost_quotes", changed('stem = """\nSeit', 'stem = ""\nSeit'), 'stem = ""\n', 'stem = """'),
    ("lost_quotes", changed('stem = """\nFor', 'stem = "\nFor'), 'stem = "\n', 'stem = """'),
    ("lost_quotes", changed('stem = """\nFor', 'stem = "For'), "For three", 'stem = """For three'),
    ("lost_quotes", TWO_STEMS, "", '"""'),
    ("lost_quotes", LAST_STEM, "", '"""'),
    ("lost_quotes", changed('so soll es bleiben.\n"""', 'so soll es bleiben.\n""'), "", '"""'),
]


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize(("kind", "text", "at", "right"), SLIPS)
def test_a_slip_is_told_with_its_line_and_the_line_as_it_should_be(tmp_path: Path, kind: str, text: str, at: str, right: str, lang: str):
    bank = bank_of(tmp_path, text)
    finding = bank.findings[0]
    assert [entry.kind for entry in bank.findings if entry.severity == "error"] == [kind]
    assert right in finding.text(lang)
    assert {"de": "Richtig ist", "en": "should read"}[lang] in finding.text(lang)
    if at:
        assert finding.line == line_of(text, at)


@pytest.mark.parametrize(
    ("text", "after"),
    [(TWO_STEMS, "so soll es bleiben."), (LAST_STEM, "to keep it that way.")],
)
def test_a_text_without_end_is_told_where_its_end_belongs(tmp_path: Path, text: str, after: str):
    (finding,) = read_toml(written(tmp_path, text)).findings()
    assert finding.line == line_of(text, after) + 1


def test_the_first_header_in_single_brackets_is_named(tmp_path: Path):
    text = GOOD.replace("[[scenario.option]]", "[scenario.option]")
    assert bank_of(tmp_path, text).findings[0].line == text[: text.index("[scenario.option]")].count("\n") + 1


def test_a_lone_option_in_single_brackets_takes_no_other_scenario_along(tmp_path: Path):
    start = GOOD.index("\n[[scenario]]")
    head = GOOD[start : GOOD.index("\n[[scenario.option]]")].replace("first-request", "other")
    lone = head + option("a", "ignore").replace("[[scenario.option]]", "[scenario.option]")
    bank = bank_of(tmp_path, GOOD + lone)
    assert len(bank) == 1
    assert "single_brackets" in {finding.kind for finding in bank.findings}


@pytest.mark.parametrize("text", ["a = 1\na = 2\n", "x = 1979-99-99\n", 'x = "\\q"\n'])
def test_what_is_no_known_slip_is_told_as_the_reader_tells_it(tmp_path: Path, text: str):
    (finding,) = read_toml(written(tmp_path, text)).findings()
    assert finding.kind == "broken_toml"


def _stopped(text: str) -> int | None:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        return int(found[1]) if found else text.rstrip("\n").count("\n") + 1
    return None


@settings(max_examples=200)
@given(st.integers(0, len(GOOD) - 1), st.integers(1, 4), st.sampled_from(["", '"', "[", "=", "\n"]))
def test_any_damage_is_told_without_failing_and_on_a_line_of_the_file(place: int, length: int, put: str):
    text = GOOD[:place] + put + GOOD[place + length :]
    stopped = _stopped(text)
    slip = find_slip(text, stopped, _stopped) if stopped else None
    if slip:
        assert 1 <= slip.line <= text.count("\n") + 2
        assert slip.right
