"""`etiquette check` finds what is wrong, with file and line, in any file."""

import json
from pathlib import Path

import etiquette_kit
import pytest
from commands import RUNNER, run
from etiquette_kit.bank import load_bank
from etiquette_kit.cli import app
from etiquette_kit.content.shipped import shipped
from etiquette_kit.formats import built_in, content_formats
from etiquette_kit.locale import catalog, plural
from good_scenario import GOOD, HEAD, changed, line_of, scenario, written

TABLE = Path(etiquette_kit.__file__).parent / "rules" / "article.toml"


def test_what_is_shipped_is_without_findings():
    result = run("check")
    bank, words = load_bank(), catalog("de")
    counts = {"playable": len(list(_shipped_ids())), **{table: len(bank.materials(table)) for table in content_formats(built_in())}}
    told = f"{', '.join(plural(words, f'check.{name}', count) for name, count in counts.items())}, 0 Fehler, 0 Hinweise."
    assert result.stdout.splitlines() == [told]
    assert json.loads(run("check", "--format", "json").stdout) == []


def _shipped_ids() -> list[str]:
    return [
        line
        for path in shipped("scenarios").rglob("*.toml")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line == "[[scenario]]"
    ]


def test_the_shipped_table_and_scenarios_can_be_checked_by_name():
    assert run("check", str(TABLE), str(shipped("scenarios")), "--lang", "en").stdout.endswith("0 errors, 0 warnings.\n")


def test_an_error_is_told_with_file_and_line_and_ends_with_1(tmp_path: Path):
    text = changed('platform = "facebook"', 'platform = "facebok"')
    path = written(tmp_path, text)
    result = run("check", str(path), "--lang", "en", code=1)
    told, total = result.stdout.splitlines()
    assert told.startswith(f"{path}:{line_of(text, 'facebok')}: error [first-request]: The platform “facebok” is not known")
    assert told.endswith("Did you mean “facebook”?")
    assert total == "0 scenarios playable, 1 error, 0 warnings."


def test_findings_as_json_have_the_fields_of_the_contract(tmp_path: Path):
    text = changed('platform = "facebook"', 'platform = "facebok"')
    path = written(tmp_path, text)
    (finding,) = json.loads(run("check", str(path), "--format", "json", "--lang", "en", code=1).stdout)
    assert list(finding) == ["file", "line", "id", "kind", "severity", "message"]
    assert finding["file"] == str(path)
    assert finding["line"] == line_of(text, "facebok")
    assert (finding["id"], finding["kind"], finding["severity"]) == ("first-request", "unknown_platform", "error")
    (german,) = json.loads(run("check", str(path), "--format", "json", code=1).stdout)
    assert german["message"].startswith("Die Plattform „facebok“")


def test_a_warning_is_told_and_ends_with_0(tmp_path: Path):
    path = written(tmp_path, changed('title.en = "Sample"\n', ""))
    result = run("check", str(path), "--lang", "en")
    assert f"{path}:1: warning: The theme has no title" in result.stdout
    assert "1 scenario playable, 0 errors, 1 warning." in result.stdout
    assert "1 Situation spielbar, 0 Fehler, 1 Hinweis." in run("check", str(path)).stdout


def test_a_folder_is_checked_with_tables_and_scenarios_together(tmp_path: Path):
    written(tmp_path, TABLE.read_text(encoding="utf-8").replace('passages = ["S8"]', 'passages = ["S88"]', 1), "table.toml")
    written(tmp_path, GOOD, "good.toml")
    written(tmp_path, "broken", "broken.toml")
    findings = json.loads(run("check", str(tmp_path), "--format", "json", code=1).stdout)
    assert [(Path(finding["file"]).name, finding["kind"]) for finding in findings] == [
        ("broken.toml", "broken_toml"),
        ("table.toml", "unknown_passage"),
    ]
    assert "1 Situation spielbar, 2 Fehler, 0 Hinweise." in run("check", str(tmp_path), code=1).stdout


