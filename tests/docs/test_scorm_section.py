"""What the docs say about the SCORM package."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from doc_pages import ROOT, read
from etiquette_kit.hosts.site.lessons import LEFT_OUT
from etiquette_kit.quiz.round_code import LONGEST, round_code
from etiquette_kit.web import WEB
from session_examples import BANK, started

PAGE = read("docs/exchange.md")
SECTION = PAGE.partition("## SCORM 1.2\n")[2].partition("\n## ")[0]


def test_it_names_the_elements_that_are_written_and_the_player_that_they_were_tried_with():
    table = "".join(line.partition("|")[2].partition("|")[0] for line in SECTION.splitlines() if line.startswith("| `cmi."))
    named = {name if name.startswith("cmi") else f"cmi.core.score{name}" for name in re.findall(r"`([^`]+)`", table)}
    model = (WEB / "scorm" / "data_model.js").read_text(encoding="utf-8")
    assert named == {*re.findall(r'^  "(cmi\.[\w.]+)":', model, re.MULTILINE)}
    versions = json.loads((ROOT / "tests" / "foreign" / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert f"`scorm-again` {versions['scorm-again']}" in SECTION


def test_the_sizes_are_right():
    assert "4,096" in SECTION
    assert f"{LONGEST:,}" in SECTION
    assert len(round_code(started(len(BANK)))) < LONGEST, "no round of the kit's own situations is cut"
    low, high = map(int, re.findall(r"That is (\d+) to (\d+) of", SECTION)[0])
    around = len(f"e1.{'0' * 32}.de.")
    assert all(low <= len(round_code(started(10, seed=seed))) + around <= high for seed in range(50))


def test_what_is_left_out_is_named():
    assert all(f"`{name}`" in PAGE for name in LEFT_OUT)


@pytest.mark.slow
def test_the_package_is_as_large_as_it_says(scorm_package: Path):
    (size,) = re.findall(r"about (\d+) MB", PAGE)
    assert round(scorm_package.stat().st_size / 1e6) == int(size)
