# ruff: noqa: S311  the chance here is no secret
"""A bank: where it is read from, what it offers, how it is drawn from, and what is left out."""

import random
import re
from collections import Counter
from pathlib import Path

import pytest
from etiquette_kit.bank import Bank, SelectionError, draw, load_bank
from etiquette_kit.bank.drawing import _separate_pairs
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.content.shipped import shipped
from etiquette_kit.content.toml.toml_file import MAX_BYTES
from etiquette_kit.locale import languages
from good_scenario import GOOD, HEAD, bank_of, changed, found, line_of, scenario, written
from hypothesis import given
from hypothesis import strategies as st

SHIPPED = load_bank()


# ---- where scenarios come from --------------------------------------------------------------------------------------------


def test_without_a_path_the_shipped_bank_is_read():
    assert [scenario.id for scenario in load_bank()] == [scenario.id for scenario in load_bank(shipped("scenarios"))]
    assert len(load_bank()) == len(list(load_bank())) > 0


def test_the_environment_can_name_another_bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ETIQUETTE_BANK", str(written(tmp_path, GOOD)))
    assert [entry.id for entry in load_bank()] == ["first-request"]
    assert len(load_bank(shipped("scenarios"))) == len(SHIPPED)


def test_a_folder_is_read_with_what_is_below_in_the_order_of_names(tmp_path: Path):
    (tmp_path / "below").mkdir()
    written(tmp_path, HEAD + scenario("from-b"), "b.toml")
    written(tmp_path, HEAD + scenario("from-a"), "a.toml")
    written(tmp_path / "below", HEAD + scenario("from-below"), "c.toml")
    written(tmp_path, "no TOML at all", "notes.txt")
    bank = load_bank(tmp_path)
    assert [entry.id for entry in bank] == ["from-a", "from-b", "from-below"]
    assert bank.themes == ("a", "b", "c")
    assert {finding.kind for finding in bank.findings} == {"similar_stems", "similar_options", "doubled_title"}


def test_a_file_may_be_named_by_text(tmp_path: Path):
    assert len(load_bank(str(written(tmp_path, GOOD)))) == 1


def test_a_path_that_does_not_exist_is_refused(tmp_path: Path):
    with pytest.raises(FileNotFoundError, match=r"no file or folder .*nowhere"):
        load_bank(tmp_path / "nowhere")


def test_an_empty_folder_is_an_empty_bank_that_says_so(tmp_path: Path):
    bank = load_bank(tmp_path)
    assert (len(bank), bank.left_out, bank.themes) == (0, 1, ())
    assert [(finding.file, finding.line, finding.kind) for finding in bank.findings] == [(str(tmp_path), 1, "empty_folder")]


# ---- what a bank offers ---------------------------------------------------------------------------------------------------


def test_a_bank_finds_by_id_and_names_the_nearest(tmp_path: Path):
    bank = bank_of(tmp_path, GOOD)
    assert bank["first-request"].id == "first-request"
    assert "first-request" in bank
    assert "second" not in bank
    assert bank.key("first-request") == {"a": 1, "b": 4, "c": 2}
    with pytest.raises(KeyError, match="did you mean 'first-request'"):
        bank["first-reqest"]
    with pytest.raises(KeyError, match="no scenario 'x' in the bank"):
        bank.key("x")


def test_keys_of_the_shipped_bank_are_derived_from_the_actions():
    for entry in SHIPPED:
        assert SHIPPED.key(entry.id) == {option.id: entry.advice.grades[option.action] for option in entry.options}


def test_a_theme_is_called_by_its_title_or_else_by_its_file(tmp_path: Path):
    bank = bank_of(tmp_path, GOOD)
    assert bank.theme_title("sample", "de") == "Probe"
    assert bank.theme_title("sample", "fr") == "Probe"
    assert bank.theme_title("other", "de") == "other"
    assert bank["first-request"].theme == "sample"


def test_the_text_of_a_bank_says_how_many_are_played_and_left_out(tmp_path: Path):
    written(tmp_path, "broken", "b.toml")
    written(tmp_path, GOOD)
    assert repr(load_bank(tmp_path)) == "<Bank: 1 scenarios, 1 left out>"


def test_selecting_by_relation_and_theme():
    bosses = SHIPPED.select(relation="boss")
    assert bosses == [entry for entry in SHIPPED if entry.facts.relation == "boss"] != []
    both = SHIPPED.select(relation="boss", theme="audience")
    assert both == [entry for entry in bosses if entry.theme == "audience"] != []
    assert SHIPPED.select() == list(SHIPPED)


