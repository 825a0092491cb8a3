from __future__ import annotations

import pytest
from third_language import Kit


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Kit:
    """Return the kit with the language, its scenarios and its notebooks."""
    made = Kit(tmp_path_factory.mktemp("third"))
    made.translate_scenarios()
    made.copy_notebooks()
    return made


@pytest.fixture(scope="module")
def words_only(tmp_path_factory: pytest.TempPathFactory) -> Kit:
    """Return the kit with the language, in which no scenario and no notebook is written yet."""
    return Kit(tmp_path_factory.mktemp("words"))
