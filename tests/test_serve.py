from __future__ import annotations

import socket
from pathlib import Path

import pytest
from etiquette_kit import serve
from etiquette_kit.cli import app
from etiquette_kit.serve import ServeError, Server, free_port, run
from typer.testing import CliRunner


def test_a_free_port_can_be_used() -> None:
    with socket.socket() as taken:
        taken.bind((serve.HOST, free_port()))


def test_a_taken_port_is_named() -> None:
    with socket.socket() as taken:
        taken.bind((serve.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ServeError) as error:
            free_port(port)
        assert error.value.kind == "port"
        told = CliRunner().invoke(app, ["quiz", "--no-browser", "--lang", "en", "--port", str(port)])
    assert told.exit_code == 1
    assert f"Port {port} cannot be used" in told.stderr


def test_a_server_that_does_not_start_tells_its_last_lines() -> None:
    said: list[str] = []
    server = Server(["no_such_module_of_ours"], free_port(), "", "http://127.0.0.1/")
    with pytest.raises(ServeError) as error:
        run(server, browser=False, say=said.append, starting="starting", running="running {url}", open_yourself="")
    assert error.value.kind == "not_started"
    assert "no_such_module_of_ours" in str(error.value.values["log"])
    assert said == ["starting"]


def test_without_a_browser_the_address_is_told_and_ctrl_c_ends_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    port = free_port()
    folder = Path(__file__).parent / "data"
    code = f"http.server {port} --bind 127.0.0.1 --directory {folder}".split()
    server = Server(code, port, "", f"http://127.0.0.1:{port}/")

    def end_soon(line: str) -> None:
        said.append(line)
        if line == "no browser":
            raise KeyboardInterrupt

    run(server, browser=True, say=end_soon, starting="starting", running="at {url}", open_yourself="no browser")
    assert opened == [server.url]
    assert said == ["starting", f"at {server.url}", "no browser"]
    with socket.socket() as again:
        assert again.connect_ex((serve.HOST, port)) != 0, "the server was ended"


@pytest.mark.parametrize(
    ("options", "code", "word"),
    [
        (["--notebook", "00_strat"], 2, "00_start"),
        (["--bank", "no-such-folder"], 2, "no-such-folder"),
        (["--bank", "."], 1, "etiquette check"),
        (["--port", "99999"], 2, "65535"),
        (["--lang", "dee"], 2, "'de'"),
    ],
)
def test_wrong_options_of_quiz_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], code: int, word: str) -> None:
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(app, ["quiz", "--no-browser", *options])
    assert told.exit_code == code
    assert word in told.stderr
    assert "Traceback" not in told.output
