"""A store of answers that exists as long as the process: for pages without a permanent store, and for tests."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from etiquette_kit.quiz.answer_store import Erased, WriteProgress
from etiquette_kit.quiz.codes import PERSONAL_CODE_LENGTH, clean_code, new_code
from etiquette_kit.quiz.entries import Participant, Saved, SessionHead, StoredEvent
from etiquette_kit.quiz.events import Answered, encode
from etiquette_kit.quiz.store_errors import ConflictError


class MemorySession(msgspec.Struct):
    """A session in memory."""

    head: SessionHead
    entries: list[StoredEvent]


class MemoryAnswers:
    """Implements `AnswerStore` in memory; its content is lost with the process.

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
        """Return the participant with this token, or None."""
        found = self._keys.get(key)
        return None if found is None else self._people[found[0]][0]

    def admit(self, key: str) -> Participant:
        """Return the participant with this token; a new token creates a new participant."""
        known = self.participant(key)
        if known is not None:
            return known
        person = Participant(next(self._numbers), secrets.token_hex(8))
        self._people[person.id] = person, datetime.now(UTC)
        self._keys[key] = person.id, "browser"
        return person

    def new_code(self, participant: int) -> str:
        """Return a code that gives another token access to the same answers."""
        self._require(participant)
        self._keys = {key: found for key, found in self._keys.items() if found != (participant, "code")}
        code = new_code(PERSONAL_CODE_LENGTH)
        self._keys[code] = participant, "code"
        return code

    def take_code(self, code: str, key: str) -> Participant | None:
        """Give another token access to the answers of a code; return None for an unknown code."""
        found = self._keys.get(clean_code(code))
        if found is None or found[1] != "code":
            return None
        self._keys[key] = found[0], "browser"
        return self._people[found[0]][0]

    def consent(self, participant: int, cohort: str, text: str) -> None:
        """Record that a participant agreed to the collection for a cohort, and the text shown; only the first time counts."""
        self._require(participant)
        self._consents.setdefault((participant, cohort), (datetime.now(UTC), text))

    def consented(self, participant: int, cohort: str) -> bool:
        """Return whether a participant agreed to the collection for a cohort."""
        return (participant, cohort) in self._consents

    def _require(self, participant: int) -> None:
        if participant not in self._people:
            message = f"there is no participant {participant}"
            raise ConflictError(message)

    # ---- sessions ---------------------------------------------------------------------------------------------------------

    def begin(self, head: SessionHead, entries: Sequence[StoredEvent], bodies: Mapping[str, bytes]) -> int:  # noqa: ARG002  the interface
        """Add a session with its first events."""
        self._require(head.participant)
        if self.number(head.name) is not None:
            message = f"there is a session {head.name!r} already"
            raise ConflictError(message)
        number = next(self._numbers)
        self._sessions[number] = MemorySession(head, list(entries))
        return number

    def append(self, session: int, seq: int, entries: Sequence[StoredEvent], bodies: Mapping[str, bytes] | None = None) -> None:  # noqa: ARG002
        """Append events to a session, all or none."""
        stored = self._sessions.get(session)
        submissions = {entry.submission for entry in stored.entries if entry.submission} if stored else set()
        if stored is None or len(stored.entries) != seq or any(entry.submission in submissions for entry in entries):
            message = f"{seq} is not the next position in session {session}, or the session was erased"
            raise ConflictError(message)
        stored.entries.extend(entries)

    def progress(self, session: int, taken: int) -> WriteProgress:  # noqa: ARG002  the interface
        """Return that all events are stored."""
        return WriteProgress(taken)

    def number(self, name: str) -> int | None:
        """Return the number of the session with this name; None where there is none."""
        return next((number for number, stored in self._sessions.items() if stored.head.name == name), None)

    def latest(self, participant: int, quiz: str) -> int | None:
        """Return the number of the session of a quiz that a participant began last, wherever that was; None where there is none."""
        found = [(stored.entries[0].event.at, number) for number, stored in self._of(participant).items() if stored.head.quiz == quiz]
        return max(found)[1] if found else None

    def session(self, number: int) -> tuple[str, list[StoredEvent]]:
        """Return a session's name and its events; no events where it was erased."""
        stored = self._sessions.get(number)
        return (stored.head.name, list(stored.entries)) if stored else ("", [])

    def entries(self, session: int, start: int = 0) -> list[StoredEvent]:
        """Return a session's events from a position on."""
        return self.session(session)[1][start:]

    def saved(self, session: int) -> Saved:
        """Return what is stored of a session, and of others of the same quiz and participant."""
        stored = self._sessions.get(session)
        if stored is None:
            return Saved()
        rounds = [other.entries for other in self._of(stored.head.participant).values() if other.head.quiz == stored.head.quiz]
        return Saved(sum(map(_answers, rounds)), min(entries[0].event.at for entries in rounds))

    def numbers(self, participant: int) -> dict[str, int]:
        """Return the numbers of a participant's sessions by their names."""
        return {stored.head.name: number for number, stored in self._of(participant).items()}

    def take_in(self, head: SessionHead, start: int, entries: Sequence[StoredEvent]) -> int:
        """Accept events of a session from elsewhere, from a position on; return its number."""
        number = self.numbers(head.participant).get(head.name)
        if number is None:
            return self.begin(head, entries, {})
        self.append(number, start, entries)
        return number

    def _of(self, participant: int) -> dict[int, MemorySession]:
        return {number: stored for number, stored in self._sessions.items() if stored.head.participant == participant}

    # ---- personal data ----------------------------------------------------------------------------------------------------

    def export(self, participant: int) -> dict[str, Any]:
        """Return all data about a participant.

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
                **{name: value for name, value in msgspec.structs.asdict(stored.head).items() if name != "participant"},
                "at": stored.entries[0].event.at.isoformat(),
                "events": [msgspec.json.decode(encode(entry.event)) for entry in stored.entries],
                "answers": [_answer(number, seq, stored.head, entry) for seq, entry in enumerate(stored.entries) if entry.answer],
            }
            for number, stored in self._of(participant).items()
        ]
        kinds = sorted(kind for whose, kind in self._keys.values() if whose == participant)
        return {"pseudonym": person.pseudonym, "since": since.isoformat(), "keys": kinds, "consents": consents, "sessions": sessions}

    def erase(self, participant: int) -> Erased:
        """Erase all data about a participant."""
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
