"""The browser's database in memory, by the rules of ``web/site/database.js``: the same operations have the same results."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

Json = dict[str, Any]


class FakeDatabase:
    """What all tabs of a browser share; each transaction is carried out at once, or not at all.

    Attributes
    ----------
    people, sessions, events : dict
        The object stores, by their keys.
    moods : list of str
        What becomes of the next transactions that write: ``"full"``, ``"gone"`` and ``"other"`` refuse them, ``"lost"`` carries
        one out and says that it is gone; beyond the list all is well.
    written : int
        How many transactions were carried out.
    """

    def __init__(self) -> None:
        self.people: dict[str, Json] = {}
        self.sessions: dict[str, Json] = {}
        self.events: dict[tuple[str, int], Json] = {}
        self.moods: list[str] = []
        self.written = 0

    # ---- what the page's scripts offer --------------------------------------------------------------------------------------

    async def read(self) -> str:
        people = [self.people[name] for name in sorted(self.people)]
        sessions = [self.sessions[name] for name in sorted(self.sessions)]
        return _json({"people": people, "sessions": sessions, "events": [self.events[key] for key in sorted(self.events)]})

    async def write(self, text: str) -> str:
        asked = msgspec.json.decode(text)
        return _json(self._transaction(lambda: self._write(asked)))

    async def erase(self, pseudonym: str) -> str:
        return _json(self._transaction(lambda: self._erase(pseudonym)))

    # ---- its rules ----------------------------------------------------------------------------------------------------------

    def clear(self) -> None:
        """Lose everything, as when somebody clears the browser's data; the connection is opened again by itself."""
        self.people, self.sessions, self.events = {}, {}, {}

    def _transaction(self, carry_out: Callable[[], Json]) -> Json:
        mood = self.moods.pop(0) if self.moods else "well"
        if mood in ("full", "gone", "other"):
            return {"outcome": mood, "message": "as if"}
        result = carry_out()
        self.written += result["outcome"] == "written"
        return {"outcome": "gone", "message": "as if"} if mood == "lost" and result["outcome"] == "written" else result

    def _write(self, asked: Json) -> Json:
        people, sessions, events = (asked.get(name, []) for name in ("people", "sessions", "events"))
        name = events[0]["session"] if events else None
        keys = [(event["session"], event["seq"]) for event in events]
        names = [session["name"] for session in sessions]
        erased = name is not None and not sessions and name not in self.sessions
        taken = self.events.keys() & {*keys} or self.sessions.keys() & {*names}
        doubled = len({*keys}) < len(keys) or len({*names}) < len(names)
        if erased or taken or doubled:
            return self._conflict(name)
        for person in people:
            self.people.setdefault(person["pseudonym"], person)
        self.sessions |= dict(zip(names, sessions, strict=True))
        self.events |= dict(zip(keys, events, strict=True))
        return {"outcome": "written"}

    def _conflict(self, name: str | None) -> Json:
        if name is None:
            return {"outcome": "other", "message": "as if"}
        events = [self.events[key] for key in sorted(self.events) if key[0] == name]
        return {"outcome": "conflict", "message": "as if", "session": self.sessions.get(name), "events": events}

    def _erase(self, pseudonym: str) -> Json:
        self.people.pop(pseudonym, None)
        gone = {name for name, session in self.sessions.items() if session["pseudonym"] == pseudonym}
        self.sessions = {name: session for name, session in self.sessions.items() if name not in gone}
        self.events = {key: event for key, event in self.events.items() if key[0] not in gone}
        return {"outcome": "written"}


def _json(value: Json) -> str:
    return msgspec.json.encode(value).decode()
