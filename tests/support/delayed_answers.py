"""A store of answers that keeps what it takes later, as one in a browser does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from etiquette_kit.quiz.answer_store import WriteProgress
from etiquette_kit.quiz.entries import SessionHead, StoredEvent
from etiquette_kit.quiz.store_errors import ConflictError, StoreError
from etiquette_kit.store.memory import MemoryAnswers, MemorySession


class DelayedAnswers(MemoryAnswers):
    """What was taken lies in `waiting` until ``settle`` keeps it or ``fail`` refuses it; ``shared`` is another window's."""

    where = "browser"

    def __init__(self, shared: DelayedAnswers | None = None) -> None:
        super().__init__()
        if shared is not None:
            self.identity, self._numbers = shared.identity, shared._numbers
            self._people, self._keys, self._sessions = shared._people, shared._keys, shared._sessions
        self.waiting: list[tuple[int, int, list[StoredEvent], SessionHead | None]] = []
        self._errors: dict[int, StoreError | ConflictError] = {}

    def begin(self, head: SessionHead, entries: Sequence[StoredEvent], bodies: Mapping[str, bytes]) -> int:  # noqa: ARG002  the interface
        number = next(self._numbers)
        self.waiting.append((number, 0, list(entries), head))
        return number

    def append(self, session: int, seq: int, entries: Sequence[StoredEvent], bodies: Mapping[str, bytes] | None = None) -> None:  # noqa: ARG002
        self.waiting.append((session, seq, list(entries), None))

    def progress(self, session: int, taken: int) -> WriteProgress:  # noqa: ARG002  the interface
        return WriteProgress(len(self.entries(session)), self._errors.pop(session, None))

    def settle(self) -> None:
        """Keep what is waiting; what does not follow is refused."""
        waiting, self.waiting = self.waiting, []
        for session, seq, entries, head in waiting:
            try:
                if head is not None:
                    self._sessions[session] = MemorySession(head, entries)
                else:
                    super().append(session, seq, entries)
            except ConflictError as error:
                self._errors[session] = error
        self._tell()

    def fail(self, error: StoreError | ConflictError) -> None:
        """Refuse all that is waiting."""
        waiting, self.waiting = self.waiting, []
        self._errors |= {session: error for session, *_ in waiting}
        self._tell()

    def _tell(self) -> None:
        for watcher in self.watchers:
            watcher()
