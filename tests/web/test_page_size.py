import re
from pathlib import Path

import etiquette_kit
from etiquette_kit.hosts.server.handlers import FOLDERS
from etiquette_kit.web.files import loaded_text, served_text

WEB = Path(etiquette_kit.__file__).parent / "web"
PAGE = WEB / "phone" / "phone.html"
MOST = 30_000
"""Bytes, uncompressed: five hundred phones that come at once share one access point."""


def _loaded() -> set[Path]:
    """Return the page and all that it loads: what it links to, and what its scripts import."""
    waiting = [PAGE, *(WEB / name for name in re.findall(r'"\.\./static/([^"]+)"', PAGE.read_text(encoding="utf-8")))]
    found: set[Path] = set()
    while waiting:
        path = waiting.pop().resolve()
        if path not in found:
            found.add(path)
            if path.suffix == ".js":
                waiting += [
                    path.parent / name for name in re.findall(r'^import .* from "([^"]+)";', path.read_text(encoding="utf-8"), re.MULTILINE)
                ]
    return found


def test_a_phone_loads_little():
    files = _loaded()
    assert {path.suffix for path in files} == {".html", ".css", ".js"}
    assert sum(len(served_text(path).encode()) for path in files) <= MOST


def test_a_phone_loads_its_own_files_and_shared_ones_alone():
    files = _loaded()
    assert {path.parent.name for path in files} == {"phone", "shared"}
    assert set(WEB.joinpath("phone").glob("*.js")) <= files
    assert "import " not in WEB.joinpath("shared", "connection.js").read_text(encoding="utf-8")


def test_no_text_in_the_scripts_goes_over_several_lines():
    """Served without indentation, it would be another one."""
    for path in (path for folder in FOLDERS for path in WEB.joinpath(folder).glob("*.js")):
        assert [line for line in loaded_text(path).splitlines() if line.count("`") % 2] == [], path.name
