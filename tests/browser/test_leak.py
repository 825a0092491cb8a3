"""What reaches the browser: nothing of the key or the feedback before it is revealed, not a byte."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from card import Card
from etiquette_kit import load_bank
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.locale import catalog, languages
from etiquette_kit.rules import article_table
from playwright.sync_api import Page, Response, WebSocket, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def bare(text: str) -> str:
    """Reduce a text to its letters and digits, whatever escapes it went through on the way."""
    unescaped = re.sub(r"\\+u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)
    return re.sub(r"\W", "", re.sub(r"\\+[nrt\"]", "", unescaped))


class Wire:
    """Every byte that reaches a page, by WebSocket and by HTTP."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._frames: list[str] = []
        self._responses: list[Response] = []
        self._bare = ""
        self._read = 0
        page.on("websocket", self._listen)
        page.on("response", self._answered)

    def _listen(self, socket: WebSocket) -> None:
        socket.on(
            "framereceived",
            lambda payload: self._frames.append(payload.decode(errors="replace") if isinstance(payload, bytes) else payload),
        )

    def _answered(self, response: Response) -> None:
        self._responses.append(response)

    def received(self) -> str:
        """Return the letters and digits of all that has arrived."""
        responses, self._responses = self._responses, []
        kinds = [(response, response.headers.get("content-type", "")) for response in responses if response.ok]
        bodies = [response.text() for response, kind in kinds if "json" in kind or "text/html" in kind]
        frames, self._read = self._frames[self._read :], len(self._frames)
        self._bare += bare("".join([*bodies, *frames]))
        return self._bare


def secrets(scenario: Scenario) -> list[str]:
    """Return what only this scenario's feedback says."""
    return [bare(option.text(lang).feedback) for lang in languages() for option in scenario.options]


def verdicts() -> list[str]:
    """Return what stands beside every grade; the grades' own words are so short that a situation may hold them."""
    return [bare(words) for lang in languages() for words in catalog(lang).table("basis_tags").values()]


def reasons(rules: set[str]) -> list[str]:
    return [bare(text) for lang in languages() for rule in rules for text in catalog(lang).table(f"reasons.{rule}").values()]


def found(parts: list[str], received: str) -> list[str]:
    return [part for part in parts if part in received]


@pytest.mark.parametrize("notebook", ["00_start", "06_test", "10_rating"])
def test_nothing_arrives_before_it_is_revealed(open_page: Callable[..., Page], served: Callable[..., str], notebook: str) -> None:
    page = open_page("about:blank")
    wire = Wire(page)
    page.goto(served("de", notebook))
    card = Card(page)
    card.start()
    bank = {bare(scenario.text("de").stem): scenario for scenario in load_bank()}  # twins have one title, but each its own stem
    hidden = dict(bank)
    told: set[str] = set()
    rules = {scenario.advice.rule for scenario in bank.values()}
    length = int(card.progress.get_attribute("aria-valuemax") or 0)
    for number in range(1, length + 1):
        card.await_question(number)
        received = wire.received()
        assert bare(card.title.inner_text()) in received, "the recording is blind"
        for scenario in hidden.values():
            assert found([words for words in secrets(scenario) if words not in told], received) == []
        assert found(reasons(rules), received) == []
        if len(hidden) == len(bank):
            assert found(verdicts(), received) == []
            assert not re.search(r'"(grade|credit|best|key)\\*"\s*:', "".join(wire._frames))
        stem = bare(card.root.locator(".ek-stem").inner_text())
        card.respond(number % 3)
        card.primary.click()
        if notebook != "06_test":
            expect(card.results.first).to_be_visible()
            answered = hidden.pop(stem)
            told.update(secrets(answered))
            rules.discard(answered.advice.rule)
            assert found(secrets(answered), wire.received()), "the recording is blind to feedback"
            card.primary.click()
    expect(card.root.locator(".ek-table")).to_have_count(2)
    if notebook == "06_test":
        graded = [bare(words) for words in catalog("de").table("grades").values()]
        assert found(graded, bare(card.root.inner_text())), "at the end, the test tells how it went"


def test_nothing_of_the_key_of_an_inbox_arrives_before_the_morning_is_over(
    open_page: Callable[..., Page], served: Callable[..., str]
) -> None:
    page = open_page("about:blank")
    wire = Wire(page)
    page.goto(served("de", "11_inbox"))
    card = Card(page)
    card.start()
    hidden = set(reasons({rule.id for rule in article_table().rules}))
    length = int(card.progress.get_attribute("aria-valuemax") or 0)
    for number in range(1, length + 1):
        card.await_question(number)
        expect(card.mails.first).to_be_visible()
        received = wire.received()
        assert bare(card.mails.first.locator(".ek-name").inner_text()) in received, "the recording is blind"
        assert found(sorted(hidden), received) == []
        if number == 1:
            assert found(verdicts(), received) == []
            assert not re.search(r'"(grade|credit|best|key)\\*"\s*:', "".join(wire._frames))
        card.respond(number % 3)
        assert found(sorted(hidden), wire.received()) == [], "a decision that can still be changed tells nothing"
        card.primary.click()
        expect(card.results.first).to_be_visible()
        told = set(found(sorted(hidden), wire.received()))
        assert told, "the recording is blind to feedback"
        hidden -= told
        card.primary.click()
    expect(card.root.locator(".ek-table")).to_have_count(2)
