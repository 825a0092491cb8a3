"""docs/house-rules.md: the example is good as it stands, and what is said of it is so."""

from pathlib import Path

import pytest
from doc_pages import blocks, read
from etiquette_kit.bank.house_file import load_house
from etiquette_kit.cli import app
from etiquette_kit.content.house_rules import CONDITIONS, HOUSE_LIMITS
from etiquette_kit.content.material import Situation
from etiquette_kit.lint.house_problems import house_problems
from etiquette_kit.locale import languages
from etiquette_kit.rules import VALUES
from typer.testing import CliRunner

PAGE = read("docs/house-rules.md")
(EXAMPLE,) = [block.text for block in blocks(PAGE) if block.lang == "toml"]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("my-house.toml").write_text(EXAMPLE, encoding="utf-8")
    return Path("my-house.toml")


def test_nothing_is_found_in_the_example(path: Path):
    result = CliRunner().invoke(app, ["check", str(path), "--lang", "en"])
    assert (result.exit_code, result.stdout) == (0, "3 house rules, 0 errors, 0 warnings.\n")


def test_the_example_is_written_in_every_language_and_has_a_general_and_a_special_rule(path: Path):
    house = load_house(path)
    assert all(set(texts) == set(languages()) for texts in (house.head.texts, *(rule.texts for rule in house.rules)))
    asked = [Situation("s", "client", event, network="private") for event in ("friend_request", "message", "audience")]
    assert [len(house.applying([situation])) for situation in asked] == [1, 1, 0]


def test_the_example_of_two_rules_is_as_the_page_says():
    rules = [{"relation": "client"}, {"relation": "client", "network": "private"}, {"event": "message"}]
    document = {"house": {"name": "A"}, "rule": [{**rule, "text": {"en": "x"}} for rule in rules]}
    assert list(house_problems(document)) == []


def test_conditions_values_and_limits_are_those_of_the_code():
    for name in CONDITIONS:
        assert f"`{name}`" in PAGE
        assert all(f"`{value}`" in PAGE for value in VALUES[name])
    assert f"at most {HOUSE_LIMITS['text']} characters" in PAGE
    assert f"the name\nat most {HOUSE_LIMITS['name']}" in PAGE
