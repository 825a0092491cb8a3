"""Reading a file of exported answers. Its content is not trusted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from etiquette_kit import __version__
from etiquette_kit.bank import Bank
from etiquette_kit.formats import ResponseError
from etiquette_kit.quiz.entries import AnswerDetails, StoredEvent
from etiquette_kit.quiz.events import Answered, Event, Inserted, LanguageChanged, Planned, Revised, Started
from etiquette_kit.quiz.session import Session
from etiquette_kit.quiz.session_log import plan_at
from etiquette_kit.quiz.state import ReplayError, replay

LARGEST = 5_000_000
"""Characters of a file that is read."""

FileProblem = Literal["too_large", "foreign", "newer", "damaged"]


class AnswerFileError(ValueError):
    """A file that cannot be imported.

    Attributes
    ----------
    problem : {"too_large", "foreign", "newer", "damaged"}
        Why: too large, not a file of exported answers, from a newer version of the kit, or inconsistent.
    """

    def __init__(self, problem: FileProblem, message: str) -> None:
        super().__init__(message)
        self.problem: FileProblem = problem


class FileSession(msgspec.Struct, frozen=True):
    """A session from a file.

    Attributes
    ----------
    name : str
        Random; identifies the session.
    quiz, kit : str
        The quiz's name, and the kit's version.
    entries : tuple of StoredEvent
        The events.
    """

    name: str
    quiz: str
    kit: str
    entries: tuple[StoredEvent, ...]


def read_answer_file(text: str, bank: Bank) -> list[FileSession]:
    """Read a file that was exported by ``AnswerStore.export``.

    Parameters
    ----------
    text : str
        The file's content.
    bank : Bank
        The scenarios; recorded responses to them must be possible ones.

    Raises
    ------
    AnswerFileError
        When something in it cannot come from a store.
    """
    if len(text) > LARGEST:
        raise AnswerFileError("too_large", f"{len(text)} characters")
    try:
        raw = msgspec.json.decode(text)
        outline = msgspec.convert(raw, _Outline)
    except _UNREADABLE as error:
        raise AnswerFileError("foreign", str(error)) from None
    try:
        file = msgspec.convert(raw, _File)
        _nothing_unknown(raw["sessions"], file)
        return [_checked(session, bank) for session in file.sessions]
    except _UNREADABLE as error:
        newer = any(_version(session.kit) > _version(__version__) for session in outline.sessions)
        raise AnswerFileError("newer" if newer else "damaged", str(error)) from None


class _SessionOutline(msgspec.Struct, frozen=True):
    kit: str


class _Outline(msgspec.Struct, frozen=True):
    """What identifies a file of exported answers, in any version."""

    pseudonym: str
    sessions: tuple[_SessionOutline, ...]


class _FileAnswer(msgspec.Struct, frozen=True):
    """The part of an exported answer that is not in its event."""

    seq: int
    material: str
    content: str
    format: str
    response: str


class _FileSession(msgspec.Struct, frozen=True):
    name: Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-zA-Z_-]{1,64}\Z")]
    quiz: Annotated[str, msgspec.Meta(pattern=r"\A\S.{0,299}\Z")]
    kit: Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-zA-Z.+-]{1,40}\Z")]
    events: tuple[Event, ...]
    answers: tuple[_FileAnswer, ...]


class _File(msgspec.Struct, frozen=True):
    sessions: tuple[_FileSession, ...]


class _FaultError(ValueError):
    """Something that no store would write."""


_UNREADABLE = (msgspec.MsgspecError, UnicodeError, RecursionError, _FaultError, ReplayError, ResponseError)


def _version(kit: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d{1,9}", kit)[:3])


def _nothing_unknown(sessions: Sequence[Any], file: _File) -> None:
    """Check that no event has fields that this version does not know; they would be lost."""
    for raw, session in zip(sessions, file.sessions, strict=True):
        for told, event in zip(raw["events"], session.events, strict=True):
            _within(told, event)


def _within(told: Any, understood: Any) -> None:
    if isinstance(told, dict) and isinstance(understood, msgspec.Struct):
        known = msgspec.structs.asdict(understood)
        tag = understood.__struct_config__.tag_field
        more = {name for name, value in told.items() if name != tag and name not in known and value is not None}
        if more:
            message = f"{sorted(more)} is not known"
            raise _FaultError(message)
        for name in told.keys() & known.keys():
            _within(told[name], known[name])
    elif isinstance(told, list) and isinstance(understood, tuple):
        for one, other in zip(told, understood, strict=True):
            _within(one, other)


def _checked(session: _FileSession, bank: Bank) -> FileSession:
    events = session.events
    if not session.quiz.isprintable():
        raise _FaultError("a quiz's name has characters that cannot be seen")
    if not replay(events).plan:
        raise _FaultError("a session has exercises")
    for event in events:
        _check(event)
    _play(events, bank)
    submissions = [event.submission for event in events if isinstance(event, Answered) and event.submission]
    if len({*submissions}) < len(submissions):
        raise _FaultError("a message has brought two answers")
    known = {answer.seq: answer for answer in session.answers}
    if len(known) < len(session.answers) or not known.keys() <= {seq for seq, event in enumerate(events) if isinstance(event, Answered)}:
        raise _FaultError("an answer is told that was not given")
    entries = tuple(StoredEvent(event, _details(events, seq, known.get(seq))) for seq, event in enumerate(events))
    return FileSession(session.name, session.quiz, session.kit, entries)


def _check(event: Event) -> None:
    """Check that the values of an event can be stored and shown."""
    names: list[str] = []
    planned: Sequence[Planned] = ()
    match event:
        case Started(lang=lang, plan=planned):
            names = [lang]
        case LanguageChanged(lang=lang):
            names = [lang]
        case Revised(plan=planned):
            pass
        case Inserted(exercise=exercise):
            planned = (exercise,)
        case Answered(lang=lang, submission=submission, items=items, credit=credit, seconds=seconds):
            names = [lang, *items] if submission is None else [lang, submission, *items]
            if not all(value is None or 0 <= value <= 1 for value in (credit, *items.values())) or (seconds is not None and seconds < 0):
                raise _FaultError("a credit is from 0 to 1, and no time is negative")
    for entry in planned:
        names += [entry.material, entry.format_name, entry.content]
    if not all(0 < len(name) <= _LONGEST_NAME and name.isprintable() for name in names):
        raise _FaultError("a name is missing, or cannot be shown")
    if event.at.tzinfo is None:
        raise _FaultError("a time has its zone")


def _play(events: Sequence[Event], bank: Bank) -> None:
    """Check that a page can show the session, as far as its exercises are in the bank."""
    try:
        session = Session.resume(events, bank, lambda: _SOME_TIME)
    except ReplayError:
        return  # none of its exercises is in the bank, so no page shows it
    responses = session.state.responses
    try:
        for position, exercise in enumerate(session.exercises):
            lang = exercise.material.languages[0]
            exercise.question(lang)
            if position in responses:
                exercise.reveal(responses[position].response, lang)
    except (LookupError, TypeError, ValueError) as error:  # what a format raises for options that do not exist
        raise _FaultError(str(error)) from None


def _details(events: Sequence[Event], seq: int, told: _FileAnswer | None) -> AnswerDetails | None:
    event = events[seq]
    if told is None or not isinstance(event, Answered):
        return None
    planned = plan_at(events, seq)[event.position]
    said = (told.material, told.content, told.format, told.response)
    if said != (planned.material, planned.content, planned.format_name, event.response):
        message = f"the answer at {seq} is told in two ways"
        raise _FaultError(message)
    msgspec.json.decode(planned.shown)  # a table has it decoded
    return AnswerDetails(planned.material, planned.content, planned.format_name, planned.shown)


_LONGEST_NAME = 200
_SOME_TIME = datetime.fromisoformat("2000-01-01T00:00:00+00:00")
