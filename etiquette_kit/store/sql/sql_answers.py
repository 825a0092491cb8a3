"""A database as a quiz's store of answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from etiquette_kit.quiz.answer_store import Erased, WriteProgress
from etiquette_kit.quiz.entries import Participant, Saved, SessionHead, StoredEvent
from etiquette_kit.store.sql import personal_data as privacy
from etiquette_kit.store.sql.log import Log
from etiquette_kit.store.sql.people import People
from etiquette_kit.store.sql.store import Store


class SqlAnswers:
    """Implements `AnswerStore` with SQLite or PostgreSQL: events are stored when a call returns.

    Parameters
    ----------
    store : Store
        The database.
    """

    def __init__(self, store: Store) -> None:
        self.watchers: list[Callable[[], None]] = []
        self.store, self.people, self.log = store, People(store), Log(store)

    @property
    def name(self) -> str:
        """Its location, as text for people."""
        return self.store.name

    @property
    def where(self) -> str:
        """``file`` or ``server``."""
        return "file" if self.store.is_own_file else "server"

    @property
    def identity(self) -> str | None:
        """An id that changes when another store replaces it; None before it is first used."""
        return self.store.identity

    @property
    def set_aside(self) -> Path | None:
        """The path to which a damaged file was moved; None if there was none."""
        return self.store.set_aside

    @property
    def damaged_log(self) -> Path | None:
        """The path of a copy of a damaged write-ahead log; None if there was none."""
        return self.store.damaged_log

    def prepare(self) -> None:
        """Open the store unless it is open."""
        self.store.prepare()

    def participant(self, key: str) -> Participant | None:
        """Return the participant with this token, or None."""
        return self.people.participant(key)

    def admit(self, key: str) -> Participant:
        """Return the participant with this token; a new token creates a new participant."""
        return self.people.admit(key)

    def new_code(self, participant: int) -> str:
        """Return a code with which another browser resumes the same answers."""
        return self.people.new_code(participant)

    def take_code(self, code: str, key: str) -> Participant | None:
        """Give another browser access to the answers of a code; return None for an unknown code."""
        return self.people.take_code(code, key)

    def consent(self, participant: int, cohort: str, text: str) -> None:
        """Record that a participant agreed to the collection for a cohort, and the text shown."""
        self.people.consent(participant, cohort, text)

    def consented(self, participant: int, cohort: str) -> bool:
        """Return whether a participant agreed to the collection for a cohort."""
        return self.people.consented(participant, cohort)

    def begin(self, head: SessionHead, entries: Sequence[StoredEvent], bodies: Mapping[str, bytes]) -> int:
        """Add a session with its first events."""
        return self.log.begin(head, entries, bodies)

    def append(self, session: int, seq: int, entries: Sequence[StoredEvent], bodies: Mapping[str, bytes] | None = None) -> None:
        """Append events to a session, all or none."""
        self.log.append(session, seq, entries, bodies)

    def progress(self, session: int, taken: int) -> WriteProgress:  # noqa: ARG002  the interface
        """Return that all events are stored."""
        return WriteProgress(taken)

    def number(self, name: str) -> int | None:
        """Return the number of the session with this name; None where there is none."""
        return self.log.number(name)

    def latest(self, participant: int, quiz: str) -> int | None:
        """Return the number of a participant's latest session of a quiz; None where there is none."""
        return self.log.latest(participant, quiz)

    def session(self, number: int) -> tuple[str, list[StoredEvent]]:
        """Return a session's name and its events; no events where it was erased."""
        return self.log.session(number)

    def entries(self, session: int, start: int = 0) -> list[StoredEvent]:
        """Return a session's events from a position on."""
        return self.log.entries(session, start)

    def saved(self, session: int) -> Saved:
        """Return what is stored of a session, and of others of the same quiz and participant."""
        return self.log.saved(session)

    def export(self, participant: int) -> dict[str, Any]:
        """Return all data about a participant; raises KeyError when there is none."""
        return privacy.export(self.store, participant)

    def erase(self, participant: int) -> Erased:
        """Erase all data about a participant, also from copies of the database."""
        return _erased(privacy.erase(self.store, participant))

    def erase_key(self, key: str) -> Erased:
        """Erase the participant with this token from copies of the database."""
        return _erased(privacy.erase_from_copies(self.store, key=key))


def _erased(removed: privacy.Removed) -> Erased:
    return Erased(removed.scrubbed, removed.copies.unreached)
