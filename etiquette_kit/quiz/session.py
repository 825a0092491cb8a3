"""A run through a list of exercises: it emits events, and can be rebuilt from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from math import fsum
from typing import Any, Literal

from msgspec.structs import replace

from etiquette_kit.bank import Bank
from etiquette_kit.formats import Exercise, FormatError, Material, ResponseError, Result, format_named
from etiquette_kit.quiz.events import Answered, Event, Finished, Inserted, LanguageChanged, Mode, Planned, Revised, Shown, Started
from etiquette_kit.quiz.state import ReplayError, State, apply, replay
from etiquette_kit.rules.facts import RELATIONS

Clock = Callable[[], datetime]  # returns UTC

Refusal = Literal["already_answered", "unknown_option", "wrong_question", "finished"]


class AnswerError(ValueError):
    """An answer that does not count; the session is as it was.

    Attributes
    ----------
    refusal : {"already_answered", "unknown_option", "wrong_question", "finished"}
        Why.
    """

    def __init__(self, refusal: Refusal, message: str) -> None:
        super().__init__(message)
        self.refusal = refusal


def _material(entry: Planned, bank: Bank) -> Material | None:
    """Return what an exercise is made of, as the bank has it now; None where it has it no more, or the format is not known here."""
    try:
        return format_named(entry.format_name).materials(bank).get(entry.material)
    except FormatError:
        return None


def _today(entry: Planned, material: Material) -> Planned:
    """Return an exercise as its material is now; where that is the same as before, or cannot be told, unchanged."""
    if entry.content in ("", material.content):
        return entry
    shown = format_named(entry.format_name).revise(material, entry.shown)
    return Planned(entry.material, shown, entry.format_name, material.content)


class Session:
    """A run through exercises.

    Built by ``Session.start`` or, from events, by ``Session.resume``.

    Parameters
    ----------
    exercises : sequence of Exercise
        At least one.
    events : sequence of Event
        What happened so far; the first says that it started.
    clock : callable
        Returns the time of each further event, in UTC.
    """

    def __init__(self, exercises: Sequence[Exercise], events: Sequence[Event], clock: Clock) -> None:
        self.exercises = tuple(exercises)
        self.events = list(events)
        self._state = replay(events)
        self._clock = clock
        self._submissions = {event.submission for event in events if isinstance(event, Answered) and event.submission}

    @classmethod
    def start(cls, exercises: Sequence[Exercise], mode: Mode, lang: str, clock: Clock) -> Session:
        """Begin a session with its first exercise on the screen.

        Parameters
        ----------
        exercises : sequence of Exercise
            At least one.
        mode : {"practice", "test"}
            Feedback after each answer, or at the end.
        lang : str
            The language of the screen.
        clock : callable
            Returns the time of each event, in UTC.
        """
        plan = tuple(_planned(exercise) for exercise in exercises)
        return cls(exercises, [Started(clock(), mode, lang, plan), Shown(clock(), 0)], clock)

    @classmethod
    def resume(cls, events: Sequence[Event], bank: Bank, clock: Clock) -> Session:
        """Rebuild a session from its events.

        What was edited since then is asked again, with its answer gone; what is no longer in the bank is left out.

        Raises
        ------
        ReplayError
            When the events do not follow from each other, or the bank has nothing of what the exercises were made of any more.
        """
        state = replay(events)
        found = [_material(entry, bank) for entry in state.plan]
        sources = tuple(place for place, material in enumerate(found) if material is not None)
        if not sources:
            raise ReplayError("none of the session's exercises is in the bank any more")
        materials = [material for material in found if material is not None]
        plan = tuple(_today(state.plan[place], material) for place, material in zip(sources, materials, strict=True))
        exercises = [
            format_named(entry.format_name).rebuild(material, entry.shown) for entry, material in zip(plan, materials, strict=True)
        ]
        if plan == state.plan:
            return cls(exercises, events, clock)
        asked_again = tuple(new for new, old in enumerate(sources) if plan[new] != state.plan[old])
        return cls(exercises, [*events, Revised(clock(), plan, sources, asked_again)], clock)

    @property
    def state(self) -> State:
        """Where the session stands."""
        return self._state

    @property
    def exercise(self) -> Exercise | None:
        """The exercise on the screen; None at the end."""
        return None if self.state.at_end else self.exercises[self.state.position]

    def result(self, position: int) -> Result | None:
        """Return the graded answer at a position; None where there is none."""
        answered = self.state.responses.get(position)
        return None if answered is None else self.exercises[position].grade(answered.response)

    def reveals(self, position: int) -> bool:
        """Tell whether the key of an exercise may be shown now."""
        return self.state.finished or (self.state.mode == "practice" and position in self.state.responses)

    def answer(self, given: object, question: str | None = None, *, submission: str | None = None) -> Result:
        """Give an answer to the exercise on the screen; it counts and cannot be changed.

        Parameters
        ----------
        given : object
            What the exercise's format takes; for a choice, the option's id.
        question : str, optional
            The id of the question that was meant; refused when another is on the screen.
        submission : str, optional
            The id of the message that brought it; one that brought another answer before says nothing.

        Raises
        ------
        AnswerError
            When it is refused; nothing has changed then.
        """
        state = self.state
        exercise = self.exercise
        if state.finished or exercise is None:
            raise AnswerError("finished", "the session is finished; nothing can be answered any more")
        name = exercise.material.id
        if question is not None and question != name:
            raise AnswerError("wrong_question", f"the question on the screen is {name!r}, not {question!r}")
        if state.position in state.responses:
            raise AnswerError("already_answered", f"{name!r} is answered already, and the first answer counts")
        try:
            result = exercise.grade(exercise.parse(given))
        except ResponseError as error:
            raise AnswerError("unknown_option", str(error)) from None
        at = self._clock()
        items = {} if list(result.items.values()) == [result.credit] else result.items
        known = None if submission is None or self.knows(submission) else submission
        answered = Answered(at, state.position, result.response, result.credit, state.lang, self._seconds(at), known, items)
        self._emit(answered)
        return result

    def knows(self, submission: str) -> bool:
        """Tell whether the message with this id has brought an answer already."""
        return submission in self._submissions

    def _seconds(self, at: datetime) -> float | None:
        """Return how long the exercise has been on the screen, in seconds, since it last came there; None where that is not known."""
        last = next(event for event in reversed(self.events) if isinstance(event, Shown))
        return max(0.0, (at - last.at).total_seconds()) if last.position == self.state.position else None

    def take_over(self, answers: Iterable[Answered]) -> int:
        """Take over answers that were given to this session elsewhere; for each exercise the first answer counts.

        Afterwards the session shows the exercise of the last answer that was taken over.

        Returns
        -------
        int
            How many found their exercise unanswered, and within reach.
        """
        taken = 0
        for answer in sorted(answers, key=lambda entry: entry.position):
            state = self.state
            if state.finished or answer.position in state.responses or answer.position >= len(state.plan):
                continue
            ahead = state.reached + (state.position == state.reached)  # who has gone back goes to where she was first
            for position in (*range(ahead, answer.position), answer.position):
                self._emit(Shown(self._clock(), position))
            known = answer.submission is not None and self.knows(answer.submission)
            self._emit(replace(answer, submission=None) if known else answer)
            taken += 1
        return taken

    def next(self) -> None:
        """Go on; an exercise may be skipped. After the last one the session finishes."""
        state = self.state
        if state.at_end:
            return
        if state.position + 1 == len(state.plan) and not state.finished:
            self._emit(Finished(self._clock()))
        self._emit(Shown(self._clock(), state.position + 1))

    def back(self) -> None:
        """Go back to look at the exercise before; its answer stays as it is."""
        if self.state.position > 0:
            self._emit(Shown(self._clock(), self.state.position - 1))

    def show(self, position: int) -> None:
        """Look at any exercise that was reached before, or the end.

        Raises
        ------
        ReplayError
            When the position was not reached yet.
        """
        if not 0 <= position <= self.state.reached:
            message = f"position {position} was not reached yet"
            raise ReplayError(message)
        self._emit(Shown(self._clock(), position))

    def insert(self, position: int, exercise: Exercise) -> None:
        """Put a further exercise into the plan; those from there on move one place down.

        Parameters
        ----------
        position : int
            Its place, after the first exercise.
        exercise : Exercise
            One that is not in the plan yet.

        Raises
        ------
        ReplayError
            When it is, or the session is finished.
        """
        self._emit(Inserted(self._clock(), position, _planned(exercise)))
        self.exercises = (*self.exercises[:position], exercise, *self.exercises[position:])

    def set_language(self, lang: str) -> None:
        """Go over to another language; place and answers stay."""
        if lang != self.state.lang:
            self._emit(LanguageChanged(self._clock(), lang))

    def summary(self) -> dict[str, Any]:
        """Return the credit so far.

        Returns
        -------
        dict
            ``credit`` (mean over the answered exercises that are scored, 0..1; None when there are none, and in test mode
            until the end), ``answered``, ``total``, and the same three by relation and by theme, where situations count.
        """
        hidden = self.state.mode == "test" and not self.state.finished
        situations = [(place, found) for place, exercise in enumerate(self.exercises) for found in exercise.material.situations]
        present = {found.relation for _, found in situations}
        by_relation: dict[str, list[_Place]] = {name: [] for name in RELATIONS if name in present}
        by_theme: dict[str, list[_Place]] = {}
        for place, found in situations:
            by_relation.setdefault(found.relation, []).append((place, found.id))
            by_theme.setdefault(found.theme, []).append((place, found.id))
        parts = {"by_relation": by_relation, "by_theme": by_theme}
        groups = {
            name: {group: self._credit(places, hidden=hidden) for group, places in part.items() if group} for name, part in parts.items()
        }
        return {**self._credit([(place, None) for place in range(len(self.exercises))], hidden=hidden), **groups}

    def _credit(self, places: Sequence[_Place], *, hidden: bool) -> dict[str, Any]:
        responses = self.state.responses
        given = [(responses[place], situation) for place, situation in places if place in responses]
        credits_ = [answer.credit if situation is None else answer.credit_for(situation) for answer, situation in given]
        scored = [credit for credit in credits_ if credit is not None]
        mean = fsum(scored) / len(scored) if scored and not hidden else None
        return {"credit": mean, "answered": len(given), "total": len(places)}

    def weak(self) -> list[int]:
        """Return the positions to look at again: not answered, or answered with less than full credit."""
        responses = self.state.responses
        return [p for p in range(len(self.exercises)) if p not in responses or _misses(responses[p].credit)]

    def _emit(self, event: Event) -> None:
        self._state = apply(self._state, event)
        self.events.append(event)
        if isinstance(event, Answered) and event.submission is not None:
            self._submissions.add(event.submission)


_Place = tuple[int, str | None]
"""A place in the plan, and the situation there, or None for all of it."""


def _planned(exercise: Exercise) -> Planned:
    return Planned(exercise.material.id, exercise.shown, exercise.format_name, exercise.material.content)


def _misses(credit: float | None) -> bool:
    return credit is not None and credit < 1
