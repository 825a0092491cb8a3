"""Answers from a store: as a stream, and as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Select, select

from etiquette_kit.analysis.reports.known_items import KnownItem, known_answers
from etiquette_kit.analysis.reports.summaries import Response, Summaries
from etiquette_kit.analysis.statistics.blocks import AnswerRow
from etiquette_kit.analysis.statistics.columns import Figures, Repeated, categories
from etiquette_kit.bank import Bank
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.store import Store

_ANSWERS = tables.answers.c
_BATCH = 20_000


def answer_batches(store: Store, where: ColumnElement[bool] | None = None) -> Iterator[Sequence[AnswerRow]]:
    """Yield the answers to scored items in batches, as input of `answer_statistics`; for the names of items see `KnownItem`.

    Unreadable answers are skipped.

    Parameters
    ----------
    store : Store
        The database.
    where : SQLAlchemy condition, optional
        A condition on the columns of ``tables.answers``: see `of_cohort`. Default: all.
    """
    columns = [_ANSWERS.participant, _ANSWERS.content, _ANSWERS.format, _ANSWERS.response, _ANSWERS.seconds]
    credits_by_response = _CreditsByResponse(Summaries(stored_contents(store).bodies))
    for rows in store.raw_rows(_sorted(select(*columns), where)):
        yield [
            (participant, item, option, credit, seconds)
            for participant, *given, seconds in rows
            for item, option, credit in credits_by_response[given[0], given[1], given[2]]
        ]


class _CreditsByResponse(dict[Response, list[tuple[str, str, float]]]):
    """The items, options and credits of each distinct response; computed on first use."""

    def __init__(self, summaries: Summaries) -> None:
        super().__init__()
        self._summaries = summaries

    def __missing__(self, given: Response) -> list[tuple[str, str, float]]:
        read = self._summaries.material(*given[:2])
        summary = self._summaries.summary(given) or ()
        self[given] = [
            (f"{self._summaries.item_id(given, read[1], answer.item)}@{given[0]}", answer.option, answer.credit)
            for answer in summary
            if read is not None and answer.credit is not None
        ]
        return self[given]


class StoredContents(NamedTuple):
    """The answered contents by hash.

    Attributes
    ----------
    bodies : dict of str to str
        The contents.
    materials : dict of str to str
        The ids of their material.
    """

    bodies: dict[str, str]
    materials: dict[str, str]


def stored_contents(store: Store) -> StoredContents:
    """Return all contents with answers in a store."""
    found = StoredContents({}, {})
    for rows in store.rows(select(tables.contents.c.hash, tables.contents.c.material, tables.contents.c.body)):
        for content, material, body in rows:
            found.bodies[content] = body
            found.materials[content] = material
    return found


def _sorted(wanted: Select[Any], where: ColumnElement[bool] | None) -> Select[Any]:
    limited = wanted if where is None else wanted.where(where)
    return limited.order_by(_ANSWERS.participant, _ANSWERS.session, _ANSWERS.seq)


def of_cohort(name: str | None) -> ColumnElement[bool]:
    """Return the condition for the answers of a cohort, or of participants without one."""
    return _ANSWERS.cohort.is_(None) if name is None else _ANSWERS.cohort == name


def of_participant(number: int) -> ColumnElement[bool]:
    """Return the condition for one participant's answers."""
    return _ANSWERS.participant == number


class StoredAnswers(NamedTuple):
    """Answers from a store, with their items.

    Attributes
    ----------
    frame : pandas.DataFrame
        The input of `cohort_report`, with the name of each answer's item; one row for each item that was answered. The time of an
        answer to several items at once is missing, because it cannot be assigned to one of them.
    items : dict of str to KnownItem
        All items in it by name.
    left_out : set of str
        The ids of material with unreadable answers; all answers to it are missing in the frame.
    """

    frame: pd.DataFrame
    items: dict[str, KnownItem]
    left_out: set[str]


def stored_answers(store: Store, where: ColumnElement[bool] | None, bank: Bank, lang: str) -> StoredAnswers:
    """Return answers by participant and time, all in memory: 50 MB per million, because names are categories.

    Parameters
    ----------
    store : Store
        The database.
    where : SQLAlchemy condition or None
        A condition on the columns of ``tables.answers``: see `of_cohort`. None: all.
    bank : Bank
        The present material; see `known_answers`.
    lang : str
        The language of titles and options.
    """
    columns = {name: Figures(kind) for name, kind in _FIGURES.items()}
    langs, given = Repeated[str](), Repeated[Response]()
    wanted = select(*(_ANSWERS[name] for name in _FIGURES), _ANSWERS.lang, _ANSWERS.content, _ANSWERS.format, _ANSWERS.response)
    for rows in store.raw_rows(_sorted(wanted, where)):
        *figures, answer_langs, contents, formats, responses = zip(*rows, strict=True)
        for column, values in zip(columns.values(), figures, strict=True):
            column.add(values)
        langs.add(answer_langs)
        given.add(list(zip(contents, formats, responses, strict=True)))
    contents_ = stored_contents(store)
    known = known_answers(given.different, Summaries(contents_.bodies), bank, lang)
    by_response = [known.answers.get(response, ()) for response in given.different]
    rows_, places = _spread(given.numbers(), [len(answers) for answers in by_response])
    each = [answer for answers in by_response for answer in answers]
    items = [known.items[answer.item] for answer in each]
    taken = {}
    for name in _FIGURES:
        whole = columns.pop(name).column()  # pop frees the parts
        taken[name] = whole if rows_ is None else whole[rows_]
    alone = np.array([len(answers) == 1 for answers in by_response for _ in answers], dtype=bool)
    if not alone.all():
        taken["seconds"] = np.where(alone[places], taken["seconds"], np.nan)
    credit = np.array([np.nan if answer.credit is None else answer.credit for answer in each], dtype=np.float64)
    frame = pd.DataFrame(
        {
            "participant": taken["participant"],
            "session": taken["session"],
            "scenario": categories([item.id for item in items], places),
            "content": categories([item.content for item in items], places),
            "option": categories([answer.option for answer in each], places),
            "credit": credit[places],
            "seconds": taken["seconds"],
            "at": taken["at"],
            "lang": categories(list(langs.different), langs.numbers() if rows_ is None else langs.numbers()[rows_]),
            "item": categories([answer.item for answer in each], places),
        },
    )
    return StoredAnswers(frame, known.items, {contents_.materials.get(content, content) for content in known.left_out})


_FIGURES = {"participant": "int64", "session": "int64", "seconds": "float64", "at": "datetime64[us]"}


def _spread(numbers: Any, counts: Sequence[int]) -> tuple[Any, Any]:
    """Expand rows with several answers to one row per answer; return the source of each new row, and the index of its answer.

    The first value is None where every row has exactly one answer.
    """
    starts = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int32)
    if set(counts) <= {1}:
        return None, numbers
    times = np.asarray(counts, dtype=np.int64)[numbers]
    rows = np.repeat(np.arange(len(numbers)), times)
    before = np.cumsum(times) - times
    return rows, starts[numbers[rows]] + (np.arange(len(rows)) - before[rows])


def batches_of(answers: pd.DataFrame) -> Iterator[list[AnswerRow]]:
    """Yield rows of `stored_answers` with a credit in batches, as input of `answer_statistics`."""
    needed = answers[["participant", "item", "option", "credit", "seconds"]]
    for begin in range(0, len(needed), _BATCH):
        part = needed.iloc[begin : begin + _BATCH]
        yield list(zip(*(part[name].tolist() for name in part), strict=True))
