"""A store of answers that lives as long as the process: for a page without any place to keep them, and for tests."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from etiquette_kit.quiz.answer_store import Erased, WriteProgress
from etiquette_kit.quiz.codes import PERSONAL, clean_code, new_code
from etiquette_kit.quiz.entries import Participant, Saved, SessionHead, StoredEvent
from etiquette_kit.quiz.events import Answered, encode
from etiquette_kit.quiz.store_errors import ConflictError


class MemorySession(msgspec.Struct):
    """A session in memory."""

    head: SessionHead
    entries: list[StoredEvent]


class MemoryAnswers:
    """Fulfils `AnswerStore` in memory; what it has is gone with the process.

    Several quizzes of one page may share it.
    """

    name = "memory"
    where = "memory"
    set_aside: Path | None = None
    damaged_log: Path | None = None

    def __init__(self) -> None:
        self.watchers: list[Callable[[], None]] = []
        self.identity: str | None = secrets.token_hex(8)
        self._numbers = count(1)
        self._people: dict[int, tuple[Participant, datetime]] = {}
        self._keys: dict[str, tuple[int, str]] = {}
        self._consents: dict[tuple[int, str], tuple[datetime, str]] = {}
        self._sessions: dict[int, MemorySession] = {}

    def prepare(self) -> None:
        """Do nothing: it is always open."""

    # ---- people -----------------------------------------------------------------------------------------------------------

    def participant(self, key: str) -> Participant | None:
        """Return whose token this is, or None."""
        found = self._keys.get(key)
        return None if found is None else self._people[found[0]][0]

    def admit(self, key: str) -> Participant:
        """Return whose token this is; a new one makes a new participant."""
        known = self.participant(key)
        if known is not None:
            return known
        person = Participant(next(self._numbers), secrets.token_hex(8))
        self._people[person.id] = person, datetime.now(UTC)
        self._keys[key] = person.id, "browser"
        return person

    def new_code(self, participant: int) -> str:
        """Return a code with which another token stands for the same answers."""
        self._require(participant)
        self._keys = {key: found for key, found in self._keys.items() if found != (participant, "code")}
        code = new_code(PERSONAL)
        self._keys[code] = participant, "code"
        return code

    def take_code(self, code: str, key: str) -> Participant | None:
        """Let another token stand for the answers that a code stands for; None for an unknown code."""
        found = self._keys.get(clean_code(code))
        if found is None or found[1] != "code":
            return None
        self._keys[key] = found[0], "browser"
        return self._people[found[0]][0]

    def consent(self, participant: int, cohort: str, text: str) -> None:
        """Note that someone agreed to a cohort, and to which words; the first time counts."""
        self._require(participant)
        self._consents.setdefault((participant, cohort), (datetime.now(UTC), text))

    def consented(self, participant: int, cohort: str) -> bool:
        """Tell whether someone agreed to a cohort."""
        return (participant, cohort) in self._consents

    def _require(self, participant: int) -> None:
        if participant not in self._people:
            message = f"there is no participant {participant}"
            raise ConflictError(message)

    # ---- sessions ---------------------------------------------------------------------------------------------------------

    def begin(self, head: SessionHead, entries: Sequence[StoredEvent], bodies: Mapping[str, bytes]) -> int:  # noqa: ARG002  the interface
        """Keep a new session with its first events."""
        self._require(head.participant)
        if self.number(head.name) is not None:
            message = f"there is a session {head.name!r} already"
            raise ConflictError(message)
        number = next(self._numbers)
        self._sessions[number] = MemorySession(head, list(entries))
        return number

    def append(self, session: int, seq: int, entries: Sequence[StoredEvent], bodies: Mapping[str, bytes] | None = None) -> None:  # noqa: ARG002
        """Append events to a session, all or none."""
        kept = self._sessions.get(session)
        brought = {entry.submission for entry in kept.entries if entry.submission} if kept else set()
        if kept is None or len(kept.entries) != seq or any(entry.submission in brought for entry in entries):
            message = f"{seq} is not the next place in session {session}, or the session was erased"
            raise ConflictError(message)
        kept.entries.extend(entries)

    def progress(self, session: int, taken: int) -> WriteProgress:  # noqa: ARG002  the interface
        """Tell that all that was taken is kept."""
        return WriteProgress(taken)

    def number(self, name: str) -> int | None:
        """Return the number of the session with this name; None where there is none."""
        return next((number for number, kept in self._sessions.items() if kept.head.name == name), None)

    def latest(self, participant: int, quiz: str) -> int | None:
        """Return the number of the session of a quiz that someone began last, wherever it was; None where there is none."""
        found = [(kept.entries[0].event.at, number) for number, kept in self._of(participant).items() if kept.head.quiz == quiz]
        return max(found)[1] if found else None

    def session(self, number: int) -> tuple[str, list[StoredEvent]]:
        """Return a session's name and its events; nothing where it was erased."""
        kept = self._sessions.get(number)
        return (kept.head.name, list(kept.entries)) if kept else ("", [])

    def entries(self, session: int, start: int = 0) -> list[StoredEvent]:
        """Return a session's events from a place on."""
        return self.session(session)[1][start:]

    def saved(self, session: int) -> Saved:
        """Return what it holds of a session, and of others of the same quiz and participant."""
        kept = self._sessions.get(session)
        if kept is None:
            return Saved()
        rounds = [other.entries for other in self._of(kept.head.participant).values() if other.head.quiz == kept.head.quiz]
        return Saved(sum(map(_answers, rounds)), min(entries[0].event.at for entries in rounds))

    def numbers(self, participant: int) -> dict[str, int]:
        """Return the numbers of someone's sessions by their names."""
        return {kept.head.name: number for number, kept in self._of(participant).items()}

    def take_in(self, head: SessionHead, start: int, entries: Sequence[StoredEvent]) -> int:
        """Take events of a session that was played elsewhere, from a place on; return its number."""
        number = self.numbers(head.participant).get(head.name)
        if number is None:
            return self.begin(head, entries, {})
        self.append(number, start, entries)
        return number

    def _of(self, participant: int) -> dict[int, MemorySession]:
        return {number: kept for number, kept in self._sessions.items() if kept.head.participant == participant}

    # ---- what becomes of it -----------------------------------------------------------------------------------------------

    def export(self, participant: int) -> dict[str, Any]:
        """Return all that is kept about one participant.

        Raises
        ------
        KeyError
            When there is no such participant.
        """
        person, since = self._people[participant]
        own = {cohort: agreed for (whose, cohort), agreed in self._consents.items() if whose == participant}
        consents = [{"cohort": cohort, "at": at.isoformat(), "text": text} for cohort, (at, text) in own.items()]
        sessions = [
            {
                "id": number,
                **{name: value for name, value in msgspec.structs.asdict(kept.head).items() if name != "participant"},
                "at": kept.entries[0].event.at.isoformat(),
                "events": [msgspec.json.decode(encode(entry.event)) for entry in kept.entries],
                "answers": [_answer(number, seq, kept.head, entry) for seq, entry in enumerate(kept.entries) if entry.answer],
            }
            for number, kept in self._of(participant).items()
        ]
        kinds = sorted(kind for whose, kind in self._keys.values() if whose == participant)
        return {"pseudonym": person.pseudonym, "since": since.isoformat(), "keys": kinds, "consents": consents, "sessions": sessions}

    def erase(self, participant: int) -> Erased:
        """Remove all that is kept about one participant."""
        self._people.pop(participant, None)
        self._keys = {key: found for key, found in self._keys.items() if found[0] != participant}
        self._consents = {key: agreed for key, agreed in self._consents.items() if key[0] != participant}
        for number in self._of(participant):
            del self._sessions[number]
        return Erased()

    def erase_key(self, key: str) -> Erased:  # noqa: ARG002  the interface
        """Do nothing: there are no copies."""
        return Erased()


def _answers(entries: Sequence[StoredEvent]) -> int:
    return sum(isinstance(entry.event, Answered) for entry in entries)


def _answer(session: int, seq: int, head: SessionHead, entry: StoredEvent) -> dict[str, Any]:
    event, details = entry.event, entry.answer
    assert isinstance(event, Answered)
    assert details is not None
    return {
        "session": session,
        "seq": seq,
        "cohort": head.cohort,
        "material": details.material,
        "content": details.content,
        "format": details.format_name,
        "response": event.response,
        "credit": event.credit,
        "items": event.items or None,
        "shown": msgspec.json.decode(details.shown),
        "seconds": event.seconds,
        "at": event.at.isoformat(),
        "lang": event.lang,
        "kit": head.kit,
    }
