"""A quiz that is shown brings in what keeps its answers while nobody waits for it."""

import subprocess
import sys

from quiz_examples import quiz_of

_SHOWN = """
import asyncio, sys
from etiquette_kit import Quiz

async def show():
    Quiz(lang="en", seed=7)._repr_mimebundle_()
    print("sqlalchemy" in sys.modules)
    while "sqlalchemy" not in sys.modules:
        await asyncio.sleep(0.05)

asyncio.run(asyncio.wait_for(show(), 60))
"""


def test_soon_after_a_quiz_is_shown_what_keeps_answers_is_brought_in():
    done = subprocess.run([sys.executable, "-c", _SHOWN], capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.stderr) == (["False"], "")


def test_outside_of_a_kernel_it_is_shown_as_well():
    quiz = quiz_of(seed=7)
    assert quiz._repr_mimebundle_()[0]["text/plain"] == repr(quiz)
