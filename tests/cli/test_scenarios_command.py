"""`etiquette scenarios` lists what can be played."""

import json
import re
from pathlib import Path

import pytest
from chosen_situations import BOSS_AND_COLLEAGUE
from commands import run
from etiquette_kit.bank import load_bank
from good_scenario import GOOD, scenario, written


def test_scenarios_are_listed_as_json_with_what_they_are_chosen_by():
    bank = load_bank()
    told = json.loads(run("scenarios", "--format", "json", "--lang", "en").stdout)
    assert [entry["id"] for entry in told] == [entry.id for entry in bank]
    for entry in told:
        assert list(entry) == ["id", "theme", "relation", "event", "title"]
        facts = bank[entry["id"]].facts
        assert (entry["theme"], entry["relation"], entry["event"]) == (bank[entry["id"]].theme, facts.relation, facts.event)
        assert entry["title"] == bank[entry["id"]].text("en").title


@pytest.mark.parametrize(("lang", "kind"), [("de", "Vorgesetzte, Wer sieht was"), ("en", "bosses, who sees what")])
def test_scenarios_are_listed_in_words_under_their_themes(lang: str, kind: str):
    bank = load_bank()
    listed = run("scenarios", "--lang", lang).stdout.splitlines()
    themes = dict.fromkeys(entry.theme for entry in bank)  # not that of the inboxes, which are no scenarios
    assert [line for line in listed if not line.startswith(" ")] == [f"{bank.theme_title(name, lang)} ({name})" for name in themes]
    rows = [re.split(r" {2,}", line.strip()) for line in listed if line.startswith(" ")]
    assert {row[0]: row[2] for row in rows} == {entry.id: entry.text(lang).title for entry in bank}
    assert dict(row[:2] for row in rows)[BOSS_AND_COLLEAGUE[0]] == kind


def test_the_scenarios_of_a_bank_of_ones_own_are_listed_and_those_left_out_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = written(tmp_path, GOOD + scenario("Bad Id"))
    result = run("scenarios", "--bank", str(tmp_path), "--lang", "en")
    assert result.stdout.splitlines() == ["Sample (sample)", "  first-request  clients, request  A request"]
    assert "One scenario or file with errors is left out" in result.stderr
    monkeypatch.setenv("ETIQUETTE_BANK", str(path))
    assert json.loads(run("scenarios", "--format", "json").stdout)[0]["title"] == "Eine Anfrage"
    monkeypatch.setenv("ETIQUETTE_BANK", str(tmp_path / "nowhere"))
    assert "nowhere" in run("scenarios", code=2).stderr


def test_a_bank_without_scenarios_is_not_listed(tmp_path: Path):
    result = run("scenarios", "--bank", str(tmp_path), "--lang", "en", code=1)
    assert result.stdout == ""
    assert "is empty" in result.stderr
