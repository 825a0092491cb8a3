"""Help and the answer to a wrong call are in the language of the system, or in that which was asked for, and in no other."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from command_check import all_commands
from commands import R3, run
from etiquette_kit.cli import app
from etiquette_kit.cli.spoken_help import help_texts
from etiquette_kit.locale import DEFAULT_LANGUAGE, DEVELOPER_LANGUAGE, catalog, languages
from typer.main import get_command

COMMANDS = ["", *all_commands()]
TYPER = r"Options|Arguments|Commands|Usage|Show this message|required|default|bool|No such|Missing|Invalid|Try|Error|COMMAND|ARGS"


@pytest.fixture(autouse=True)
def _narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def _helped(command: str, *arguments: str) -> str:
    return run(*command.split(), *arguments, "--help").stdout


def _texts(node: dict[str, Any], path: str = "help") -> Iterator[tuple[str, str]]:
    for name, value in node.items():
        if isinstance(value, dict):
            yield from _texts(value, f"{path}.{name}")
        else:
            yield f"{path}.{name}", value


def _help_words(lang: str) -> dict[str, str]:
    words = catalog(lang)._words["help"]
    assert isinstance(words, dict)
    return dict(_texts(words))


@pytest.mark.parametrize("lang", languages())
def test_every_command_and_option_has_a_text_and_what_takes_a_value_names_it(lang: str):
    words, needed = catalog(lang), list(help_texts(get_command(app)))
    assert [key for key, _ in needed if not words.get(key)] == []
    values = [param.name for _, param in needed if param is not None and not getattr(param, "is_flag", False)]
    assert len(values) > 40
    assert [name for name in values if not words.get(f"help.values.{name}")] == []


def test_no_text_of_the_help_is_left_over():
    needed = list(help_texts(get_command(app)))
    used = {key for key, _ in needed} | {f"help.values.{param.name}" for _, param in needed if param is not None}
    tables = ("help.common.", "help.values.", *(f"help.{name.replace(' ', '.')}." for name in COMMANDS if name))
    assert [key for key in _help_words(DEFAULT_LANGUAGE) if key.startswith(tables) and key not in used] == []


@pytest.mark.parametrize("lang", [lang for lang in languages() if lang != DEVELOPER_LANGUAGE])
def test_no_text_of_the_help_stands_in_english_in_another_language(lang: str):
    english = _help_words(DEVELOPER_LANGUAGE)
    same = {key for key, text in _help_words(lang).items() if text == english[key] and not key.startswith("help.values.")}
    assert same == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_speaks_german_where_the_system_does(command: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    told = _helped(command)
    assert told.startswith("Aufruf: ")
    assert re.findall(rf"<\w+>|\b(?:{TYPER})\b", told) == []
    for key, text in _help_words(DEVELOPER_LANGUAGE).items():
        if len(text) > 25 and "{" not in text:
            assert " ".join(text.split()) not in " ".join(told.split()), key


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_is_in_the_language_that_is_asked_for_wherever_it_stands(command: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    english = _helped(command)
    assert english.startswith("Usage: ")
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    assert run("--lang", "en", *command.split(), "--help").stdout == english
    assert run(*command.split(), "--help", "--lang=en").stdout == english
    assert run(*command.split(), "--help", "--lang", "fr").stdout.startswith("Aufruf: ")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_fits_a_terminal_of_80_columns_and_lists_every_option(command: str):
    told = _helped(command)
    assert max(map(len, told.splitlines())) <= 80
    named: Any = all_commands()[command] if command else get_command(app)
    for param in named.params:
        spelled = [name for name in param.opts if name.startswith("-")]
        assert [name for name in spelled if not re.search(rf"^  {name}\b", told, re.MULTILINE)] == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["room", "--hst"], "Die Option --hst gibt es hier nicht. Gemeint war vielleicht „--host“."),
        (["rom"], "Den Befehl „rom“ gibt es nicht."),
        (["data", "ersae"], "Es gibt: export, erase, purge, verify. Gemeint war vielleicht „erase“."),
        (["data", "erase"], "Es fehlt noch: PSEUDONYM. Das Pseudonym; es steht"),
        (["advise", "one", "two"], "„one two“ ist hier zu viel."),
        (["room", "--port"], "Nach --port fehlt noch: ZAHL."),
        (["room", "--port", "x"], "Nach --port gehört eine ganze Zahl von 0 bis 65535."),
        (["room", "--port", "70000"], "Nach --port gehört eine ganze Zahl von 0 bis 65535."),
        (["data", "purge", "--older-than", "-3"], "Nach --older-than gehört eine ganze Zahl, mindestens 0."),
        (["room", "--minutes", "x"], "Nach --minutes gehört eine ganze Zahl."),
        (["room", "--new=x"], "--new steht ohne Wert."),
        (["check", "--format", "xml"], "Nach --format gehört eines davon: text, json."),
        (["--lang", "fr", "check"], "Die Sprache 'fr' gibt es nicht."),
    ],
)
def test_a_wrong_call_is_answered_in_words_that_lead_on(arguments: list[str], says: str):
    said = run(*arguments, code=2).stderr
    assert said.startswith("etiquette: ")
    assert says in said
    assert re.findall(TYPER, said) == []


def test_a_wrong_call_is_answered_in_the_language_that_it_names():
    assert run("room", "--hst", "--lang", "en", code=2).stderr.startswith(
        "etiquette: There is no option --hst here. Did you mean “--host”?"
    )
    assert run("--lang", "en", "rom", code=2).stderr.startswith("etiquette: There is no command “rom”.")
    assert "For more: etiquette" not in run("rom", code=2).stderr


def test_a_language_before_the_command_is_that_of_the_command():
    english = run("advise", *R3, "--lang", "en").stdout
    assert run("--lang", "en", "advise", *R3).stdout == english != run("advise", *R3).stdout
    assert run("--lang", "en", "advise", *R3, "--lang", "de").stdout == run("advise", *R3).stdout


@pytest.mark.parametrize("command", ["", "data"])
def test_a_group_without_a_command_shows_its_help(command: str):
    assert run(*command.split(), code=2).stderr == _helped(command)


def test_the_default_language_is_that_of_a_system_that_has_none_of_them(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert _helped("").startswith(catalog(DEFAULT_LANGUAGE)("help.usage"))
