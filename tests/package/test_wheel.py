"""The wheel works without the checkout."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest
from repository import ROOT

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an environment of its own, and return where its commands are."""
    environment = tmp_path_factory.mktemp("environment") / "venv"
    uv = os.environ.get("UV") or shutil.which("uv")
    python = environment / "bin" / "python"
    if uv:
        run(uv, "venv", "--python", sys.executable, environment, cwd=ROOT)
        run(uv, "pip", "install", "--python", python, wheel, cwd=ROOT)
    else:
        run(sys.executable, "-m", "venv", environment, cwd=ROOT)
        run(python, "-m", "pip", "install", wheel, cwd=ROOT)
    return environment / "bin"


def test_it_contains_all_that_is_read_at_run_time(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for folder, pattern in (
        ("scenarios", "*.toml"),
        ("notebooks", "*.ipynb"),
        ("etiquette_kit/locale", "*.toml"),
        *((f"etiquette_kit/web/{name}", "*.[jc]s*") for name in ("card", "control", "phone", "projector", "shared")),
        ("etiquette_kit/web", "*.*"),
    ):
        found = [path.relative_to(ROOT) for path in (ROOT / folder).rglob(pattern)]
        files = [path for path in found if not {".ipynb_checkpoints", "__pycache__"} & set(path.parts)]
        assert files
        for file in files:
            inside = file if file.parts[0] == "etiquette_kit" else Path("etiquette_kit") / file
            assert str(inside) in names
    assert "etiquette_kit/py.typed" in names


def test_it_works_from_an_empty_folder(scripts: Path, tmp_path: Path) -> None:
    told = run(
        scripts / "python", "-c", "from etiquette_kit import Quiz, load_bank; print(len(load_bank()), Quiz(seed=1).question)", cwd=tmp_path
    )
    assert told.startswith("66 Question(")
    assert "0 errors" in run(scripts / "etiquette", "check", "--lang", "en", cwd=tmp_path)


def test_it_serves_the_quiz(scripts: Path, tmp_path: Path) -> None:
    server = subprocess.Popen(
        [scripts / "etiquette", "quiz", "--no-browser", "--lang", "en"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert server.stdout is not None
        url = next(found[0] for line in server.stdout if (found := re.search(r"http://127\.0\.0\.1:\d+/\S+", line)))
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with browser.open(url, timeout=600) as answer:
            page = answer.read().decode()
        assert "Private or professional?" in page
        assert "application/vnd.jupyter.widget-view+json" in page
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=600)
    assert server.returncode == 0