def test_selecting_what_does_not_exist_names_what_does():
    with pytest.raises(SelectionError, match=r"no relation 'bos'; it has: .*; did you mean 'boss'"):
        SHIPPED.select(relation="bos")
    with pytest.raises(SelectionError, match="no theme 'zzzz'; it has: audience"):
        SHIPPED.select(theme="zzzz")
    with pytest.raises(SelectionError, match="relation 'boss' and theme 'client-messages'"):
        SHIPPED.select(relation="boss", theme="client-messages")
    with pytest.raises(SelectionError, match="the bank has no scenarios"):
        Bank([]).select(relation="boss")


def test_what_a_bank_lacks_is_told_apart_from_what_there_is_nowhere(tmp_path: Path):
    bank = bank_of(tmp_path, GOOD)
    with pytest.raises(SelectionError, match="no relation 'boss'; it has: client") as lacking:
        bank.select(relation="boss", event="audience")
    assert (lacking.value.refusal, lacking.value.values) == ("absent", {"relation": "boss", "event": "audience"})
    with pytest.raises(SelectionError) as together:
        SHIPPED.select(relation="boss", theme="client-messages")
    assert (together.value.refusal, together.value.values) == ("absent", {"relation": "boss", "theme": "client-messages"})
    with pytest.raises(SelectionError) as unknown:
        SHIPPED.select(relation="bos")
    assert (unknown.value.refusal, unknown.value.values["nearest"]) == ("unknown", "boss")


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"relation": "boss", "event": "audience"}, ['relation = "boss", event = "audience"', "docs/scenarios.md"]),
        ({"event": "message"}, ['event = "message"']),
        ({"relation": "bos"}, ['relation = "bos"', ": client.", "client"]),
        ({"theme": "elsewhere"}, ['theme = "elsewhere"', ": sample."]),
    ],
)
def test_a_page_says_what_is_missing_and_what_to_do_in_its_language(tmp_path: Path, lang: str, asked: dict[str, str], says: list[str]):
    with pytest.raises(SelectionError) as caught:
        bank_of(tmp_path, GOOD).select(**asked)
    caught.value.lang = lang
    (shown,) = caught.value._render_traceback_()
    assert shown.startswith({"de": "Hier fehlt eine Übung", "en": "One exercise is missing here"}[lang])
    assert [said for said in says if said not in shown] == []
    assert "{" not in shown


def test_the_kind_that_is_missing_is_told_in_the_words_of_the_page():
    with pytest.raises(SelectionError) as caught:
        SHIPPED.select(relation="boss", event="message")
    assert "„Vorgesetzte, Nachricht“" in caught.value.text("de")
    assert "“bosses, message”" in caught.value.text("en")


def test_only_the_required_languages_must_be_written(tmp_path: Path):
    german = re.sub(r"\n\[scenario\.text\.en\].*?\"\"\".*?\"\"\"\n|\ntext\.en\.[^\n]*|\ntitle\.en[^\n]*", "", GOOD, flags=re.DOTALL)
    path = written(tmp_path, german)
    assert {finding.kind for finding in load_bank(path, required=("de", "en")).findings} == {"missing_language", "theme_title"}
    bank = load_bank(path, required=("de",))
    assert [entry.id for entry in bank] == ["first-request"]
    assert bank.findings == []


# ---- drawing --------------------------------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(list(SHIPPED)), unique_by=lambda entry: entry.id), st.integers(1, 30) | st.none(), st.integers())
def test_a_draw_is_without_repetition_as_long_as_asked_and_even_over_relations(pool: list[Scenario], length: int | None, seed: int):
    drawn = draw(pool, length, random.Random(seed))
    assert len({entry.id for entry in drawn}) == len(drawn) == min(len(pool), length or len(pool))
    assert {entry.id for entry in drawn} <= {entry.id for entry in pool}
    # A pair counts once: its second half is drawn when nothing else is left.
    there = Counter({frozenset({entry.id, entry.twin or entry.id}): entry.facts.relation for entry in pool}.values())
    taken = Counter(entry.facts.relation for entry in drawn)
    for relation, count in there.items():
        assert taken[relation] >= count or taken[relation] + 1 >= max(taken.values())
    assert draw(pool, length, random.Random(seed)) == drawn


@given(st.integers())
def test_a_draw_of_a_third_takes_no_rule_twice_for_a_relation(seed: int):
    drawn = draw(list(SHIPPED), 6, random.Random(seed))
    assert Counter(entry.facts.relation for entry in drawn) == {"client": 2, "colleague": 2, "boss": 2}
    cells = Counter((entry.facts.relation, entry.advice.rule) for entry in drawn)
    assert max(cells.values()) == 1


@pytest.mark.parametrize(
    ("drawn", "apart"),
    [
        ("aAbc", "Abac"),
        ("cbaA", "cabA"),
        ("xbaAyz", "xabAyz"),
        ("aAbB", "AbaB"),
        ("xaAbB", "xAbaB"),
        ("abAB", "abAB"),
        ("aA", "aA"),
        ("aAb", "Aba"),
        ("abc", "abc"),
        ("", ""),
    ],
)
def test_what_stands_next_to_its_twin_goes_to_the_nearest_place_where_it_does_not(drawn: str, apart: str):
    """Twins have one letter."""
    pairs = [frozenset({name.lower(), name.upper()}) if name in "aAbB" else frozenset({name}) for name in drawn]
    assert "".join(_separate_pairs(drawn, pairs)) == apart


