"""The author's page in a notebook: which folder it opens, and what it prints."""

from pathlib import Path

import pytest
from author_folder import written_folder
from etiquette_kit import SituationWriter
from etiquette_kit.authoring.folder import FOLDER_VARIABLE
from etiquette_kit.locale import LanguageError


def test_the_folder_is_the_one_that_is_given_or_named_or_in_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert SituationWriter(tmp_path / "given").folder == tmp_path / "given"
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "named"))
    assert SituationWriter().folder == tmp_path / "named"
    monkeypatch.delenv(FOLDER_VARIABLE)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert SituationWriter().folder == tmp_path / "my-scenarios"
    assert list(tmp_path.iterdir()) == []  # nothing is made before something is saved


def test_it_prints_the_titles(tmp_path: Path):
    folder = written_folder(tmp_path)
    assert repr(SituationWriter(folder, lang="de")) == "Situationen: 2\n  Eine Anfrage\n  Eine Anfrage"
    assert repr(SituationWriter(str(folder), lang="en")) == "Situations: 2\n  A request\n  A request"


def test_a_language_that_is_none_is_refused(tmp_path: Path):
    with pytest.raises(LanguageError):
        SituationWriter(tmp_path, lang="xx")
