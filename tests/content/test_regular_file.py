import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from etiquette_kit.content.toml.regular_file import TooLargeError, read_regular
from etiquette_kit.content.toml.toml_file import MAX_BYTES, read_folder, read_toml
from good_scenario import GOOD, written

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pipes, sockets or devices among files there")

CHECK = "import sys; from etiquette_kit.cli import main; sys.argv[0] = 'etiquette'; main()"


@pytest.mark.parametrize("made", ["pipe", "link to a pipe", "link to /dev/zero", "socket"])
def test_what_is_no_file_is_one_finding_and_is_not_waited_for(tmp_path: Path, made: str, monkeypatch: pytest.MonkeyPatch):
    folder, path = tmp_path / "bank", tmp_path / "bank" / "x.toml"
    folder.mkdir()
    match made:
        case "pipe":
            os.mkfifo(path)
        case "link to a pipe":
            os.mkfifo(tmp_path / "pipe")
            path.symlink_to(tmp_path / "pipe")
        case "link to /dev/zero":
            path.symlink_to("/dev/zero")
        case "socket":
            monkeypatch.chdir(folder)  # a socket's path must be short
            with socket.socket(socket.AF_UNIX) as listener:
                listener.bind(path.name)
    # In a process of its own, which can be ended while it waits for a writer or fills the memory.
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_AS, (4_000_000_000,) * 2); {CHECK}"
    done = subprocess.run(
        [sys.executable, "-c", limited, "check", str(folder), "--lang", "en"], capture_output=True, text=True, timeout=300, check=False
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[0] == (
        f"{path}:1: error: This is not a file to read but a pipe, a socket or a device. Put a text file in its place."
    )
    (file,) = read_folder(folder)
    assert [finding.kind for finding in file.findings()] == ["no_regular_file"]


def test_a_link_to_a_file_is_read(tmp_path: Path):
    (tmp_path / "bank").mkdir()
    (tmp_path / "bank" / "x.toml").symlink_to(written(tmp_path, GOOD, "elsewhere.toml"))
    (file,) = read_folder(tmp_path / "bank")
    assert file.text == GOOD


def test_links_that_lead_round_in_a_circle_are_told_or_passed_over(tmp_path: Path):
    written(tmp_path, GOOD)
    (tmp_path / "a.toml").symlink_to("b.toml")
    (tmp_path / "b.toml").symlink_to("a.toml")
    (tmp_path / "again").symlink_to(tmp_path)
    kinds = {file.path.name: [finding.kind for finding in file.findings()] for file in read_folder(tmp_path)}
    assert kinds == {"a.toml": ["unreadable"], "b.toml": ["unreadable"], "sample.toml": []}


def test_no_more_is_read_than_may_be_whatever_the_size_is_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = written(tmp_path, b"#" * 3 * MAX_BYTES)
    taken = 0
    real_read, real_status = os.read, os.fstat

    def read(descriptor: int, count: int) -> bytes:
        nonlocal taken
        part = real_read(descriptor, count)
        taken += len(part)
        return part

    def status(descriptor: int) -> os.stat_result:
        values = list(real_status(descriptor))
        values[6] = 0  # the size, as of a file that grows
        return os.stat_result(values)

    monkeypatch.setattr(os, "read", read)
    monkeypatch.setattr(os, "fstat", status)
    with pytest.raises(TooLargeError):
        read_regular(path, MAX_BYTES)
    assert taken == MAX_BYTES + 1


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    written(tmp_path, GOOD)
    (tmp_path / "closed").mkdir()
    scandir = os.scandir

    def refused(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refused)
    closed, sample = read_folder(tmp_path)
    assert ([finding.kind for finding in closed.findings()], sample.findings()) == (["unreadable"], [])
    assert "Permission denied" in closed.findings()[0].message


def test_a_folder_a_thousand_folders_deep_is_told(tmp_path: Path):
    here = os.open(tmp_path, os.O_RDONLY)
    try:
        for _ in range(2500):
            os.mkdir("dd", dir_fd=here)
            below = os.open("dd", os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = below
    finally:
        os.close(here)
    (file,) = read_folder(tmp_path)
    assert [finding.kind for finding in file.findings()] == ["unreadable"]
    subprocess.run(["rm", "-rf", str(tmp_path / "dd")], check=True)


def test_a_name_that_no_file_can_have_is_a_finding():
    assert [finding.kind for finding in read_toml(Path("a\0.toml")).findings()] == ["unreadable"]
    assert [finding.kind for finding in read_toml(Path("x" * 5000)).findings()] == ["unreadable"]
