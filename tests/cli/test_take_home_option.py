"""`--take-home`: checked before anything starts, and handed on to the pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from etiquette_kit.cli import app
from etiquette_kit.hosts.server.server import RoomServer
from etiquette_kit.locale import catalog
from etiquette_kit.workshop.take_home import LONGEST_ADDRESS, TAKE_HOME_VARIABLE
from take_home_examples import ADDRESS
from typer.testing import CliRunner, Result


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == code, result.output
    return result


@pytest.mark.parametrize("command", ["quiz", "room"])
@pytest.mark.parametrize("way", ["option", "environment"])
@pytest.mark.parametrize("address", ["banana", "ftp://quiz.example.org", "https://"])
def test_what_is_no_address_is_one_plain_line_and_wrong_usage(monkeypatch: pytest.MonkeyPatch, command: str, way: str, address: str):
    if way == "environment":
        monkeypatch.setenv(TAKE_HOME_VARIABLE, address)
    option = ["--take-home", address] if way == "option" else []
    (line,) = run(command, "--no-browser", "--lang", "de", *option, code=2).output.splitlines()
    assert line == f"etiquette: {catalog('de')('take_home.wrong', address=address, longest=LONGEST_ADDRESS)}"


def test_kernels_are_told_the_address(monkeypatch: pytest.MonkeyPatch):
    served: list[dict[str, str]] = []
    monkeypatch.setattr("etiquette_kit.cli.serving.serve", lambda server, *_rest: served.append(server(1).environment))
    run("quiz", "--take-home", ADDRESS)
    run("quiz")
    assert [environment.get(TAKE_HOME_VARIABLE) for environment in served] == [ADDRESS, None]


def test_a_room_is_served_with_the_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    served: list[RoomServer] = []

    async def serve(server: RoomServer, *_rest: Any, **_options: Any) -> None:
        served.append(server)

    monkeypatch.setattr("etiquette_kit.cli.room._serve", serve)
    run("room", "--no-browser", "--store", str(tmp_path / "room.sqlite"), "--take-home", ADDRESS)
    run("room", "--no-browser", "--store", str(tmp_path / "other.sqlite"))
    assert [server._take_home and server._take_home.address for server in served] == [ADDRESS, None]
