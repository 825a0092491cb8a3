import json
import os
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import etiquette_kit
import pytest
import typer.testing
from chosen_situations import BOSS_AND_COLLEAGUE
from etiquette_kit.bank import load_bank
from etiquette_kit.cli import app
from etiquette_kit.cli.serving import bank_environment
from etiquette_kit.content.shipped import shipped
from etiquette_kit.locale import catalog
from etiquette_kit.rules import Facts, all_cells, decide
from etiquette_kit.rules.passages import source
from good_scenario import GOOD, HEAD, changed, line_of, scenario, written
from hypothesis import given, settings
from hypothesis import strategies as st

TABLE = Path(etiquette_kit.__file__).parent / "rules" / "article.toml"
RUNNER = typer.testing.CliRunner()
R3 = ["--event", "friend_request", "--relation", "client", "--network", "private", "--wanted", "no"]
WANTED = [*R3[:-1], "yes"]


@pytest.fixture(autouse=True)
def _german_system(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


def run(*arguments: str, code: int = 0) -> typer.testing.Result:
    result = RUNNER.invoke(app, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert "Traceback" not in result.output
    assert result.exit_code == code, result.output
    return result


def options_of(facts: Facts) -> list[str]:
    spelled = {True: "yes", False: "no"}
    return [part for name, value in facts.items() for part in (f"--{name}", spelled[value] if isinstance(value, bool) else value)]


# ---- advise ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("facts", list(all_cells()), ids=str)
def test_advise_prints_what_is_decided_as_json(facts: Facts, lang: str):
    told = json.loads(run("advise", *options_of(facts), "--lang", lang, "--format", "json").stdout)
    advice = decide(facts)
    assert list(told) == ["rule", "grades", "best", "basis", "passages", "reasons"]
    assert told["rule"] == advice.rule
    assert told["grades"] == advice.grades
    assert told["best"] == advice.best
    assert told["basis"] == advice.basis
    assert told["passages"] == advice.passages
    assert told["reasons"] == {action: advice.reason(action, lang) for action in advice.basis}


@pytest.mark.parametrize("facts", list(all_cells()), ids=str)
def test_advise_prints_every_action_with_grade_reason_and_where_that_is_from(facts: Facts):
    text = run("advise", *options_of(facts)).stdout
    advice = decide(facts)
    assert advice.rule in text
    for action in advice.basis:
        assert advice.reason(action, "de") in text
        assert advice.verdict(action, "de") in text
        assert advice.tag(action, "de") in text
        if advice.passages[action]:
            assert source(advice.passages[action], "de") in text
    assert not re.search(r"\bS\d", text)


def test_advise_speaks_german_unless_the_system_or_the_option_says_english(monkeypatch: pytest.MonkeyPatch):
    assert "steht im Artikel" in run("advise", *R3).stdout
    assert "stated in the article" in run("advise", *R3, "--lang", "en").stdout
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert "stated in the article" in run("advise", *R3).stdout
    assert "steht im Artikel" in run("advise", *R3, "--lang", "de").stdout
    monkeypatch.setenv("LC_ALL", "de_AT.UTF-8")
    assert "steht im Artikel" in run("advise", *R3).stdout


def test_advise_takes_yes_and_no_in_any_case():
    assert run("advise", *R3[:-1], "NO").stdout == run("advise", *R3).stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], ["--event: The fact “event” is missing", "friend_request, message, audience", "--relation"]),
        (
            ["--event", "friend_request", "--relation", "client"],
            ["--network: The fact “network” is missing", "--wanted: The fact “wanted” is missing; choose from: yes, no"],
        ),
        (["--event", "mesage", "--relation", "client"], ["“mesage”", "Did you mean “message”?"]),
        (["--event", "audience", "--relation", "clint"], ["--relation", "client, colleague, boss", "Did you mean “client”?"]),
        (["--event", "audience", "--relation", "boss", "--wanted", "yes"], ["--wanted: “wanted” is not asked for", "event, relation"]),
        ([*R3[:-1], "maybe"], ["“maybe”", "yes, no"]),
        ([*R3[:-1], "True"], ["“True”", "yes, no"]),
        (["--event", "", "--relation", "boss"], ["--event"]),
        (WANTED, ["--sensitive: The fact “sensitive” is missing; choose from: yes, no"]),
        ([*WANTED, "--sensitive", "yess"], ["--sensitive", "“yess”", "yes, no", "Did you mean “yes”?"]),
        ([*R3, "--sensitive", "no"], ["--sensitive: “sensitive” is not asked for", "event, relation, network, wanted"]),
    ],
)
def test_facts_that_make_no_sense_are_wrong_usage(arguments: list[str], says: list[str]):
    result = run("advise", *arguments, "--lang", "en", code=2)
    for said in says:
        assert said in result.stderr
    assert result.stdout == ""


