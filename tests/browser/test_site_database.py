"""The browser's database does what its fake does, so that what is tested with the fake holds in a browser."""

# ruff: noqa: S311  the chance here is no secret

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import etiquette_kit
import pytest
from fake_database import FakeDatabase
from playwright.sync_api import Page
from tests.support.file_server import served_folder

pytestmark = pytest.mark.browser

SCRIPTS = Path(etiquette_kit.__file__).parent / "web" / "site"
Operation = tuple[str, Any]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Return where the scripts of the site are, on this machine."""
    with served_folder(SCRIPTS) as found:
        yield found


@pytest.fixture
def page(open_page: Callable[..., Page], address: str) -> Page:
    return open_page(f"{address}/database.js")


def event(session: str, seq: int, body: str = "{}") -> dict[str, Any]:
    return {"session": session, "seq": seq, "body": body, "answer": None}


def session(name: str, pseudonym: str) -> dict[str, Any]:
    return {"name": name, "pseudonym": pseudonym, "quiz": "practice", "kit": "0.1.0", "at": "2025-01-01T00:00:00Z"}


def person(pseudonym: str, key: str = "k") -> dict[str, Any]:
    return {"pseudonym": pseudonym, "key": key, "at": "2025-01-01T00:00:00Z"}


TOLD: list[Operation] = [
    ("read", None),
    ("write", {"people": [person("p")], "sessions": [session("s", "p")], "events": [event("s", 0), event("s", 1)]}),
    ("write", {"events": [event("s", 2, "mine")]}),
    ("write", {"events": [event("s", 2, "theirs"), event("s", 3)]}),  # its place is taken
    ("read", None),
    ("write", {"people": [person("p", "other key")], "sessions": [session("t", "p")], "events": [event("t", 0)]}),  # known already
    ("write", {"sessions": [session("s", "q")], "events": [event("s", 9)]}),  # its name is taken
    ("write", {"people": [person("q")], "sessions": [session("u", "q")], "events": [event("u", 0), event("u", 0)]}),
    ("write", {"events": [event("unheard of", 0)]}),
    ("write", {"people": [person("r")]}),
    ("write", {}),
    ("read", None),
    ("erase", "p"),
    ("write", {"events": [event("s", 3)]}),  # it was erased
    ("read", None),
    ("erase", "nobody"),
    ("read", None),
]


def made_up(rng: random.Random, count: int) -> list[Operation]:
    """Return operations as several tabs might do them, in any order."""

    def write() -> dict[str, Any]:
        name = rng.choice("stu")
        first = rng.randrange(4)
        events = [event(name, first + place, rng.choice("xyz")) for place in range(rng.randrange(3))]
        begun = [session(name, rng.choice("pq"))] if first == 0 or rng.random() < 0.2 else []
        people = [person(rng.choice("pq"), rng.choice("kl"))] if rng.random() < 0.5 else []
        return {"people": people, "sessions": begun if events else [], "events": events}

    kinds = rng.choices(["write", "erase", "read"], [8, 1, 1], k=count)
    asked: dict[str, Callable[[], Any]] = {"write": write, "erase": lambda: rng.choice("pq"), "read": lambda: None}
    return [(kind, asked[kind]()) for kind in kinds]


def in_browser(page: Page, name: str, operations: list[Operation]) -> list[Any]:
    script = """async ([name, operations]) => {
        const { openDatabase } = await import("./database.js");
        const database = await openDatabase(name);
        const results = [];
        for (const [kind, asked] of operations) {
            results.push(JSON.parse(await database[kind](kind === "write" ? JSON.stringify(asked) : asked)));
        }
        return results;
    }"""
    return [_plain(result) for result in page.evaluate(script, [name, operations])]


def in_fake(operations: list[Operation]) -> list[Any]:
    database = FakeDatabase()

    async def carry_out(kind: str, asked: Any) -> Any:
        match kind:
            case "write":
                return await database.write(json.dumps(asked))
            case "erase":
                return await database.erase(asked)
            case _:
                return await database.read()

    return [_plain(json.loads(asyncio.run(carry_out(*operation)))) for operation in operations]


def _plain(result: dict[str, Any]) -> dict[str, Any]:
    """Return a result without what a browser says in its own words."""
    return {name: value for name, value in result.items() if name != "message"}


def test_each_rule_is_the_same(page: Page) -> None:
    # Playwright's loop holds this thread, so that the fake has another one.
    assert in_browser(page, "told", TOLD) == _apart(TOLD)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_done_the_results_are_the_same(page: Page, seed: int) -> None:
    operations = [*made_up(random.Random(seed), 150), ("read", None)]
    expected = _apart(operations)
    assert {result["outcome"] for result in expected if "outcome" in result} == {"written", "conflict"}
    assert in_browser(page, f"made up {seed}", operations) == expected


def _apart(operations: list[Operation]) -> list[Any]:
    found: list[Any] = []
    thread = Thread(target=lambda: found.extend(in_fake(operations)))
    thread.start()
    thread.join()
    return found


def test_of_two_tabs_one_is_first(page: Page) -> None:
    script = """async () => {
        const { openDatabase } = await import("./database.js");
        const tabs = await Promise.all([1, 2].map(() => openDatabase("two tabs")));
        const head = { name: "s", pseudonym: "p", quiz: "practice", kit: "0.1.0", at: "2025-01-01T00:00:00Z" };
        const event = (seq, body) => ({ session: "s", seq, body });
        await tabs[0].write(JSON.stringify({ sessions: [head], events: [event(0, "begun")] }));
        const both = await Promise.all(tabs.map((tab, place) => tab.write(JSON.stringify({ events: [event(1, `tab ${place}`)] }))));
        return both.map((result) => JSON.parse(result));
    }"""
    first, second = page.evaluate(script)
    assert first == {"outcome": "written"}
    assert (second["outcome"], [entry["body"] for entry in second["events"]]) == ("conflict", ["begun", "tab 0"])


def test_a_database_that_was_deleted_is_begun_anew(page: Page) -> None:
    script = """async () => {
        const { openDatabase } = await import("./database.js");
        const database = await openDatabase("cleared");
        const head = { name: "s", pseudonym: "p", quiz: "practice", kit: "0.1.0", at: "2025-01-01T00:00:00Z" };
        const begin = JSON.stringify({ sessions: [head], events: [{ session: "s", seq: 0, body: "{}" }] });
        const results = [await database.write(begin)];
        await new Promise((resolve) => { indexedDB.deleteDatabase("cleared").onsuccess = resolve; });
        results.push(await database.write(JSON.stringify({ events: [{ session: "s", seq: 1, body: "{}" }] })));
        results.push(await database.write(begin));
        return results.map((result) => JSON.parse(result));
    }"""
    results = page.evaluate(script)
    assert [result["outcome"] for result in results] == ["written", "conflict", "written"]
    assert results[1]["session"] is None


def test_after_a_newer_version_of_the_page_nothing_is_written(page: Page) -> None:
    script = """async () => {
        const { openDatabase } = await import("./database.js");
        const database = await openDatabase("newer");
        const newer = indexedDB.open("newer", 99);
        await new Promise((resolve) => { newer.onsuccess = resolve; });
        return JSON.parse(await database.write(JSON.stringify({ events: [{ session: "s", seq: 0, body: "{}" }] })));
    }"""
    assert page.evaluate(script)["outcome"] == "gone"


def test_where_the_browser_has_no_database_there_is_none(page: Page) -> None:
    script = """async () => {
        const { openDatabase } = await import("./database.js");
        const refusing = { open: () => { throw new DOMException("not in private windows", "SecurityError"); } };
        return [await openDatabase("x", refusing), await openDatabase("x", null)];
    }"""
    assert page.evaluate(script) == [None, None]
