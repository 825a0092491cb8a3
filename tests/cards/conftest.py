from pathlib import Path
from typing import Any

import pytest
from author_folder import written_folder
from etiquette_kit.store.sql.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Any:
    opened = Store(tmp_path / "answers.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Let a quiz not wait long for a store."""
    for module in ("connect", "damage"):
        monkeypatch.setattr(f"etiquette_kit.store.sql.{module}.PATIENCE", 50)  # milliseconds
    caplog.set_level("ERROR", logger="etiquette_kit.store.sql")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an author's folder with two situations."""
    return written_folder(tmp_path)