def test_findings_in_a_table_name_the_rule_as_the_id(tmp_path: Path):
    path = written(tmp_path, TABLE.read_text(encoding="utf-8").replace('passages = ["S8"]', 'passages = ["S88"]', 1), "table.toml")
    (finding,) = json.loads(run("check", str(path), "--format", "json", code=1).stdout)
    assert finding["id"] == "R12"


@pytest.mark.parametrize(
    "change",
    [
        ('relation = "boss" }', 'relatoin = "boss" }'),
        ("grade = 4", 'grade = "4"'),
        ('basis = "stated"', "basis = 0x" + "f" * 5000),
        ("[[rules]]", "[rules]"),
        ('id = "R1"', "id = 1"),
    ],
    ids=["unknown fact", "grade as text", "huge number", "one rule", "id as number"],
)
def test_a_broken_table_is_a_finding(tmp_path: Path, change: tuple[str, str]):
    text = TABLE.read_text(encoding="utf-8")
    assert change[0] in text
    path = written(tmp_path, text.replace(*change, 1), "table.toml")
    assert run("check", str(path), code=1).stdout.startswith(f"{path}:")


def test_an_id_in_two_files_is_an_error_in_the_second(tmp_path: Path):
    first, second = written(tmp_path, HEAD + scenario("same"), "a.toml"), written(tmp_path, HEAD + scenario("same"), "b.toml")
    findings = json.loads(run("check", str(first), str(second), "--format", "json", code=1).stdout)
    assert [(finding["file"], finding["kind"]) for finding in findings] == [(str(second), "doubled_id")]


def test_a_folder_without_a_file_to_read_ends_with_1_and_says_what_is_there(tmp_path: Path):
    written(tmp_path, GOOD, "first.toml.txt")
    told = run("check", str(tmp_path), "--lang", "en", code=1).stdout
    assert told.startswith(f"{tmp_path / 'first.toml.txt'}:1: error: The name ends in .txt, so the file is not read.")
    assert told.endswith("0 scenarios playable, 1 error, 0 warnings.\n")
    assert "Rename it to “first.toml”" in told
    (tmp_path / "first.toml.txt").rename(tmp_path / "first.docx")
    (finding,) = json.loads(run("check", str(tmp_path), "--format", "json", code=1).stdout)
    assert (finding["file"], finding["kind"]) == (str(tmp_path), "no_toml_file")
    assert "Gefunden: first.docx." in finding["message"]


def test_a_path_that_does_not_exist_is_wrong_usage(tmp_path: Path):
    assert "nowhere" in run("check", str(tmp_path / "nowhere"), code=2).stderr


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"\x00", b"x = 0x" + b"f" * 5000, b"x = " + b"[" * 5000, b"#" * 3_000_000, "ü".encode("utf-16")]
)
def test_any_file_can_be_checked(tmp_path: Path, content: bytes):
    result = RUNNER.invoke(app, ["check", str(written(tmp_path, content))])
    assert result.exit_code in (0, 1)
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_a_list_of_situations_may_lie_beside_its_scenarios_and_is_checked_too(tmp_path: Path):
    written(tmp_path, GOOD)
    (tmp_path / "friday.toml").write_text('title = "Friday"\nscenarios = ["first-request"]\n', encoding="utf-8")
    assert run("check", str(tmp_path), "--lang", "en").stdout == "1 scenario playable, 0 errors, 0 warnings.\n"
    (tmp_path / "friday.toml").write_text('title = "Friday"\nscenarios = ["first-requst"]\n', encoding="utf-8")
    told = run("check", str(tmp_path), "--lang", "en", code=1).stdout
    assert f"{tmp_path / 'friday.toml'}:2: error: There is no situation “first-requst” here." in told
    assert load_bank(tmp_path).left_out == 0
    alone = run("check", str(tmp_path / "friday.toml"), "--lang", "en", code=1).stdout
    assert alone.endswith("1 error, 0 warnings.\n")


def test_a_slip_in_the_name_of_the_tables_is_no_list(tmp_path: Path):
    path = written(tmp_path, GOOD.replace("[[scenario]]", "[[scenarios]]"))
    assert "There is no key “scenarios” here" in run("check", str(path), "--lang", "en", code=1).stdout
