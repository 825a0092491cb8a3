"""Whatever a file holds, it makes house rules, or findings in words with the file and the line."""

import os
from pathlib import Path

import msgspec
import pytest
from etiquette_kit import load_bank
from etiquette_kit.bank.house_file import HouseError, chosen_house, load_house, read_house
from etiquette_kit.content.house_rules import HOUSE_LIMITS, House
from etiquette_kit.content.toml.toml_file import read_toml
from etiquette_kit.locale import catalog, languages
from good_scenario import GOOD
from house_examples import house_of, written_house
from hypothesis import given
from hypothesis import strategies as st


def problems_of(path: Path) -> list[tuple[str, int]]:
    with pytest.raises(HouseError) as caught:
        load_house(path)
    return [(finding.kind, finding.line) for finding in caught.value.findings]


def test_a_file_is_read_whole(tmp_path: Path):
    house = house_of(tmp_path)
    assert house.head.name == "Stadtwerke Musterstadt"
    assert [sorted(rule.conditions) for rule in house.rules] == [
        [("relation", "client")],
        [("event", "friend_request"), ("network", "private"), ("relation", "client")],
        [("network", "private")],
        [("network", "professional")],
    ]
    assert house.count == 5


HEAD = '[house]\nname = "A"\n'
RULE = '[[rule]]\nrelation = "client"\ntext.de = "x"\n'


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        (HEAD, "house_empty", 1),
        (HEAD + '[[rule]]\ntext.de = "x"\n', "house_no_condition", 3),
        (HEAD + '[[rule]]\nrelation = "client"\n', "house_no_text", 3),
        (HEAD + '[[rule]]\nrelation = "client"\ntext = {}\n', "house_no_text", 3),
        (HEAD + RULE + RULE, "house_doubled", 6),
        (HEAD + RULE.replace("client", "cleint"), "unknown_value", 4),
        (HEAD + RULE.replace("relation", "relatoin"), "unknown_key", 4),
        (HEAD + RULE.replace('"client"', "true"), "wrong_type", 4),
        (HEAD + RULE.replace("text.de", "text.fr"), "unknown_language", 5),
        (HEAD + RULE.replace('"x"', '" "'), "empty_text", 5),
        (HEAD + RULE.replace('"x"', "1"), "wrong_type", 5),
        (HEAD + RULE.replace('"x"', '"a\\u202eb"'), "control_character", 5),
        (HEAD + RULE.replace('"x"', f'"{"x" * (HOUSE_LIMITS["text"] + 1)}"'), "long_text", 5),
        (HEAD.replace('"A"', f'"{"x" * (HOUSE_LIMITS["name"] + 1)}"') + RULE, "long_text", 2),
        (HEAD.replace('"A"', '""') + RULE, "empty_text", 2),
        ("[house]\n" + RULE, "missing_key", 1),
        (RULE, "missing_key", 1),
        (HEAD + 'gossip = "x"\n' + RULE, "unknown_key", 3),
        (HEAD + '[rule]\nrelation = "client"\n', "wrong_type", 3),
        (HEAD + 'text = "x"\n', "wrong_type", 3),
        ('house = "x"\n', "wrong_type", 1),
        (HEAD + "[rul]\n", "unknown_key", 3),
        (HEAD + "name = ", "broken_toml", 3),
        (HEAD.replace('"A"', "“A”"), "curly_quotes", 2),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_nothing_else_is(tmp_path: Path, text: str, kind: str, line: int):
    path = written_house(tmp_path, text)
    assert problems_of(path) == [(kind, line)]
    file = read_toml(path)
    assert read_house(file) is None
    for lang in languages():
        (finding,) = file.findings()
        assert finding.text(lang)
        assert "{" not in finding.text(lang)


def test_an_almost_known_value_has_its_hint(tmp_path: Path):
    with pytest.raises(HouseError, match="Did you mean “client”"):
        load_house(written_house(tmp_path, HEAD + RULE.replace("client", "cleint")))


