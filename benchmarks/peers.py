"""The same questions in jupyterquiz, and in plain ipywidgets as in a typical quiz."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import ipywidgets
from etiquette_kit.content.scenario import Option, Scenario
from etiquette_kit.rules import FITS_BEST
from IPython.display import display


def jupyterquiz_questions(scenarios: Sequence[Scenario], lang: str) -> list[dict[str, Any]]:
    """Return scenarios as multiple-choice questions of jupyterquiz."""
    return [
        {
            "question": scenario.text(lang).stem,
            "type": "multiple_choice",
            "answers": [
                {
                    "answer": option.text(lang).label,
                    "correct": scenario.key()[option.id] == FITS_BEST,
                    "feedback": feedback_text(scenario, option, lang),
                }
                for option in scenario.options
            ],
        }
        for scenario in scenarios
    ]


def show_plain_quiz(scenarios: Sequence[Scenario], lang: str) -> None:
    """Show a quiz of radio buttons, a button and HTML: one set of widgets per question."""
    for scenario in scenarios:
        display(_plain_question(scenario, lang))


def feedback_text(scenario: Scenario, option: Option, lang: str) -> str:
    """Return the feedback on an option, which is the same in all three tools."""
    advice = scenario.advice
    return " ".join([advice.verdict(option.action, lang), option.text(lang).feedback, advice.reason(option.action, lang)])


def _plain_question(scenario: Scenario, lang: str) -> ipywidgets.VBox:
    text = scenario.text(lang)
    stem = ipywidgets.HTML(f"<h3>{escape(text.title)}</h3><p>{escape(text.stem)}</p>")
    radios = ipywidgets.RadioButtons(options=[(option.text(lang).label, option.id) for option in scenario.options], value=None)
    button = ipywidgets.Button(description="Answer")
    feedback = ipywidgets.HTML()

    def answer(_button: ipywidgets.Button) -> None:
        if radios.value is not None:
            feedback.value = "".join(f"<p>{escape(feedback_text(scenario, option, lang))}</p>" for option in scenario.options)

    button.on_click(answer)
    return ipywidgets.VBox([stem, radios, button, feedback])
