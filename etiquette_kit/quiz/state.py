"""The state of a session, computed from its events by a pure state machine."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from etiquette_kit.quiz.events import Answered, Event, Finished, Inserted, LanguageChanged, Mode, Planned, Revised, Shown, Started


class ReplayError(ValueError):
    """An invalid sequence of events."""


class State(msgspec.Struct, frozen=True):
    """The state of a session.

    Attributes
    ----------
    mode : {"practice", "test"}
        Feedback after each answer, or at the end.
    lang : str
        The language of the screen.
    plan : tuple of Planned
        The exercises.
    position : int
        The index of the exercise on the screen, counted from 0; equal to the number of exercises at the end.
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
        """Whether the page at the end is on the screen."""
        return self.position == len(self.plan)


def apply(state: State | None, event: Event) -> State:
    """Return the state after an event.

    Raises
    ------
    ReplayError
        When the event is not possible in this state; the message gives the reason.
    """
    if isinstance(event, Started):
        if state is not None:
            raise ReplayError("a session starts only once")
        return State(event.mode, event.lang, event.plan)
    if state is None:
        message = f"the first event must be 'started', not {type(event).__name__.lower()!r}"
        raise ReplayError(message)
    return _revise(state, event) if isinstance(event, Revised) else _advance(state, event)


def _advance(state: State, event: Shown | Answered | LanguageChanged | Finished | Inserted) -> State:
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
        case Inserted():
            return _insert(state, event)


def _insert(state: State, event: Inserted) -> State:
    place, exercise = event.position, event.exercise
    if state.finished or not 0 < place <= len(state.plan) or any(_same(exercise, entry) for entry in state.plan):
        message = f"{exercise.material!r} cannot be put in at position {place} of {len(state.plan)}"
        raise ReplayError(message)

    def moved(position: int) -> int:
        return position + (position >= place)

    responses = {moved(position): replace(answer, position=moved(position)) for position, answer in state.responses.items()}
    plan = (*state.plan[:place], exercise, *state.plan[place:])
    return replace(state, plan=plan, position=moved(state.position), reached=moved(state.reached), responses=responses)


def _same(one: Planned, other: Planned) -> bool:
    return (one.format_name, one.material) == (other.format_name, other.material)


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


def replay(events: Iterable[Event]) -> State:
    """Return the state after a list of events.

    Raises
    ------
    ReplayError
        When there are no events, or their sequence is invalid.
    """
    state: State | None = None
    for event in events:
        state = apply(state, event)
    if state is None:
        raise ReplayError("there are no events")
    return state
