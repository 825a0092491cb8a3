"""Drawing some of the material, evenly, with pairs apart."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Container, Sequence
from itertools import pairwise
from typing import Any, TypeVar

from etiquette_kit.bank.selection import SelectionError
from etiquette_kit.content.material import Material, twin_of

_Entry = TypeVar("_Entry")


def _itself(entry: Any) -> Material:
    found: Material = entry
    return found


def draw(
    entries: Sequence[_Entry], length: int | None, rng: random.Random, material: Callable[[_Entry], Material] = _itself
) -> list[_Entry]:
    """Shuffle material and draw some, evenly over who it is about and which rules answer.

    Of a pair one half is drawn as long as anything else is left, and the halves do not stand next to each other where that can be.

    Parameters
    ----------
    entries : sequence
        What to draw from: material, or entries that have some.
    length : int or None
        How many; None or more than there are: all.
    rng : random.Random
        The source of chance.
    material : callable, optional
        Returns the material of an entry. Default: the entries are material.

    Returns
    -------
    list
        Of the entries, in random order, without repetition.

    Raises
    ------
    SelectionError
        When `length` is less than one.
    """
    if length is not None and length < 1:
        message = f"length = {length}: at least one scenario must be drawn"
        raise SelectionError(message, "length", given=f"length = {length}")
    groups: dict[tuple[str, str], list[_Entry]] = defaultdict(list)
    for entry in entries:
        groups[_cell(material(entry))].append(entry)
    for group in groups.values():
        rng.shuffle(group)
    order = list(groups)
    rng.shuffle(order)
    drawn: list[_Entry] = []
    taken: dict[str, int] = defaultdict(int)
    pairs: set[frozenset[str]] = set()
    wanted = len(entries) if length is None else min(length, len(entries))
    while len(drawn) < wanted:
        # Whom it was about least so far comes next, and of that the rule that waited longest; the second half of a pair only at last.
        left = [cell for cell in order if groups[cell]]
        places = {cell: _last_without_twin([_pair(material(entry)) for entry in groups[cell]], pairs) for cell in left}
        cell = min([cell for cell in left if places[cell] is not None] or left, key=lambda cell: taken[cell[0]])
        entry = groups[cell].pop(-1 if (place := places[cell]) is None else place)
        drawn.append(entry)
        pairs.add(_pair(material(entry)))
        taken[cell[0]] += 1
        order.remove(cell)
        order.append(cell)
    rng.shuffle(drawn)
    return _apart(drawn, [_pair(material(entry)) for entry in drawn])


def _pair(material: Material) -> frozenset[str]:
    """Return the ids of a pair, the same for both halves; of what stands alone, its own."""
    return frozenset({material.id, twin_of(material) or material.id})


def _last_without_twin(group: Sequence[frozenset[str]], pairs: Container[frozenset[str]]) -> int | None:
    return next((place for place in reversed(range(len(group))) if group[place] not in pairs), None)


def _apart(drawn: Sequence[_Entry], pairs: Sequence[frozenset[str]]) -> list[_Entry]:
    """Move what stands next to its twin to the nearest place where it does not, as far as there is one."""

    def met(order: Sequence[int]) -> int:
        return sum(len(pairs[one]) > 1 and pairs[one] == pairs[other] for one, other in pairwise(order))

    order = list(range(len(drawn)))
    for mover in range(len(drawn)):
        place = order.index(mover)
        if not met(order[max(place - 1, 0) : place + 2]):
            continue
        rest = order[:place] + order[place + 1 :]
        tried = [[*rest[:at], mover, *rest[at:]] for at in sorted(range(len(drawn)), key=lambda at: abs(at - place))]
        order = min(tried, key=met)
    return [drawn[place] for place in order]


def _cell(material: Material) -> tuple[str, str]:
    """Return whom some material is about, and which rules answer it."""
    relations, rules = ({getattr(found, name): None for found in material.situations} for name in ("relation", "rule"))
    return " ".join(relations), " ".join(rules)
