"""After the last situation: the task and the questions, and on the closing page what the group learned."""

from __future__ import annotations

import pytest
from etiquette_kit import decide
from etiquette_kit.live.room import Room
from etiquette_kit.locale import catalog
from etiquette_kit.present.control_page import control_page
from etiquette_kit.present.room_end import learned, most_moved
from etiquette_kit.present.room_pages import phone_page, screen_page
from etiquette_kit.present.sheets import closing
from etiquette_kit.present.takeaways import rule_for
from etiquette_kit.rules import all_cells
from room_examples import AT, LANGUAGES, PLAYABLE, at_vote, exercises, go, vote

PAGES = (phone_page, screen_page, control_page)
EXERCISES = exercises(3)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_pages_have_the_task_and_then_the_questions(lang: str):
    words = catalog(lang)
    for phase, title, points in (("write", "write_title", []), ("questions", "closing_title", closing(words))):
        for page_of in PAGES:
            page = page_of(go(at_vote(1, EXERCISES), phase), lang, AT)
            assert page["task"] == {
                "title": words(f"workshop.{title}"),
                "lead": words(f"room.task.{phase}_lead"),
                "points": points,
                "note": words(f"room.task.{phase}_note"),
            }
            assert (page["question"], page["revealed"], page["end"], page["open"]) == (None, None, None, False)
        assert control_page(go(at_vote(1, EXERCISES), phase), lang, AT)["task_say"] == list(words.table(f"room.task_say.{phase}").values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_of_every_situation_there_is_what_fits_best_and_a_rule(lang: str):
    words = catalog(lang)
    for exercise in exercises(len(PLAYABLE)):
        told = learned(exercise, lang)
        scenario = exercise.scenario
        best = [option.action for option in scenario.options if option.action in scenario.advice.best]
        named = {scenario.place.action_name(action, lang) for action in best}
        assert set(told["best"].removeprefix("★ ").split(words("end.or"))) == named
        assert told["rule"] in words.table("takeaways").values()


def test_what_fits_best_has_a_rule_wherever_the_article_says_which():
    told = {(cell.event, action): rule_for(cell, action) for cell in all_cells() for action in decide(cell).best}
    assert {key for key, rule in told.items() if rule is None} == {("message", "reply_later"), ("message", "no_reply")}
    assert set(told.values()) - {None} <= set(catalog("de").table("takeaways"))


def moved_in(*moved: int) -> Room:
    """Return a room with six people, of whom so many changed their mind in each situation; its answers were shown."""
    room = at_vote(6, EXERCISES)
    for number in moved:
        vote(room, "first", [0] * 6)
        go(room, "closed", "revote")
        vote(room, "second", [1] * number + [0] * (6 - number))
        room.apply(go(room, "reveal").next(AT))
    return go(room, "end") if room.phase != "end" else room


def test_the_end_says_where_most_people_changed_their_mind():
    title = EXERCISES[1].scenario.text("en").title
    for page_of in PAGES:
        assert page_of(moved_in(2, 5, 3), "en", AT)["end"]["moved"] == f"Most minds were changed at “{title}”: 5 of 6 people."
        assert page_of(moved_in(0, 0), "en", AT)["end"]["moved"] == catalog("en")("room.end.none_moved")


def test_of_fewer_than_five_it_is_not_said_who_moved():
    room = at_vote(4, EXERCISES)
    vote(room, "first", [0] * 4)
    go(room, "closed", "revote")
    vote(room, "second", [1] * 4)
    assert most_moved(go(room, "reveal", "end").revealed, "en", catalog("en")) is None


def test_a_situation_whose_answer_was_not_shown_is_not_at_the_end():
    room = moved_in(2)
    end = screen_page(room, "en", AT)["end"]
    assert len(end["rows"]) == len(end["learned"]) == 1
