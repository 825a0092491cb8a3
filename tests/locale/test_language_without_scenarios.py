"""A third language in which no scenario and no notebook is written yet: everyone is told so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from third_language import LANG, MARK, Kit, assert_told, serving, with_language

pytestmark = pytest.mark.slow


def test_scenarios_in_other_languages_are_listed_with_the_titles_that_they_have(words_only: Kit):
    done = words_only.run("scenarios", "--lang", LANG)
    assert done.returncode == 0
    assert done.stderr.strip() == f"{MARK}66 scenarios are not written in this language; their titles stand here in another."
    assert "Eine Chefin vom selben Campingplatz" in done.stdout
    listed = json.loads(words_only.run("scenarios", "--lang", LANG, "--format", "json").stdout)
    assert len(listed) == 66


@pytest.mark.parametrize("command", [["quiz"], ["lab"]])
def test_without_notebooks_there_is_no_course(words_only: Kit, command: list[str]):
    done = words_only.run(*command, "--lang", LANG, "--no-browser")
    assert_told(done, 1)
    assert done.stderr.strip() == f"etiquette: {MARK}There is no course in this language. There is one in: Deutsch (de), English (en)."


def test_a_room_needs_scenarios_in_its_language(words_only: Kit):
    done = words_only.run("room", "--lang", LANG, "--no-browser", "--port", "0")
    assert_told(done, 1)
    assert "They are written in: Deutsch (de), English (en)." in done.stderr
    named = words_only.run("room", "--lang", LANG, "--no-browser", "--port", "0", "--scenario", "boss-from-the-same-campsite")
    assert_told(named, 1)


def test_a_quiz_needs_them_too_and_says_so_in_a_notebook_in_place_of_the_exercise(words_only: Kit):
    told = words_only.python(f"""
from etiquette_kit import Quiz, Workshop
from etiquette_kit.bank import SelectionError
from etiquette_kit.locale import LanguageError

for exercise in (Quiz, Workshop):
    try:
        exercise(lang={LANG!r})
    except SelectionError as error:
        assert isinstance(error, LanguageError)
        print(*error._render_traceback_())
""").splitlines()
    said = f"{MARK}One exercise is missing here: none of its situations is written in this language."
    assert told == [f"{said} They are written in: Deutsch (de), English (en)."] * 2


def test_a_report_keeps_the_titles_of_what_was_answered(words_only: Kit):
    done = words_only.run("report", "--synthetic", "40", "--lang", LANG)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{MARK}Before and after" in done.stdout


def test_where_some_scenarios_are_written_in_it_those_are_played(tmp_path: Path):
    kit = Kit(tmp_path)
    kit.copy_notebooks()
    file = kit.folder / "scenarios" / "audience.toml"
    file.write_text(with_language(file.read_text(encoding="utf-8")), encoding="utf-8")
    counted = kit.python(f"""
from etiquette_kit import Quiz, load_bank

bank = load_bank()
written = sum({LANG!r} in scenario.languages for scenario in bank)
in_german = Quiz(bank, lang="de", seed=1).card
in_third = Quiz(bank, lang={LANG!r}, seed=1).card
print(len(bank), bank.left_out, written, len(in_german.rounds.pool), len(in_third.rounds.pool), *in_german.offered(), *in_third.offered())
""").split()
    assert counted[:2] == ["66", "0"]
    assert counted[5:] == ["de", "en", "de", "en", LANG]
    written, german, third = map(int, counted[2:5])
    assert 0 < third <= written < german
    with serving(kit, "room", "--lang", LANG) as (_, said):
        assert f"{MARK}{66 - written} scenarios are not written in this language and are left out." in said
