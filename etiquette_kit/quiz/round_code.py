"""A round as a short text, for a place that keeps little: its situations in their order, the order of their options, and the answers.

The text has fields that are joined by ``.``, and a part for each exercise before which stands ``~``; no character of it needs an escape in
an address, in XML or in JSON. Numbers are written in base 36. First comes the round::

    1.p.de.LATEST.START.POSITION.f

the version; practice or test; the language; the moments of the latest answer and of the start, in microseconds since 1970; what is on the
screen; ``f`` when the end was reached, else ``u``. Then each exercise::

    ~ID.CONTENT.2031.0.i

its material; the first characters of the hash of its version; its options in the order shown, each as its place among their sorted ids; the
place of the chosen one, or nothing; ``i`` when the learner asked for it, else nothing.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from etiquette_kit.bank import Bank
from etiquette_kit.formats import Exercise, format_named
from etiquette_kit.locale import languages
from etiquette_kit.quiz.events import Answered, Event, Inserted, Mode, Shown
from etiquette_kit.quiz.session import Session

LONGEST = 4000
"""Characters that a round may have, where a learning management system keeps 4,096 (SCORM 1.2) and something else has to go along."""

_VERSION = "1"
_FORMAT = "choice"
_MODES: dict[str, Mode] = {"p": "practice", "t": "test"}
_DIGITS = string.digits + string.ascii_lowercase
_HASH_LENGTH = 8
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class RoundCodeError(ValueError):
    """A text that is no round, or none that this bank has anything of."""


def round_code(session: Session, longest: int = LONGEST) -> str:
    """Return a round as a short text.

    Parameters
    ----------
    session : Session
        The round. Only choices are written; exercises of other formats are left out.
    longest : int
        How many characters there may be. Of a round that does not fit, the exercises at its end are left out, and it is not finished; where
        not even one fits, the text is empty.
    """
    state = session.state
    asked_for = {event.exercise.material for event in session.events if isinstance(event, Inserted)}
    parts: list[tuple[int, str]] = []
    for position, exercise in enumerate(session.exercises):
        if exercise.format_name == _FORMAT and len(exercise.options) <= len(_DIGITS):
            answer = state.responses.get(position)
            parts.append((position, _part(exercise, answer, inserted=exercise.material.id in asked_for and bool(parts))))
    times = [event.at for event in session.events if isinstance(event, Answered)]
    start = session.events[0].at
    while parts:
        whole = len(parts) == len(session.exercises)
        position = sum(place < state.position for place, _ in parts)
        finished = whole and state.finished
        shown = position if finished else min(position, len(parts) - 1)
        head = (_VERSION, state.mode[0], state.lang, _moment(max(times, default=start)), _moment(start), _number(shown), "uf"[finished])
        code = "~".join([".".join(head), *(part for _, part in parts)])
        if len(code) <= longest:
            return code
        parts.pop()
    return ""


def _part(exercise: Exercise, answer: Answered | None, *, inserted: bool) -> str:
    known = sorted(exercise.options)
    order = "".join(_DIGITS[known.index(option)] for option in exercise.options)
    chosen = "" if answer is None else _DIGITS[known.index(answer.response)]
    return ".".join((exercise.material.id, exercise.material.content[:_HASH_LENGTH], order, chosen, "i" if inserted else ""))


def read_round(code: str, bank: Bank) -> list[Event]:
    """Return a round as the events of a session, as far as the bank has its situations.

    A situation that was edited since is asked again. Nothing says when each one was answered; all answers have the moment of the latest.

    Raises
    ------
    RoundCodeError
        When the text is no round, or the bank has none of its situations.
    """
    head, *parts = code.split("~")
    try:
        version, mode, lang, latest, start, position, end = head.split(".")
        if version != _VERSION or lang not in languages() or end not in ("f", "u"):
            message = f"this is no round of version {_VERSION}: {head[:80]!r}"
            raise RoundCodeError(message)
        began, now, place = _time(start), _time(latest), int(position, 36)
        entries = [_Entry.read(part.split("."), bank) for part in parts]
        return _Replay(_MODES[mode], lang, began, max(began, now)).events(entries, place, finished=end == "f")
    except (ValueError, LookupError, OverflowError, msgspec.MsgspecError) as error:
        message = f"this is no round: {error}"
        raise RoundCodeError(message) from error


class _Entry(msgspec.Struct, frozen=True):
    """A part that was read: no exercise where the bank does not have it any more, and no response that does not count any more."""

    exercise: Exercise | None
    response: str | None
    inserted: bool
    edited: bool

    @classmethod
    def read(cls, fields: Sequence[str], bank: Bank) -> _Entry:
        name, content, order, chosen, inserted = fields
        choice = format_named(_FORMAT)
        material = choice.materials(bank).get(name)
        if material is None:
            return cls(None, None, inserted == "i", edited=True)
        known = sorted(choice.rebuild(material, choice.revise(material, "[]")).options)
        if material.content[:_HASH_LENGTH] != content:
            return cls(choice.rebuild(material, choice.revise(material, "[]")), None, inserted == "i", edited=True)
        places = [_DIGITS.index(digit) for digit in order]
        if sorted(places) != [*range(len(known))]:
            message = f"{order!r} is no order of the options of {name!r}"
            raise RoundCodeError(message)
        shown = msgspec.json.encode([known[place] for place in places]).decode()
        response = known[_DIGITS.index(chosen)] if chosen else None
        return cls(choice.rebuild(material, choice.revise(material, shown)), response, inserted == "i", edited=False)


class _Replay(msgspec.Struct, frozen=True):
    """Plays a round once more, with the moments of its start and of its latest answer."""

    mode: Mode
    lang: str
    began: datetime
    latest: datetime

    def events(self, entries: Sequence[_Entry], position: int, *, finished: bool) -> list[Event]:
        position = sum(entry.exercise is not None for entry in entries[:position])
        there = [(entry.exercise, entry) for entry in entries if entry.exercise is not None]
        drawn = [exercise for exercise, entry in there if not entry.inserted]
        session = Session(drawn, Session.start(drawn, self.mode, self.lang, lambda: self.began).events, lambda: self.latest)
        for place, (exercise, entry) in enumerate(there):
            if entry.inserted:
                session.insert(place, exercise)
        given = [(place, exercise, entry.response) for place, (exercise, entry) in enumerate(there) if entry.response is not None]
        session.merge_answers(self._answer(place, exercise, response) for place, exercise, response in given)
        edited = [place for place, (_, entry) in enumerate(there) if entry.edited]
        ends = finished and not edited
        shown = position if ends else min(edited[0] if finished else position, len(there) - 1)
        session.show(session.state.reached)
        while session.state.position < (len(there) if ends else shown):
            session.next()
        session.show(shown)
        return _without_repeats(session.events)

    def _answer(self, place: int, exercise: Exercise, response: str) -> Answered:
        return Answered(self.latest, place, response, exercise.grade(response).credit, self.lang)


def _without_repeats(events: Sequence[Event]) -> list[Event]:
    """Return events without pages that are shown when they are on the screen already, of which nothing is known but that."""
    kept: list[Event] = []
    for event in events:
        if not (kept and isinstance(event, Shown) and isinstance(kept[-1], Shown) and kept[-1].position == event.position):
            kept.append(event)
    return kept


def started_at(code: str) -> datetime:
    """Return when a round began, in UTC, by which it is known.

    Raises
    ------
    RoundCodeError
        When the text is no round.
    """
    try:
        return _time(code.partition("~")[0].split(".")[4])
    except (ValueError, LookupError, OverflowError) as error:
        message = f"this is no round: {error}"
        raise RoundCodeError(message) from error


def _moment(at: datetime) -> str:
    return _number((at - _EPOCH) // timedelta(microseconds=1))


def _time(number: str) -> datetime:
    return _EPOCH + timedelta(microseconds=int(number, 36))


def _number(value: int) -> str:
    digits = ""
    while value or not digits:
        value, digit = divmod(value, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits
