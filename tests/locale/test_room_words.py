"""The words that the projector's and the facilitator's page ask for, and those that there are."""

from __future__ import annotations

import re
from pathlib import Path

import etiquette_kit
import pytest
from etiquette_kit.locale import catalog, languages

WEB = Path(etiquette_kit.__file__).parent / "web"
ENTRIES = {"screen": "projector/projector.js", "control": "control/control.js"}
NAMED = {
    "screen": {"lost", "unknown"},
    "control": {
        "lost",
        "unknown",
        "answer",
        "situation",
        "timer",
        "plan",
        "join",
        "checks",
        "sheets",
        "run_sheet",
        "handout",
        "vote_sheet",
    },
}
"""Words that are asked for by a name that is a value, not written there."""


def _modules(entry: str) -> set[Path]:
    found: set[Path] = set()
    waiting = [WEB / entry]
    while waiting:
        path = waiting.pop().resolve()
        if path not in found:
            found.add(path)
            waiting += [
                path.parent / name for name in re.findall(r'^import .* from "([\w./]+)";', path.read_text(encoding="utf-8"), re.MULTILINE)
            ]
    return found


def _asked(modules: set[Path]) -> set[str]:
    return {key for path in modules for key in re.findall(r"\bwords\.(\w+)", path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("lang", languages())
def test_the_pages_ask_for_words_that_there_are(lang: str) -> None:
    modules = {face: _modules(entry) for face, entry in ENTRIES.items()}
    shared = modules["screen"] & modules["control"]
    for face, named in NAMED.items():
        words = set(catalog(lang).table(f"room_{face}"))
        assert (_asked(modules[face] - shared) | named) - words == set()
        assert words - _asked(modules[face]) - named == set()
    assert _asked(shared) - set(catalog(lang).table("room_screen")) == set()