def test_a_doubled_rule_names_the_first_by_its_place_in_the_file(tmp_path: Path):
    other = RULE.replace("client", "boss")
    with pytest.raises(HouseError, match="number 2 in the file"):
        load_house(written_house(tmp_path, HEAD + other + RULE + RULE))


def test_a_scenario_file_and_a_folder_are_no_house_rules(tmp_path: Path):
    assert {kind for kind, _ in problems_of(written_house(tmp_path, GOOD))} == {"unknown_key", "missing_key"}
    assert [kind for kind, _ in problems_of(tmp_path)] == ["unreadable"]
    with pytest.raises(FileNotFoundError):
        load_house(tmp_path / "nowhere.toml")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "house.toml")
    assert [kind for kind, _ in problems_of(tmp_path / "house.toml")] == ["no_regular_file"]


@given(raw=st.binary(max_size=400))
def test_any_bytes_make_findings(tmp_path_factory: pytest.TempPathFactory, raw: bytes):
    assert problems_of(written_house(tmp_path_factory.getbasetemp(), raw, "bytes.toml"))


TABLES = ["[house]", "[[house]]", "[[rule]]", "[rule]", "house = 1", "rule = [1]", "rule = [[]]", "rule = {}"]
TEXTS = ['text.de = "x"', "text.de = 1", 'text = "x"', "text = []", 'text."" = "x"', 'name = "A"', "name = 1"]
CONDITIONS = ['relation = "client"', "relation = []", "relation = {}", 'network = "private"', 'network = "xing"', 'event = "message"']
OTHERS = ["event = nan", "event = 1979-05-27", '"" = "x"', "wanted = true", '"""', ""]
pieces = st.sampled_from([*TABLES, *TEXTS, *CONDITIONS, *OTHERS])


@given(lines=st.lists(pieces, max_size=12))
def test_any_lines_make_rules_or_findings_with_lines_that_are_there(tmp_path_factory: pytest.TempPathFactory, lines: list[str]):
    path = written_house(tmp_path_factory.getbasetemp(), "\n".join(lines), "lines.toml")
    file = read_toml(path)
    house = read_house(file)
    findings = file.findings()
    assert (house is None) == bool(findings)
    assert all(1 <= finding.line <= max(1, len(lines)) for finding in findings)
    assert all(finding.text(lang) for finding in findings for lang in languages())
    if house is not None:
        assert house.count > 0
        assert all(rule.conditions and rule.texts for rule in house.rules)


def test_rules_are_given_as_a_path_as_a_value_or_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = written_house(tmp_path)
    house = load_house(path)
    assert chosen_house(None, "de") is None
    assert chosen_house(house, "de") is house
    assert chosen_house(path, "de") == chosen_house(str(path), "de") == house
    monkeypatch.setenv("ETIQUETTE_HOUSE", str(path))
    assert chosen_house(None, "de") == house
    other = House(msgspec.structs.replace(house.head, name="Another"))
    assert chosen_house(other, "de") is other


def test_a_notebook_says_in_its_language_what_is_wrong_and_where(tmp_path: Path):
    path = written_house(tmp_path, HEAD)
    for lang in languages():
        with pytest.raises(HouseError) as caught:
            chosen_house(path, lang)
        first, second = caught.value._render_traceback_()
        assert first == catalog(lang)("house.wrong")
        assert second == f"{path}:1: {catalog(lang)('findings.house_empty')}"


def test_the_rules_may_lie_beside_the_scenarios(tmp_path: Path):
    (tmp_path / "scenarios.toml").write_text(GOOD, encoding="utf-8")
    before = load_bank(tmp_path)
    written_house(tmp_path)
    bank = load_bank(tmp_path)
    assert (len(bank), bank.left_out, bank.themes) == (len(before), 0, before.themes) == (1, 0, ("scenarios",))
    assert [finding for finding in bank.findings if finding.file.endswith("house.toml")] == []
