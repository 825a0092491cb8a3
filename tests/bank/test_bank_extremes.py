"""Files in other encodings, too large, too deep, and with huge numbers make a bank."""

from pathlib import Path

import pytest
from bank_reader import SHIPPED_FILES, read
from good_scenario import GOOD, changed, found


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reader") / "sample.toml"


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16", "utf-16-le", "utf-32"])
def test_a_file_in_another_encoding_is_told_with_the_line(path: Path, encoding: str):
    raw = SHIPPED_FILES[0].decode().encode(encoding, errors="replace")
    bank = read(path, raw)
    assert len(bank) == 0
    assert [finding.severity for finding in bank.findings] == ["error"]
    if encoding in ("latin-1", "cp1252"):
        (finding,) = bank.findings
        with pytest.raises(UnicodeDecodeError) as caught:
            raw.decode()
        assert (finding.kind, finding.line) == ("not_utf8", raw[: caught.value.start].count(b"\n") + 1)


def test_a_file_of_ten_megabytes_is_not_read(path: Path):
    bank = read(path, GOOD.encode() + b"#" * 10_000_000)
    assert found(bank, "too_large").values == {"size": "10.0", "limit": "2"}
    assert len(bank) == 0


DEEP = {
    "arrays": "x = " + "[" * 5000 + "]" * 5000,
    "tables": "x = " + "{ a = " * 5000 + "1" + " }" * 5000,
    "open arrays": "x = " + "[" * 5000,
    "dotted key": "x" + ".a" * 5000 + " = 1",
    "header": "[x" + ".a" * 5000 + "]",
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP.keys())
def test_what_is_nested_5000_deep_is_found_and_nothing_else_happens(path: Path, text: str):
    bank = read(path, f"{text}\n".encode())
    assert len(bank) == 0
    assert [finding for finding in bank.findings if finding.severity == "error"]


@pytest.mark.parametrize(
    ("old", "deep"),
    [
        ('gender = "female"', "gender" + ".a" * 5000 + " = 1"),
        ('event = "friend_request"', "event" + ".a" * 5000 + " = 1"),
        ("wanted = false", "wanted" + ".a" * 5000 + " = 1"),
        ('name = "Ada Beispiel"', "name" + ".a" * 5000 + " = 1"),
        ('title.de = "Probe"', "title.de" + ".a" * 5000 + " = 1"),
    ],
    ids=["gender", "event", "wanted", "name", "title"],
)
def test_a_value_nested_5000_deep_is_a_finding(path: Path, old: str, deep: str):
    bank = read(path, changed(old, deep).encode())
    assert len(bank) == 0
    assert [finding.kind for finding in bank.findings] == ["too_deep"]


@pytest.mark.parametrize("depth", range(200, 520, 20))
def test_nesting_near_the_limit_of_the_parser_is_no_trap(path: Path, depth: int):
    for key in ("x", "theme", "scenario"):
        bank = read(path, (f"{key} = " + "[" * depth + "]" * depth).encode())
        assert [finding for finding in bank.findings if finding.severity == "error"]


@pytest.mark.parametrize(
    "number",
    ["1" + "0" * 5000, "0x" + "f" * 5000, "0b" + "1" * 20000, "1e999999", "-nan"],
    ids=["decimal", "hexadecimal", "binary", "float", "nan"],
)
@pytest.mark.parametrize(
    "old", ['"female"', '"friend_request"', "wanted = false", '"facebook"', '"first-request"', '"Probe"', '"accept_open"']
)
def test_a_huge_number_is_a_finding(path: Path, old: str, number: str):
    new = f"wanted = {number}" if old.startswith("wanted") else number
    bank = read(path, changed(old, new).encode())
    assert bank.findings
