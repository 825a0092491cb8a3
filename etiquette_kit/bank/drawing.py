"""Drawing a balanced random sample of material in which the halves of a pair are not adjacent."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Container, Sequence
from itertools import pairwise
from typing import Any, TypeVar

from etiquette_kit.bank.selection import SelectionError
from etiquette_kit.content.material import Material, twin_of
from etiquette_kit.locale.arguments import whole_number

_Entry = TypeVar("_Entry")


def _as_material(entry: Any) -> Material:
    found: Material = entry
    return found


def draw(
    entries: Sequence[_Entry], length: int | None, rng: random.Random, material: Callable[[_Entry], Material] = _as_material
) -> list[_Entry]:
    """Draw material in random order, balanced over the relation and the rule that answers it.

    The second half of a pair is drawn only when nothing else is left; the halves are not adjacent where that can be avoided.

    Parameters
    ----------
    entries : sequence
        What to draw from: material, or entries with material.
    length : int or None
        How many entries; all of them where it is None or greater than their number.
    rng : random.Random
        The random number generator.
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
    ArgumentTypeError
        When `length` is no whole number.
    """
    if length is not None and type(length) is not int:
        whole_number("length", length, least=1)
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
        # Next comes the relation with the fewest entries so far, and of it the rule that was drawn least recently; the second half of a
        # pair comes last.
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
    return _separate_pairs(drawn, [_pair(material(entry)) for entry in drawn])


def _pair(material: Material) -> frozenset[str]:
    """Return the ids of both halves of a pair, whichever half is given; only its own id for material without a twin."""
    return frozenset({material.id, twin_of(material) or material.id})


def _last_without_twin(group: Sequence[frozenset[str]], pairs: Container[frozenset[str]]) -> int | None:
    return next((place for place in reversed(range(len(group))) if group[place] not in pairs), None)


def _separate_pairs(drawn: Sequence[_Entry], pairs: Sequence[frozenset[str]]) -> list[_Entry]:
    """Move an entry that is adjacent to its twin to the nearest position where it is not, if there is one."""

    def adjacent_pairs(order: Sequence[int]) -> int:
        return sum(len(pairs[one]) > 1 and pairs[one] == pairs[other] for one, other in pairwise(order))

    order = list(range(len(drawn)))
    for mover in range(len(drawn)):
        place = order.index(mover)
        if not adjacent_pairs(order[max(place - 1, 0) : place + 2]):
            continue
        rest = order[:place] + order[place + 1 :]
        tried = [[*rest[:at], mover, *rest[at:]] for at in sorted(range(len(drawn)), key=lambda at: abs(at - place))]
        order = min(tried, key=adjacent_pairs)
    return [drawn[place] for place in order]


def _cell(material: Material) -> tuple[str, str]:
    """Return the relations of material, and the rules that answer it."""
    relations, rules = (sorted({getattr(found, name) for found in material.situations}) for name in ("relation", "rule"))
    return " ".join(relations), " ".join(rules)
