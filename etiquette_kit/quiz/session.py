"""A session, which is a run through a list of exercises: it emits events, and can be rebuilt from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from math import fsum
from typing import Any, Literal

from msgspec.structs import replace

from etiquette_kit.bank import Bank
from etiquette_kit.formats import Exercise, FormatError, Material, ResponseError, Result, format_named
from etiquette_kit.locale import catalog
from etiquette_kit.locale.arguments import as_written
from etiquette_kit.locale.plain_error import PlainError
from etiquette_kit.quiz.events import Answered, Event, Finished, Inserted, LanguageChanged, Mode, Planned, Revised, Shown, Started
from etiquette_kit.quiz.state import ReplayError, State, apply, replay
from etiquette_kit.rules.facts import RELATIONS

Clock = Callable[[], datetime]  # returns UTC

Refusal = Literal["already_answered", "unknown_option", "wrong_question", "finished"]


class AnswerError(PlainError, ValueError):
    """An answer that is rejected; the session is unchanged.

    Attributes
    ----------
    refusal : {"already_answered", "unknown_option", "wrong_question", "finished"}
        The reason.
    """

    def __init__(self, refusal: Refusal, message: str, **values: object) -> None:
        super().__init__("option", message, **values)
        self.refusal = refusal

    def text(self, lang: str) -> str:
        """Return what is wrong: which answers there are, or what a page says of it."""
        return super().text(lang) if "allowed" in self.values else catalog(lang)(f"refusal.{self.refusal}")


def _material(entry: Planned, bank: Bank) -> Material | None:
    """Return the present material of an exercise; None where the bank no longer has it, or the format is unknown."""
    try:
        return format_named(entry.format_name).materials(bank).get(entry.material)
    except FormatError:
        return None


def _updated(entry: Planned, material: Material) -> Planned:
    """Return an exercise updated to the present version of its material; unchanged where the version is the same or unknown."""
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
        The events so far; the first is `Started`.
    clock : callable
        Returns the current time, in UTC.
    """

    def __init__(self, exercises: Sequence[Exercise], events: Sequence[Event], clock: Clock) -> None:
        self.exercises = tuple(exercises)
        self.events = list(events)
        self._state = replay(events)
        self._clock = clock
        self._submissions = {event.submission for event in events if isinstance(event, Answered) and event.submission}

    @classmethod
    def start(cls, exercises: Sequence[Exercise], mode: Mode, lang: str, clock: Clock) -> Session:
        """Start a session with its first exercise on the screen.

        Parameters
        ----------
        exercises : sequence of Exercise
            At least one.
        mode : {"practice", "test"}
            Feedback after each answer, or at the end.
        lang : str
            The language of the screen.
        clock : callable
            Returns the current time, in UTC.
        """
        plan = tuple(_planned(exercise) for exercise in exercises)
        return cls(exercises, [Started(clock(), mode, lang, plan), Shown(clock(), 0)], clock)

    @classmethod
    def resume(cls, events: Sequence[Event], bank: Bank, clock: Clock) -> Session:
        """Rebuild a session from its events.

        Exercises whose material was edited lose their answers and are asked again; those no longer in the bank are left out.

        Raises
        ------
        ReplayError
            When the sequence of events is invalid, or the bank has none of the material any more.
        """
        state = replay(events)
        found = [_material(entry, bank) for entry in state.plan]
        sources = tuple(place for place, material in enumerate(found) if material is not None)
        if not sources:
            raise ReplayError("none of the session's exercises is in the bank any more")
        materials = [material for material in found if material is not None]
        plan = tuple(_updated(state.plan[place], material) for place, material in zip(sources, materials, strict=True))
        exercises = [
            format_named(entry.format_name).rebuild(material, entry.shown) for entry, material in zip(plan, materials, strict=True)
        ]
        if plan == state.plan:
            return cls(exercises, events, clock)
        asked_again = tuple(new for new, old in enumerate(sources) if plan[new] != state.plan[old])
        return cls(exercises, [*events, Revised(clock(), plan, sources, asked_again)], clock)

    @property
    def state(self) -> State:
        """The current state."""
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
        """Return whether the answer key of an exercise may be shown now."""
        return self.state.finished or (self.state.mode == "practice" and position in self.state.responses)

    def answer(self, given: object, question: str | None = None, *, submission: str | None = None) -> Result:
        """Answer the exercise on the screen; the answer is final.

        Parameters
        ----------
        given : object
            A response in the exercise's format; for a choice, the option's id.
        question : str, optional
            The id of the question that the learner saw; rejected when another one is on the screen.
        submission : str, optional
            The id of the message with the answer; ignored if an earlier answer has it.

        Raises
        ------
        AnswerError
            When it is rejected; nothing has changed then.
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
            options = {"given": as_written(given), "allowed": ", ".join(exercise.options)} if exercise.options else {}
            raise AnswerError("unknown_option", str(error), **options) from None
        at = self._clock()
        items = {} if list(result.items.values()) == [result.credit] else result.items
        known = None if submission is None or self.knows(submission) else submission
        answered = Answered(at, state.position, result.response, result.credit, state.lang, self._seconds(at), known, items)
        self._emit(answered)
        return result

    def knows(self, submission: str) -> bool:
        """Return whether an answer came with the message of this id."""
        return submission in self._submissions

    def _seconds(self, at: datetime) -> float | None:
        """Return the seconds since the exercise was last shown; None where that is unknown."""
        last = next(event for event in reversed(self.events) if isinstance(event, Shown))
        return max(0.0, (at - last.at).total_seconds()) if last.position == self.state.position else None

    def merge_answers(self, answers: Iterable[Answered]) -> int:
        """Add answers from another copy of this session; for each exercise the first answer counts.

        Afterwards the session shows the exercise of the last answer that was added.

        Returns
        -------
        int
            How many were added.
        """
        taken = 0
        for answer in sorted(answers, key=lambda entry: entry.position):
            state = self.state
            if state.finished or answer.position in state.responses or answer.position >= len(state.plan):
                continue
            furthest = state.reached + (state.position == state.reached)  # from further back it is to be shown again first
            for position in (*range(furthest, answer.position), answer.position):
                self._emit(Shown(self._clock(), position))
            known = answer.submission is not None and self.knows(answer.submission)
            self._emit(replace(answer, submission=None) if known else answer)
            taken += 1
        return taken

    def next(self) -> None:
        """Move to the next exercise, whether or not this one was answered; after the last one the session finishes."""
        state = self.state
        if state.at_end:
            return
        if state.position + 1 == len(state.plan) and not state.finished:
            self._emit(Finished(self._clock()))
        self._emit(Shown(self._clock(), state.position + 1))

    def back(self) -> None:
        """Return to the previous exercise; its answer is unchanged."""
        if self.state.position > 0:
            self._emit(Shown(self._clock(), self.state.position - 1))

    def show(self, position: int) -> None:
        """Show an exercise that was reached before, or the end.

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
        """Insert an exercise into the plan; those after it move by one position.

        Parameters
        ----------
        position : int
            Its position, at least 1.
        exercise : Exercise
            One that is not in the plan yet.

        Raises
        ------
        ReplayError
            When it is in the plan, or the session is finished.
        """
        self._emit(Inserted(self._clock(), position, _planned(exercise)))
        self.exercises = (*self.exercises[:position], exercise, *self.exercises[position:])

    def set_language(self, lang: str) -> None:
        """Change the language; position and answers are unchanged."""
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
        """Return the positions to repeat: not answered, or answered with less than full credit."""
        responses = self.state.responses
        return [p for p in range(len(self.exercises)) if p not in responses or _is_below_full(responses[p].credit)]

    def _emit(self, event: Event) -> None:
        self._state = apply(self._state, event)
        self.events.append(event)
        if isinstance(event, Answered) and event.submission is not None:
            self._submissions.add(event.submission)


_Place = tuple[int, str | None]
"""A position in the plan, and the id of a situation there; None for the whole exercise."""


def _planned(exercise: Exercise) -> Planned:
    return Planned(exercise.material.id, exercise.shown, exercise.format_name, exercise.material.content)


def _is_below_full(credit: float | None) -> bool:
    return credit is not None and credit < 1
