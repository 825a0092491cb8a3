"""Messages and bytes for opening and answering a quiz of twenty questions, compared with jupyterquiz and plain ipywidgets."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence

from tests.support.learner import LOADED_ONCE, Learner, played
from tests.support.traffic import Kernel, Traffic, kernel

from benchmarks.row import Row

LENGTH = 20

_PREPARE = f"""
from etiquette_kit import Quiz, load_bank
from benchmarks.peers import jupyterquiz_questions, show_plain_quiz
from jupyterquiz import display_quiz
bank = load_bank()
chosen = list(bank)[:{LENGTH}]
questions = jupyterquiz_questions(chosen, "de")
"""


def measure(*, quick: bool) -> list[Row]:
    """Run the quiz and the other tools in a kernel, and every shipped scenario once in each language."""
    with kernel() as running:
        running.run(_PREPARE)
        rows = _whole_quiz(running)
        for step, traffic in played(running, 5 if quick else None).items():
            rows += _rows_of(step, traffic)
    return rows


def _rows_of(step: str, traffic: Sequence[Traffic]) -> list[Row]:
    limit = None if step == "both" else 4000
    rows = [Row("messages", f"{step}: messages, worst", max(one.count for one in traffic), "messages", most=8)]
    for name, sizes in {"content": [one.content_bytes for one in traffic], "frames": [one.frame_bytes for one in traffic]}.items():
        rows.append(Row("messages", f"{step}: {name}, median", statistics.median(sizes), "bytes"))
        rows.append(Row("messages", f"{step}: {name}, worst", max(sizes), "bytes", most=limit))
    return rows


def _whole_quiz(running: Kernel) -> list[Row]:
    learner = Learner(running, f"Quiz(bank, length={LENGTH})")
    opening = learner.opening + learner.start()
    loaded = sum(len(running.packed(learner.state[name])) for name in LOADED_ONCE)
    answering = Traffic(())
    for number in range(LENGTH):
        answering += learner.answer(number % 3) + learner.next()
    peers = {"jupyterquiz": (running.run("display_quiz(questions)"), Traffic(())), "plain ipywidgets": _plain(running)}

    def row(what: str, ours: Traffic, index: int, measure: str, *, less: int = 0, most: float | None = None) -> Row:
        unit = "messages" if measure == "count" else "bytes"
        theirs: Mapping[str, float] = {name: getattr(traffic[index], measure) for name, traffic in peers.items()}
        return Row("messages", what, getattr(ours, measure) - less, unit, theirs, most=most)

    opened = f"opening {LENGTH} questions, to the first"
    answered = f"answering all {LENGTH}"
    return [
        row(f"{opened}: messages", opening, 0, "count", most=25),
        row(f"{opened}: content, without module and style", opening, 0, "content_bytes", less=loaded, most=30_000),
        row(f"{opened}: frames, without module and style", opening, 0, "frame_bytes", less=loaded, most=30_000),
        Row("messages", "the card's module and style, once", loaded, "bytes", most=40_000),
        row(f"{answered}: messages", answering, 1, "count"),
        row(f"{answered}: content", answering, 1, "content_bytes"),
        row(f"{answered}: frames", answering, 1, "frame_bytes"),
    ]


def _plain(running: Kernel) -> tuple[Traffic, Traffic]:
    """Open and answer the quiz of plain ipywidgets: pick a radio button, press the button."""
    opening = running.run('show_plain_quiz(chosen, "de")')
    models = {
        name: [comm for comm, state in opening.opened() if state["_model_name"] == name] for name in ("RadioButtonsModel", "ButtonModel")
    }
    answering = Traffic(())
    for radios, button in zip(models["RadioButtonsModel"], models["ButtonModel"], strict=True):
        answering += running.tell(radios, {"method": "update", "state": {"index": 0}, "buffer_paths": []})
        answering += running.tell(button, {"method": "custom", "content": {"event": "click"}})
    return opening, answering
