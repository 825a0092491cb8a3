"""`etiquette write`: the folder is made where it is missing, and said; what is no folder is refused in plain words."""

from pathlib import Path

import pytest
from etiquette_kit.authoring.folder import FOLDER_VARIABLE, SCHEMA
from etiquette_kit.cli import app
from etiquette_kit.cli import write as write_module
from etiquette_kit.locale import LANGUAGE_VARIABLE, catalog
from typer.testing import CliRunner


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, str]]]:
    """Return what is served, instead of serving it."""
    found: list[tuple[str, dict[str, str]]] = []
    monkeypatch.setattr(write_module, "serve_page", lambda name, environment, _words, **_: found.append((name, environment)))
    return found


def _run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["write", *arguments])
    return result.exit_code, result.output


def test_a_missing_folder_is_made_and_said(tmp_path: Path, served: list[tuple[str, dict[str, str]]]):
    folder = tmp_path / "new"
    for words in (catalog("de"), catalog("en")):
        code, said = _run(str(folder / words.lang), "--lang", words.lang)
        assert code == 0
        assert said.strip() == words("write.made", path=folder / words.lang, schema=SCHEMA)
    assert served == [("14_write", {FOLDER_VARIABLE: str(folder / lang), LANGUAGE_VARIABLE: lang}) for lang in ("de", "en")]
    assert _run(str(folder / "de"), "--lang", "de") == (0, "")  # it is there now


def test_without_a_name_it_is_one_in_this_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, served: list[tuple[str, dict[str, str]]]):
    monkeypatch.chdir(tmp_path)
    assert _run("--lang", "en")[0] == 0
    assert served[0][1][FOLDER_VARIABLE] == str(tmp_path / "my-scenarios")
    assert (tmp_path / "my-scenarios" / SCHEMA).exists()


def test_a_file_is_no_folder(tmp_path: Path, served: list[tuple[str, dict[str, str]]]):
    file = tmp_path / "first.toml"
    file.write_text("")
    code, said = _run(str(file), "--lang", "en")
    assert (code, served) == (2, [])
    assert catalog("en")("write.no_folder", path=file) in said


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, served: list[tuple[str, dict[str, str]]]):
    (tmp_path / "file").write_text("")
    code, said = _run(str(tmp_path / "file" / "below"), "--lang", "en")
    assert (code, served) == (1, [])
    assert "cannot be made" in said
