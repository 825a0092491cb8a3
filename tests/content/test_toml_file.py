import os
import tomllib
from pathlib import Path

import pytest
from etiquette_kit.bank import load_bank
from etiquette_kit.content.finding import Finding
from etiquette_kit.content.toml.curly_quotes import curly_quote
from etiquette_kit.content.toml.toml_file import MAX_BYTES, TomlFile, read_folder, read_toml
from good_scenario import GOOD, HEAD, changed, line_of, scenario, written
from hypothesis import given
from hypothesis import strategies as st


def _only(file: TomlFile) -> Finding:
    (finding,) = file.findings()
    return finding


def test_a_good_file_has_its_text_and_its_document(tmp_path: Path):
    file = read_toml(written(tmp_path, GOOD))
    assert file.is_readable
    assert file.text == GOOD
    assert file.document["theme"] == {"title": {"de": "Probe", "en": "Sample"}}
    assert file.findings() == []


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path):
    file = read_toml(tmp_path / "nowhere.toml")
    finding = _only(file)
    assert not file.is_readable
    assert (finding.kind, finding.line, finding.severity) == ("unreadable", 1, "error")
    assert "No such file" in finding.message


def test_a_folder_is_not_readable_as_a_file(tmp_path: Path):
    assert _only(read_toml(tmp_path)).kind == "unreadable"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_opened_is_a_finding(tmp_path: Path):
    path = written(tmp_path, GOOD)
    path.chmod(0)
    assert _only(read_toml(path)).kind == "unreadable"


def test_a_file_of_the_largest_size_is_read_and_a_larger_one_is_not(tmp_path: Path):
    assert read_toml(written(tmp_path, b"#" * MAX_BYTES)).findings() == []
    finding = _only(read_toml(written(tmp_path, b"#" * (MAX_BYTES + 1))))
    assert (finding.kind, finding.line, finding.severity) == ("too_large", 1, "error")
    assert "2.0 MB" in finding.message


def test_a_character_that_is_not_utf_8_is_found_on_its_line(tmp_path: Path):
    raw = changed('title.de = "Probe"', 'title.de = "PröbeX"').encode().replace("ö".encode(), "ö".encode("latin-1"))
    finding = _only(read_toml(written(tmp_path, raw)))
    assert (finding.kind, finding.line, finding.severity) == ("not_utf8", line_of(GOOD, "title.de"), "error")


def test_arrays_nested_too_deeply_are_found(tmp_path: Path):
    finding = _only(read_toml(written(tmp_path, "x = " + "[" * 5000 + "]" * 5000)))
    assert (finding.kind, finding.line, finding.severity) == ("too_deep", 1, "error")


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ('platform = "facebook"', "platform =", "platform"),
        ('platform = "facebook"', 'platform = "facebook"\nplatform = "xing"', '"xing"'),
        ('id = "b"', 'id = "b" action', 'id = "b"'),
        ("[theme]", "[them", "[them"),
        ("[scenario.text.de]", "[scenario.text.en]", ""),
    ],
)
def test_broken_toml_is_found_on_its_line(tmp_path: Path, old: str, new: str, at: str):
    text = changed(old, new)
    finding = _only(read_toml(written(tmp_path, text)))
    assert (finding.kind, finding.severity) == ("broken_toml", "error")
    if at:
        assert finding.line == line_of(text, at)
    else:
        assert text.splitlines()[finding.line - 1].startswith("[scenario.text.en]")
    assert "at line" not in finding.message


def test_a_text_that_does_not_end_is_found_at_the_end(tmp_path: Path):
    finding = _only(read_toml(written(tmp_path, "[theme]\n\ntitle = '''\nabc\n\n")))
    assert (finding.kind, finding.line) == ("broken_toml", 4)


def test_a_number_with_more_digits_than_python_reads_is_a_finding(tmp_path: Path):
    assert _only(read_toml(written(tmp_path, "x = " + "9" * 5000))).kind == "broken_toml"


