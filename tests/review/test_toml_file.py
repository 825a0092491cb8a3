import os
from pathlib import Path

import pytest
from etiquette_kit.review import MAX_BYTES, Finding, TomlFile, read_toml

from good_scenario import GOOD, changed, line_of, written


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
        ('platform = "facebook"', 'platform = "facebook', "platform"),
        ('platform = "facebook"', 'platform "facebook"', "platform"),
        ('platform = "facebook"', "platform =", "platform"),
        ('platform = "facebook"', 'platform = "facebook"\nplatform = "xing"', '"xing"'),
        ('id = "b"', 'id = "b" action', 'id = "b"'),
        ("[theme]", "[theme", "[theme"),
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
    finding = _only(read_toml(written(tmp_path, '[theme]\n\ntitle = """\nabc\n\n')))
    assert (finding.kind, finding.line) == ("broken_toml", 4)


def test_a_number_with_more_digits_than_python_reads_is_a_finding(tmp_path: Path):
    assert _only(read_toml(written(tmp_path, "x = " + "9" * 5000))).kind == "broken_toml"


def test_an_empty_file_is_readable(tmp_path: Path):
    file = read_toml(written(tmp_path, b""))
    assert (file.document, file.findings(), file.is_readable) == ({}, [], True)


def test_long_values_are_cut_in_the_message(tmp_path: Path):
    from etiquette_kit.bank import read_bank

    file = read_toml(written(tmp_path, changed('"facebook"', f'"{"x" * 5000}"')))
    read_bank([file])
    assert len(_only(file).message) < 700
