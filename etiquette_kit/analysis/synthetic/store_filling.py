"""Filling a store with given answers as if a quiz had recorded them."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby

import msgspec
from sqlalchemy import insert

from etiquette_kit import __version__
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.formats.choice import credit_of
from etiquette_kit.quiz.events import Answered, Event, Finished, Planned, Shown, Started, encode
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.store import Store


class GivenAnswer(msgspec.Struct, frozen=True):
    """An answer with its time.

    Attributes
    ----------
    participant, session : int
        The numbers of the participant and the session in the source.
    scenario, option : str
        Their ids.
    seconds : float
        The time on the screen before the answer.
    at : datetime
        The time of the answer, in UTC.
    lang : str
        The language of the screen.
    """

    participant: int
    session: int
    scenario: str
    option: str
    seconds: float
    at: datetime
    lang: str


def fill(store: Store, given: Iterable[GivenAnswer], scenarios: Sequence[Scenario], cohort: str, batch: int = 500) -> None:
    """Write answers to a store, with the events that a quiz would have written.

    Parameters
    ----------
    store : Store
        The database.
    given : iterable of GivenAnswer
        The answers, sorted by participant, session and time.
    scenarios : sequence of Scenario
        All scenarios of the answers.
    cohort : str
        The name of the group.
    batch : int
        The number of participants written in one transaction.
    """
    known = {scenario.id: scenario for scenario in scenarios}
    bodies = [{"hash": s.content, "material": s.id, "body": s.record().decode()} for s in known.values()]
    with store.writing() as connection:
        there = set(connection.execute(tables.contents.select().with_only_columns(tables.contents.c.hash)).scalars())
        new = [body for body in bodies if body["hash"] not in there]
        if new:
            connection.execute(insert(tables.contents), new)
    people = groupby(given, lambda answer: answer.participant)
    pending: list[list[GivenAnswer]] = []
    for _, answers in people:
        pending.append(list(answers))
        if len(pending) == batch:
            _write(store, pending, known, cohort)
            pending = []
    if pending:
        _write(store, pending, known, cohort)


def _write(store: Store, people: Sequence[Sequence[GivenAnswer]], known: dict[str, Scenario], cohort: str) -> None:
    with store.writing() as connection:
        rows = [{"pseudonym": secrets.token_hex(8), "at": answers[0].at} for answers in people]
        made = insert(tables.participants).returning(tables.participants.c.id, sort_by_parameter_order=True)
        numbers = list(connection.execute(made, rows).scalars())
        agreed = [{"participant": number, "cohort": cohort, "at": row["at"], "text": ""} for number, row in zip(numbers, rows, strict=True)]
        connection.execute(insert(tables.consents), agreed)
        runs = [
            (number, list(run))
            for number, answers in zip(numbers, people, strict=True)
            for _, run in groupby(answers, lambda answer: answer.session)
        ]
        common = {"quiz": "practice", "cohort": cohort, "kit": __version__}
        heads = [{**common, "name": secrets.token_hex(16), "participant": number, "at": run[0].at} for number, run in runs]
        begun = insert(tables.sessions).returning(tables.sessions.c.id, sort_by_parameter_order=True)
        sessions = list(connection.execute(begun, heads).scalars())
        events, answers_ = [], []
        for session, (number, run) in zip(sessions, runs, strict=True):
            for seq, (event, answer) in enumerate(_events_of(run, known)):
                events.append({"session": session, "seq": seq, "submission": None, "body": encode(event).decode()})
                if answer is not None:
                    answers_.append(_row(session, seq, number, answer, event, known[answer.scenario], cohort))
        connection.execute(insert(tables.events), events)
        connection.execute(insert(tables.answers), answers_)


def _events_of(run: Sequence[GivenAnswer], known: dict[str, Scenario]) -> Iterator[tuple[Event, GivenAnswer | None]]:
    plan = tuple(Planned(answer.scenario, _shown(known[answer.scenario]), content=known[answer.scenario].content) for answer in run)
    begun = run[0].at - timedelta(seconds=run[0].seconds)
    yield Started(begun, "practice", run[0].lang, plan), None
    for position, answer in enumerate(run):
        yield Shown(answer.at - timedelta(seconds=answer.seconds), position), None
        credit = credit_of(known[answer.scenario].key()[answer.option])
        yield Answered(answer.at, position, answer.option, credit, answer.lang, answer.seconds), answer
    yield Finished(run[-1].at), None


def _shown(scenario: Scenario) -> str:
    return json.dumps([option.id for option in scenario.options])


def _row(session: int, seq: int, participant: int, answer: GivenAnswer, event: Event, scenario: Scenario, cohort: str) -> dict[str, object]:
    assert isinstance(event, Answered)
    return {
        "session": session,
        "seq": seq,
        "participant": participant,
        "cohort": cohort,
        "material": scenario.id,
        "content": scenario.content,
        "format": "choice",
        "response": answer.option,
        "credit": event.credit,
        "shown": _shown(scenario),
        "seconds": answer.seconds,
        "at": answer.at,
        "lang": answer.lang,
        "kit": __version__,
    }
