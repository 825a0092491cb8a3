"""A tab of a browser in which a quiz is played: the host in its worker, and what the page has been told."""

from __future__ import annotations

import asyncio
import json
from itertools import count
from typing import Any

from etiquette_kit.bank import Bank
from etiquette_kit.cards.quiz import QuizCard
from etiquette_kit.hosts.browser.attempt_host import Attempt, AttemptHost
from etiquette_kit.hosts.browser.host import BrowserHost, Database
from etiquette_kit.quiz.session import Session

KEY = "k" * 32


class BrowserTab:
    """Sends what a page sends, and keeps the parts of its quiz as the page has them.

    Parameters
    ----------
    bank : Bank
        The scenarios.
    database : Database or None
        What all tabs share.
    key : str
        Who sits before it.
    attempt : Attempt, optional
        What a page in a learning management system is told; its quiz is reported.
    options : object
        Of the quiz.
    """

    _tabs = count()

    def __init__(self, bank: Bank, database: Database | None, key: str = KEY, *, attempt: Attempt | None = None, **options: Any) -> None:
        self.name, self._count = f"tab-{next(self._tabs)}", 0
        self.parts: dict[str, Any] = {}
        self.files: list[dict[str, Any]] = []
        self.posted: list[dict[str, Any]] = []
        given = (bank, database, self._post)
        self.host = BrowserHost(*given) if attempt is None else AttemptHost(*given, attempt)
        asyncio.run(self.host.start())
        self._receive({"do": "open", "card": "1", "kind": "Quiz", "parameters": {"lang": "en", "length": 4, **options}})
        self.send(do="hello", key=key)

    def _post(self, text: str) -> None:
        told = json.loads(text)
        self.posted.append(told)
        self.parts |= told.get("parts", {})
        if "file" in told:
            self.files.append(told["file"])

    def _receive(self, asked: dict[str, Any]) -> None:
        asyncio.run(self.host.receive(json.dumps(asked)))

    def send(self, **message: Any) -> None:
        self._count += 1
        self._receive({"do": "take", "card": "1", "message": {**message, "n": f"{self.name}-{self._count}"}})

    @property
    def page(self) -> dict[str, Any]:
        return {**self.parts["scene"], **self.parts["standing"]}

    @property
    def reports(self) -> list[dict[str, Any]]:
        """What a learning management system is told, one after the other."""
        return [told["report"] for told in self.posted if "report" in told]

    @property
    def notice(self) -> str:
        return str(self.parts["notice"])

    @property
    def trouble(self) -> str:
        return str(self.parts["save_status"].get("trouble", ""))

    @property
    def saved(self) -> int:
        return int(self.parts["save_status"].get("saved", 0))

    @property
    def card(self) -> QuizCard:
        card = self.host._cards["1"]
        assert isinstance(card, QuizCard)
        return card

    @property
    def session(self) -> Session:
        return self.card.session

    def go(self, do: str) -> None:
        """Do something at the place on the screen."""
        page = self.page
        at = {"round": page["round"]} if do in ("repeat", "restart") else {"round": page["round"], "position": page.get("position")}
        self.send(do=do, **at)

    def answer(self, choice: int = 0) -> str:
        """Answer the question on the screen; return what was chosen."""
        page = self.page
        options = page["question"]["options"]
        response = str(options[choice % len(options)]["id"])
        self.send(do="answer", question=page["question"]["id"], response=response, position=page["position"], round=page["round"])
        return response

    def play(self, *choices: int) -> None:
        """Start, where the start page is there, and answer some questions."""
        if self.page["kind"] == "start":
            self.send(do="start")
        for choice in choices:
            self.answer(choice)
            self.go("next")

    def exported(self) -> dict[str, Any]:
        """Return all that is kept, as the page hands it out."""
        self.send(do="mine_file", **{"as": "json"})
        told: dict[str, Any] = json.loads(self.files[-1]["text"])
        return told

    def take_up(self, file: object) -> str:
        """Take up a file; return what the page says."""
        self.send(do="mine")
        self.send(do="mine_import", text=file if isinstance(file, str) else json.dumps(file))
        return self.notice