def test_an_empty_file_is_readable(tmp_path: Path):
    file = read_toml(written(tmp_path, b""))
    assert (file.document, file.findings(), file.is_readable) == ({}, [], True)


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ('platform = "facebook"', "platform = „facebook“", "platform"),
        ('platform = "facebook"', "platform = “facebook”", "platform"),
        ('platform = "facebook"', 'platform = "facebook”', "platform"),
        ('platform = "facebook"', "platform = ‘facebook’", "platform"),
        ('gender = "female"', "gender = «female»", "gender"),
        ('relation = "client"', 'relation = "client“', "relation"),
        ('title = "Eine Anfrage"', "title = „Eine Anfrage“\r", "Eine Anfrage"),
        ('so soll es bleiben.\n"""', "so soll es bleiben.\n“““", "“““"),
    ],
)
def test_typographic_quotation_marks_around_a_value_are_found_on_their_line(tmp_path: Path, old: str, new: str, at: str):
    text = changed(old, new)
    finding = _only(read_toml(written(tmp_path, text)))
    assert (finding.kind, finding.severity, finding.line) == ("curly_quotes", "error", line_of(text, at))
    assert 'straight ones at the beginning and the end of the value: "' in finding.message
    assert finding.values["sign"] in new


@pytest.mark.parametrize("line", ['title = "Sie sagt: „komm“ und', 'title = "Sie sagt, „komm“ und', "title = Sie sagt „komm“", "title „x“"])
def test_typographic_quotation_marks_inside_a_text_are_not_blamed(tmp_path: Path, line: str):
    assert _only(read_toml(written(tmp_path, line))).kind in ("broken_toml", "missing_quote", "missing_equals")


@given(st.text(st.sampled_from("„“”«’\"'=,{[ }\n\rx"), max_size=60))
def test_whoever_is_blamed_is_a_typographic_quotation_mark_on_that_line(text: str):
    for number in range(1, text.count("\n") + 2):
        found = curly_quote(text, number)
        if found:
            sign, line = found
            assert line <= number
            assert sign in text.split("\n")[line - 1]
            assert sign not in "\"'"


# ---- folders --------------------------------------------------------------------------------------------------------------


def test_a_folder_is_read_with_what_is_below_in_the_order_of_names_and_in_any_case(tmp_path: Path):
    (tmp_path / "below").mkdir()
    for name in ("b.toml", "A.TOML", "below/c.toml", "notes.txt"):
        written(tmp_path, GOOD, name)
    assert [file.path.relative_to(tmp_path).as_posix() for file in read_folder(tmp_path)] == ["A.TOML", "b.toml", "below/c.toml"]


def test_a_folder_without_files_says_so(tmp_path: Path):
    (tmp_path / "below").mkdir()
    written(tmp_path, "", ".DS_Store")
    (file,) = read_folder(tmp_path)
    assert (_only(file).kind, _only(file).file) == ("empty_folder", str(tmp_path))


@pytest.mark.parametrize(("count", "named"), [(1, "n1.docx."), (5, "n1.docx, n2.docx, n3.docx, n4.docx, n5.docx."), (7, "n5.docx ….")])
def test_a_folder_without_toml_names_up_to_five_of_its_files(tmp_path: Path, count: int, named: str):
    for number in range(1, count + 1):
        written(tmp_path, "", f"n{number}.docx")
    (file,) = read_folder(tmp_path)
    assert (_only(file).kind, _only(file).severity) == ("no_toml_file", "error")
    assert f"{named} Give the file" in _only(file).message
    assert "n6" not in _only(file).message


@pytest.mark.parametrize(("name", "ending", "right"), [("first.toml.txt", ".txt", "first.toml"), ("First.TOML.rtf", ".rtf", "First.TOML")])
def test_a_second_ending_is_found_beside_files_that_are_read(tmp_path: Path, name: str, ending: str, right: str):
    written(tmp_path, GOOD)
    hidden = written(tmp_path, GOOD, name)
    finding = _only(next(file for file in read_folder(tmp_path) if file.path == hidden))
    assert (finding.kind, finding.severity, finding.values) == ("hidden_ending", "error", {"ending": ending, "name": right})
    assert f"Rename it to “{right}”" in finding.message


