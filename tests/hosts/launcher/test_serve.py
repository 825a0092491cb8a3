from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from etiquette_kit.cli import app
from etiquette_kit.content.shipped import shipped
from etiquette_kit.hosts.launcher import servers as serve
from etiquette_kit.hosts.launcher.servers import ServeError, Server, free_port, lab, run
from jupyterlab_server.config import get_page_config
from repository import DATA
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
    folder = DATA
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


def test_the_browser_gets_its_own_address_and_the_terminal_the_lasting_one(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    said: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    port = free_port()
    code = f"http.server {port} --bind 127.0.0.1 --directory {DATA}".split()
    server = Server(code, port, "", "http://127.0.0.1/lasting", browser_url="http://127.0.0.1/once")

    def end_soon(line: str) -> None:
        said.append(line)
        if line.startswith("open"):
            raise KeyboardInterrupt

    run(server, browser=True, say=end_soon, starting="starting", running="at {url}", open_yourself="open {url}")
    assert opened == ["http://127.0.0.1/once"]
    assert said == ["starting", "at http://127.0.0.1/lasting", "open http://127.0.0.1/lasting"]


def test_quiz_has_another_token_at_each_start_and_none_on_a_command_line(started: list[Server]) -> None:
    for _ in range(2):
        assert CliRunner().invoke(app, ["quiz", "--no-browser"]).exit_code == 0
    first, second = (server.environment["JUPYTER_TOKEN"] for server in started)
    assert first != second
    assert len(first) >= 32
    for server in started:
        token = server.environment["JUPYTER_TOKEN"]
        assert server.url.endswith(f"?token={token}")
        assert token not in " ".join([*server.command, server.browser_url])


@pytest.mark.parametrize(
    ("options", "code", "word"),
    [
        (["--notebook", "00_strat"], 2, "00_start"),
        (["--bank", "no-such-folder"], 2, "no-such-folder"),
        (["--bank", "."], 1, "etiquette check"),
        (["--port", "99999"], 2, "65535"),
        (["--lang", "dee"], 2, "English (en)"),
    ],
)
def test_wrong_options_of_quiz_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], code: int, word: str) -> None:
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(app, ["quiz", "--no-browser", *options])
    assert told.exit_code == code
    assert word in told.stderr
    assert "Traceback" not in told.output


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], ["is empty"]),
        (["notes.docx"], ["ends in .toml", "Found: notes.docx"]),
        (["first.toml.txt"], ["first.toml.txt: The name ends in .txt", "Rename it to “first.toml”"]),
    ],
)
def test_a_bank_without_a_file_to_read_says_what_is_there(tmp_path: Path, names: list[str], words: list[str]) -> None:
    for name in names:
        (tmp_path / name).write_text("")
    for command in ("quiz", "lab"):
        told = CliRunner().invoke(app, [command, "--no-browser", "--lang", "en", "--bank", str(tmp_path)])
        assert told.exit_code == 1
        assert [word for word in words if word not in told.stderr] == []


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Server]:
    """Return what the commands would start."""
    servers: list[Server] = []
    monkeypatch.setattr("etiquette_kit.cli.serving.run", lambda server, **_: servers.append(server))
    return servers


def test_lab_copies_into_a_folder_what_is_not_there_yet(tmp_path: Path, started: list[Server]) -> None:
    own = tmp_path / "course" / "de" / "00_start.ipynb"
    own.parent.mkdir(parents=True)
    own.write_text("mine")
    told = CliRunner().invoke(app, ["lab", str(tmp_path / "course"), "--no-browser", "--lang", "en"])
    assert told.exit_code == 0
    assert f"The notebooks are in {tmp_path / 'course'}." in told.stdout
    assert f"--notebook-dir={tmp_path / 'course'}" in started[0].command
    notebooks = shipped("notebooks")
    copied = {path.relative_to(tmp_path / "course") for path in (tmp_path / "course").rglob("*.*")}
    assert copied == {path.relative_to(notebooks) for path in notebooks.glob("*/*.ipynb")}
    assert own.read_text() == "mine"


def test_lab_serves_the_notebooks_of_a_checkout_themselves(started: list[Server]) -> None:
    assert CliRunner().invoke(app, ["lab", "--no-browser"]).exit_code == 0
    assert f"--notebook-dir={shipped('notebooks')}" in started[0].command


def test_lab_opens_the_start_of_the_course_in_the_language_that_its_kernels_hear_of(
    tmp_path: Path, started: list[Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    for options in ([], ["--lang", "de"], [str(tmp_path / "my course"), "--lang", "en"]):
        assert CliRunner().invoke(app, ["lab", "--no-browser", *options]).exit_code == 0
    for server, lang in zip(started, ("en", "de", "en"), strict=True):
        assert f"/lab/tree/{lang}/00_start.ipynb?token=" in server.url
        assert server.environment["ETIQUETTE_LANG"] == lang


def test_a_folder_that_cannot_be_one_is_told(tmp_path: Path, started: list[Server]) -> None:
    (tmp_path / "taken").write_text("")
    told = CliRunner().invoke(app, ["lab", str(tmp_path / "taken"), "--no-browser", "--lang", "en"])
    assert told.exit_code == 2
    assert f"cannot be put into “{tmp_path / 'taken'}”" in told.stderr
    assert started == []


def test_lab_neither_asks_about_news_nor_looks_for_any(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/another")
    server = lab(tmp_path, "de/00_start.ipynb", 1, "token", {})
    assert server.environment["JUPYTER_CONFIG_PATH"].endswith(f"{os.pathsep}/another")
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", server.environment["JUPYTER_CONFIG_PATH"])
    assert "@jupyterlab/apputils-extension:announcements" in get_page_config([])["disabledExtensions"]


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_server_started_in_the_background_can_be_ended(number: signal.Signals) -> None:
    # A shell starts its background jobs with SIGINT ignored.
    server = subprocess.Popen(
        [sys.executable, "-m", "etiquette_kit.cli", "quiz", "--no-browser"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),  # noqa: PLW1509  no threads here
    )
    assert server.stdout is not None
    assert any("http://" in line for line in server.stdout)
    server.send_signal(number)
    server.communicate(timeout=600)
    assert server.returncode == 0