def test_facts_that_make_no_sense_print_no_json():
    assert run("advise", "--event", "audience", "--format", "json", code=2).stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["advise", "--gossip"],
        ["advise", *R3, "--format", "xml"],
        ["advise", *R3, "extra"],
        ["advise", *R3, "--lang", "fr"],
        ["advise", "--event"],
        ["check", "--lang", "fr"],
        ["check", "--format", "xml"],
        ["gossip"],
    ],
)
def test_unknown_options_values_and_commands_are_wrong_usage(arguments: list[str]):
    assert run(*arguments, code=2).stderr


def test_an_unknown_language_names_those_that_there_are():
    assert "there are: de, en" in run("advise", *R3, "--lang", "fr", code=2).stderr


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["advise", "--help"], ["check", "-h"]])
def test_help_is_there(arguments: list[str]):
    assert "Usage" in run(*arguments).stdout


def test_the_version_is_told():
    assert run("--version").stdout == f"etiquette_kit {version('etiquette_kit')}\n"


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from([*R3, "--personal", "--lang", "--format", "json", "en", "xx", "", "ü", "--"]) | st.text(max_size=3), max_size=8
    )
)
def test_whatever_follows_advise_ends_with_0_or_2(arguments: list[str]):
    result = RUNNER.invoke(app, ["advise", *arguments])
    assert result.exit_code in (0, 2)
    assert result.exception is None or isinstance(result.exception, SystemExit)


# ---- check ----------------------------------------------------------------------------------------------------------------


def test_what_is_shipped_is_without_findings():
    result = run("check")
    assert result.stdout.splitlines() == [f"{len(list(_shipped_ids()))} Situationen spielbar, 0 Fehler, 0 Hinweise."]
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


# ---- scenarios ------------------------------------------------------------------------------------------------------------


def test_scenarios_are_listed_as_json_with_what_they_are_chosen_by():
    bank = load_bank()
    told = json.loads(run("scenarios", "--format", "json", "--lang", "en").stdout)
    assert [entry["id"] for entry in told] == [entry.id for entry in bank]
    for entry in told:
        assert list(entry) == ["id", "theme", "relation", "event", "title"]
        facts = bank[entry["id"]].facts
        assert (entry["theme"], entry["relation"], entry["event"]) == (bank[entry["id"]].theme, facts.relation, facts.event)
        assert entry["title"] == bank[entry["id"]].text("en").title


@pytest.mark.parametrize(("lang", "kind"), [("de", "Vorgesetzte, Wer sieht was"), ("en", "bosses, who sees what")])
def test_scenarios_are_listed_in_words_under_their_themes(lang: str, kind: str):
    bank = load_bank()
    listed = run("scenarios", "--lang", lang).stdout.splitlines()
    assert [line for line in listed if not line.startswith(" ")] == [f"{bank.theme_title(name, lang)} ({name})" for name in bank.themes]
    rows = [re.split(r" {2,}", line.strip()) for line in listed if line.startswith(" ")]
    assert {row[0]: row[2] for row in rows} == {entry.id: entry.text(lang).title for entry in bank}
    assert dict(row[:2] for row in rows)[BOSS_AND_COLLEAGUE[0]] == kind


