"""A card is plain values and a method: it needs no widget, tells its host what has changed, and describing it changes nothing."""

import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import etiquette_kit
import pytest
from etiquette_kit import Advisor, Quiz, Workshop
from etiquette_kit.bank import Bank
from etiquette_kit.locale import catalog
from etiquette_kit.quiz.events import LanguageChanged, Started
from etiquette_kit.store.sql.store import Store
from quiz_examples import BANK, KEY, Browser, playing, quiz_of, visited

FRONT = Path(etiquette_kit.__file__).parent / "web" / "card"

_ALONE = """
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {absent}:
            raise ModuleNotFoundError(f"{{name}} cannot be imported here", name=name)

sys.meta_path.insert(0, Absent())
from etiquette_kit.cards.advisor import AdvisorCard
from etiquette_kit.cards.quiz import QuizCard
from etiquette_kit.cards.workshop import WorkshopCard

card, number = QuizCard(lang="en", seed=7, length=3), 0

def send(**message):
    global number
    number += 1
    card.take({{**message, "n": f"x-{{number}}"}})
    assert (card.ack, card.notice) == (f"x-{{number}}", ""), card.notice

send(do="start")
while card.scene.__struct_config__.tag == "question":
    at = {{"position": card.scene.position, "round": card.scene.round}}
    send(do="answer", question=card.scene.question.id, response=card.scene.question.options[0].id, **at)
    assert card.standing.revealed and card.feedback.summary
    send(do="next", **at)
assert card.scene.items[2].yours
send(do="language", lang="de")
send(do="repeat", round=1)
AdvisorCard("en").take({{"do": "choose", "fact": "event", "value": "audience", "n": "1"}})
WorkshopCard(lang="de").take({{"do": "start", "n": "1"}})
print(card.text().splitlines()[0], sorted(name for name in {absent} if name in sys.modules))
"""

ABSENT = (
    "IPython", "anywidget", "difflib", "filelock", "ipykernel", "ipywidgets", "jinja2", "jupyter_core", "numpy", "pandas", "platformdirs",
    "psycopg", "segno", "sqlalchemy", "tornado", "traitlets",
)  # fmt: skip


def test_cards_are_played_where_neither_jupyter_nor_a_database_can_be_imported():
    done = subprocess.run([sys.executable, "-c", _ALONE.format(absent=ABSENT)], capture_output=True, text=True, check=False)
    assert (done.stderr, done.stdout.strip()[-2:]) == ("", "[]")


