from pathlib import Path

import etiquette_kit

PAGE = Path(etiquette_kit.__file__).parent / "web" / "room"
MOST = 30_000
"""Bytes, uncompressed: five hundred phones that come at once share one access point."""


def test_a_phone_loads_little():
    files = [PAGE / "connection.js", *(PAGE / "phone").iterdir()]
    assert {path.suffix for path in files} == {".html", ".css", ".js"}
    assert sum(path.stat().st_size for path in files) <= MOST


def test_a_phone_loads_nothing_else():
    for path in (PAGE / "phone").glob("*.js"):
        imported = [line.split('"')[1] for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("import ")]
        assert {name for name in imported if not name.startswith("./")} <= {"../connection.js"}
    assert "import " not in (PAGE / "connection.js").read_text(encoding="utf-8")
