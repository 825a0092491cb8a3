"""What holds for every check: an example and words for it, any text, any order."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer.testing
from etiquette_kit.bank import load_bank, read_bank
from etiquette_kit.cli import app
from etiquette_kit.content.finding import Problem
from etiquette_kit.content.toml.toml_file import TomlFile, read_toml
from etiquette_kit.lint.fairness import CHECKS, Check, FairnessWarning, fairness_warnings, scene_warnings, warnings_about
from etiquette_kit.locale import catalog
from fairness_cases import CASES, Case
from fairness_examples import MASS, MESSAGE, TWO, WHOLE, crowd, other
from good_scenario import GOOD, HEAD, bank_of, changed, line_of, written
from hypothesis import given, settings
from hypothesis import strategies as st
from repository import ROOT

BY_NAME: dict[str, Check] = {check.__name__: check for check in CHECKS}
SEVERAL = {
    "long_sentences": "long_sentence",
    "option_short": "option_words",
    "option_long": "option_words",
    "feedback_long": "option_words",
}
"""Kinds of which a check finds more than one, with its name."""


def _id(case: Case) -> str:
    return f"{case.kind} {'mass' if case.also else ''}".strip()


@pytest.mark.parametrize("case", CASES, ids=_id)
def test_a_bad_example_is_found_at_its_path_and_line(tmp_path: Path, case: Case):
    bank = bank_of(tmp_path, case.bad)
    assert {finding.kind for finding in bank.findings} == {case.kind} | case.also
    warned = [found for found in BY_NAME[SEVERAL.get(case.kind, case.kind)](list(bank)) if found.kind == case.kind]
    assert warned == [FairnessWarning(entry.id, case.kind, entry.where, entry.values) for entry in case.expected]
    findings = [finding for finding in bank.findings if finding.kind == case.kind]
    assert [(finding.file, finding.line, finding.id, finding.severity) for finding in findings] == [
        (str(tmp_path / "sample.toml"), line_of(case.bad, entry.at), entry.id, "warning") for entry in case.expected
    ]
    for finding, entry in zip(findings, case.expected, strict=True):
        assert finding.values == entry.values
        for lang in ("de", "en"):
            assert [value for value in entry.values.values() if value not in finding.text(lang)] == []


@pytest.mark.parametrize("case", CASES, ids=_id)
def test_a_good_example_is_not_found(tmp_path: Path, case: Case):
    assert {finding.kind for finding in bank_of(tmp_path, case.good).findings} == case.also


@pytest.mark.parametrize("case", CASES, ids=_id)
def test_a_warning_keeps_no_scenario_out_and_ends_with_0(tmp_path: Path, case: Case):
    path = written(tmp_path, case.bad)
    bank = load_bank(path)
    assert (len(bank), bank.left_out) == (case.bad.count("[[scenario]]"), 0)
    result = typer.testing.CliRunner().invoke(app, ["check", str(path), "--lang", "en", "--format", "json"])
    assert (result.exit_code, result.exception) == (0, None)
    assert {finding["severity"] for finding in json.loads(result.stdout)} == {"warning"}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_good_scenarios_and_no_scenarios_are_fair(check: Check, tmp_path: Path):
    assert list(check(list(bank_of(tmp_path, TWO)))) == []
    assert list(check([])) == []


def _kind(check: Check) -> str:
    return {"thin_cells": "thin_cell", "option_words": "option_short"}.get(check.__name__, check.__name__)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_every_check_has_a_kind_of_warning_with_words_in_each_language_and_an_example(check: Check):
    assert Problem(_kind(check)).severity == "warning"
    german, english = (catalog(lang).get(f"findings.{_kind(check)}") for lang in ("de", "en"))
    assert german
    assert english
    assert german != english
    assert check in WHOLE or _kind(check) in {case.kind for case in CASES}


def test_every_check_runs_once():
    assert len(BY_NAME) == len(CHECKS)


def test_every_kind_of_warning_occurs_in_a_test():
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    kinds = [kind for kind in catalog("en").table("findings") if Problem(kind).severity == "warning"]
    assert len(kinds) >= len(CHECKS)
    assert [kind for kind in kinds if f'"{kind}"' not in sources] == []


def test_what_is_found_about_the_last_of_a_bank_is_what_is_found_in_the_bank(tmp_path: Path):
    bank = list(bank_of(tmp_path, TWO))
    assert len(bank) > 1
    last = bank[-1]
    about = [found for found in fairness_warnings(bank) if found.scenario == last.id]
    assert sorted(map(repr, warnings_about(last, bank[:-1]))) == sorted(map(repr, about))
    scene = list(scene_warnings(last))
    assert [found for found in scene if found not in about] == []
    assert all(found.where[0] == "text" for found in scene)


def test_two_thousand_scenarios_can_be_reviewed():
    assert {warned.kind for warned in fairness_warnings(crowd(2000))} >= {"similar_stems", "thin_cell", "lopsided_gender"}


_character = st.characters(
    exclude_categories=("Cc", "Cs"), exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff"
)

_telling = st.sampled_from(
    [
        "Ada",
        "Facebook",
        "“",
        "”",
        "„",
        ".",
        "…",
        "’",
        "'",
        "{name}",
        "<",
        "[Name]",
        "never",
        "immer",
        "unbedingt",
        "Dear Mr X",
        "ich",
        "I’m",
        "you",
    ]
)

_chunk = _telling | st.text(_character, min_size=1, max_size=12)
_label = st.lists(_chunk, min_size=1, max_size=12).map(" ".join).filter(str.strip)

_stem = (
    st.lists(_chunk | st.just("\n\n"), min_size=1, max_size=60).map(" ".join).filter(lambda text: text.strip() and len(text.split()) <= 120)
)


@st.composite
def _documents(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a file of scenarios with any texts that can be loaded."""
    document = tomllib.loads(draw(st.sampled_from([GOOD, TWO, MESSAGE, MASS])))
    for entry in document["scenario"]:
        for lang in ("de", "en"):
            entry["text"][lang]["stem"] = draw(_stem)
        for choice in entry["option"]:
            for lang in ("de", "en"):
                choice["text"][lang]["label"] = draw(_label)
    return document


