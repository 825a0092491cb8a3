"""Conversion of answers in batches to blocks of arrays with complete participants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from etiquette_kit.analysis.statistics.frame import Floats

Ints = npt.NDArray[np.int64]
AnswerRow = tuple[int, str, str, float, float | None]
"""participant, item, response, credit 0..1, seconds or None where they were not measured"""

MAX_OPTIONS = 12
"""The maximum number of distinct responses to an item that are counted separately; with more, it is not a choice among options."""

_PIECE = 1000  # answers converted to arrays at once: more would not fit into the processor's cache
_PIECES = 50  # in a block
_NO_OPTION = -1
_FIELDS = 5

_K = TypeVar("_K")


@dataclass(frozen=True)
class Block:
    """The first answers of some participants to each item, sorted by participant and item; arrays of one length.

    Attributes
    ----------
    participant, item, option : ndarray of int
        Item and option are numbers of the `Codes`; option is −1 for an item whose responses are not counted.
    credit, seconds : ndarray of float
        0..1; NaN where the time was not measured.
    """

    participant: Ints
    item: Ints
    option: Ints
    credit: Floats
    seconds: Floats

    def __getitem__(self, rows: npt.NDArray[np.bool_] | Ints) -> Block:
        return Block(self.participant[rows], self.item[rows], self.option[rows], self.credit[rows], self.seconds[rows])

    @staticmethod
    def joined(blocks: Sequence[Block]) -> Block:
        """Return several blocks concatenated."""
        return Block(**{name: np.concatenate([vars(block)[name] for block in blocks]) for name in vars(blocks[0])})

    def first_answers(self, items: int) -> Block:
        """Return only each participant's first answer to each item."""
        place = np.cumsum(np.diff(self.participant, prepend=self.participant[:1]) != 0)
        _, first = np.unique(place * items + self.item, return_index=True)
        return self[first]


class Codes:
    """Numbers for items and for their options, in the order of their first occurrence.

    Attributes
    ----------
    items : dict of str to int
        Item to its number.
    options : dict of (int, str) to int
        The item's number and the response, to the option's number.
    open_items : set of int
        Items with more than twelve distinct responses, which are not counted.
    """

    def __init__(self) -> None:
        self.items: dict[str, int] = Numbered()
        self.options: dict[tuple[int, str], int] = {}
        self.open_items: set[int] = set()
        self._count: dict[int, int] = {}

    def of_items(self, names: Sequence[str]) -> Ints:
        """Return the items' numbers."""
        return np.fromiter(map(self.items.__getitem__, names), dtype=np.int64, count=len(names))

    def of_options(self, items: Ints, responses: Sequence[str]) -> Ints:
        """Return the options' numbers, −1 for a response that is not counted."""
        get, note = self.options.get, self._add
        found = (number if (number := get(pair)) is not None else note(pair) for pair in zip(items.tolist(), responses, strict=True))
        return np.fromiter(found, dtype=np.int64, count=len(items))

    def _add(self, pair: tuple[int, str]) -> int:
        item = pair[0]
        known = self._count.get(item, 0)
        if known == MAX_OPTIONS:  # with more of them, memory would grow with the number of answers
            self.open_items.add(item)
            return _NO_OPTION
        self._count[item] = known + 1
        self.options[pair] = len(self.options)
        return self.options[pair]


class Numbered(dict[_K, int]):
    """Numbers keys in the order of their first use."""

    def __missing__(self, key: _K) -> int:
        self[key] = len(self)
        return self[key]


