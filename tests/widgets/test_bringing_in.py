"""A quiz that is shown brings in what keeps its answers while nobody waits for it."""

import subprocess
import sys
from threading import Thread

import pytest
from quiz_examples import quiz_of

_SHOWN = """
import sys, threading
from etiquette_kit import Quiz
quiz = Quiz(lang="en", seed=7)
before = "sqlalchemy" in sys.modules
quiz._repr_mimebundle_()
for thread in threading.enumerate():
    if thread is not threading.current_thread():
        thread.join()
print(before, "sqlalchemy" in sys.modules)
"""


def test_once_a_quiz_is_shown_what_keeps_answers_is_brought_in():
    done = subprocess.run([sys.executable, "-c", _SHOWN], capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.stderr) == (["False", "True"], "")


def test_where_there_are_no_threads_it_is_shown_as_well(monkeypatch: pytest.MonkeyPatch):
    def refuse(_thread: Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(Thread, "start", refuse)
    quiz = quiz_of(seed=7)
    assert quiz._repr_mimebundle_()[0]["text/plain"] == repr(quiz)
