"""What stands in a SCORM package: its description, the page that opens, and the site behind it."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from commands import run
from etiquette_kit.bank import load_bank
from etiquette_kit.exchange import scorm12
from etiquette_kit.exchange.output import OutputError
from etiquette_kit.exchange.scorm12 import FILE_NAME, LAUNCH, MANIFEST, Package, write_scorm12
from etiquette_kit.hosts.site.build import Contents
from etiquette_kit.hosts.site.errors import SiteError
from etiquette_kit.hosts.site.lessons import LEFT_OUT
from etiquette_kit.locale import catalog, languages
from good_scenario import HEAD, scenario, written
from tests.support.built_site import shipped_contents

_CP = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}"
_ADLCP = "{http://www.adlnet.org/xsd/adlcp_rootv1p2}"
_LARGEST = 12_000_000  # bytes


@pytest.fixture
def files(scorm_package: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(scorm_package) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.mark.slow
def test_it_describes_itself_and_lists_every_file(files: dict[str, bytes]):
    manifest = ET.fromstring(files[MANIFEST])  # noqa: S314  written by ourselves
    assert manifest.tag == f"{_CP}manifest"
    assert [entry.text for entry in manifest.find(f"{_CP}metadata") or ()] == ["ADL SCORM", "1.2"]
    organizations = manifest.find(f"{_CP}organizations")
    assert organizations is not None
    (course,) = organizations
    assert course.attrib["identifier"] == organizations.attrib["default"]
    (unit,) = course.findall(f"{_CP}item")
    (resource,) = manifest.findall(f"{_CP}resources/{_CP}resource")
    assert unit.attrib["identifierref"] == resource.attrib["identifier"]
    assert (resource.attrib["type"], resource.attrib[f"{_ADLCP}scormtype"]) == ("webcontent", "sco")
    assert resource.attrib["href"] == LAUNCH
    assert [entry.attrib["href"] for entry in resource] == sorted(files.keys() - {MANIFEST})
    titles = {entry.text for entry in manifest.iter(f"{_CP}title")}
    assert titles == {"Privat oder beruflich? · Private or professional?"}
    identifiers = [entry.attrib["identifier"] for entry in manifest.iter() if "identifier" in entry.attrib]
    assert len(identifiers) == len({*identifiers})


@pytest.mark.slow
def test_it_is_small_and_has_only_what_every_platform_hands_out_as_what_it_is(scorm_package: Path, files: dict[str, bytes]):
    assert scorm_package.stat().st_size < _LARGEST
    assert {Path(name).suffix for name in files} == {".html", ".js", ".css", ".zip", ".wasm", ".xml", ".txt"}
    assert "sw.js" not in files, "a platform hands out the pages as they are now"
    assert not [name for name, body in files.items() if name.endswith(".js") and re.search(rb"[\w.]+\.mjs\b", body) and "asm" not in name]
    imported = re.findall(
        r'from "(?P<path>\.[^"]+)"', "".join(body.decode() for name, body in files.items() if name.startswith("app/scorm/"))
    )
    assert {f"app/scorm/{path[2:]}" if path.startswith("./") else f"app/{path[3:]}" for path in imported} <= files.keys()


@pytest.mark.slow
def test_the_site_is_the_ordinary_one_but_for_what_reports(files: dict[str, bytes], built_site: Path):
    ordinary = {path.relative_to(built_site).as_posix(): path.read_bytes() for path in built_site.rglob("*") if path.is_file()}
    assert ordinary.keys() - files.keys() == {"sw.js", "app/files.json", "app/python/pyodide.mjs", "app/python/pyodide.asm.mjs"}
    assert {name for name in files if name.endswith(".html")} == {name for name in ordinary if name.endswith(".html")} | {LAUNCH}
    changed = {name for name, body in ordinary.items() if name in files and files[name] != body and not name.endswith(".html")}
    assert changed == {"app/site/worker.js", "app/python/kit.zip"}
    assert not [name for name in ordinary if "scorm" in name]
    reported = {name: _settings(body)["attempt"] for name, body in files.items() if name.endswith(".html") and name != LAUNCH}
    assert {name: card for name, card in reported.items() if card} == {"index.html": "Quiz-1"}
    assert "attempt" not in _settings(ordinary["index.html"])


def _settings(page: bytes) -> dict[str, object]:
    found = re.search(r'id="settings">(.*?)</script>', page.decode())
    assert found
    settings: dict[str, object] = json.loads(found[1])
    return settings


@pytest.mark.slow
def test_a_second_package_is_the_same_byte_for_byte(scorm_package: Path, tmp_path: Path):
    again = write_scorm12(tmp_path / "new", shipped_contents())
    assert again == Package(tmp_path / "new" / FILE_NAME, scorm_package.stat().st_size, ("de", "en"))
    assert again.path.read_bytes() == scorm_package.read_bytes()


@pytest.mark.slow
@pytest.mark.usefixtures("scorm_package")  # what is needed to build is there
def test_a_bank_in_one_language_has_a_package_in_this_one_and_nothing_is_overwritten(tmp_path: Path):
    text = HEAD + "".join(scenario(f"one-{number}") for number in range(3))
    text = re.sub(r'^\[scenario\.text\.en\].*?""".*?"""\n', "", text, flags=re.MULTILINE | re.DOTALL)
    bank = written(tmp_path, re.sub(r"^.*\.en\b.*\n", "", text, flags=re.MULTILINE))
    target = tmp_path / "course.zip"
    assert write_scorm12(target, Contents(load_bank(bank), bank)) == Package(target, target.stat().st_size, ("de",))
    with zipfile.ZipFile(target) as packed:
        names = packed.namelist()
        words = json.loads(re.findall(r'id="words">(.*?)</script>', packed.read(LAUNCH).decode())[0])
    assert [*words] == ["de"]
    assert not [name for name in names if name.startswith("en/")]
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="exists"):
        write_scorm12(target, Contents(load_bank(bank), bank))
    assert target.read_text(encoding="utf-8") == "mine"


# ---- the command -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[Contents]:
    """Return what the command has had written; nothing is built."""
    seen: list[Contents] = []

    def write(out: Path, contents: Contents, *, force: bool) -> Package:
        if out.exists() and not force:
            raise OutputError("exists", out)
        seen.append(contents)
        return Package(out, 6_900_000, ("de", "en"))

    monkeypatch.setattr(scorm12, "write_scorm12", write)
    return seen


@pytest.mark.parametrize("lang", languages())
def test_the_command_says_where_it_is_what_is_not_in_it_and_what_to_do_next(given: list[Contents], tmp_path: Path, lang: str):
    told = run("export", "scorm12", str(tmp_path / "course.zip"), "--lang", lang).stdout
    assert f"{tmp_path / 'course.zip'}: " in told
    assert "6.9 MB" in told
    assert all(name in told for name in LEFT_OUT)
    assert catalog(lang)("scorm.next") in told
    assert "scorm12" in catalog(lang)("help.export.target")
    assert len(given[0].bank) == len(load_bank())


def test_the_command_takes_a_bank_and_refuses_a_choice(given: list[Contents], tmp_path: Path):
    bank = written(tmp_path, HEAD + scenario("one") + scenario("two"))
    run("export", "scorm12", str(tmp_path / "a"), "--bank", str(bank), "--lang", "en")
    assert [entry.id for entry in given[0].bank] == ["one", "two"]
    for option in ("--formats", "--scenarios"):
        refused = run("export", "scorm12", str(tmp_path / "a"), option, "choice", "--lang", "en", code=2)
        assert "always has the whole course" in refused.stderr
    assert len(given) == 1


def test_what_goes_wrong_is_said(given: list[Contents], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    taken = tmp_path / "course.zip"
    taken.write_text("mine", encoding="utf-8")
    refused = run("export", "scorm12", str(taken), "--lang", "en", code=2)
    assert "--force" in refused.stderr
    assert given == []

    def fail(*_: object, **__: object) -> Package:
        kind = "no_node"
        raise SiteError(kind)

    monkeypatch.setattr(scorm12, "write_scorm12", fail)
    assert "nodejs.org" in run("export", "scorm12", str(tmp_path / "b"), "--lang", "en", code=1).stderr
    assert "scorm12" in run("export", "scorm13", str(tmp_path / "b"), "--lang", "en", code=2).stderr
