"""docs/first-steps.md: its commands, names and places are those of the kit."""

import ast
import json
import re
import tomllib

import pytest
from command_check import commands, mistake
from doc_pages import ROOT, blocks, read, section, table
from etiquette_kit import Workshop, load_bank
from etiquette_kit.locale import catalog
from etiquette_kit.workshop import PLANS

PAGE = read("docs/first-steps.md")
CHOICE = section(PAGE, "## Choose the situations of a workshop")
(CODE,) = [line.strip() for line in CHOICE.splitlines() if line.strip().startswith("Workshop(")]


def test_each_system_starts_the_quiz_in_its_own_way():
    for system, once, always in table(section(PAGE, "## 4. Start the quiz")):
        assert system in ("Windows", "macOS", "Linux")
        assert "install uv" in once
        (start,) = re.findall(r"`([^`]+)`", always)
        (words,) = commands(re.sub(r"^(py -m |python3 -m |my-uv/bin/)", "", start))
        assert words == ["uv", "run", "etiquette", "quiz"]
        assert mistake(words) == ""


def test_the_version_of_python_is_the_one_that_is_required():
    required = tomllib.loads(read("pyproject.toml"))["project"]["requires-python"].removeprefix(">=")
    assert f"version {required} or later" in PAGE


def test_the_line_to_change_plays_and_its_situations_fill_the_plan():
    names = next(ast.literal_eval(word.value) for word in ast.parse(CODE).body[0].value.keywords if word.arg == "scenarios")
    assert set(names) <= {entry.id for entry in load_bank()}
    assert [entry.exercise.scenario.id for entry in Workshop(lang="en", scenarios=names).rounds] == names
    assert len(names) == PLANS[60].situations == 4
    assert PLANS[90].situations == 6


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_notebook_has_a_box_whose_last_line_is_the_one_to_change(lang: str):
    cells = json.loads((ROOT / "notebooks" / lang / "07_workshop.ipynb").read_bytes())["cells"]
    boxes = [cell["source"] for cell in cells if cell["cell_type"] == "code"]
    assert [box[-1].startswith("Workshop(") for box in boxes] == [True]
    assert f"*{catalog('en')('workshop_card.fullscreen')}*" in CHOICE


def test_no_block_of_code_goes_unnoticed():
    assert blocks(PAGE) == []  # the one there is stands inside a list
    assert PAGE.count("```python") == 1
