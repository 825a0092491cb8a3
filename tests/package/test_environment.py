"""environment.yml lists what pyproject.toml lists."""

from __future__ import annotations

import re
import tomllib

import yaml
from repository import ROOT


def test_conda_environment_is_in_step() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.sub(r";.*", "", entry).strip() for entry in project["dependencies"]} | {f"python{project['requires-python']}"}
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    (by_pip,) = [entry["pip"] for entry in listed if isinstance(entry, dict)]
    packages = {entry for entry in listed if isinstance(entry, str)} | set(by_pip)
    assert packages - {"pip", "-e ."} == wanted


def test_binder_has_the_same_packages_with_a_python_that_it_recognises() -> None:
    own = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    binder = yaml.safe_load((ROOT / "binder" / "environment.yml").read_text(encoding="utf-8"))
    python = next(entry for entry in binder["dependencies"] if str(entry).startswith("python"))
    # repo2docker looks for "=": https://github.com/jupyterhub/repo2docker/blob/main/repo2docker/buildpacks/conda/__init__.py
    assert re.fullmatch(r"python=3\.\d+", python)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"Programming Language :: Python :: {python.partition('=')[2]}" in project["classifiers"]
    own["dependencies"][own["dependencies"].index("python>=3.11")] = python
    own["dependencies"][-1]["pip"].remove("-e .")  # postBuild installs it
    assert binder == own


def test_binder_finds_only_what_it_reads_in_its_folder() -> None:
    assert {path.name for path in (ROOT / "binder").iterdir()} - {"__pycache__"} == {"environment.yml", "postBuild", "voila.py"}
    assert not (ROOT / ".binder").exists()  # it refuses to choose between the two
    assert (ROOT / "binder" / "postBuild").stat().st_mode & 0o111
