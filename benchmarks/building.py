"""How long the kernel takes to build and show a quiz of twenty questions."""

from __future__ import annotations

import json

from etiquette_kit import Quiz, load_bank
from IPython.display import display
from ipywidgets import Widget
from jupyterquiz import display_quiz
from tests.support.traffic import kernel

from benchmarks.interleaved import medians
from benchmarks.peers import jupyterquiz_questions, show_plain_quiz
from benchmarks.row import Row

LENGTH = 20


def measure(*, quick: bool) -> list[Row]:
    """Build in a real kernel, where showing sends messages."""
    with kernel() as running:
        output = running.said(f"from benchmarks.building import taken; print(taken({3 if quick else 25}))")
    seconds: dict[str, float] = json.loads(output)
    milliseconds = {name: 1000 * value for name, value in seconds.items()}
    peers = {"jupyterquiz": milliseconds["jupyterquiz"], "plain ipywidgets": milliseconds["plain"]}
    return [
        Row("build", f"building and showing {LENGTH} questions", milliseconds["ours"], "ms", peers, most_ratio=5),
        Row("build", "the same, with reading the bank of 60 from its files", milliseconds["reading"], "ms", peers),
    ]


def taken(times: int) -> str:
    """Return the median seconds by name, as JSON; to be called in a kernel."""
    bank = load_bank()
    chosen = list(bank)[:LENGTH]
    questions = jupyterquiz_questions(chosen, "de")
    things = {
        "jupyterquiz": lambda: display_quiz(questions),
        "ours": lambda: display(Quiz(bank, length=LENGTH)),
        "plain": lambda: show_plain_quiz(chosen, "de"),
        "reading": lambda: display(Quiz(load_bank(), length=LENGTH)),
    }
    seconds = medians(things, times)
    Widget.close_all()
    return json.dumps(seconds)
