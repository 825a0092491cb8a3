"""On the static site Python and the scenarios are in the browser; the page gets nothing of an answer before it is due."""

import asyncio
import json
from typing import Any

import pytest
from etiquette_kit.bank import load_bank
from etiquette_kit.hosts.browser.host import BrowserHost
from fake_database import FakeDatabase

BANK = load_bank()


class Page:
    """All that is passed to a page."""

    def __init__(self, **parameters: Any) -> None:
        self.received: list[str] = []
        self.parts: dict[str, Any] = {}
        self.host = BrowserHost(BANK, FakeDatabase(), self._receive)
        self._count = 0
        asyncio.run(self._begin({"lang": "en", "seed": 4, **parameters}))
        self.do(do="start")

    async def _begin(self, parameters: dict[str, Any]) -> None:
        await self.host.start()
        await self.host.receive(json.dumps({"do": "open", "card": "quiz", "kind": "Quiz", "parameters": parameters}))

    def _receive(self, text: str) -> None:
        self.received.append(text)
        self.parts |= json.loads(text).get("parts", {})

    def do(self, **message: Any) -> None:
        self._count += 1
        asyncio.run(self.host.receive(json.dumps({"do": "take", "card": "quiz", "message": {**message, "n": f"n-{self._count}"}})))

    def answer(self) -> str:
        """Answer the question on the screen with its first option; return its id."""
        question, standing = self.parts["scene"]["question"], self.parts["scene"]
        response = question["options"][0]["id"]
        self.do(do="answer", question=question["id"], response=response, position=standing["position"], round=standing["round"])
        return str(question["id"])

    def go_on(self) -> None:
        self.do(do="next", position=self.parts["scene"]["position"], round=self.parts["scene"]["round"])

    def told(self, scenario: str) -> bool:
        """Return whether anything has been passed that is known only after the answer."""
        secrets = [option.text("en").feedback for option in BANK[scenario].options]
        return any(json.dumps(secret, ensure_ascii=False)[1:-1] in text for text in self.received for secret in secrets)


def test_feedback_comes_with_the_answer_and_not_before():
    page = Page(length=3)
    for number in range(3):
        scenario = page.parts["scene"]["question"]["id"]
        assert not page.told(scenario), number
        assert not page.parts["feedback"]
        page.answer()
        assert page.told(scenario)
        page.go_on()


@pytest.mark.parametrize("length", [2, 4])
def test_in_a_test_nothing_comes_before_the_end(length: int):
    page = Page(length=length, mode="test")
    asked = []
    for _ in range(length):
        assert not any(map(page.told, asked))
        asked.append(page.answer())
        assert not page.parts.get("feedback")
    assert page.parts["scene"]["kind"] == "end"
