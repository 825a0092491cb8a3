import re
from html.parser import HTMLParser

import msgspec
import pytest
from chosen_situations import BANK, CLIENTS
from etiquette_kit.formats.choice import Choice
from etiquette_kit.locale import catalog, languages
from etiquette_kit.present.sheets import LETTERS, handout, questions, run_sheet
from etiquette_kit.rules import all_cells, decide
from etiquette_kit.workshop import PLANS, Plan, Round
from workshop_examples import round_of

ROUNDS = [round_of(name) for name in CLIENTS]
PLAN = PLANS[60].of(len(ROUNDS))


class _Reader(HTMLParser):
    """Reads the tags and the words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not [name for name, _ in attrs if name.startswith("on") or name in ("src", "href")], "a sheet loads and runs nothing"

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.mark.parametrize("lang", languages())
def test_the_handout_tells_every_reaction_with_its_grade_and_reason(lang: str):
    page = _Reader(handout(ROUNDS, lang))
    for entry in ROUNDS:
        scenario = entry.exercise.scenario
        assert scenario.text(lang).title in page.text
        for option in scenario.options:
            assert " ".join(option.text(lang).label.split()) in page.text
            assert scenario.advice.verdict(option.action, lang) in page.text
            assert scenario.advice.reason(option.action, lang) in page.text
    for passage in catalog(lang).table("passages").values():
        assert passage in page.text
    assert "Alexander Plath" in page.text


@pytest.mark.parametrize("lang", languages())
def test_sheets_name_no_passage_by_its_number_and_say_beside_each_grade_what_it_rests_on(lang: str):
    for text in (handout(ROUNDS, lang), run_sheet(ROUNDS, PLAN, lang)):
        page = _Reader(text).text
        assert not re.search(r"\bS\d\b", page)
        for entry in ROUNDS:
            for option in entry.exercise.key_page(lang).options.values():
                assert re.search(rf"{option.verdict}\s+\({option.tag}\)", page)


@pytest.mark.parametrize("lang", languages())
def test_the_run_sheet_has_the_times_the_key_and_the_questions(lang: str):
    text = run_sheet(ROUNDS, PLAN, lang)
    page = _Reader(text)
    rows = re.findall(r"<tr><td>([\d, ]+)</td><td>(\d+)</td><td>(.+)</td></tr>", text)
    timed = [(int(start), int(minutes)) for starts, minutes, _ in rows for start in starts.split(", ")]
    assert timed == [(step.start, step.minutes) for step in PLAN.steps]
    starred = re.findall(r"<strong>(\w)( ★)? · \d ", text)
    keys = [entry.exercise.scenario.key()[option] == 4 for entry in ROUNDS for option in entry.exercise.order]
    assert [bool(star) for _, star in starred] == keys
    assert [letter for letter, _ in starred][: len(ROUNDS[0].exercise.order)] == list(LETTERS[: len(ROUNDS[0].exercise.order)])
    for entry in ROUNDS:
        scenario = entry.exercise.scenario
        for question in questions(entry, lang):
            assert question in page.text
        for option in scenario.options:
            assert scenario.advice.reason(option.action, lang) in page.text


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("plan", [PLAN, PLANS[90].of(len(ROUNDS))], ids=lambda plan: str(plan.minutes))
def test_the_run_sheet_says_what_to_say_and_from_which_minute_to_which(lang: str, plan: Plan):
    text, words = run_sheet(ROUNDS, plan, lang), catalog(lang)
    page = _Reader(text)
    for step in plan.steps:
        assert words("sheet.minutes", start=step.start, end=step.start + step.minutes) in page.text
    for said in ("say.welcome", "say.note", "say.close", "closing"):
        for sentence in words.table(said).values():
            assert sentence in page.text


@pytest.mark.parametrize("lang", languages())
def test_the_handout_explains_its_grades_and_how_strongly_a_passage_speaks(lang: str):
    page, words = _Reader(handout(ROUNDS, lang)), catalog(lang)
    for grade, meaning in words.table("grade_meanings").items():
        assert f"{words(f'grades.{grade}')} {meaning}" in page.text
    for tag in words.table("basis_tags").values():
        assert tag in words("sheet.key_lead")
    assert words("sheet.key_lead") in page.text
    for strength in words.table("strengths").values():
        assert strength in words("sheet.sources_lead")
    assert words("sheet.sources_lead") in page.text


@pytest.mark.parametrize("lang", languages())
def test_a_role_is_not_joined_to_the_name_by_a_comma(lang: str):
    scenario = ROUNDS[0].exercise.scenario
    for text in (handout(ROUNDS, lang), run_sheet(ROUNDS, PLAN, lang)):
        assert f"{scenario.person.name} · {scenario.text(lang).role}" in _Reader(text).text


def test_hands_are_told_once_the_answer_was_shown():
    counted = ROUNDS[0].count({"a": 31}).go("revote").count({"b": 47})
    assert "31" not in _Reader(handout([counted], "de")).text
    assert "Hände: zuerst 31, nach dem Gespräch 0" in _Reader(handout([counted.go("reveal")], "de")).text
    assert (
        "Hands: not counted at first, 2 after talking" in _Reader(handout([ROUNDS[0].go("revote").count({"a": 2}).go("reveal")], "en")).text
    )


def test_text_from_data_becomes_text_and_never_markup():
    hostile = '<script>alert("x")</script><img src=x onerror=alert(1)>„Zitat“ & mehr'
    scenario = BANK[CLIENTS[0]]
    texts = {lang: msgspec.structs.replace(text, title=hostile, role=hostile, stem=hostile) for lang, text in scenario.texts.items()}
    entry = Round(Choice(msgspec.structs.replace(scenario, texts=texts), ROUNDS[0].exercise.order))
    for page in (handout([entry], "de"), run_sheet([entry], PLAN.of(1), "de")):
        assert {"script", "img"} & set(_Reader(page).tags) == set()
        assert hostile in _Reader(page).text


@pytest.mark.parametrize("lang", languages())
def test_every_rule_that_can_be_put_to_a_room_has_two_questions(lang: str):
    for scenario in BANK:
        assert len(questions(round_of(scenario.id), lang)) == 2
    rules = {decide(cell).rule for cell in all_cells()}
    known = {key.split(".")[1] for key in _question_keys(lang)}
    assert known <= rules


def _question_keys(lang: str) -> list[str]:
    words = catalog(lang)
    return [f"questions.{decide(cell).rule}" for cell in all_cells() if words.get(f"questions.{decide(cell).rule}.1")]


@pytest.mark.parametrize("lang", languages())
def test_questions_do_not_tell_the_grade(lang: str):
    words = catalog(lang)
    verdicts = {*words.table("grades").values(), *words.table("basis_tags").values()}
    for key in _question_keys(lang):
        for text in words.table(key).values():
            assert text.endswith("?")
            assert not [verdict for verdict in verdicts if verdict in text]
            assert not re.search(r"\bS\d\b", text)
