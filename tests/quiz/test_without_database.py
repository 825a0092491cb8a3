"""A quiz with its greeting and a store in memory runs where there is neither Jupyter nor a database, as in a browser."""

import subprocess
import sys

import pytest

_BLOCKED = (
    "IPython", "anywidget", "filelock", "ipykernel", "ipywidgets", "jupyter", "jupyter_client", "jupyter_core", "jupyter_server",
    "jupyterlab", "numpy", "pandas", "platformdirs", "psycopg", "sqlalchemy", "tornado", "traitlets", "voila",
)  # fmt: skip

_PLAYED = """
import importlib.abc, json, sys

class Missing(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {blocked}:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Missing())

from etiquette_kit.cards.quiz import QuizCard
from etiquette_kit.locale import catalog
from etiquette_kit.store.memory import MemoryAnswers

KEY = "k" * 32
lang = {lang!r}
said = []

class Page:
    def __init__(self, store):
        self.card = QuizCard(lang=lang, seed=3, length=4, store=store)
        self.files, self.count = [], 0
        self.card.send_file = self.files.append
        self.send(do="hello", key=KEY)

    def send(self, **message):
        self.count += 1
        self.card.take({{**message, "n": f"page-{{id(self)}}-{{self.count}}"}})
        self.see()

    def see(self):
        import msgspec
        parts = [self.card.scene, self.card.save_status]
        said.append(json.dumps([None if part is None else msgspec.to_builtins(part) for part in parts], default=str, ensure_ascii=False))

    def answer(self):
        at = dict(position=self.card.session.state.position, round=self.card.rounds.count)
        question = self.card.question
        self.send(do="answer", question=question.id, response=question.options[0], **at)
        self.send(do="next", **at)

for given in (None, MemoryAnswers()):
    page = Page(given)
    page.send(do="start")
    page.answer()
    page.answer()
    if given is not None:  # another page on the same store goes on where this one was
        page = Page(given)
        assert page.card.summary()["answered"] == 2, page.card.summary()
    while page.card.question is not None:
        page.answer()
    assert page.card.summary()["answered"] == 4
    page.send(do="mine")
    page.send(do="mine_file", **{{"as": "csv"}})
    page.send(do="mine_file", **{{"as": "json"}})
    table, whole = (file.text for file in page.files)
    assert len(table.splitlines()) == 5, table
    assert len(json.loads(whole)["sessions"][0]["answers"]) == 4
    page.send(do="mine_erase")
    page.send(do="mine_erase_sure")
    assert page.card.summary()["answered"] == 0

words = catalog(lang)
saved = [words.table("store")[name].partition("{{")[0] for name in ("saved", "saved_one")]
promises = [words("start.keeping_text"), words("mine.what_text"), *saved]
told = [text for text in promises if text and any(text in page for page in said)]
print(len(said), told, sorted(name for name in {blocked} if name in sys.modules))
"""


@pytest.mark.parametrize("lang", ["de", "en"])
def test_it_is_played_to_its_end_and_no_page_says_that_answers_are_kept(lang: str):
    code = _PLAYED.format(blocked=_BLOCKED, lang=lang)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.split(" ", 1)[1].strip() == "[] []"
