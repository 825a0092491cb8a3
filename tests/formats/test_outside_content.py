"""A format from outside of the kit brings tables of its own: they are read and checked like scenarios."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated

import jsonschema
import mailbox_format as mailbox
import msgspec
import pytest
from commands import run
from etiquette_kit import formats
from etiquette_kit.bank import Bank, load_bank
from etiquette_kit.bank.schema import scenario_schema
from etiquette_kit.content.finding import Finding
from etiquette_kit.content.toml.toml_file import MAX_ERRORS
from good_scenario import GOOD, line_of, scenario
from mailbox_examples import BOX, HEAD, box, boxes, with_change

LONG_DE = "Ich schreibe Ihnen heute, weil das Papier noch nicht da ist. " * 4
LONG_EN = "I write to you today because the paper is not here yet. " * 4


@pytest.fixture(autouse=True)
def known() -> Iterator[None]:
    with mailbox.known():
        yield


def only(bank: Bank) -> Finding:
    (finding,) = bank.findings
    return finding


def error(bank: Bank) -> Finding:
    (finding,) = (finding for finding in bank.findings if finding.severity == "error")
    return finding


def test_a_file_without_scenarios_is_read_without_findings(tmp_path: Path):
    bank = boxes(tmp_path)
    assert bank.findings == []
    assert (len(bank), list(bank), bank.left_out, list(bank.materials("box"))) == (0, [], 0, ["monday"])
    assert (bank.themes, bank.theme_title("morning", "en"), bank.languages) == (("morning",), "In the morning", ("de", "en"))
    assert bank.materials("box")["monday"].title("de") == "Montag früh"
    assert dict(bank.materials("gossip")) == {}
    assert repr(bank) == "<Bank: 0 scenarios, 1 box, 0 left out>"


def test_scenarios_and_other_tables_stand_in_one_file(tmp_path: Path):
    bank = boxes(tmp_path, GOOD + box())
    assert bank.findings == []
    assert ([entry.id for entry in bank], list(bank.materials("box"))) == (["first-request"], ["monday"])
    assert "monday" not in bank


@pytest.mark.parametrize(
    ("kind", "old", "new", "at"),
    [
        ("unknown_key", "budget = 8", "budget = 8\nbugdet = 9", "bugdet"),
        ("unknown_key", "budget = 8", 'budget = 8\ntheme = "morning"', "theme ="),
        ("missing_key", "budget = 8\n", "", "[[box]]"),
        ("wrong_type", "minutes = 6", "minutes = 6.5", "minutes"),
        ("number_low", "minutes = 6", "minutes = 0", "minutes"),
        ("number_high", "minutes = 6", "minutes = 61", "minutes"),
        ("number_low", "budget = 8", "budget = 4", "budget"),
        ("bad_id", 'id = "client"', 'id = "A client"', "A client"),
        ("doubled_part", 'id = "boss"', 'id = "client" # again', "again"),
        ("empty_text", '"Montag früh"', '" "', "text.de.title"),
        ("control_character", '"Montag früh"', '"Montag \\u202e früh"', "text.de.title"),
        ("long_text", '"Montag früh"', f'"{"x" * 81}"', "text.de.title"),
        ("missing_language", 'text.en.title = "Monday morning"\n', "", "text.de.title"),
        ("unknown_language", 'text.en.title = "Monday morning"\n', 'text.en.title = "A b"\ntext.xx.title = "A b"\n', "text.xx"),
        ("unknown_platform", '"facebook"', '"facebok"', "facebok"),
        ("unknown_value", '"client", personal', '"customer", personal', "customer"),
        ("missing_fact", ', relation = "boss", personal = true', ', relation = "boss"', 'relation = "boss"'),
    ],
)
def test_what_is_wrong_is_found_on_its_line_and_keeps_out_nothing_else(tmp_path: Path, kind: str, old: str, new: str, at: str):
    text = with_change(old, new)
    bank = boxes(tmp_path, text + box("tuesday") + scenario())
    finding = error(bank)
    assert (finding.kind, finding.severity, finding.id) == (kind, "error", "monday")
    assert finding.line == line_of(text, at)
    assert finding.text("de")
    assert finding.message
    assert (list(bank.materials("box")), len(bank), bank.left_out) == (["tuesday"], 1, 1)


def test_a_list_that_is_too_short_or_too_long_is_found(tmp_path: Path):
    item = BOX[BOX.index("[[box.item]]") : BOX.rindex("[[box.item]]")]
    few = error(boxes(tmp_path, BOX[: BOX.rindex("[[box.item]]")]))
    assert (few.kind, few.message) == ("few_entries", "“item” has only one entry; it must have 2 at least.")
    many = error(boxes(tmp_path, BOX + "".join(item.replace('"client"\n', f'"client-{number}"\n') for number in range(3))))
    assert (many.kind, many.message) == ("many_entries", "“item” has 5 entries; it must have no more than 4.")


@pytest.mark.parametrize(
    ("kind", "old", "new", "says"),
    [
        ("text_words", '"Monday morning"', '"Monday"', "“title” has only one word; it should have 2 to 6"),
        ("long_word", '"Montag früh"', '"Kundenzufriedenheitsbefragungen früh"', "Kundenzufriedenheits"),
        ("long_sentence", "Do you have", f"Do you {'really ' * 20}have", "27 words"),
        ("number_high", "budget = 8", "budget = 11", "no more than 10"),
    ],
)
def test_a_warning_keeps_nothing_out(tmp_path: Path, kind: str, old: str, new: str, says: str):
    text = with_change(old, new)
    bank = boxes(tmp_path, text)
    finding = only(bank)
    assert (finding.kind, finding.severity, finding.id) == (kind, "warning", "monday")
    assert says in finding.message
    assert finding.line == line_of(text, new)
    assert (list(bank.materials("box")), bank.left_out) == (["monday"], 0)


def test_a_long_text_is_judged_as_a_whole_and_a_short_one_is_not(tmp_path: Path):
    german, english = '"Wann kommt das Papier? Ich warte."', '"When will the paper be here? I am waiting."'
    assert boxes(tmp_path, BOX.replace(german, f'"{LONG_DE}"').replace(english, f'"{LONG_EN}"')).findings == []
    hard = BOX.replace(german, f'"{LONG_DE}"').replace(english, '"' + "Different documents disappeared yesterday. " * 8 + '"')
    assert [finding.kind for finding in boxes(tmp_path, hard).findings] == ["hard_to_read"]
    apart = only(boxes(tmp_path, BOX.replace(german, f'"{LONG_DE}"')))
    assert apart.kind == "languages_apart"
    assert apart.line == line_of(BOX, english)


def test_an_id_is_unique_among_all_material_of_a_bank(tmp_path: Path):
    bank = boxes(tmp_path, GOOD + box("first-request"), night=HEAD + box("tuesday") + box("tuesday"))
    assert [(finding.kind, finding.id, Path(finding.file).stem) for finding in bank.findings] == [
        ("doubled_id", "first-request", "morning"),
        ("doubled_id", "tuesday", "night"),
    ]
    assert (len(bank), list(bank.materials("box")), bank.left_out) == (1, ["tuesday"], 2)


def test_an_unknown_table_is_told_all_that_there_are(tmp_path: Path):
    finding = only(boxes(tmp_path, HEAD + box().replace("[[box", "[[boxx") + box("tuesday")))
    assert finding.kind == "unknown_key"
    assert all(table in finding.message for table in ("theme", "scenario", "box"))
    assert finding.message.endswith("Did you mean “box”?")


def test_a_file_without_any_table_is_told(tmp_path: Path):
    assert only(boxes(tmp_path, HEAD)).kind == "no_scenarios"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (BOX.replace("[[box]]", "[box]"), "[[box]]"),
        (BOX.replace("[[box]]", "[box]") + box("tuesday").replace("[[box]]", "[box]"), "[[box]]"),
        (BOX.replace("[[box.item]]", "[box.item]"), "[[box.item]]"),
        (BOX[: BOX.rindex("[[box.item]]")].replace("[[box.item]]", "[box.item]"), "[[box.item]]"),
    ],
)
def test_single_brackets_are_told(tmp_path: Path, text: str, right: str):
    bank = boxes(tmp_path, text)
    finding = only(bank)
    assert (finding.kind, finding.values["right"]) == ("single_brackets", right)
    assert finding.line == text[: text.index(right[1:-1])].count("\n") + 1
    assert dict(bank.materials("box")) == {}


def test_a_bracket_that_is_missing_is_told(tmp_path: Path):
    finding = only(boxes(tmp_path, with_change("[[box]]", "[[box]")))
    assert (finding.kind, finding.values["right"]) == ("missing_bracket", "[[box]]")


def test_what_is_no_table_at_all_is_told(tmp_path: Path):
    assert only(boxes(tmp_path, "box = 3\n" + HEAD)).kind == "wrong_type"
    assert [finding.kind for finding in boxes(tmp_path, 'box = ["x", 3]\n' + HEAD).findings] == ["wrong_type", "wrong_type"]


def test_languages_are_required_where_any_material_is_written_in_them(tmp_path: Path):
    german = "".join(line for line in GOOD.splitlines(keepends=True) if "text.en." not in line and "title.en" not in line)
    german = german[: german.index("[scenario.text.en]")] + german[german.index("\n[[scenario.option]]") :]
    assert load_bank_of(tmp_path, german) == set()
    assert load_bank_of(tmp_path, german + box()) == {"missing_language", "theme_title"}


def load_bank_of(folder: Path, text: str) -> set[str]:
    return {finding.kind for finding in boxes(folder, text).findings}


def test_what_only_the_conversion_refuses_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    class Narrow(msgspec.Struct):
        budget: Annotated[int, msgspec.Meta(multiple_of=2)]

    plain = mailbox.convert
    monkeypatch.setattr(mailbox, "convert", lambda raw, theme: msgspec.convert(raw, Narrow) and plain(raw, theme))
    finding = only(boxes(tmp_path, with_change("budget = 8", "budget = 7") + box("tuesday")))
    assert (finding.kind, finding.severity, finding.id) == ("does_not_fit", "error", "monday")
    assert "multiple of 2" in finding.message


def test_after_too_many_errors_the_rest_is_counted_and_left_out(tmp_path: Path):
    many = HEAD + scenario() + "".join(box(f"box-{number}").replace("budget = 8", "budget = 0") for number in range(MAX_ERRORS + 5))
    bank = boxes(tmp_path, many)
    assert [finding.kind for finding in bank.findings].count("too_many_errors") == 1
    assert (len(bank), bank.left_out) == (1, MAX_ERRORS + 5)


def test_the_command_counts_and_names_it(tmp_path: Path):
    boxes(tmp_path, GOOD + box() + box("tuesday"))
    assert run("check", str(tmp_path), "--lang", "en").stdout == "1 scenario playable, 2 box, 0 errors, 0 warnings.\n"
    (tmp_path / "morning.toml").write_text(with_change("budget = 8", "budget = 0"), encoding="utf-8")
    done = run("check", str(tmp_path), "--lang", "en", code=1)
    assert done.stdout.splitlines()[-1] == "0 scenarios playable, 0 box, 2 errors, 0 warnings."
    found = json.loads(run("check", str(tmp_path), "--format", "json", code=1).stdout)
    assert {(finding["id"], finding["kind"], finding["line"]) for finding in found} == {("monday", "number_low", 7)}


def test_the_command_lists_scenarios_alone(tmp_path: Path):
    boxes(tmp_path, GOOD, night=BOX)
    assert [entry["id"] for entry in json.loads(run("scenarios", "--bank", str(tmp_path), "--format", "json").stdout)] == ["first-request"]
    assert "Morgens" not in run("scenarios", "--bank", str(tmp_path)).stdout


def test_the_schema_has_its_tables_where_they_are_asked_for():
    schema = scenario_schema(formats.content_formats())
    jsonschema.Draft202012Validator.check_schema(schema)
    check = jsonschema.Draft202012Validator(schema).validate
    for good in (BOX, GOOD, GOOD + box()):
        check(tomllib.loads(good))
    for bad in (HEAD, with_change("minutes = 6", "minutes = 0"), with_change('"facebook"', '"facebok"'), with_change("budget = 8", "")):
        with pytest.raises(jsonschema.ValidationError):
            check(tomllib.loads(bad))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(scenario_schema()).validate(tomllib.loads(BOX))


@pytest.mark.parametrize("table", ["theme", "scenario", "rule", "Box", "my-box", ""])
def test_a_table_whose_name_is_taken_or_not_possible_is_refused(table: str):
    other = SimpleNamespace(**{**vars(mailbox), "NAME": "other", "TABLE": table})
    with pytest.raises(formats.FormatError, match="cannot be called"):
        formats.register(other)
    with pytest.raises(formats.FormatError, match="already"):
        formats.register(SimpleNamespace(**{**vars(mailbox), "NAME": "other"}))
    assert "other" not in formats.formats()


def test_tables_of_a_format_that_is_not_known_are_an_unknown_key(tmp_path: Path):
    del formats._registered[mailbox.NAME]
    assert [finding.kind for finding in boxes(tmp_path).findings] == ["unknown_key", "no_scenarios"]
    formats.register(mailbox)
    assert load_bank(tmp_path).findings == []
