"""A learner who plays the quiz in a real kernel, sending what the card sends."""

from __future__ import annotations

import secrets
from typing import Any

from etiquette_kit.locale import languages
from tests.support.traffic import Kernel, Traffic

LOADED_ONCE = ("_esm", "_css")
"""The card's module and style, which are the same for every quiz."""


class Learner:
    """Opens a quiz by a cell and goes through it; keeps the state as the browser has it.

    Parameters
    ----------
    kernel : Kernel
        Where the quiz runs.
    cell : str
        The code that shows it.
    """

    def __init__(self, kernel: Kernel, cell: str) -> None:
        self._kernel = kernel
        self._count = 0
        self.opening = kernel.run(cell)
        ((self._comm, self.state),) = [(comm, state) for comm, state in self.opening.opened() if "_esm" in state]
        if "save_status" in self.state:
            self.opening += self._tell(do="hello", key=secrets.token_hex(16))

    @property
    def page(self) -> dict[str, Any]:
        """The page on the screen."""
        return {**self.state["scene"], **self.state["standing"]}

    def start(self) -> Traffic:
        """Press the button on the page before the first question."""
        return self._tell(do="start")

    def answer(self, choice: int = 0) -> Traffic:
        """Answer the question on the screen."""
        question = self.page["question"]
        return self._tell(do="answer", question=question["id"], response=_response(question, choice), **self._where())

    def check(self, draft: str) -> Traffic:
        """Have a draft checked."""
        return self._tell(do="draft", question=self.page["question"]["id"], draft=draft, **self._where())

    def next(self) -> Traffic:
        """Go on."""
        return self._tell(do="next", **self._where())

    def language(self, lang: str) -> Traffic:
        """Switch the language."""
        return self._tell(do="language", lang=lang)

    def asked(self) -> dict[str, Any]:
        """Return the whole state as a page gets it that connects again."""
        (state,) = self._kernel.tell(self._comm, {"method": "request_state"}).updates(self._comm)
        return state

    def _where(self) -> dict[str, Any]:
        return {"position": self.page["position"], "round": self.page["round"]}

    def _tell(self, **action: Any) -> Traffic:
        self._count += 1
        # The card names itself by ten or eleven random characters.
        message = {**action, "n": f"k3j2h4g5f6d-{self._count}"}
        traffic = self._kernel.tell(self._comm, {"method": "custom", "content": message})
        for state in traffic.updates(self._comm):
            self.state |= state
        assert self.state["ack"] == message["n"]
        return traffic


def _response(question: dict[str, Any], choice: int) -> Any:
    match question["format"]:
        case "rating":
            return {option["id"]: 1 + (choice + place) % 4 for place, option in enumerate(question["options"])}
        case "inbox":
            return [[item["id"], item["actions"][(choice + place) % 3]["id"]] for place, item in enumerate(question["items"])]
        case "sharing":
            lists = [entry["id"] for entry in question["lists"]]
            return {post["id"]: lists if place < choice else lists[:2] for place, post in enumerate(question["posts"])}
        case "note":
            return _written(question, choice)
        case _:
            return question["options"][choice]["id"]


def _written(question: dict[str, Any], ticks: int) -> dict[str, Any]:
    """Return the response of somebody who declines a request, ticks some lines, and keeps the text to herself."""
    ids = [line["id"] for line in question["checklist"]]
    return {
        "first": "No.",
        "last": "No, thanks. I only use this in private.",
        "lang": question["lang"],
        "ticks": ids[:ticks],
        "keep": False,
    }


def played(running: Kernel, length: int | None, formats: str = '["choice"]') -> dict[str, list[Traffic]]:
    """Return the traffic of each answer and of each way to the next question, over the shipped scenarios in both languages."""
    answers: list[Traffic] = []
    nexts: list[Traffic] = []
    for lang in languages():
        learner = Learner(running, f"Quiz(bank, lang={lang!r}, seed=1, length={length}, formats={formats})")
        learner.start()
        total = learner.page["progress"]["total"]
        for number in range(total):
            answers.append(learner.answer(number % 3))
            if number + 1 < total:  # after the last question comes the end
                nexts.append(learner.next())
    both = [answer + following for answer, following in zip(answers, nexts, strict=False)]
    return {"Answer, until the feedback": answers, "Next, until the next question": nexts, "both": both}
