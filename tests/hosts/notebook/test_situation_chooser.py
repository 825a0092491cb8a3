"""The chooser in a notebook: a workshop and a room follow it."""

import json
from pathlib import Path

import pytest
from chosen_situations import BOSS_AND_COLLEAGUE, CLIENTS
from etiquette_kit import LiveRoom, SituationChooser, Workshop
from etiquette_kit.hosts.notebook.card import CardWidget

NAMES = (*CLIENTS, *BOSS_AND_COLLEAGUE)


def names_of(widget: Workshop | LiveRoom) -> tuple[str, ...]:
    return tuple(exercise.scenario.id for exercise in widget.card._situations.planned)


@pytest.mark.parametrize("kind", [Workshop, LiveRoom])
def test_a_workshop_and_a_room_have_what_is_chosen(kind: type[Workshop] | type[LiveRoom]):
    chooser = SituationChooser(lang="en")
    widget = kind(lang="en", seed=22, scenarios=chooser)
    drawn = names_of(widget)
    chooser.choose(NAMES[:3], title="Friday")
    assert names_of(widget) == NAMES[:3] == names_of(kind(lang="en", scenarios=chooser.chosen))
    assert json.dumps(widget.page) != json.dumps(kind(lang="en", seed=22).page)
    chooser.choose([])
    assert names_of(widget) == drawn == names_of(kind(lang="en", seed=22))


@pytest.mark.parametrize("kind", [Workshop, LiveRoom])
def test_a_file_is_taken_by_its_path(kind: type[Workshop] | type[LiveRoom], tmp_path: Path):
    chooser = SituationChooser(lang="en")
    chooser.choose(NAMES, title="Friday")
    path = chooser.save(tmp_path / "friday.toml")
    for given in (path, str(path)):
        assert names_of(kind(scenarios=given)) == NAMES
    assert kind(scenarios=path).lang == "en"
    other = SituationChooser(lang="de")
    other.load(path)
    assert other.chosen == chooser.chosen.__class__("Friday", NAMES, None, "en")


def test_the_text_form_is_the_choice():
    chooser = SituationChooser(lang="en")
    chooser.choose(NAMES)
    data, _ = CardWidget._repr_mimebundle_(chooser)
    assert data["text/plain"] == repr(chooser)
    assert len(repr(chooser).splitlines()) == 1 + len(NAMES)
