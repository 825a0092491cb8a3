"""Plain notes, put together from sentences at random; what each sentence does gives the labels."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from benchmarks.notes import FOLDER

_CHANCE = {"addresses": 0.8, "friendly": 0.6, "cold": 0.1, "reason": 0.5, "separation": 0.4, "channel": 0.35}
_OUTCOMES = {"declines": 0.62, "accepts": 0.16, "defers": 0.16, "other": 0.06}


def plain_notes(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Yield labelled notes, as many in each language."""
    chance = random.Random(seed)  # noqa: S311  a reproducible sample
    for lang, parts in tomllib.loads((FOLDER / "parts.toml").read_text(encoding="utf-8")).items():
        for _ in range(count):
            yield _note(lang, parts, chance)


def _note(lang: str, parts: dict[str, list[str]], chance: random.Random) -> dict[str, Any]:
    (outcome,) = chance.choices([*_OUTCOMES], [*_OUTCOMES.values()])
    chosen = {name for name, often in _CHANCE.items() if chance.random() < often} | {outcome}
    if outcome == "other":
        chosen -= {"reason", "separation"}  # where they answer no request, readers differ
    order = [name for name in ("reason", "separation", outcome, "cold") if name in chosen]
    chance.shuffle(order)
    head = [name for name in ("addresses", "friendly") if name in chosen]
    if "friendly" in head and chance.random() < 0.4:
        head.remove("friendly")
        order.append("friendly")
    order += [name for name in ("channel",) if name in chosen]
    said = [chance.choice(parts[name]) for name in [*head, *order]]
    text = said[0][0].upper() + said[0][1:]
    for before, part in pairwise(said):
        text += " " + (part if before.endswith(",") else part[0].upper() + part[1:])
    labels = {name: name in chosen for name in ("declines", "reason", "separation", "addresses", "channel")}
    return {"lang": lang, "text": text, "labels": {**labels, "short": True, "friendly": "friendly" in chosen and "cold" not in chosen}}
