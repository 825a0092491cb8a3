"""One rule says what stands in the circle beside a person, on every page alike."""

from datetime import UTC, datetime

import msgspec
import pytest
from etiquette_kit import Quiz
from etiquette_kit.bank import Bank
from etiquette_kit.content.scenario import Person, Scenario
from etiquette_kit.formats.choice import Choice
from etiquette_kit.live.events import Opened
from etiquette_kit.live.room import Room
from etiquette_kit.live.situations import planned
from etiquette_kit.present.room_pages import phone_page, screen_page
from quiz_examples import BANK, Browser

AT = datetime(2025, 1, 1, tzinfo=UTC)
SHIPPED = next(iter(BANK))
THREE_NAMES = msgspec.structs.replace(SHIPPED, person=Person("Carmela Di Nardo", "female"))


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Carmela Di Nardo", "CN"),
        ("Ada Beispiel", "AB"),
        ("Ada  Ada", "AA"),
        ("Ada", "A"),
        ("Émile Ångström", "ÉÅ"),
        ("Ana-Lena Ott", "AO"),
    ],
)
def test_they_are_of_the_first_and_the_last_name(name: str, initials: str):
    assert Person(name, "female").initials == initials


@pytest.mark.parametrize("scenario", [THREE_NAMES, SHIPPED], ids=lambda scenario: scenario.person.name)
def test_quiz_phone_and_projector_have_the_same(scenario: Scenario):
    quiz = Quiz(Bank([scenario]), seed=1)
    Browser(quiz).start()
    room = Room(Opened(AT, "de", 60, (planned(Choice(scenario, tuple(scenario.key()))),)))
    room.apply(room.next(AT))
    pages = (quiz.page, phone_page(room, "de", AT), screen_page(room, "de", AT))
    assert {page["question"]["initials"] for page in pages} == {scenario.person.initials}
