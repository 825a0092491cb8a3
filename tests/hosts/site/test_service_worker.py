from __future__ import annotations

import json
import re
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import etiquette_kit
import pytest
from etiquette_kit.hosts.site.offline import SERVICE_WORKER, write_service_worker
from etiquette_kit.locale import catalog, languages

PAGE = Path(etiquette_kit.__file__).parent / "web" / "site"
TEXTS = {"index.html": "<p>ä</p>", "de/index.html": "<p>de</p>", "app/site/site.js": "0", "app/python/kit.zip": "zip", "empty.txt": ""}


def _site(folder: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    write_service_worker(folder)
    return folder


def _written(folder: Path) -> str:
    return (folder / SERVICE_WORKER).read_text(encoding="utf-8")


def _listed(folder: Path) -> dict[str, dict[str, object]]:
    found = re.search(r"^const FILES = (.*);$", _written(folder), re.MULTILINE)
    assert found
    listed: dict[str, dict[str, object]] = json.loads(found[1])
    return listed


def _version(folder: Path) -> str:
    found = re.search(r'^const VERSION = "(\w+)";$', _written(folder), re.MULTILINE)
    assert found
    return found[1]


def test_every_file_is_listed_by_its_content_but_the_service_worker_itself(tmp_path: Path):
    contents = {name: text.encode() for name, text in TEXTS.items()}
    expected = {name: {"sha256": sha256(content).hexdigest(), "size": len(content)} for name, content in contents.items()}
    assert _listed(_site(tmp_path, TEXTS)) == expected
    write_service_worker(tmp_path)
    assert _listed(tmp_path) == expected


def test_what_is_for_the_web_server_alone_is_not_listed(tmp_path: Path):
    assert _listed(_site(tmp_path, {"index.html": "", ".nojekyll": "", ".git/config": "", "_headers": "", "404.html": ""})).keys() == {
        "index.html"
    }


def test_the_same_files_give_the_same_service_worker_wherever_they_are(tmp_path: Path):
    one = _site(tmp_path / "one", TEXTS)
    other = _site(tmp_path / "other", dict(reversed(TEXTS.items())))
    assert (one / SERVICE_WORKER).read_bytes() == (other / SERVICE_WORKER).read_bytes()
    assert str(tmp_path) not in _written(one)


@pytest.mark.parametrize("change", [{"index.html": "<p>o</p>"}, {"new.html": ""}])
def test_another_content_is_another_version(tmp_path: Path, change: dict[str, str]):
    before = _version(_site(tmp_path, TEXTS))
    assert _version(_site(tmp_path, change)) != before


def test_the_service_worker_is_one_script_that_is_no_module(tmp_path: Path):
    folder = _site(tmp_path, TEXTS)
    assert re.findall(r"^\s*(?:import|export)\b.*|^\s*//.*", _written(folder), re.MULTILINE) == []
    names = re.findall(r"^(?:async )?(?:function|class|const|let) (\w+)", _written(folder), re.MULTILINE)
    assert len(names) == len(set(names))
    if node := shutil.which("node"):
        subprocess.run([node, "--check", str(folder / SERVICE_WORKER)], check=True)


@pytest.mark.parametrize("lang", languages())
def test_every_word_is_asked_for_by_the_page(lang: str):
    scripts = "".join((PAGE / name).read_text(encoding="utf-8") for name in ("offline.js", "loading_bar.js"))
    asked = set(re.findall(r"\bwords(?:\(\))?\.(\w+)", scripts))
    assert set(catalog(lang).table("site.offline")) == asked - set(catalog(lang).table("site.page"))
