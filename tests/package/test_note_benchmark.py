"""How `assess_note` is measured, and that its weights are those that the notes give."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from benchmarks import note_weights, notes
from benchmarks.note_parts import plain_notes
from benchmarks.notes import Line, Share, line, lines, printed, read
from etiquette_kit.formats.note.assessment import CRITERIA
from etiquette_kit.formats.note.assessment.signs import AGAINST, IMPLIED, SIGNS, SUPPORT
from etiquette_kit.formats.note.assessment.weight_values import LIMITS, VALUES
from etiquette_kit.locale import catalog, languages


@pytest.mark.parametrize(("count", "of", "low", "high"), [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)])
def test_the_interval_is_wilson_s(count: int, of: int, low: float, high: float):
    assert Share(count, of).interval == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_of_no_cases_everything_is_possible():
    assert (Share(0, 0).value, Share(0, 0).interval, str(Share(0, 0))) == (0.0, (0.0, 1.0), "–")


def test_precision_and_recall_are_those_of_the_sure_ones():
    found = line("declines", "de", [(True, True), (True, True), (False, True), (True, False), (False, False), (True, None), (False, None)])
    assert (str(found.precision)[:5], str(found.recall)[:5], found.sure) == ("0.667", "0.667", Share(5, 7))


@pytest.mark.parametrize(
    ("criterion", "precision", "recall", "sure", "reached"),
    [
        ("declines", 95, 85, 85, True),
        ("declines", 94, 99, 99, False),
        ("declines", 99, 84, 99, False),
        ("declines", 99, 99, 84, False),
        ("friendly", 90, 10, 60, True),
        ("friendly", 89, 99, 99, False),
        ("friendly", 99, 99, 59, False),
    ],
)
def test_the_targets(criterion: str, precision: int, recall: int, sure: int, reached: bool):  # noqa: FBT001  a case
    assert Line(criterion, "de", Share(precision, 100), Share(recall, 100), Share(sure, 100)).reached is reached


def test_each_language_has_a_line_and_all_together():
    both = [{"lang": lang, "labels": dict.fromkeys(CRITERIA, True)} for lang in ("de", "en")]
    found = lines(both, [dict.fromkeys(CRITERIA, True), dict.fromkeys(CRITERIA, None)])
    assert [(entry.criterion, entry.lang) for entry in found] == [(name, lang) for name in CRITERIA for lang in ("de", "en", "all")]
    table = list(printed(found))
    assert table[2] == "| `declines` | de | 1.000 [0.21, 1.00] (1/1) | 1.000 [0.21, 1.00] (1/1) | 1.000 [0.21, 1.00] (1/1) | yes |"
    assert table[3].endswith("| **no** |")


def test_a_file_is_measured_and_its_table_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    file, readme = tmp_path / "notes.jsonl", tmp_path / "README.md"
    note = {"lang": "en", "text": "Dear Mr Cook, I won't accept.", "labels": dict.fromkeys(CRITERIA, True)}
    file.write_text(json.dumps(note) + "\n\n", encoding="utf-8")
    readme.write_text("Before\n<!-- notes: begin -->\nold\n<!-- notes: end -->\nAfter\n", encoding="utf-8")
    monkeypatch.setattr(notes, "_README", readme)
    monkeypatch.setattr(sys, "argv", ["notes", str(file), "--keep"])
    notes.main()
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("Before\n<!-- notes: begin -->\n\n| criterion ")
    assert text.endswith("Of 1 notes.\n\n<!-- notes: end -->\nAfter\n")
    assert "| `declines` | en | 1.000 " in text
    assert "old" not in text
    assert capsys.readouterr().out.count("\n") == 2 + 2 * len(CRITERIA)


def test_plain_notes_are_put_together_as_labelled():
    found = list(plain_notes(50, 1))
    assert found == list(plain_notes(50, 1)) != list(plain_notes(50, 2))
    assert [note["lang"] for note in found].count("de") == 50
    assert all(list(note["labels"]) and set(note["labels"]) == set(CRITERIA) for note in found)
    for criterion in CRITERIA:
        assert {note["labels"][criterion] for note in found} == ({True} if criterion == "short" else {True, False})


def test_the_weights_fit_what_is_simple():
    rows = np.array([[1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]] * 50)
    weights = note_weights.fitted(rows, rows[:, 0], 0.1)
    assert weights[0] > 4
    assert abs(weights[1]) < 0.2
    assert weights[2] < -2


def test_every_sign_has_a_weight_and_no_weight_is_left_over():
    assert {name: {*signs, "bias"} for name, signs in SIGNS.items()} == {name: {*values} for name, values in VALUES.items()}
    assert list(LIMITS) == list(VALUES) == list(SIGNS)
    assert set(SIGNS) == {*CRITERIA} - {"short"}


@pytest.mark.parametrize("lang", languages())
def test_every_pattern_and_list_that_a_sign_names_exists_and_none_is_unused(lang: str):
    patterns, lists = ({*catalog(lang).table(name)} for name in ("note_patterns", "note_lists"))
    signs = [sign for each in SIGNS.values() for sign in each.values()]
    named = {name for sign in signs for name in (*sign.patterns, *sign.also, *sign.without)}
    marked = {name for table in (SUPPORT, AGAINST, IMPLIED) for names in table.values() for name in names}
    assert (named | marked) - {"denied_refusal"} <= patterns
    assert patterns - named == {"grader"}
    assert {name for sign in signs for name in sign.lists} <= lists
    texts = catalog(lang).table("note_patterns").values()
    unused = {name for name in lists if not any(f"<{name}>" in text for text in texts)}
    assert unused - {name for sign in signs for name in sign.lists} <= {"common", "accept_verb", "reader", "there"}


def test_no_note_is_in_two_files():
    texts = [note["text"] for name in ("develop", "more") for note in read(notes.FOLDER / f"{name}.jsonl")]
    assert len(set(texts)) == len(texts) == 511


@pytest.mark.slow
def test_the_weights_are_those_that_are_computed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    target = tmp_path / "weight_values.py"
    monkeypatch.setattr(note_weights, "FILE", target)
    monkeypatch.setattr(sys, "argv", ["note_weights", "--write"])
    note_weights.main()
    assert "| `declines` | all |" in capsys.readouterr().out
    found: dict[str, dict[str, dict[str, float]]] = {}
    exec(compile(target.read_text(encoding="utf-8"), str(target), "exec"), found)  # noqa: S102  our own file
    assert found["VALUES"] == {name: pytest.approx(values, abs=0.02) for name, values in VALUES.items()}
