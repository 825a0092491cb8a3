"""Simulated answers of simulated people, for tests and demonstrations of the analysis; they contain no observations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd

from etiquette_kit.analysis.statistics.blocks import AnswerRow, Ints
from etiquette_kit.analysis.statistics.columns import COLUMNS
from etiquette_kit.analysis.statistics.frame import Floats
from etiquette_kit.analysis.synthetic.store_filling import GivenAnswer, fill
from etiquette_kit.content.material import shared_languages
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.formats.choice import credit_of
from etiquette_kit.locale import DEFAULT_LANGUAGE
from etiquette_kit.store.sql.store import Store

_BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)
_BETWEEN = timedelta(days=14)  # from one session to the next
_SLOPE = 0.6  # how strongly ability favours options with a high credit
_EASINESS = 0.5  # the average scenario is easier than the average person is able
_FIRST_LANGUAGE = 0.8  # the share of people who read in the first language; the others are divided evenly among the rest
_CHUNK = 2000  # people simulated at once


@dataclass(frozen=True)
class _Chunk:
    """Answers of a chunk of people, as arrays people × sessions × positions in a session."""

    first: int
    scenario: Ints
    option: Ints
    credit: Floats
    seconds: Floats
    language: Ints  # people


def synthetic_cohort(
    scenarios: Iterable[Scenario], people: int, *, sessions: int = 2, length: int = 20, learning: float = 0.6, seed: int = 1
) -> pd.DataFrame:
    """Return simulated answers as input of `cohort_report`.

    Each person has an ability, each scenario a difficulty and each option an attraction, all normally distributed; the higher a person's
    ability relative to the scenario, the more often options with a high credit are chosen (a nominal response model: Bock, 1972). Each
    session has the same scenarios in a new order; ability grows from one session to the next. Seconds are log-normal.

    Parameters
    ----------
    scenarios : iterable of Scenario
        For example the shipped bank; credits are computed from their key.
    people : int
        The number of people.
    sessions, length : int
        The number of sessions of each person, and of scenarios drawn for each person; at most all.
    learning : float
        The growth of ability from session to session, in standard deviations of ability.
    seed : int
        The seed, which makes the answers reproducible.

    Returns
    -------
    pandas.DataFrame
        participant, session, scenario, content, option, credit, seconds, at, lang; sorted by participant and time.
    """
    world = _World(list(scenarios), seed)
    frames = [world.frame(chunk) for chunk in world.chunks(people, sessions, length, learning)]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=COLUMNS)


def synthetic_store(store: Store, scenarios: Iterable[Scenario], people: int, cohort: str, *, sessions: int = 2, seed: int = 1) -> None:
    """Fill a store with simulated answers; see `synthetic_cohort`.

    Parameters
    ----------
    store : Store
        A new store; only the name of the cohort distinguishes its content from real answers.
    scenarios : iterable of Scenario
        For example the shipped bank.
    people : int
        The number of people.
    cohort : str
        The name of the group, which should show that it is not a real one.
    sessions, seed
        As for `synthetic_cohort`.
    """
    known = list(scenarios)
    frame = synthetic_cohort(known, people, sessions=sessions, seed=seed)
    numbers = zip(frame["participant"].tolist(), frame["session"].tolist(), strict=True)
    at = pd.DatetimeIndex(frame["at"]).to_pydatetime()
    values = zip(frame["scenario"], frame["option"], frame["seconds"].tolist(), at, frame["lang"], strict=True)
    given = (GivenAnswer(*who, *what) for who, what in zip(numbers, values, strict=True))
    fill(store, given, known, cohort)


def synthetic_answers(scenarios: Iterable[Scenario], people: int, *, length: int = 20, seed: int = 1) -> Iterator[list[AnswerRow]]:
    """Yield simulated answers of one session per person in batches, as input of `answer_statistics`; see `synthetic_cohort`."""
    world = _World(list(scenarios), seed)
    for chunk in world.chunks(people, 1, length, 0.0):
        yield world.raw_rows(chunk)


class _World:
    def __init__(self, scenarios: list[Scenario], seed: int) -> None:
        rng = np.random.default_rng(seed)
        keys = [scenario.key() for scenario in scenarios]
        width = max(map(len, keys))
        self._seed = seed
        self._names = np.array([scenario.id for scenario in scenarios], dtype=object)
        self._contents = np.array([scenario.content for scenario in scenarios], dtype=object)
        self._options = np.array([[*key, *[""] * (width - len(key))] for key in keys], dtype=object)
        self._credits = np.array([[*[credit_of(grade) for grade in key.values()], *[np.nan] * (width - len(key))] for key in keys])
        self._difficulty = rng.normal(0, 0.7, len(keys))
        self._pull = rng.normal(0, 0.6, (len(keys), width))
        self._languages = np.array(shared_languages(scenarios) or (DEFAULT_LANGUAGE,))
        self._haste = rng.normal(3.1, 0.2, len(keys))  # log seconds

    def chunks(self, people: int, sessions: int, length: int, learning: float) -> Iterator[_Chunk]:
        length = min(length, len(self._names))
        for first in range(0, people, _CHUNK):
            count = min(_CHUNK, people - first)
            rng = np.random.default_rng([self._seed, first])
            drawn = np.argsort(rng.random((count, len(self._names))), axis=1)[:, :length]
            scenario = rng.permuted(np.repeat(drawn[:, None, :], sessions, axis=1), axis=2)
            ability = rng.normal(0, 1, (count, 1, 1)) + learning * np.arange(sessions)[None, :, None]
            lead = _EASINESS + ability - self._difficulty[scenario]
            earns = self._credits[scenario]
            utility = _SLOPE * lead[..., None] * (2 * earns - 1) + self._pull[scenario] + rng.gumbel(size=earns.shape)
            option = np.argmax(np.where(np.isnan(earns), -np.inf, utility), axis=-1)
            credit = np.take_along_axis(earns, option[..., None], axis=-1)[..., 0]
            seconds = np.round(np.exp(rng.normal(self._haste[scenario], 0.5)), 1)
            yield _Chunk(first, scenario, option, credit, seconds, self._language(rng.random(count)))

    def _language(self, drawn: Floats) -> Ints:
        others = len(self._languages) - 1
        place = 1 + np.floor((drawn - _FIRST_LANGUAGE) / (1 - _FIRST_LANGUAGE) * others).astype(np.int64)
        return np.where(drawn < _FIRST_LANGUAGE, 0, np.minimum(place, others))

    def raw_rows(self, chunk: _Chunk) -> list[AnswerRow]:
        participant = np.repeat(np.arange(chunk.first, chunk.first + len(chunk.language)), chunk.scenario[0].size)
        scenario = chunk.scenario.ravel()
        names, options = self._names[scenario].tolist(), self._options[scenario, chunk.option.ravel()].tolist()
        return list(zip(participant.tolist(), names, options, chunk.credit.ravel().tolist(), chunk.seconds.ravel().tolist(), strict=True))

    def frame(self, chunk: _Chunk) -> pd.DataFrame:
        people, sessions, length = chunk.scenario.shape
        scenario = chunk.scenario.ravel()
        person = np.repeat(np.arange(chunk.first, chunk.first + people), sessions * length)
        session = np.tile(np.repeat(np.arange(sessions), length), people)
        elapsed = np.cumsum(chunk.seconds, axis=2).ravel()
        at = pd.Timestamp(_BEGIN) + pd.to_timedelta(elapsed, unit="s") + session * pd.Timedelta(_BETWEEN)
        values = [
            person,
            person * sessions + session,
            self._names[scenario],
            self._contents[scenario],
            self._options[scenario, chunk.option.ravel()],
            chunk.credit.ravel(),
            chunk.seconds.ravel(),
            at,
            self._languages[chunk.language][person - chunk.first],
        ]
        return pd.DataFrame(dict(zip(COLUMNS, values, strict=True)))
