"""What a quiz needs of a store of answers. Databases fulfil it, and so does a store in memory or in a browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import msgspec

from etiquette_kit.quiz.entries import Participant, Saved, SessionHead, StoredEvent
from etiquette_kit.quiz.store_errors import ConflictError, StoreError

Where = str
"""``file`` for a file on this machine, ``server`` for a database server, ``memory`` for nowhere beyond this process, ``browser``."""


class WriteProgress(msgspec.Struct, frozen=True):
    """How far a store has come with what it took.

    Attributes
    ----------
    kept : int
        How many of a session's events are safely kept, from the first on.
    error : StoreError, ConflictError or None
        Why those after them will not be; they are to be given again.
    """

    kept: int
    error: StoreError | ConflictError | None = None


class Erased(msgspec.Struct):
    """What became of an erasure.

    Attributes
    ----------
    scrubbed : bool
        Whether what was removed is off the disk already; if not, it will be at the next opportunity.
    unreached : tuple of str
        Copies that may still have something and could not be reached.
    under_way : bool
        Whether it is not known yet: a store that writes later sets it to False, and calls its watchers.
    error : StoreError or None
        Why nothing was removed after all.
    """

    scrubbed: bool = True
    unreached: tuple[str, ...] = ()
    under_way: bool = False
    error: StoreError | None = None

    @property
    def complete(self) -> bool:
        """Whether nothing is left anywhere."""
        return self.scrubbed and not self.unreached and not self.under_way and self.error is None


class AnswerStore(Protocol):
    """A store of answers, as a quiz sees it.

    All calls return at once. A store that writes later takes what it is given, and tells by ``progress`` what of it is kept by now;
    when that has changed it calls its ``watchers``.

    Every method raises ``StoreError`` when the store cannot be used now, and those that write ``ConflictError`` when a place is
    taken or what is referred to is gone; nothing has changed then.

    Attributes
    ----------
    watchers : list of callable
        What to call when ``progress`` has something new to tell.
    """

    watchers: list[Callable[[], None]]

    @property
    def name(self) -> str:
        """Where it is, for people."""

    @property
    def where(self) -> Where:
        """What kind of place it is."""

    @property
    def identity(self) -> str | None:
        """Tells it from another store that took its place; None before it is first used."""

    @property
    def set_aside(self) -> Path | None:
        """Where a damaged store was moved to, when there was one."""

    @property
    def damaged_log(self) -> Path | None:
        """Where a copy of a log lies whose damage may have cost the latest answers, when there was one."""

    def prepare(self) -> None:
        """Open it, unless it is open."""

    def participant(self, key: str) -> Participant | None:
        """Return whose token this is, or None."""

    def admit(self, key: str) -> Participant:
        """Return whose token this is; a new one makes a new participant."""

    def new_code(self, participant: int) -> str:
        """Return a code with which another browser takes up the same answers; an earlier one no longer works."""

    def take_code(self, code: str, key: str) -> Participant | None:
        """Let another browser, with its own token, take up the answers that a code stands for; None for an unknown code."""

    def consent(self, participant: int, cohort: str, text: str) -> None:
        """Note that someone agreed to have her answers collected for a cohort, and to which words; the first time counts."""

    def consented(self, participant: int, cohort: str) -> bool:
        """Tell whether someone agreed to a cohort."""

    def begin(self, head: SessionHead, entries: Sequence[StoredEvent], bodies: Mapping[str, bytes]) -> int:
        """Take a new session with its first events, and by content hash the material of what was answered; return its number."""

    def append(self, session: int, seq: int, entries: Sequence[StoredEvent], bodies: Mapping[str, bytes] | None = None) -> None:
        """Take further events of a session, all or none; ``seq`` is the place of the first, counted from 0."""

    def progress(self, session: int, taken: int) -> WriteProgress:
        """Tell how many of the events that were taken of a session are kept by now."""

    def number(self, name: str) -> int | None:
        """Return the number of the session with this name; None where there is none."""

    def latest(self, participant: int, quiz: str) -> int | None:
        """Return the number of someone's latest session of a quiz; None where there is none."""

    def session(self, number: int) -> tuple[str, list[StoredEvent]]:
        """Return a session's name and its events; nothing where it was erased."""

    def entries(self, session: int, start: int = 0) -> list[StoredEvent]:
        """Return a session's events from a place on."""

    def saved(self, session: int) -> Saved:
        """Return what the store holds of a session, and of others of the same quiz and participant."""

    def export(self, participant: int) -> dict[str, Any]:
        """Return all that is kept about one participant; raises KeyError when there is none."""

    def erase(self, participant: int) -> Erased:
        """Remove all that is kept about one participant, from copies of the store as well."""

    def erase_key(self, key: str) -> Erased:
        """Remove from copies of the store who had this token, when the store itself does not know it."""


@runtime_checkable
class ImportsAnswers(AnswerStore, Protocol):
    """A store that also takes sessions that were played elsewhere, of whose material it keeps nothing."""

    def numbers(self, participant: int) -> dict[str, int]:
        """Return the numbers of someone's sessions by their names."""

    def take_in(self, head: SessionHead, start: int, entries: Sequence[StoredEvent]) -> int:
        """Take events of a session from a place on, all or none; return its number. Whether they are kept, ``progress`` tells."""
