import re
from collections import Counter
from pathlib import Path

import etiquette_kit
import pytest
from etiquette_kit import LiveRoom, Quiz, SituationWriter, Workshop
from etiquette_kit.formats import format_named, formats
from etiquette_kit.web.card_module import module, style
from etiquette_kit.web.files import loaded_text

WEB = Path(etiquette_kit.__file__).parent / "web"
FRONT = WEB / "card"
VIEWS = sorted((WEB.parent / "formats").rglob("view.js"))
FILES = [*sorted(FRONT.rglob("*.js")), *sorted((WEB / "shared").glob("*.js")), *VIEWS]
ENTRIES = [path.name for path in FILES if "export default" in path.read_text(encoding="utf-8")]

SVG = '"http://www.w3.org/2000/svg"'
"""A name that looks like an address; nothing is fetched from there."""

each_entry = pytest.mark.parametrize("entry", ENTRIES)


def test_there_is_an_entry_for_each_widget():
    assert set(ENTRIES) == {"quiz.js", "advisor.js", "chooser.js", "workshop.js", "live_room.js", "site_quiz.js", "writer.js"}


@each_entry
def test_nothing_is_imported_any_more_and_one_default_is_exported(entry: str):
    joined = module(entry)
    assert re.findall(r"\bimport\b(?!ant|Node)", re.sub(r"//.*", "", joined)) == []
    assert re.findall(r"^[ \t]*export\b.*", joined, re.MULTILINE) == re.findall(r"^export default \{.*", joined, re.MULTILINE)
    assert joined.count("export default") == 1


@each_entry
def test_every_name_is_declared_once(entry: str):
    names = Counter(re.findall(r"^(?:async )?(?:function|class|const|let|var) (\w+)", module(entry), re.MULTILINE))
    assert {name: count for name, count in names.items() if count > 1} == {}


def _file(importer: Path, target: str) -> Path:
    return (importer.parent / target).resolve()


def _imports(path: Path) -> dict[str, list[str]]:
    found = re.findall(r'^import \{([^}]*)\} from "([^"]+)";', path.read_text(encoding="utf-8"), re.MULTILINE)
    return {target: [name.strip() for name in names.split(",") if name.strip()] for names, target in found}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_import_is_resolved_to_a_file_that_exports_the_name(path: Path):
    text = path.read_text(encoding="utf-8")
    assert len(re.findall(r"^import\b", text, re.MULTILINE)) == len(
        re.findall(r'^import \{[^}]*\} from "\.{1,2}/[\w/.-]+";', text, re.MULTILINE)
    )
    for target, names in _imports(path).items():
        if target == "./formats.js":
            assert names == ["formats"]
            continue
        imported = _file(path, target).read_text(encoding="utf-8")
        exported = re.findall(r"^export (?:async )?(?:function|class|const) (\w+)", imported, re.MULTILINE)
        assert set(names) <= set(exported), target


def _first_line(path: Path) -> str:
    """Return the first line of a file's own code, as it is joined."""
    lines = loaded_text(path).splitlines()
    return next(line for line in lines if line and not line.startswith(("//", "import "))).removeprefix("export ").removesuffix(" {")


def _beginning(path: Path) -> str:
    """Return the first lines of a file's own code: others have functions of the same name."""
    lines = [line for line in loaded_text(path).splitlines() if line and not line.startswith(("//", "import "))]
    return "\n".join(lines[:3]).replace("export ", "")


@each_entry
def test_no_comment_on_a_line_of_its_own_is_loaded(entry: str):
    assert re.findall(r"^\s*//.*", module(entry), re.MULTILINE) == []
    assert "/*" not in Workshop._css + Quiz._css + LiveRoom._css


@each_entry
def test_each_file_that_is_needed_is_there_once_and_before_what_imports_it(entry: str):
    joined = module(entry)
    needed: list[Path] = []

    def collect(path: Path) -> None:
        if path in needed:
            return
        needed.append(path)
        for target in _imports(path):
            if target == "./formats.js":
                for found in VIEWS:
                    collect(found)
            else:
                collect(_file(path, target))

    collect(FRONT / entry)
    first_lines = {path: _first_line(path) for path in needed}
    assert len(set(first_lines.values())) == len(needed)
    for path, line in first_lines.items():
        assert joined.count(line) == 1, path.name
    for path in needed:
        for target in _imports(path):
            if target != "./formats.js":
                assert joined.index(first_lines[_file(path, target)]) < joined.index(first_lines[path])
    left_out = [path for path in FILES if path not in needed and path.name not in ENTRIES]
    beginnings = [_beginning(path) for path in needed]
    assert [path.name for path in left_out if joined.count(_beginning(path)) > beginnings.count(_beginning(path))] == []


def test_every_format_of_the_core_has_its_view_and_its_style():
    for name in formats():
        assert (format_named(name).FOLDER / "view.js").is_file()
        assert (format_named(name).FOLDER / "view.css").is_file()
    assert re.search(r"const formats = \{ " + ", ".join(sorted(formats())) + r" \};", module("quiz.js"))


def test_the_style_has_every_sheet_and_loads_nothing():
    joined = Workshop._css + Quiz._css + LiveRoom._css + SituationWriter._css + style("confirmation.css")
    for path in sorted([*FRONT.rglob("*.css"), *(WEB / "projector").glob("*.css")]):
        for rule in re.findall(r"^(?!@media \(prefers-color-scheme)[.@\w][^{}/]*\{", loaded_text(path), re.MULTILINE):
            assert rule in joined
    assert not re.search(r"@import|url\(\s*['\"]?(?!data:)|https?://", joined)


@each_entry
def test_the_module_asks_the_network_for_nothing(entry: str):
    assert not re.search(r"https?://|\bfetch\(|XMLHttpRequest|WebSocket|import\(", module(entry).replace(SVG, ""))


@each_entry
def test_no_text_from_data_becomes_markup(entry: str):
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", module(entry))
