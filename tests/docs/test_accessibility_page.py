"""Each claim of docs/accessibility.md names a test that exists."""

import ast
import re
from pathlib import Path

import pytest
from doc_pages import ROOT, read, section, table
from etiquette_kit import load_bank
from etiquette_kit.lint.fairness.readability import HARD, lix

PAGE = read("docs/accessibility.md")
NAMED = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)


@pytest.mark.parametrize(("file", "function"), sorted(set(NAMED)), ids=lambda part: part)
def test_every_test_that_the_page_names_exists(file: str, function: str):
    assert (ROOT / file).is_file()
    if function:
        names = [node.name for node in ast.parse(read(file)).body if isinstance(node, ast.FunctionDef)]
        assert function in names


@pytest.mark.parametrize("heading", ["### Checked by axe-core", "### Checked by use"])
def test_every_claim_in_a_table_names_its_test(heading: str):
    for *_, test in table(section(PAGE, heading)):
        assert re.fullmatch(r"`tests/[\w/]+\.py::\w+`(, `tests/[\w/]+\.py::\w+`)*", test), test


def _functions(file: Path) -> dict[str, str]:
    """Return the tests of a file with their text."""
    text = file.read_text(encoding="utf-8")
    nodes = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    return {node.name: ast.get_source_segment(text, node) or "" for node in nodes}


@pytest.mark.parametrize("file", sorted((ROOT / "tests" / "browser").glob("test_*.py")), ids=lambda file: file.stem)
def test_no_browser_test_for_axe_keyboard_or_width_is_left_out(file: Path):
    claimed = {function for _, function in NAMED}
    tested = {name for name, text in _functions(file).items() if re.search(r"violations\(|is_wider_than_screen\(|small_targets\(", text)}
    tested |= {name for name in _functions(file) if re.search(r"keyboard|axe|sideways|radios|print|switch", name)}
    assert tested - claimed == set()


def test_what_axe_examines_is_told_under_axe():
    told = " ".join(test for *_, test in table(section(PAGE, "### Checked by axe-core")))
    for file in (ROOT / "tests" / "browser").glob("test_*.py"):
        examined = {name for name, text in _functions(file).items() if "violations(" in text}
        assert {name for name in examined if f"{file.name}::{name}`" not in told} == set()


def test_no_shipped_stem_is_near_the_limit_of_readability():
    assert f"above {HARD}" in PAGE
    assert max(lix(scenario.text(lang).stem) for scenario in load_bank() for lang in ("de", "en")) < HARD - 5
