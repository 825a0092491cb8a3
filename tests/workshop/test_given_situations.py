"""The situations of a workshop: ids, a list, its file, what the environment names, or none, so that they are drawn."""

from collections.abc import Callable
from pathlib import Path

import pytest
from chosen_situations import BANK, BOSS_AND_COLLEAGUE, CLIENTS
from etiquette_kit.bank import SelectionError
from etiquette_kit.locale import LanguageError
from etiquette_kit.workshop import (
    PlanError,
    SituationList,
    SituationListError,
    WorkshopSituations,
    workshop_situations,
)

LIST = SituationList("Friday", (*CLIENTS, *BOSS_AND_COLLEAGUE), 90, "en")


def names(found: WorkshopSituations) -> tuple[str, ...]:
    return tuple(exercise.scenario.id for exercise in found.planned)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "friday.toml"
    path.write_text(LIST.toml(), encoding="utf-8")
    return path


class Source:
    """A chooser without a page."""

    def __init__(self, chosen: SituationList) -> None:
        self.chosen = chosen

    def follow(self, changed: Callable[[], None]) -> None:
        raise NotImplementedError


def test_a_list_its_file_and_its_ids_are_the_same_situations(file: Path):
    for given in (LIST, file, str(file), Source(LIST), ",".join(LIST.scenarios), list(LIST.scenarios)):
        found = workshop_situations(BANK, given, 1)
        assert names(found) == LIST.scenarios
        assert found.fixed


def test_what_the_list_says_holds_unless_something_else_is_asked_for(file: Path):
    found = workshop_situations(BANK, file, 1)
    assert (found.minutes, found.lang) == (90, "en")
    found = workshop_situations(BANK, file, 1, minutes=60, lang="de")
    assert (found.minutes, found.lang) == (60, "de")


def test_without_any_they_are_drawn(monkeypatch: pytest.MonkeyPatch, file: Path):
    drawn = workshop_situations(BANK, None, 1)
    assert (drawn.fixed, drawn.minutes, drawn.lang, len(drawn.planned)) == (False, 60, "de", 4)
    assert names(workshop_situations(BANK, Source(SituationList()), 1)) == names(drawn)
    monkeypatch.setenv("ETIQUETTE_SCENARIOS", str(file))
    assert names(workshop_situations(BANK, None, 1)) == LIST.scenarios
    assert names(workshop_situations(BANK, [CLIENTS[0]], 1)) == (CLIENTS[0],)
    monkeypatch.setenv("ETIQUETTE_SCENARIOS", ",".join(CLIENTS))
    assert names(workshop_situations(BANK, None, 1)) == CLIENTS


def test_the_language_of_pages_that_ask_for_none_is_that_of_the_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ETIQUETTE_LANG", "en")
    assert workshop_situations(BANK, None, 1).lang == "en"
    assert workshop_situations(BANK, None, 1, lang="de").lang == "de"
    monkeypatch.setenv("ETIQUETTE_LANG", "tlh")
    with pytest.raises(LanguageError, match="there is no language 'tlh'"):
        workshop_situations(BANK, None, 1)


def test_what_cannot_be_used_is_refused(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        workshop_situations(BANK, tmp_path / "nowhere.toml", 1)
    with pytest.raises(SituationListError, match="There is no situation “pink-slippers” here"):
        workshop_situations(BANK, "pink-slippers", 1)
    with pytest.raises(KeyError, match="pink-slippers"):
        workshop_situations(BANK, ["pink-slippers"], 1)
    with pytest.raises(SelectionError):
        workshop_situations(BANK, [], 1)
    with pytest.raises(PlanError):
        workshop_situations(BANK, None, 1, minutes=45)