def test_what_a_learner_does_not_need_yet_is_not_imported_with_the_quiz():
    late = ("difflib", "filelock", "jinja2", "matplotlib", "numpy", "pandas", "platformdirs", "psycopg", "segno", "sqlalchemy", "tornado")
    # anywidget itself asks for IPython, and IPython for other things: what the kit adds to that is what counts.
    code = (
        "import sys, anywidget, ipywidgets; before = set(sys.modules); from etiquette_kit import Quiz; Quiz(seed=1);"
        f"print(sorted(({set(late)} | {{'IPython'}}) & (set(sys.modules) - before)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stderr, done.stdout.strip()) == ("", "[]")


@pytest.mark.parametrize("name", ["quiz", "advisor", "workshop"])
def test_a_host_hears_once_of_each_step_what_has_changed(name: str):
    card = {"quiz": playing(length=3)[0], "advisor": Advisor(), "workshop": Workshop(BANK)}[name].card
    heard: list[frozenset[str]] = []
    card.on_change = heard.append
    card.take({"do": "language", "lang": "en", "n": "1"})
    card.take({"do": "nonsense", "n": "2"})
    card.take({"do": "nonsense", "n": "2"})
    first, *others = heard
    assert {"scene", "words", "lang", "ack", "rev"} <= first
    assert others == [{"ack", "rev"}, {"rev"}]


@pytest.mark.parametrize("stage", ["start", "question", "answer", "end"])
def test_describing_a_page_changes_nothing(stage: str):
    quiz = quiz_of(length=1)
    browser = Browser(quiz)
    steps: list[Any] = [browser.start, browser.answer, browser.to_end]
    for step in steps[: ["start", "question", "answer", "end"].index(stage)]:
        step()
    before = list(quiz.session.events)
    pages = [quiz.card.describe(lang) for lang in ("en", "de", "en")]
    assert pages[0] == pages[2] != pages[1]
    assert quiz.session.events == before


def test_a_switch_of_language_is_one_event():
    def by_the_page(_: Quiz, browser: Browser) -> None:
        browser.tell(do="language", lang="en")

    def by_python(quiz: Quiz, _: Browser) -> None:
        quiz.lang = "en"

    for switch in (by_the_page, by_python):
        quiz, browser = playing(length=2)
        before = len(quiz.session.events)
        switch(quiz, browser)
        switch(quiz, browser)
        assert [type(event) for event in quiz.session.events[before:]] == [LanguageChanged]
        assert (quiz.lang, quiz.card.lang, quiz.words["next"]) == ("en", "en", "Next")


class TestBeginning:
    """A page may stand ready for long before anybody comes."""

    def test_a_quiz_begins_when_its_learner_does(self, tmp_path: Path):
        now = datetime(2025, 1, 1, 14, 10, tzinfo=UTC)
        quiz = quiz_of(length=2, store=tmp_path / "answers.sqlite3", clock=lambda: now)
        browser = Browser(quiz)
        now += timedelta(minutes=3)
        browser.hello()
        now += timedelta(minutes=1)
        browser.start()
        assert quiz.since == "2025-01-01T14:14:00+00:00"
        assert {event.at for event in quiz.session.events} == {now}

    def test_what_was_drawn_and_its_language_stay_the_same(self, tmp_path: Path):
        store = Store(tmp_path / "answers.sqlite3")
        quiz, browser = visited(store, seed=None)
        drawn = [(exercise.scenario.id, exercise.order) for exercise in quiz.session.exercises]
        browser.tell(do="language", lang="en")
        browser.start()
        assert [(exercise.scenario.id, exercise.order) for exercise in quiz.session.exercises] == drawn
        started = quiz.session.events[0]
        assert isinstance(started, Started)
        assert (started.lang, quiz.session.state.lang, quiz.page["round"]) == ("de", "en", 1)
        assert visited(store, seed=None)[0].lang == "en"
        store.close()


def tells_of_keeping(quiz: Quiz) -> list[str]:
    """Return what a page says about answers being saved."""
    words = catalog(quiz.lang)
    said = [words("start.keeping_text"), words("mine.what_text"), words("mine_card.other_text")]
    return [text for text in said if text in str(quiz.page)]


class TestWhereNothingIsKept:
    """A store on a server keeps nothing without consent."""

    @pytest.mark.parametrize("lang", ["de", "en"])
    def test_no_page_says_that_it_is(self, cluster: Any, lang: str):
        store = Store(cluster.new_schema())
        quiz, browser = visited(store, lang=lang)
        assert tells_of_keeping(quiz) == []
        assert catalog(lang)("start.counting_text") in str(quiz.page)
        browser.start(agree=False)
        browser.answer()
        assert quiz.save_status == {"saved": 0}
        browser.tell(do="mine")
        assert quiz.page["kind"] == "mine"
        assert tells_of_keeping(quiz) == []
        browser.tell(do="mine_close")
        browser.to_end()
        assert tells_of_keeping(quiz) == []
        store.close()

    @pytest.mark.parametrize("lang", ["de", "en"])
    def test_with_a_file_of_ones_own_every_page_says_so(self, tmp_path: Path, lang: str):
        store = Store(tmp_path / "answers.sqlite3")
        quiz, browser = visited(store, lang=lang)
        assert len(tells_of_keeping(quiz)) == 1
        browser.start()
        browser.tell(do="mine")
        assert len(tells_of_keeping(quiz)) == 2
        store.close()

    def test_an_address_that_cannot_be_one_promises_nothing(self):
        quiz, _ = visited("mysql://u:secret@h/d", key=KEY)
        assert tells_of_keeping(quiz) == []
        assert tells_of_keeping(quiz_of()) == [catalog("de")("start.keeping_text")], "a browser that greets it can keep them"

    @pytest.mark.parametrize("lang", ["de", "en"])
    def test_no_word_that_every_card_has_speaks_of_saving(self, lang: str):
        words = catalog(lang)
        told = [*words.table("card").values(), words("refusal.failure"), words("start.counting_text"), words("mine.other_unkept")]
        for stem in ("gespeichert", "aufgehoben", "saved", "kept", "stored"):
            assert [text for text in told if stem in text.lower()] == []


@pytest.mark.parametrize(("lang", "told"), [("de", "63\N{NO-BREAK SPACE}%"), ("en", "63%")])
def test_one_percentage_is_written_in_one_way_on_the_page_at_the_end(lang: str, told: str):
    clear = [entry for entry in BANK.select(relation="client") if {1, 4} <= set(BANK.key(entry.id).values())]
    quiz = Quiz(Bank(clear[:8]), lang=lang, seed=1)
    for grade in (4, 4, 4, 4, 4, 1, 1, 1):
        assert quiz.question is not None
        key = BANK.key(quiz.question.id)
        quiz.answer(next(option for option in quiz.question.options if key[option] == grade))
        quiz.next()
    assert quiz.summary()["credit"] == 0.625
    assert told in quiz.page["result"]
    assert [row["fit"] for row in quiz.page["by_relation"]] == [told]


def test_no_script_of_a_card_makes_words_of_numbers():
    for path in [*FRONT.rglob("*.js"), *FRONT.with_name("shared").glob("*.js")]:
        assert not re.search(r"NumberFormat|toFixed|Math\.round|toLocaleString", path.read_text(encoding="utf-8")), path.name
