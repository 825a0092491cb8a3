"""Where a group writes a refusal in pairs, the projector shows the checklist and two model notes, and nobody types anything."""

from __future__ import annotations

import json

import msgspec
import pytest
from etiquette_kit import load_bank
from etiquette_kit.cards.workshop import WorkshopCard
from etiquette_kit.formats.note.assessment import CRITERIA
from etiquette_kit.locale import catalog, languages
from etiquette_kit.present.room_pages import phone_page, screen_page
from etiquette_kit.present.writing_help import writing_help
from room_examples import AT, at_vote, exercises, go

EXERCISES = exercises(3)


@pytest.mark.parametrize("lang", languages())
def test_it_has_every_line_of_the_checklist_and_a_note_for_each_way_of_address(lang: str):
    words = catalog(lang)
    help_ = writing_help(words)
    assert list(help_.checklist) == [words(f"note.checklist.{name}", most=60) for name in CRITERIA]
    assert list(help_.models) == [words(f"note.general_models.{address}") for address in ("formal", "first_name")]


def plain(lang: str) -> dict[str, object]:
    return dict(json.loads(msgspec.json.encode(writing_help(catalog(lang)))))


@pytest.mark.parametrize("lang", languages())
def test_the_screen_of_a_room_has_it_while_people_write_and_at_no_other_time(lang: str):
    for phase in ("closed", "discuss", "reveal", "write", "questions", "end"):
        writing = screen_page(go(at_vote(1, EXERCISES), phase), lang, AT)["writing"]
        assert json.loads(json.dumps(writing)) == (plain(lang) if phase == "write" else None)
    assert screen_page(at_vote(1, EXERCISES), lang, AT)["writing"] is None


def test_a_phone_does_not_have_it():
    page = phone_page(go(at_vote(1, EXERCISES), "write"), "de", AT)
    assert catalog("de")("note.general_models.formal") not in json.dumps(page, ensure_ascii=False)


@pytest.mark.parametrize("lang", languages())
def test_the_end_of_a_workshop_with_a_show_of_hands_has_it_at_the_task_to_write(lang: str):
    card = WorkshopCard(load_bank(), lang=lang, minutes=60)
    while card.round is not None:
        card.go("reveal")
        card.next()
    page = json.loads(msgspec.json.encode(card.scene))
    writing, closing = page["tasks"]
    assert writing["help"] == plain(lang)
    assert closing["help"] is None