def test_long_values_are_cut_in_the_message(tmp_path: Path):
    from etiquette_kit.bank import read_bank

    file = read_toml(written(tmp_path, changed('"facebook"', f'"{"x" * 5000}"')))
    read_bank([file])
    assert len(_only(file).message) < 700


# ---- what would take the parser long --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a" + ".a" * 80_000 + " = 1", 1),
        ("\n[a" + ".a" * 900_000 + "]", 2),
        ("x = '''\n'''\na" + " . \"b.c\" . 'd'" * 20 + " = 1", 3),
        ("x = 1 # a\ny = { a" + ".a" * 32 + " = 1 }", 2),
    ],
    ids=["key", "header", "quoted", "inline"],
)
def test_a_key_of_too_many_parts_is_told_on_its_line_and_not_parsed(tmp_path: Path, text: str, line: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tomllib, "loads", lambda _: pytest.fail("the parser was asked"))
    finding = _only(read_toml(written(tmp_path, text)))
    assert (finding.kind, finding.line, finding.severity) == ("too_deep", line, "error")


@pytest.mark.parametrize(
    "text",
    [
        "a" + ".a" * 31 + " = 1",
        '"a' + ".a" * 99 + '" = 1',
        'x = "a' + ".a" * 99 + '"',
        'x = """\na' + ".a" * 99 + '\n"""',
        "x = 1 # a" + ".a" * 99,
        "x = [" + "1.5, " * 99 + "]",
        "x = '... " + ". . . " * 99 + "'",
    ],
)
def test_dots_that_divide_no_key_do_no_harm(tmp_path: Path, text: str):
    assert read_toml(written(tmp_path, text)).findings() == []


def test_no_more_than_a_thousand_errors_of_a_file_are_told_and_nothing_after_them_is_played(tmp_path: Path):
    text = HEAD + scenario("first") + "[[scenario]]\n" * 60_000 + scenario("last")
    bank = load_bank(written(tmp_path, text))
    assert [entry.id for entry in bank] == ["first"]
    assert bank.left_out == 60_001
    assert len(bank.findings) == 1001
    finding = bank.findings[-1]
    assert (finding.kind, finding.severity, finding.id) == ("too_many_errors", "error", "")
    assert text.splitlines()[finding.line - 1] == "[[scenario]]"


@pytest.mark.parametrize("key", ["k{} = 1\n", "text.k{}.stem = 1\n", "facts.k{} = 1\n"])
def test_a_scenario_with_a_hundred_thousand_keys_is_left_out_after_a_thousand(tmp_path: Path, key: str):
    text = HEAD + scenario("first") + "[[scenario]]\n" + "".join(map(key.format, range(60_000)))
    bank = load_bank(written(tmp_path, text))
    assert ([entry.id for entry in bank], len(bank.findings)) == (["first"], 1001)


@pytest.mark.parametrize("made", ["\n" * 1_900_000, "\r\n" * 900_000, "a = 1\r" * 300_000, 'a = "\0"\n', "#" * 1_900_000, " " * 1_900_000])
def test_lines_without_end_or_content_do_no_harm(tmp_path: Path, made: str):
    kinds = {finding.kind for finding in load_bank(written(tmp_path, made)).findings}
    assert kinds <= {"no_scenarios", "theme_title", "broken_toml"}


def test_what_a_value_holds_cannot_steer_the_terminal(tmp_path: Path):
    finding = _only(read_toml(written(tmp_path, 'platform = "\x1b[2J"')))
    assert finding.message.isprintable()
    bank = load_bank(written(tmp_path, changed('"facebook"', '"\\u001b[2J\\n\\u202efb"')))
    assert [found.values["value"] for found in bank.findings if found.kind == "unknown_platform"] == ["\\x1b[2J\\n\\u202efb"]
