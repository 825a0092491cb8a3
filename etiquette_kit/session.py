"""A run through a list of exercises: a state machine that emits events and can be rebuilt from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from math import fsum
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from etiquette_kit.bank import Bank
from etiquette_kit.events import Answered, Event, Finished, LanguageChanged, Mode, Planned, Revised, Shown, Started
from etiquette_kit.exercises import Exercise, ResponseError, Result, rebuild
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


class ReplayError(ValueError):
    """Events that no session can have emitted in this order."""


class State(msgspec.Struct, frozen=True):
    """Where a session stands.

    Attributes
    ----------
    mode : {"practice", "test"}
        Feedback after each answer, or at the end.
    lang : str
        The language of the screen.
    plan : tuple of Planned
        The exercises.
    position : int
        The exercise on the screen, counted from 0; equal to their number at the end.
    reached : int
        The furthest position so far.
    responses : dict of int to Answered
        The answers by position.
    finished : bool
        Whether the end was reached.
    """

    mode: Mode
    lang: str
    plan: tuple[Planned, ...]
    position: int = 0
    reached: int = 0
    responses: dict[int, Answered] = msgspec.field(default_factory=dict)
    finished: bool = False

    @property
    def at_end(self) -> bool:
        """Whether the end is on the screen."""
        return self.position == len(self.plan)


def apply(state: State | None, event: Event) -> State:
    """Return the state after an event.

    Raises
    ------
    ReplayError
        When the event cannot follow: it says which and why.
    """
    if isinstance(event, Started):
        if state is not None:
            raise ReplayError("a session starts only once")
        return State(event.mode, event.lang, event.plan)
    if state is None:
        message = f"the first event must be 'started', not {type(event).__name__.lower()!r}"
        raise ReplayError(message)
    return _revise(state, event) if isinstance(event, Revised) else _go_on(state, event)


def _go_on(state: State, event: Shown | Answered | LanguageChanged | Finished) -> State:
    match event:
        case Shown(position=position):
            if not _may_show(state, position):
                message = (
                    f"position {position} cannot be shown after {state.position}, with {state.reached} the furthest of {len(state.plan)}"
                )
                raise ReplayError(message)
            return replace(state, position=position, reached=max(position, state.reached))
        case Answered(position=position):
            if state.finished or state.at_end or position != state.position or position in state.responses:
                message = f"position {position} cannot be answered now"
                raise ReplayError(message)
            return replace(state, responses={**state.responses, position: event})
        case LanguageChanged(lang=lang):
            return replace(state, lang=lang)
        case Finished():
            if state.finished:
                raise ReplayError("a session finishes only once")
            if state.position + 1 != len(state.plan):
                raise ReplayError("a session finishes after its last exercise")
            return replace(state, finished=True)


def _revise(state: State, event: Revised) -> State:
    plan, sources, asked_again = event.plan, event.sources, event.asked_again
    fits = len(plan) == len(sources) and plan and list(sources) == sorted({*sources}) and {*sources} <= {*range(len(state.plan))}
    if not fits or not {*asked_again} <= {*range(len(plan))}:
        raise ReplayError("a session is revised with a plan that does not come from its own")
    responses = {
        position: replace(state.responses[source], position=position)
        for position, source in enumerate(sources)
        if source in state.responses and position not in asked_again
    }

    def moved(position: int) -> int:
        return sum(source < position for source in sources)

    finished = state.finished and not asked_again
    position, reached = moved(state.position), moved(state.reached)
    if not finished:
        position, reached = (min(place, len(plan) - 1) for place in (asked_again[0] if asked_again else position, reached))
    return replace(state, plan=plan, position=position, reached=max(position, reached), responses=responses, finished=finished)


def _may_show(state: State, position: int) -> bool:
    if position == len(state.plan):
        return state.finished
    return 0 <= position < len(state.plan) and position <= max(state.reached, state.position + 1)


def _today(entry: Planned, bank: Bank) -> Planned:
    """Return an exercise as the bank has it now; where that is the same as before, or cannot be told, unchanged."""
    scenario = bank[entry.scenario]
    if entry.content in ("", scenario.content):
        return entry
    present = [option.id for option in scenario.options]
    order = [name for name in entry.order if name in present]
    return Planned(entry.scenario, (*order, *(name for name in present if name not in order)), entry.format_name, scenario.content)


def replay(events: Iterable[Event]) -> State:
    """Return the state after a list of events.

    Raises
    ------
    ReplayError
        When there are none, or they do not follow from each other.
    """
    state: State | None = None
    for event in events:
        state = apply(state, event)
    if state is None:
        raise ReplayError("there are no events")
    return state


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
        plan = tuple(Planned(e.scenario.id, e.order, e.format_name, e.scenario.content) for e in exercises)
        return cls(exercises, [Started(clock(), mode, lang, plan), Shown(clock(), 0)], clock)

    @classmethod
    def resume(cls, events: Sequence[Event], bank: Bank, clock: Clock) -> Session:
        """Rebuild a session from its events.

        What was edited since then is asked again, with its answer gone; what is no longer in the bank is left out.

        Raises
        ------
        ReplayError
            When the events do not follow from each other, or the bank has none of the scenarios any more.
        """
        state = replay(events)
        sources = tuple(place for place, entry in enumerate(state.plan) if entry.scenario in bank)
        if not sources:
            raise ReplayError("none of the session's scenarios is in the bank any more")
        plan = tuple(_today(state.plan[place], bank) for place in sources)
        exercises = [rebuild(bank[entry.scenario], entry.order, entry.format_name) for entry in plan]
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

    def answer(self, response: str, question: str | None = None) -> Result:
        """Give an answer to the exercise on the screen; it counts and cannot be changed.

        Parameters
        ----------
        response : str
            For a choice, the option's id.
        question : str, optional
            The id of the question that was meant; refused when another is on the screen.

        Raises
        ------
        AnswerError
            When it is refused; nothing has changed then.
        """
        state = self.state
        exercise = self.exercise
        if state.finished or exercise is None:
            raise AnswerError("finished", "the session is finished; nothing can be answered any more")
        if question is not None and question != exercise.scenario.id:
            raise AnswerError("wrong_question", f"the question on the screen is {exercise.scenario.id!r}, not {question!r}")
        if state.position in state.responses:
            raise AnswerError("already_answered", f"{exercise.scenario.id!r} is answered already, and the first answer counts")
        try:
            result = exercise.grade(response)
        except ResponseError as error:
            raise AnswerError("unknown_option", str(error)) from None
        self._emit(Answered(self._clock(), state.position, response, result.credit))
        return result

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
            for position in (*range(state.reached + 1, answer.position), answer.position):
                self._emit(Shown(self._clock(), position))
            self._emit(answer)
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

    def set_language(self, lang: str) -> None:
        """Go over to another language; place and answers stay."""
        if lang != self.state.lang:
            self._emit(LanguageChanged(self._clock(), lang))

    def summary(self) -> dict[str, Any]:
        """Return the credit so far.

        Returns
        -------
        dict
            ``credit`` (mean over the answered exercises, 0..1; None when there are none, and in test mode
            until the end), ``answered``, ``total``, and the same three by relation and by theme.
        """
        hidden = self.state.mode == "test" and not self.state.finished
        everything = range(len(self.exercises))
        present = {exercise.scenario.facts.relation for exercise in self.exercises}
        by: dict[str, dict[str, list[int]]] = {"by_relation": {name: [] for name in RELATIONS if name in present}, "by_theme": {}}
        for position, exercise in enumerate(self.exercises):
            by["by_relation"][exercise.scenario.facts.relation].append(position)
            by["by_theme"].setdefault(exercise.scenario.theme, []).append(position)
        groups = {name: {group: self._credit(positions, hidden=hidden) for group, positions in part.items()} for name, part in by.items()}
        return {**self._credit(everything, hidden=hidden), **groups}

    def _credit(self, positions: Iterable[int], *, hidden: bool) -> dict[str, Any]:
        listed = list(positions)
        given = [self.state.responses[p].credit for p in listed if p in self.state.responses]
        mean = fsum(given) / len(given) if given and not hidden else None
        return {"credit": mean, "answered": len(given), "total": len(listed)}

    def weak(self) -> list[int]:
        """Return the positions to look at again: not answered, or answered with less than full credit."""
        responses = self.state.responses
        return [p for p in range(len(self.exercises)) if p not in responses or responses[p].credit < 1]

    def _emit(self, event: Event) -> None:
        self._state = apply(self._state, event)
        self.events.append(event)
