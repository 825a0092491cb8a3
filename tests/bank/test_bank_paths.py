"""Any path that is given to a command is answered in words."""

import sys
from pathlib import Path

import pytest
from etiquette_kit.bank import load_bank
from etiquette_kit.cli import app
from good_scenario import GOOD, written
from typer.testing import CliRunner

COMMANDS = {
    "check": ["check"],
    "scenarios": ["scenarios", "--bank"],
    "quiz": ["quiz", "--no-browser", "--bank"],
    "lab": ["lab", "--no-browser", "--bank"],
    "room": ["room", "--no-browser", "--store", "sqlite://", "--bank"],
    "report": ["report", "--synthetic", "9", "--bank"],
}

PATHS = {"too long": "x" * 5000, "too long in parts": "x/" * 2500, "none": "nowhere/at/all", "below a file": f"{__file__}/x"}


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS.keys())
@pytest.mark.parametrize("command", COMMANDS)
def test_a_path_that_cannot_be_is_wrong_usage(command: str, path: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("ETIQUETTE_STORE", str(tmp_path / "store.sqlite"))
    arguments = [str(tmp_path / "store.sqlite") if part == "sqlite://" else part for part in COMMANDS[command]]
    result = CliRunner().invoke(app, [*arguments, path, "--lang", "en"])
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 2
    assert "There is no “" in result.stderr
    assert len(result.stderr) < 500
    assert result.stderr[:-1].isprintable()


@pytest.mark.parametrize("path", [*PATHS.values(), "a\0b"], ids=[*PATHS.keys(), "a zero byte"])
def test_a_path_that_cannot_be_is_not_found(path: str):
    with pytest.raises(FileNotFoundError) as caught:
        load_bank(path)
    assert len(str(caught.value)) < 400


def test_a_path_that_may_not_be_looked_at_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refused(*_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", refused)
    bank = load_bank(tmp_path / "closed")
    assert [finding.kind for finding in bank.findings] == ["unreadable"]


def test_the_quiz_looks_at_the_bank_that_the_environment_names(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ETIQUETTE_BANK", "nowhere")
    result = CliRunner().invoke(app, ["quiz", "--no-browser", "--lang", "en"])
    assert (result.exit_code, "There is no “nowhere”" in result.stderr) == (2, True)


def test_a_report_on_made_up_answers_needs_a_scenario(tmp_path: Path):
    result = CliRunner().invoke(app, ["report", "--synthetic", "9", "--bank", str(written(tmp_path, b"")), "--lang", "en"])
    assert (result.exit_code, "can be played" in result.stderr) == (1, True)


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_a_name_cannot_steer_the_terminal(tmp_path: Path):
    written(tmp_path, GOOD.replace("[[scenario]]", '"\\u001b[2J\\nall is well" = 1\n[[scenario]]', 1), "a\x1b[31m\nb\u202e.toml")
    for output in ("text", "json"):
        result = CliRunner().invoke(app, ["check", str(tmp_path), "--lang", "en", "--format", output])
        assert result.exit_code == 1
        assert all(line.isprintable() for line in result.stdout.splitlines())
        assert "\x1b" not in result.stdout
    assert len(CliRunner().invoke(app, ["check", str(tmp_path), "--lang", "en"]).stdout.splitlines()) == 2


def test_a_long_path_loses_its_middle(tmp_path: Path):
    folder = tmp_path.joinpath(*["y" * 200] * 5)
    folder.mkdir(parents=True)
    written(folder, b"broken")
    line = CliRunner().invoke(app, ["check", str(tmp_path), "--lang", "en"]).stdout.splitlines()[0]
    assert "y…y" in line
    assert "sample.toml:1: error" in line
    assert len(line) < 600
