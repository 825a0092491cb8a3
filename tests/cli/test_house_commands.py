"""`--house`: checked before anything starts, and handed on to the kernels."""

import json
from pathlib import Path

import pytest
from etiquette_kit.cli import app
from etiquette_kit.locale import catalog
from good_scenario import GOOD
from house_examples import HOUSE, written_house
from typer.testing import CliRunner, Result

COMMANDS = (["quiz", "--no-browser"], ["lab", "--no-browser"], ["room", "--no-browser"])


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == code, result.output
    return result


def test_check_counts_the_rules_and_finds_nothing_in_good_ones(tmp_path: Path):
    path = written_house(tmp_path)
    assert run("check", str(path), "--lang", "en").stdout == "5 house rules, 0 errors, 0 warnings.\n"
    assert run("check", str(path), "--lang", "de").stdout == "5 Hausregeln, 0 Fehler, 0 Hinweise.\n"


def test_check_tells_what_is_wrong_with_file_and_line(tmp_path: Path):
    path = written_house(tmp_path, HOUSE.replace('"professional"', '"profesional"'))
    told, total = run("check", str(path), "--lang", "en", code=1).stdout.splitlines()
    line = HOUSE.splitlines().index('network = "professional"') + 1
    assert told.startswith(f"{path}:{line}: error: The value “profesional” does not exist here")
    assert total == "0 house rules, 1 error, 0 warnings."
    (finding,) = json.loads(run("check", str(path), "--format", "json", code=1).stdout)
    assert (finding["kind"], finding["line"], finding["severity"]) == ("unknown_value", line, "error")


def test_a_folder_is_checked_with_scenarios_and_rules_together(tmp_path: Path):
    (tmp_path / "a.toml").write_text(GOOD, encoding="utf-8")
    written_house(tmp_path)
    assert run("check", str(tmp_path), "--lang", "en").stdout.endswith("1 scenario playable, 5 house rules, 0 errors, 0 warnings.\n")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("way", ["option", "environment"])
def test_no_command_starts_with_rules_that_have_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], way: str):
    path = written_house(tmp_path, HOUSE.replace("text.de", "text.fr", 1))
    monkeypatch.chdir(tmp_path)
    option = ["--house", str(path)] if way == "option" else []
    if way == "environment":
        monkeypatch.setenv("ETIQUETTE_HOUSE", str(path))
    output = run(*command, *option, "--lang", "de", code=1).output
    assert catalog("de")("house.wrong") in output
    assert f"{path}:4: Die Sprache „fr“ ist nicht bekannt" in output
    assert "Traceback" not in output


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path, command: list[str]):
    output = run(*command, "--house", str(tmp_path / "nowhere.toml"), "--lang", "en", code=2).output
    assert "nowhere.toml" in output


@pytest.mark.parametrize("command", COMMANDS[:2], ids=lambda command: command[0])
def test_kernels_find_the_rules_from_wherever_they_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]):
    served: list[dict[str, str]] = []

    monkeypatch.setattr("etiquette_kit.cli.serving.run", lambda server, **_: served.append(server.environment))
    path = written_house(tmp_path)
    monkeypatch.chdir(tmp_path)
    run(*command, "--house", "house.toml")
    run(*command)
    assert [environment.get("ETIQUETTE_HOUSE") for environment in served] == [str(path.resolve()), None]
