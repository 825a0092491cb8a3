"""What all commands share: help, exit codes, wrong usage, any file, and languages."""

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from commands import R3, RUNNER, run
from etiquette_kit.cli import app
from etiquette_kit.cli.serving import bank_environment
from etiquette_kit.locale import catalog
from good_scenario import GOOD, written


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
    said = run("advise", *R3, "--lang", "fr", code=2).stderr
    assert said == "etiquette: Die Sprache 'fr' gibt es nicht. Es gibt: Deutsch (de), English (en).\n"


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["advise", "--help"], ["check", "-h"]])
def test_help_is_there(arguments: list[str]):
    assert run(*arguments).stdout.startswith("Aufruf: ")


def test_the_version_is_told():
    assert run("--version").stdout == f"etiquette_kit {version('etiquette_kit')}\n"


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
