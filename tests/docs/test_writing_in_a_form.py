"""docs/scenarios.md: what it says of the form is what the page does and how its buttons are called."""

import re
from pathlib import Path

import pytest
from command_check import commands, mistake
from doc_pages import read, section
from etiquette_kit.authoring import drafts
from etiquette_kit.authoring.saving import DELETED
from etiquette_kit.cards.writer.desk import COMPARED
from etiquette_kit.locale import catalog

PAGE = read("docs/scenarios.md")
FORM = section(PAGE, "## In a form")
WORDS = catalog("en")


def test_the_page_begins_with_the_form_and_the_file_comes_after():
    assert PAGE.index("## In a form") < PAGE.index("## Your first scenario as a file") < PAGE.index("[[scenario]]")
    (line,) = re.findall(r"```\n(.+)\n```", FORM)
    ((typed),) = commands(line)
    assert mistake(typed) == ""
    assert typed[2:4] == ["etiquette", "write"]


def test_what_is_to_be_pressed_is_called_so():
    card = {text.partition("{")[0] for text in WORDS.table("writer_card").values()}
    known = card | {WORDS("writer.told.unsure"), WORDS("writer.states.draft")}
    named = re.findall(r"(?<!\*)\*([^*\n]+(?:\n +[^*\n]+)?)\*(?!\*)", FORM)
    assert len(named) >= 10
    assert {" ".join(name.split()) for name in named} - known == set()


def test_numbers_and_folders_are_those_of_the_code(monkeypatch: pytest.MonkeyPatch):
    assert f"more than {COMPARED} situations" in FORM
    assert f"the folder `{DELETED}`" in FORM
    assert f"`{drafts.VARIABLE}`" in FORM
    monkeypatch.delenv(drafts.VARIABLE, raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", "/state")
    assert drafts._place() == Path("/state/etiquette-kit/drafts")
    assert "`~/.local/state/etiquette-kit/drafts`" in FORM
