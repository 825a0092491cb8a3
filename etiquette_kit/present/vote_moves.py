"""The changes between the two votes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from etiquette_kit.live.voters import ShownVotes
from etiquette_kit.locale import Catalog, plural


def flow(shown: ShownVotes, order: Sequence[str], best: Iterable[str], words: Catalog) -> dict[str, Any] | None:
    """Describe the changes from the first to the second vote; None unless both votes are shown.

    Parameters
    ----------
    shown : ShownVotes
        The votes that are shown.
    order : sequence of str
        The options in the order shown.
    best : iterable of str
        The options that fit best.
    words : Catalog
        The catalog of the language.
    """
    if shown.first is None or shown.second is None:
        return None
    found = Counter((option, shown.second[seat]) for seat, option in shown.first.items())
    place = {option: index for index, option in enumerate(order)}
    ordered = sorted(found.items(), key=lambda item: (place[item[0][0]], place[item[0][1]]))
    return {"text": sentence(found, frozenset(best), words), "moves": [[before, after, count] for (before, after), count in ordered]}


def sentence(found: Mapping[tuple[str, str], int], best: frozenset[str], words: Catalog) -> str:
    """Return the changes as a sentence: how many stayed, changed to what fits best, changed from it, and changed otherwise."""
    kinds: Counter[str] = Counter()
    for (before, after), count in found.items():
        if before == after:
            kinds["stayed"] += count
        elif after in best and before not in best:
            kinds["came"] += count
        elif before in best and after not in best:
            kinds["left"] += count
        else:
            kinds["elsewhere"] += count
    parts = [plural(words, f"room.flow.{kind}", kinds[kind]) for kind in ("stayed", "came", "left", "elsewhere") if kinds[kind]]
    return words("room.flow.all", parts="; ".join(parts))
