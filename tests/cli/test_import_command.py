"""`etiquette import`: what it makes of a file of questions, what it says, and how it fails."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from commands import run
from etiquette_kit.locale import languages

GIFT = """::A colleague::A colleague follows you. What do you do? {
=I decline#Good.
~%50%I wait
~I accept#Not so good
}

Is it true? {T}
"""


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.gift"
    path.write_text(GIFT, encoding="utf-8")
    return path


@pytest.mark.parametrize("lang", languages())
def test_a_draft_is_written_and_what_is_left_out_is_said(questions: Path, lang: str):
    draft = questions.with_name("draft.toml")
    told = run("import", "gift", str(questions), str(draft), "--lang", lang)
    read = tomllib.loads(draft.read_text(encoding="utf-8"))
    assert [option["text"][lang]["label"] for option in read["scenario"][0]["option"]] == ["I decline", "I wait", "I accept"]
    assert f"etiquette write {draft.parent}" in told.stdout
    assert "7" in told.stderr
    assert "Is it true?" in told.stderr
    checked = run("check", str(draft), "--languages", lang, "--lang", lang, code=1)
    assert checked.stdout.count("action") == 3
    assert "platform" in checked.stdout


def test_a_draft_that_somebody_has_worked_on_stays(questions: Path):
    draft = questions.with_name("draft.toml")
    run("import", "gift", str(questions), str(draft), "--lang", "en")
    draft.write_text("# my work\n", encoding="utf-8")
    assert "--force" in run("import", "gift", str(questions), str(draft), "--lang", "en", code=2).stderr
    assert draft.read_text(encoding="utf-8") == "# my work\n"


@pytest.mark.parametrize(
    ("form", "content", "out", "code", "word"),
    [
        ("gif", GIFT, "a.toml", 2, "moodle-xml"),
        ("gift", GIFT, "a.txt", 2, ".toml"),
        ("gift", None, "a.toml", 2, "questions.gift"),
        ("gift", "nothing to choose", "a.toml", 1, "questions.gift"),
        ("gift", b"\xff\xfe\x00", "a.toml", 1, "UTF-8"),
        ("moodle-xml", "<quiz>\n<question>", "a.toml", 1, "line 2"),
        ("moodle-xml", GIFT, "a.toml", 1, "XML"),
    ],
)
def test_what_cannot_be_imported_is_said(questions: Path, form: str, content: str | bytes | None, out: str, code: int, word: str):
    questions.unlink()
    if content is not None:
        questions.write_bytes(content.encode() if isinstance(content, str) else content)
    failed = run("import", form, str(questions), str(questions.with_name(out)), "--lang", "en", code=code)
    assert word in failed.stderr
    assert not questions.with_name(out).exists()
