"""`--scenarios`: checked before anything starts, and handed on to the room or to the kernels."""

from pathlib import Path
from typing import Any

import pytest
from chosen_situations import BOSS_AND_COLLEAGUE, CLIENTS
from commands import run
from etiquette_kit.hosts.launcher.servers import Server
from etiquette_kit.locale import catalog
from etiquette_kit.workshop import SituationList

COMMANDS = (["quiz", "--no-browser", "--notebook", "07_workshop"], ["choose", "--no-browser"], ["room", "--no-browser"])
NAMES = (*CLIENTS, *BOSS_AND_COLLEAGUE)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "friday.toml"
    path.write_text(SituationList("Friday", NAMES, 90, "en").toml(), encoding="utf-8")
    return path


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Server]:
    """Return what the commands would start."""
    servers: list[Server] = []
    monkeypatch.setattr("etiquette_kit.cli.serving.run", lambda server, **_: servers.append(server))
    return servers


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("way", ["option", "environment"])
def test_no_command_starts_with_a_list_that_has_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: Path, command: list[str], way: str
):
    monkeypatch.chdir(tmp_path)
    file.write_text(file.read_text(encoding="utf-8").replace(NAMES[1], NAMES[1][:-1]), encoding="utf-8")
    option = ["--scenarios", str(file)] if way == "option" else []
    if way == "environment":
        monkeypatch.setenv("ETIQUETTE_SCENARIOS", str(file))
    told = run(*command, *option, "--lang", "de", code=1).stderr
    words = catalog("de")
    missing = f"{words('findings.list_unknown', name=NAMES[1][:-1])} {words('findings.nearest', nearest=NAMES[1])}"
    assert told.splitlines() == [f"etiquette: {words('situation_list.wrong')}", f"{file}:6: {missing}"]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_file_that_is_not_there_is_wrong_usage(command: list[str]):
    told = run(*command, "--scenarios", "saturday.toml", "--lang", "en", code=2).stderr
    assert told == f"etiquette: {catalog('en')('check.no_path', path='saturday.toml')}\n"


@pytest.mark.parametrize("command", COMMANDS[:2], ids=lambda command: command[0])
def test_the_kernels_hear_of_the_list_and_the_page_speaks_its_language(
    monkeypatch: pytest.MonkeyPatch, served: list[Server], file: Path, command: list[str]
):
    monkeypatch.chdir(file.parent)
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    page = "07_workshop" if command[0] == "quiz" else "16_choose"
    run(*command, "--scenarios", file.name)
    run(*command, "--scenarios", file.name, "--lang", "de")
    run(*command, "--scenarios", f"{NAMES[0]},{NAMES[2]}")
    run(*command)
    told = [server.environment.get("ETIQUETTE_SCENARIOS") for server in served]
    assert told == [str(file), str(file), f"{NAMES[0]},{NAMES[2]}", None]
    for server, lang in zip(served, ("en", "de", "de", "de"), strict=True):
        assert server.environment["ETIQUETTE_LANG"] == lang
        assert f"/voila/render/{lang}/{page}.ipynb" in server.url


@pytest.mark.parametrize(
    ("options", "names", "minutes", "lang"),
    [
        (["--scenarios", "friday.toml"], NAMES, 90, "en"),
        (["--scenarios", "friday.toml", "--minutes", "60", "--lang", "de"], NAMES, 60, "de"),
        (["--scenarios", ",".join(NAMES)], NAMES, 60, "de"),
        (["--scenarios", NAMES[0]], NAMES[:1], 60, "de"),
        (["--scenario", NAMES[2], "--scenario", NAMES[0]], (NAMES[2], NAMES[0]), 60, "de"),
    ],
)
def test_a_room_has_the_situations_of_the_list(
    monkeypatch: pytest.MonkeyPatch, file: Path, options: list[str], names: tuple[str, ...], minutes: int, lang: str
):
    monkeypatch.chdir(file.parent)
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    opened: list[tuple[tuple[str, ...], dict[str, Any]]] = []

    def begin(_rooms: object, exercises: list[Any], **more: Any) -> None:
        opened.append((tuple(exercise.scenario.id for exercise in exercises), more))
        raise SystemExit(0)

    monkeypatch.setattr("etiquette_kit.hosts.server.opening.begin", begin)
    run("room", "--no-browser", "--store", str(file.parent / "rooms.sqlite3"), *options)
    ((found, told),) = opened
    assert found == names
    assert (told["minutes"], told["lang"]) == (minutes, lang)
