"""`etiquette site`: what it says, and how it fails."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from etiquette_kit.cli import app
from etiquette_kit.hosts.site import build as builder
from etiquette_kit.hosts.site.build import Contents, Sizes
from etiquette_kit.locale import catalog
from house_examples import HOUSE
from typer.testing import CliRunner


def _run(*arguments: str | Path, code: int = 0) -> str:
    done = CliRunner().invoke(app, ["site", *map(str, arguments), "--lang", "en"])
    assert done.exit_code == code, done.output
    assert "Traceback" not in done.output
    return done.output


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[Contents]:
    """Return what the builder was given; it builds nothing but an empty site."""
    seen: list[Contents] = []

    def build(out: Path, contents: Contents, pyodide: Path | None = None, *, force: bool = False) -> Sizes:  # noqa: ARG001
        seen.append(contents)
        built = out.with_name("built")
        (built / "app").mkdir(parents=True)
        builder.write_manifest(built)
        builder.replace(out, built)
        return Sizes(37, 14_000_000, 13_800_000, 6_700_000)

    monkeypatch.setattr(builder, "build", build)
    return seen


@pytest.fixture
def node(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let there be a node, but nothing else."""
    folder = tmp_path / "programs"
    folder.mkdir()
    found = folder / "node"
    found.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    found.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def test_it_says_where_the_site_is_how_large_and_how_to_look_at_it(given: list[Contents], tmp_path: Path):
    told = _run(tmp_path / "out")
    assert f"{tmp_path / 'out'}: 37 files, 14.0 MB" in told
    assert "6.7 MB" in told
    assert f"python -m http.server --directory {tmp_path / 'out'}" in told
    assert given[0].environment == {"ETIQUETTE_BANK": "/kit/bank", "ETIQUETTE_LANGUAGES": "de,en"}
    assert len(dict(given[0].files())) >= 3


def test_house_rules_and_a_bank_of_ones_own_go_along(given: list[Contents], tmp_path: Path):
    house = tmp_path / "house.toml"
    house.write_text(HOUSE, encoding="utf-8")
    bank = Path(builder.__file__).parents[3] / "scenarios"
    _run(tmp_path / "out", "--bank", bank, "--languages", "de", "--house", house)
    assert given[0].environment == {"ETIQUETTE_BANK": "/kit/bank", "ETIQUETTE_LANGUAGES": "de", "ETIQUETTE_HOUSE": "/kit/house.toml"}
    files = dict(given[0].files())
    assert files["house.toml"].decode() == HOUSE
    assert {name for name in files if name.startswith("bank/")} == {f"bank/{path.name}" for path in bank.glob("*.toml")}


def test_the_zip_has_the_date_that_is_given(given: list[Contents], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")
    assert "out-2030-03-17.zip" in _run(tmp_path / "out", "--zip")
    assert (tmp_path / "out-2030-03-17.zip").is_file()
    assert given


def test_a_date_that_is_none_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert "yesterday" in _run(tmp_path / "out", code=2)


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path):
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    told = _run(tmp_path, code=2)
    assert "--force" in told
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "Name another folder" in _run(tmp_path / "file", code=2)


def test_without_node_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    told = _run(tmp_path / "out", code=1)
    assert "nodejs.org" in told
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("node")
def test_without_npm_it_says_what_to_install_and_what_works_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(builder, "cache_folder", lambda: tmp_path / "cache")
    told = _run(tmp_path / "out", code=1)
    assert "npm" in told
    assert "--pyodide" in told


@pytest.mark.usefixtures("node")
def test_a_folder_that_holds_no_pyodide_is_named(tmp_path: Path):
    assert "pyodide.asm.wasm" in _run(tmp_path / "out", "--pyodide", tmp_path, code=2)


def test_a_bank_with_nothing_to_play_is_said(tmp_path: Path):
    (tmp_path / "bank").mkdir()
    assert "No scenario" in _run(tmp_path / "out", "--bank", tmp_path / "bank", code=1)
    assert "no “" in _run(tmp_path / "out", "--bank", tmp_path / "nowhere", code=2)


@pytest.mark.usefixtures("node")
def test_scenarios_in_a_language_without_notebooks_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(builder, "course_languages", lambda _folder: ("xx",))
    told = _run(tmp_path / "out", code=1)
    assert "There are notebooks in: xx." in told
    assert not (tmp_path / "out").exists()


def test_wrong_house_rules_are_said(tmp_path: Path):
    (tmp_path / "house.toml").write_text("name = ", encoding="utf-8")
    assert "house.toml:1" in _run(tmp_path / "out", "--house", tmp_path / "house.toml", code=1)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_all_that_can_go_wrong_has_words(lang: str):
    source = "".join(path.read_text(encoding="utf-8") for path in Path(builder.__file__).parent.glob("*.py"))
    kinds = {*re.findall(r'SiteError\(\s*"(\w+)"', source), *re.findall(r'"(no_\w+|not_\w+)"', source), "no_node", "no_npm"}
    assert len(kinds) >= 14
    assert {kind for kind in kinds if catalog(lang).get(f"site.command.{kind}") is None} == set()