def blocks(batches: Iterable[Sequence[AnswerRow]], codes: Codes) -> Iterator[Block]:
    """Yield the answers in blocks that never split a participant.

    Parameters
    ----------
    batches : iterable of sequences of tuples
        Answers sorted by participant, and for each participant by time; batches may end anywhere.
    codes : Codes
        New items and options are added to it.

    Raises
    ------
    ValueError
        When an answer is not valid, or the order is wrong; the message names the answer and the error.
    """
    pending: Block | None = None
    for fresh in _new_blocks(batches, codes):
        _check_order(fresh.participant, pending)
        block = (fresh if pending is None else Block.joined([pending, fresh])).first_answers(len(codes.items))
        last = block.participant == block.participant[-1]
        if not last.all():
            yield block[~last]
        pending = block[last]
    if pending is not None:
        yield pending


def _new_blocks(batches: Iterable[Sequence[AnswerRow]], codes: Codes) -> Iterator[Block]:
    """Yield the answers in blocks that may split a participant and have several answers to an item."""
    parts = []
    for piece in _pieces(batches):
        parts.append(_arrays(piece, codes))
        if len(parts) == _PIECES:
            yield Block.joined(parts)
            parts = []
    if parts:
        yield Block.joined(parts)


def _pieces(batches: Iterable[Sequence[AnswerRow]]) -> Iterator[list[AnswerRow]]:
    """Yield the same answers in pieces that can be converted to arrays quickly."""
    gathered: list[AnswerRow] = []
    for batch in batches:
        for begin in range(0, len(batch), _PIECE):
            gathered.extend(batch[begin : begin + _PIECE])
            if len(gathered) >= _PIECE:
                yield gathered
                gathered = []
    if gathered:
        yield gathered


def _arrays(piece: list[AnswerRow], codes: Codes) -> Block:
    if not all(issubclass(kind, Sequence) for kind in set(map(type, piece))) or set(map(len, piece)) != {_FIELDS}:
        wrong = next(answer for answer in piece if not isinstance(answer, Sequence) or len(answer) != _FIELDS)
        message = f"an answer is (participant, item, response, credit, seconds), not {wrong!r}"
        raise ValueError(message)
    columns: list[list[Any]] = [[answer[field] for answer in piece] for field in range(_FIELDS)]
    participants, items, responses, credit, seconds = columns
    participant = np.asarray(participants)
    if participant.dtype.kind not in "iu":
        wrong = next((one for one in participants if not isinstance(one, int | np.integer)), participants[0])
        message = f"participant {wrong!r}: a participant is a whole number"
        raise ValueError(message)
    numbers = codes.of_items(items)
    block = Block(
        participant.astype(np.int64),
        numbers,
        codes.of_options(numbers, responses),
        _numbers(credit, piece, "credit"),
        _numbers(seconds, piece, "seconds"),
    )
    _check(piece, (block.credit >= 0) & (block.credit <= 1), "is not a credit from 0 to 1", 3)
    _check(piece, np.isnan(block.seconds) | ((block.seconds >= 0) & np.isfinite(block.seconds)), "is not a number of seconds", 4)
    return block


def _numbers(values: Sequence[object], piece: list[AnswerRow], what: str) -> Floats:
    try:
        return np.asarray(values, dtype=np.float64)  # None becomes NaN
    except (ValueError, TypeError):
        at = next(at for at, value in enumerate(values) if not isinstance(value, int | float | np.number | None))
        message = f"participant {piece[at][0]}, item {piece[at][1]!r}: {what} {values[at]!r} is not a number"
        raise ValueError(message) from None


def _check(piece: list[AnswerRow], good: npt.NDArray[np.bool_], complaint: str, field: int) -> None:
    if not good.all():
        wrong = piece[int(np.flatnonzero(~good)[0])]
        message = f"participant {wrong[0]}, item {wrong[1]!r}: {wrong[field]!r} {complaint}"
        raise ValueError(message)


def _check_order(participant: Ints, pending: Block | None) -> None:
    before = participant if pending is None else np.concatenate([pending.participant[-1:], participant])
    falls = np.flatnonzero(before[1:] < before[:-1])
    if len(falls):
        at = int(falls[0])
        message = f"participant {before[at + 1]} comes after {before[at]}: answers must be sorted by participant"
        raise ValueError(message)
