"""environment.yml lists what pyproject.toml lists."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent


def test_conda_environment_is_in_step() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.sub(r";.*", "", entry).strip() for entry in project["dependencies"]} | {f"python{project['requires-python']}"}
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    (by_pip,) = [entry["pip"] for entry in listed if isinstance(entry, dict)]
    packages = {entry for entry in listed if isinstance(entry, str)} | set(by_pip)
    assert packages - {"pip", "-e ."} == wanted
