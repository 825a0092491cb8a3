"""Where the house rules are shown: never before the answer, never among what is graded."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from etiquette_kit import LiveRoom, Quiz, Workshop, load_bank
from etiquette_kit.bank.house_file import load_house
from etiquette_kit.content.house_rules import House
from etiquette_kit.locale import languages
from etiquette_kit.present.sheets import handout, run_sheet
from etiquette_kit.workshop import PLANS
from house_examples import GENERAL, written_house

EVERYWHERE = "Zeigen Sie das zuerst der Personalabteilung <b>& fragen</b>."
TEXT = f"""
[house]
name = "<i>Haus</i> & Söhne {{count}}"
text.de = "{GENERAL}"
""" + "".join(f'[[rule]]\nrelation = "{relation}"\ntext.de = "{EVERYWHERE}"\n' for relation in ("client", "colleague", "boss"))


@pytest.fixture
def house(tmp_path: Path) -> House:
    return load_house(written_house(tmp_path, TEXT))


def holders(part: Any, text: str, way: str = "") -> Iterator[str]:
    """Return the ways to all places at which a text stands."""
    if isinstance(part, dict):
        for name, value in part.items():
            yield from holders(value, text, f"{way}.{name}")
    elif isinstance(part, list | tuple):
        for value in part:
            yield from holders(value, text, way)
    elif isinstance(part, str) and text in part:
        yield way.removeprefix(".")


def shown(quiz: Quiz) -> dict[str, Any]:
    """Return all that the browser has of a quiz."""
    return {name: getattr(quiz, name) for name in ("scene", "standing", "feedback", "words", "save_status", "notice")}


@pytest.mark.parametrize("lang", languages())
def test_the_start_page_has_what_always_holds_and_nothing_else(house: House, lang: str):
    everything = shown(Quiz(lang=lang, seed=1, house=house))
    assert list(holders(everything, GENERAL)) == ["scene.house.texts.text"]
    assert list(holders(everything, EVERYWHERE)) == []
    note = everything["scene"]["house"]
    assert note["title"].endswith(": <i>Haus</i> & Söhne {count}")
    assert list(note["texts"]) == [{"text": GENERAL, "lang": "de"}]


def test_in_practice_a_rule_comes_with_the_answer_and_stands_apart_from_it(house: House):
    quiz, without = (Quiz(seed=1, length=2, house=given) for given in (house, None))
    for each in (quiz, without):
        each._take(each, {"do": "start", "n": "x-1"}, [])
    assert list(holders(shown(quiz), EVERYWHERE)) == list(holders(shown(quiz), GENERAL)) == []
    results = [each.answer(each.question.options[0]) for each in (quiz, without) if each.question]
    assert results[0] == results[1]
    assert list(holders(shown(quiz), EVERYWHERE)) == ["standing.house.texts.text"]
    assert list(holders(shown(quiz), GENERAL)) == []
    assert quiz.feedback == without.feedback
    assert without.standing.get("house") is None
    assert quiz.summary() == without.summary()
    quiz.next()
    assert list(holders(shown(quiz), EVERYWHERE)) == []


def test_in_a_test_no_rule_is_shown_before_the_end(house: House):
    quiz = Quiz(seed=1, length=2, mode="test", house=house)
    for _ in range(2):
        assert quiz.question
        quiz.answer(quiz.question.options[0])
        assert list(holders(shown(quiz), EVERYWHERE)) == []
        quiz.next()
    assert list(holders(shown(quiz), EVERYWHERE)) == []
    quiz._take(quiz, {"do": "show", "position": 0, "round": quiz.page["round"], "n": "x-1"}, [])
    assert list(holders(shown(quiz), EVERYWHERE)) == ["standing.house.texts.text"]


def test_every_situation_of_the_bank_shows_the_rule_for_it(house: House):
    quiz = Quiz(seed=1, house=house)
    while quiz.question is not None:
        quiz.answer(quiz.question.options[0])
        assert list(quiz.standing["house"]["texts"]) == [{"text": EVERYWHERE, "lang": "de"}]
        quiz.next()


@pytest.mark.parametrize("given", ["path", "text", "environment"])
def test_a_quiz_a_workshop_and_a_room_take_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str):
    path = written_house(tmp_path, TEXT)
    if given == "environment":
        monkeypatch.setenv("ETIQUETTE_HOUSE", str(path))
    value = {"path": path, "text": str(path), "environment": None}[given]
    assert Quiz(house=value).page["house"]["texts"][0]["text"] == GENERAL
    assert GENERAL in Workshop(house=value).handout()
    assert LiveRoom(house=value).card._house == load_house(path)


def test_a_workshop_shows_the_rule_with_the_answer_only(house: House):
    workshop = Workshop(seed=1, house=house)
    for phase in ("vote", "discuss", "revote"):
        workshop.go(phase)
        assert list(holders(workshop.page, EVERYWHERE)) == []
    workshop.go("reveal")
    assert list(holders(workshop.page, EVERYWHERE)) == ["house.texts.text"]


@pytest.mark.parametrize("lang", languages())
def test_the_sheets_have_both_kinds_as_text_and_nothing_without_rules(house: House, lang: str):
    workshop = Workshop(seed=1, lang=lang)
    rounds = workshop.rounds
    plan = PLANS[60].of(len(rounds))
    for made, bare in (
        (handout(rounds, lang, house), handout(rounds, lang)),
        (run_sheet(rounds, plan, lang, house), run_sheet(rounds, plan, lang)),
    ):
        assert made.count(GENERAL) == 1
        assert made.count("Zeigen Sie das zuerst der Personalabteilung &lt;b&gt;&amp; fragen&lt;/b&gt;.") == len(rounds)
        assert "&lt;i&gt;Haus&lt;/i&gt; &amp; Söhne {count}" in made
        assert made.count('<p lang="de">') == len(rounds) + 1
        assert "<b>" not in made
        assert 'class="house"' not in bare


def test_the_key_of_the_bank_does_not_depend_on_the_rules(house: House):
    bank = load_bank()
    before = {scenario.id: scenario.content for scenario in bank}
    quiz = Quiz(bank, seed=1, house=house)
    assert {exercise.material.id: exercise.material.content for exercise in quiz.session.exercises}.items() <= before.items()
