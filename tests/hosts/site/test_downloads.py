"""What is downloaded, and what is said when that does not work."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from etiquette_kit.hosts.site import programs, pyodide, wheels
from etiquette_kit.hosts.site.errors import SiteError


def _core(folder: Path, version: str = pyodide.VERSION) -> Path:
    for name in (*pyodide.SERVED, "python_stdlib.zip"):
        (folder / name).write_bytes(b"")
    (folder / "pyodide.mjs").write_text(f'const version = "{version}";', encoding="utf-8")
    (folder / "pyodide-lock.json").write_text(json.dumps({"info": {"python": "3.14"}, "packages": {"numpy": {}}}), encoding="utf-8")
    return folder


def test_a_folder_with_pyodide_is_taken_as_it_is(tmp_path: Path):
    assert pyodide.checked_core(_core(tmp_path)) == tmp_path
    assert json.loads(pyodide.lock_without_packages(tmp_path)) == {"info": {"python": "3.14"}, "packages": {}}


def test_another_version_and_a_file_that_is_missing_are_refused(tmp_path: Path):
    with pytest.raises(SiteError, match="pyodide_version"):
        pyodide.checked_core(_core(tmp_path, "0.1.0"))
    (tmp_path / "pyodide.asm.wasm").unlink()
    with pytest.raises(SiteError) as raised:
        pyodide.checked_core(tmp_path)
    assert (raised.value.kind, raised.value.values["files"]) == ("pyodide_lacks", "pyodide.asm.wasm")


def test_without_npm_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SiteError, match="no_npm"):
        pyodide.core(tmp_path / "cache")


def test_a_program_that_fails_is_told_in_its_own_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho 'no network' >&2\nexit 1\n", encoding="utf-8")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(SiteError) as raised:
        pyodide.core(tmp_path / "cache")
    assert (raised.value.kind, raised.value.values["reason"]) == ("no_download", "no network")
    assert list((tmp_path / "cache").iterdir()) == []


def test_what_is_not_what_was_published_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def other(_command: object, _failure: str, *, folder: Path | None = None, given: str = "") -> str:  # noqa: ARG001
        if folder is not None:
            (folder / f"pyodide-{pyodide.VERSION}.tgz").write_bytes(b"something else")
        return ""

    monkeypatch.setattr(pyodide, "run", other)
    monkeypatch.setattr(pyodide, "program", lambda name: name)
    monkeypatch.setattr(wheels, "run", other)
    for fetched in (pyodide.core, wheels.msgspec_wheel):
        with pytest.raises(SiteError, match="wrong_download"):
            fetched(tmp_path / "cache")


def test_a_cache_that_cannot_be_is_said(tmp_path: Path):
    (tmp_path / "cache").write_text("", encoding="utf-8")
    for fetched in (pyodide.core, wheels.msgspec_wheel):
        with pytest.raises(SiteError, match="no_cache"):
            fetched(tmp_path / "cache" / "site")


def test_a_program_that_is_none_is_said():
    with pytest.raises(SiteError, match="failed"):
        programs.run(["/nothing/of/this/name"], "failed")