@settings(max_examples=150)
@given(_documents())
def test_any_texts_that_can_be_loaded_can_be_reviewed_and_always_alike(document: dict[str, Any]):
    bank = read_bank([TomlFile(Path("any.toml"), "", document)])
    assert len(bank) == len(document["scenario"])
    first, second = (list(fairness_warnings(list(bank))) for _ in range(2))
    assert first == second
    for finding in bank.findings:
        assert (finding.severity, bool(finding.message), bool(finding.text("de"))) == ("warning", True, True)


def test_warnings_do_not_depend_on_the_order_of_hashes(tmp_path: Path):
    for number, case in enumerate(CASES):
        text = case.bad
        for name in ("first-request", "other-request", "not-wanted", "wanted-here"):
            text = text.replace(name, f"{name}-{number}")
        written(tmp_path, text, f"{number}.toml")
    command = [sys.executable, "-c", "from etiquette_kit.cli import main; main()", "check", str(tmp_path), "--format", "json"]
    told = [
        subprocess.run(command, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout for seed in ("1", "2")
    ]
    assert told[0] == told[1]
    assert len(json.loads(told[0])) > len(CASES)


def test_an_option_without_a_language_that_is_not_required_can_be_reviewed(tmp_path: Path):
    text = changed('text.en.label = "I choose b. That is how I do it."\ntext.en.feedback = "That is what b does."\n', "", GOOD)
    bank = load_bank(written(tmp_path, text), required=("de",))
    assert len(bank) == 1
    assert bank.findings == []


def test_a_scenario_without_texts_can_be_reviewed_where_none_is_required():
    document = tomllib.loads(GOOD)
    document["scenario"][0]["text"] = {}
    for entry in document["scenario"][0]["option"]:
        entry["text"] = {}
    bank = read_bank([TomlFile(Path("any.toml"), "", document)], required=())
    assert len(bank) == 1
    assert bank.findings == []


def test_files_named_from_here_and_from_the_root_can_be_reviewed_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    here, there = tmp_path / "here", tmp_path / "there"
    for folder, text in ((here, GOOD), (there, HEAD + other())):
        folder.mkdir()
        written(folder, text)
    monkeypatch.chdir(tmp_path)
    assert read_bank([read_toml(Path("here/sample.toml")), read_toml(there / "sample.toml")]).findings == []
