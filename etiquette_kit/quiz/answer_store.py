"""The interface of a store of answers. Databases implement it, as do stores in memory and in a browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import msgspec

from etiquette_kit.quiz.entries import Participant, Saved, SessionHead, StoredEvent
from etiquette_kit.quiz.store_errors import ConflictError, StoreError

Where = str
"""``file`` for a file on this machine, ``server`` for a database server, ``memory`` for this process only, ``browser``, or ``platform`` for
a browser whose page reports to a learning management system."""


class WriteProgress(msgspec.Struct, frozen=True):
    """How many of the events passed to a store are stored.

    Attributes
    ----------
    kept : int
        How many of a session's events are durably stored, counted from the first.
    error : StoreError, ConflictError or None
        Why the events after them cannot be stored; they must be passed again.
    """

    kept: int
    error: StoreError | ConflictError | None = None


class Erased(msgspec.Struct):
    """The result of an erasure.

    Attributes
    ----------
    scrubbed : bool
        Whether the removed data is physically overwritten already; if not, that will happen at the next opportunity.
    unreached : tuple of str
        Copies that could not be opened and may still have some of the data.
    under_way : bool
        Whether the result is not known yet: an asynchronous store sets it to False later, and calls its watchers.
    error : StoreError or None
        Why nothing was removed after all.
    """

    scrubbed: bool = True
    unreached: tuple[str, ...] = ()
    under_way: bool = False
    error: StoreError | None = None

    @property
    def complete(self) -> bool:
        """Whether no data is left anywhere."""
        return self.scrubbed and not self.unreached and not self.under_way and self.error is None


class AnswerStore(Protocol):
    """A store of answers, as a quiz uses it.

    No call waits. A store that writes asynchronously accepts events, and reports by ``progress`` how many of them are stored; it calls
    its ``watchers`` when that has changed.

    Every method raises ``StoreError`` when the store cannot be used now. Methods that write raise ``ConflictError`` when a position is
    taken or a referenced row no longer exists; nothing has changed then.

    Attributes
    ----------
    watchers : list of callable
        Callbacks for when ``progress`` has changed.
    """

    watchers: list[Callable[[], None]]

    @property
    def name(self) -> str:
        """Its location, as text for people."""

    @property
    def where(self) -> Where:
        """The kind of its location."""

    @property
    def identity(self) -> str | None:
        """An id that changes when another store replaces it; None before it is first used."""

    @property
    def set_aside(self) -> Path | None:
        """The path to which a damaged store was moved; None if there was none."""

    @property
    def damaged_log(self) -> Path | None:
        """The path of a copy of a damaged log, whose latest answers may be lost; None if there was none."""

    def prepare(self) -> None:
        """Open the store unless it is open."""

    def participant(self, key: str) -> Participant | None:
        """Return the participant with this token, or None."""

    def admit(self, key: str) -> Participant:
        """Return the participant with this token; a new token creates a new participant."""

    def new_code(self, participant: int) -> str:
        """Return a code with which another browser resumes the same answers; it replaces an earlier code."""

    def take_code(self, code: str, key: str) -> Participant | None:
        """Give another browser, with its own token, access to the answers of a code; return None for an unknown code."""

    def consent(self, participant: int, cohort: str, text: str) -> None:
        """Record that a participant agreed to the collection of answers for a cohort, and the text shown; only the first time counts."""

    def consented(self, participant: int, cohort: str) -> bool:
        """Return whether a participant agreed to the collection for a cohort."""

    def begin(self, head: SessionHead, entries: Sequence[StoredEvent], bodies: Mapping[str, bytes]) -> int:
        """Add a session with its first events, and the material of its answers by content hash; return its number."""

    def append(self, session: int, seq: int, entries: Sequence[StoredEvent], bodies: Mapping[str, bytes] | None = None) -> None:
        """Add further events of a session, all or none; ``seq`` is the position of the first, counted from 0."""

    def progress(self, session: int, taken: int) -> WriteProgress:
        """Return how many of the events accepted for a session are stored."""

    def number(self, name: str) -> int | None:
        """Return the number of the session with this name; None where there is none."""

    def latest(self, participant: int, quiz: str) -> int | None:
        """Return the number of a participant's latest session of a quiz; None where there is none."""

    def session(self, number: int) -> tuple[str, list[StoredEvent]]:
        """Return a session's name and its events; no events where it was erased."""

    def entries(self, session: int, start: int = 0) -> list[StoredEvent]:
        """Return a session's events from a position on."""

    def saved(self, session: int) -> Saved:
        """Return what is stored of a session, and of others of the same quiz and participant."""

    def export(self, participant: int) -> dict[str, Any]:
        """Return all data about a participant; raises KeyError when there is none."""

    def erase(self, participant: int) -> Erased:
        """Erase all data about a participant, also from copies of the store."""

    def erase_key(self, key: str) -> Erased:
        """Erase the participant with this token from copies of the store, when the store itself does not have it."""


@runtime_checkable
class ImportsAnswers(AnswerStore, Protocol):
    """A store that can also import sessions from elsewhere, whose material it does not keep."""

    def numbers(self, participant: int) -> dict[str, int]:
        """Return the numbers of a participant's sessions by their names."""

    def take_in(self, head: SessionHead, start: int, entries: Sequence[StoredEvent]) -> int:
        """Accept events of a session from a position on, all or none; return its number. ``progress`` reports whether they are stored."""
