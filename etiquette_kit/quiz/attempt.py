"""What a learning management system is told of an attempt: where it stands, and the score of a round that was played to its end."""

from __future__ import annotations

from math import fsum

import msgspec

from etiquette_kit.locale.numbers import whole_percent
from etiquette_kit.quiz.round_code import round_code
from etiquette_kit.quiz.session import Session


class AttemptReport(msgspec.Struct, frozen=True):
    """The state of a round, as it is reported.

    Attributes
    ----------
    round : str
        The round as a short text; empty where none has begun.
    place : str
        What is on the screen, as ``4/10``; at the end ``10/10``, and empty where no round has begun.
    finished : bool
        Whether the end of the round was reached.
    score : int or None
        0..100, once a whole round was played to its end.
    """

    round: str = ""
    place: str = ""
    finished: bool = False
    score: int | None = None


def attempt_report(session: Session, length: int) -> AttemptReport:
    """Return what is reported of a round.

    Parameters
    ----------
    session : Session
        The round.
    length : int
        How many situations a whole round has. A repetition of what went wrong has fewer, and has no score.
    """
    state, total = session.state, len(session.exercises)
    score = whole_percent(credit_of_all(session)) if state.finished and total >= length else None
    return AttemptReport(round_code(session), f"{min(state.position + 1, total)}/{total}", state.finished, score)


def credit_of_all(session: Session) -> float:
    """Return the mean credit over all exercises that can be scored, 0..1; one that was skipped counts as 0, other than on the page."""
    responses = session.state.responses
    answers = [responses.get(position) for position in range(len(session.exercises))]
    credits_ = [0.0 if answer is None else answer.credit for answer in answers]
    scored = [credit for credit in credits_ if credit is not None]
    return fsum(scored) / len(scored) if scored else 0.0