def test_the_scenarios_of_a_bank_of_ones_own_are_listed_and_those_left_out_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = written(tmp_path, GOOD + scenario("Bad Id"))
    result = run("scenarios", "--bank", str(tmp_path), "--lang", "en")
    assert result.stdout.splitlines() == ["Sample (sample)", "  first-request  clients, request  A request"]
    assert "One scenario or file with errors is left out" in result.stderr
    monkeypatch.setenv("ETIQUETTE_BANK", str(path))
    assert json.loads(run("scenarios", "--format", "json").stdout)[0]["title"] == "Eine Anfrage"
    monkeypatch.setenv("ETIQUETTE_BANK", str(tmp_path / "nowhere"))
    assert "nowhere" in run("scenarios", code=2).stderr


def test_a_bank_without_scenarios_is_not_listed(tmp_path: Path):
    result = run("scenarios", "--bank", str(tmp_path), "--lang", "en", code=1)
    assert result.stdout == ""
    assert "is empty" in result.stderr


# ---- any input ------------------------------------------------------------------------------------------------------------


def test_a_path_that_does_not_exist_is_wrong_usage(tmp_path: Path):
    assert "nowhere" in run("check", str(tmp_path / "nowhere"), code=2).stderr


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"\x00", b"x = 0x" + b"f" * 5000, b"x = " + b"[" * 5000, b"#" * 3_000_000, "ü".encode("utf-16")]
)
def test_any_file_can_be_checked(tmp_path: Path, content: bytes):
    result = RUNNER.invoke(app, ["check", str(written(tmp_path, content))])
    assert result.exit_code in (0, 1)
    assert result.exception is None or isinstance(result.exception, SystemExit)


@pytest.mark.skipif(sys.platform != "linux", reason="only here file names are bytes")
@pytest.mark.parametrize("output", ["text", "json"])
def test_a_file_whose_name_is_not_utf_8_can_be_checked(tmp_path: Path, output: str):
    folder = os.fsencode(tmp_path)
    with open(folder + b"/\xdcbung.toml", "wb") as file:  # noqa: PTH123  Path has no bytes
        file.write(b"broken")
    done = _etiquette("check", str(tmp_path), "--format", output)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"bung.toml" in done.stdout


def _etiquette(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    # As on a desktop; in the C locale Python lets any byte through.
    environment: dict[str, Any] = {**os.environ, "PYTHONIOENCODING": "utf-8:strict"}
    code = "from etiquette_kit.cli import main; main()"
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, check=False, env=environment)


def test_the_command_ends_with_its_exit_codes(tmp_path: Path):
    assert _etiquette("advise", *R3, "--format", "json").returncode == 0
    assert _etiquette("check", str(written(tmp_path, b"broken"))).returncode == 1
    assert _etiquette("advise", "--event", "gossip").returncode == 2


def german_only(tmp_path: Path) -> Path:
    """Write a scenario that says in English only what it is called."""
    german = "\n".join(line for line in GOOD.splitlines() if ".en." not in line)
    start, end = german.index("[scenario.text.en]"), german.index("[[scenario.option]]")
    return written(tmp_path, german[:start] + german[end:])


@pytest.mark.parametrize("command", [["check"], ["scenarios", "--bank"], ["report", "--synthetic", "9", "--bank"]])
def test_one_language_is_enough_where_it_is_asked_for(tmp_path: Path, command: list[str]):
    path = german_only(tmp_path)
    asked = RUNNER.invoke(app, [*command, str(path), "--languages", "de", "--lang", "de"])
    both = RUNNER.invoke(app, [*command, str(path), "--languages", "de,en", "--lang", "de"])
    assert asked.exit_code == 0, asked.output + asked.stderr
    assert both.exit_code == 1
    none = RUNNER.invoke(app, [*command, str(path), "--languages", "tlh", "--lang", "de"])
    assert none.exit_code == 2


def test_the_kernels_of_a_quiz_hear_of_the_languages(tmp_path: Path):
    path = german_only(tmp_path)
    found = bank_environment(path, catalog("de"), "de")
    assert found == {"ETIQUETTE_BANK": str(path.resolve()), "ETIQUETTE_LANGUAGES": "de"}
