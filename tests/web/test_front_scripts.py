"""The scripts of all pages, by node's own runner."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import etiquette_kit
import pytest

HERE = Path(__file__).parent


def test_the_pages_draw_what_they_are_told(tmp_path: Path):
    node = shutil.which("node")
    if node is None:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("no node found: install Debian's package nodejs")
    # A copy in which node takes every script for the module that it is; older versions do not see that by themselves.
    package = Path(etiquette_kit.__file__).parent
    for path in sorted(package.rglob("*.js")):
        copy = tmp_path / "etiquette_kit" / path.relative_to(package)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    shutil.copytree(HERE, tmp_path / "tests" / "front")
    (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    files = sorted(str(path) for path in (tmp_path / "tests" / "front").glob("*.test.mjs"))
    done = subprocess.run([node, "--no-warnings", "--test", *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
