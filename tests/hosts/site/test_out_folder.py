"""What becomes of the folder that a site is written to."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from etiquette_kit.hosts.site.errors import SiteError
from etiquette_kit.hosts.site.out_folder import replace, require_writable, write_manifest, write_zip


def _built(folder: Path, **files: str) -> Path:
    for name, text in {"app": "", **files}.items():
        path = folder / ("app/a.js" if name == "app" else f"{name}.html")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    write_manifest(folder)
    return folder


def test_a_site_takes_the_place_of_the_last_and_other_files_stay(tmp_path: Path):
    out = tmp_path / "out"
    replace(out, _built(tmp_path / "one", index="1", old="x"))
    (out / "CNAME").write_text("example.org", encoding="utf-8")
    require_writable(out, force=False)
    replace(out, _built(tmp_path / "two", index="2"))
    assert sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()) == [
        "CNAME",
        "app/a.js",
        "app/files.json",
        "index.html",
    ]
    assert (out / "index.html").read_text(encoding="utf-8") == "2"


def test_a_folder_with_something_else_is_refused_unless_forced(tmp_path: Path):
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SiteError, match="foreign"):
        require_writable(tmp_path, force=False)
    require_writable(tmp_path, force=True)
    require_writable(tmp_path / "new", force=False)


def test_a_list_of_files_that_leads_out_of_the_folder_removes_nothing_there(tmp_path: Path):
    kept = tmp_path / "kept.txt"
    kept.write_text("mine", encoding="utf-8")
    out = tmp_path / "out"
    (out / "app").mkdir(parents=True)
    files = {"../kept.txt": "", str(kept): ""}
    (out / "app" / "files.json").write_text(json.dumps({"made_by": "etiquette site", "files": files}), encoding="utf-8")
    replace(out, _built(tmp_path / "new"))
    assert kept.exists()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"made_by": "somebody", "files": {}}'])
def test_a_list_of_files_that_is_none_makes_no_site(tmp_path: Path, text: str):
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "files.json").write_text(text, encoding="utf-8")
    with pytest.raises(SiteError, match="foreign"):
        require_writable(tmp_path, force=False)


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path):
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(SiteError, match="no_folder"):
        require_writable(tmp_path / "out", force=False)


def test_the_zip_is_the_same_in_each_run_and_has_its_date_in_its_name(tmp_path: Path):
    out = tmp_path / "out"
    replace(out, _built(tmp_path / "one", index="1"))
    first = write_zip(out, datetime(2030, 4, 5, tzinfo=UTC))
    body = first.read_bytes()
    assert first.name == "out-2030-04-05.zip"
    assert write_zip(out, datetime(2030, 4, 5, 7, tzinfo=UTC)).read_bytes() == body