def test_different_seeds_draw_differently():
    assert len({tuple(entry.id for entry in draw(list(SHIPPED), 5, random.Random(seed))) for seed in range(20)}) > 10


@pytest.mark.parametrize("length", [0, -3])
def test_drawing_fewer_than_one_is_refused(length: int):
    with pytest.raises(SelectionError, match=rf"^length = {length}: at least one scenario must be drawn$") as caught:
        draw(list(SHIPPED), length, random.Random(1))
    assert (caught.value.refusal, caught.value.values) == ("length", {"given": f"length = {length}"})


# ---- what is broken takes nothing else with it ----------------------------------------------------------------------------


def test_a_broken_scenario_leaves_the_others_of_its_file(tmp_path: Path):
    broken = scenario("second").replace('platform = "facebook"', 'platform = "myspace"')
    bank = bank_of(tmp_path, HEAD + scenario("first") + broken + scenario("third"))
    assert [entry.id for entry in bank] == ["first", "third"]
    assert [finding.id for finding in bank.findings if finding.severity == "error"] == ["second"]
    assert bank.left_out == 1


@pytest.mark.parametrize("content", [b"id = ", b"\xff\xfe", b"x = " + b"[" * 5000, b"#" * (MAX_BYTES + 1), b"\x00"])
def test_a_broken_file_leaves_the_other_files(tmp_path: Path, content: bytes):
    written(tmp_path, content, "a.toml")
    written(tmp_path, GOOD, "b.toml")
    bank = load_bank(tmp_path)
    assert [entry.id for entry in bank] == ["first-request"]
    assert len(bank.findings) == bank.left_out == 1
    assert bank.findings[0].file == str(tmp_path / "a.toml")


def test_a_scenario_that_is_no_table_is_left_out(tmp_path: Path):
    bank = bank_of(tmp_path, 'scenario = [1, "two", []]\n' + HEAD)
    assert [finding.kind for finding in bank.findings] == ["wrong_type"] * 3
    assert bank.left_out == 3


def test_an_id_that_is_taken_keeps_the_first_across_files(tmp_path: Path):
    written(tmp_path, HEAD + scenario("same"), "a.toml")
    later = changed('name = "Ada Beispiel"', 'name = "Eve Other"', HEAD + scenario("same"))
    written(tmp_path, later, "b.toml")
    bank = load_bank(tmp_path)
    assert len(bank) == 1
    assert bank["same"].person.name == "Ada Beispiel"
    assert bank.left_out == 1
    finding = found(bank, "doubled_id")
    assert (finding.file, finding.line, finding.id) == (str(tmp_path / "b.toml"), line_of(later, 'id = "same"'), "same")
    assert str(tmp_path / "a.toml") in finding.message


def test_an_id_of_a_broken_scenario_is_not_taken(tmp_path: Path):
    broken = scenario("same").replace('platform = "facebook"', 'platform = "myspace"')
    bank = bank_of(tmp_path, HEAD + broken + scenario("same"))
    assert [entry.id for entry in bank] == ["same"]
    assert {finding.kind for finding in bank.findings} == {"unknown_platform"}


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path):
    plain = bank_of(tmp_path, GOOD)["first-request"]
    windows = bank_of(tmp_path, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert windows.findings == []
    assert windows["first-request"] == plain


def test_lines_are_right_with_windows_line_ends_and_a_byte_order_mark(tmp_path: Path):
    text = changed('platform = "facebook"', 'platform = "facebok"')
    expected = line_of(text, "facebok")
    for raw in (text.encode(), b"\xef\xbb\xbf" + text.encode(), text.replace("\n", "\r\n").encode()):
        assert found(bank_of(tmp_path, raw), "unknown_platform").line == expected


def test_reading_again_finds_the_same(tmp_path: Path):
    path = written(tmp_path, changed('platform = "facebook"', 'platform = "facebok"'))
    assert load_bank(path).findings == load_bank(path).findings != []


def test_a_bank_in_one_language_needs_no_other(tmp_path: Path):
    german = "\n".join(line for line in GOOD.splitlines() if ".en." not in line and not line.startswith("title.en"))
    start, end = german.index("[scenario.text.en]"), german.index("[[scenario.option]]")
    path = written(tmp_path, german[:start] + german[end:])
    assert load_bank(path).findings == []
    assert {finding.kind for finding in load_bank(path, required=("de", "en")).findings} == {"missing_language", "theme_title"}
    assert "missing_language" in {finding.kind for finding in load_bank(written(tmp_path, german)).findings}
