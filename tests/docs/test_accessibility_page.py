"""Each claim of docs/accessibility.md names a test that exists."""

import ast
import re

import pytest
from doc_pages import ROOT, read, section, table
from etiquette_kit import load_bank
from etiquette_kit.review.fairness.reading import HARD, lix

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
        assert re.fullmatch(r"`tests/[\w/]+\.py::\w+`", test), test


def test_no_browser_test_of_the_quiz_for_keyboard_axe_or_width_is_left_out():
    claimed = {function for _, function in NAMED}
    there = re.findall(r"^def (test_\w+)", read("tests/browser/test_quiz.py"), re.MULTILINE)
    assert [name for name in there if re.search(r"keyboard|axe|sideways|radios|print", name) and name not in claimed] == []


def test_no_shipped_stem_is_near_the_limit_of_readability():
    assert f"above {HARD}" in PAGE
    assert max(lix(scenario.text(lang).stem) for scenario in load_bank() for lang in ("de", "en")) < HARD - 5
