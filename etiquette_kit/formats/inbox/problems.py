"""What is wrong with a table of an inbox beyond its form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from etiquette_kit.content.finding import Problem
from etiquette_kit.formats.inbox.material import MESSAGE, REQUEST, Inbox
from etiquette_kit.formats.inbox.morning import least_minutes, most_minutes

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def problems(raw: Mapping[str, Any], required: Sequence[str]) -> Iterator[Problem]:
    """Yield what keeps an inbox from being played, and warn where the minutes make nobody choose.

    Parameters
    ----------
    raw : mapping
        The table, as parsed.
    required : sequence of str
        The languages in which it must be written.
    """
    items = raw.get("item")
    found = [
        problem
        for position, item in enumerate(items if isinstance(items, list) else [])
        if isinstance(item, Mapping)
        for problem in _item_problems(item, required, ("item", position))
    ]
    yield from found
    if not found:
        yield from _budget_problems(raw)


def _item_problems(item: Mapping[str, Any], required: Sequence[str], where: tuple[str | int, ...]) -> Iterator[Problem]:
    facts, time = item.get("facts"), item.get("time")
    event = facts.get("event") if isinstance(facts, Mapping) else None
    if event not in (REQUEST, MESSAGE):
        if event == "audience":
            yield Problem("inbox_event", (*where, "facts", "event"), {"value": event, "allowed": f"{REQUEST}, {MESSAGE}"})
        return
    if isinstance(time, str) and not _TIME.fullmatch(time):
        yield Problem("inbox_time", (*where, "time"), {"value": time})
    needed, other = ("wish", "") if event == REQUEST else ("message", "wish")
    texts = item.get("text")
    for lang in required:
        text = texts.get(lang) if isinstance(texts, Mapping) else None
        if not isinstance(text, Mapping):
            continue
        if needed not in text:
            yield Problem("missing_key", (*where, "text", lang), {"key": needed})
        if other in text:
            yield Problem("inbox_wish", (*where, "text", lang, other))
    if event == REQUEST and "minutes" in item:
        yield Problem("inbox_minutes", (*where, "minutes"))


def _budget_problems(raw: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield nothing unless the table fills its form: then the minutes can be counted."""
    try:
        inbox = msgspec.convert(raw, Inbox)
        key = inbox.key()
    except (ValueError, KeyError):
        return  # the form's own problems say it
    least, most = least_minutes(key), most_minutes(key)
    values = {"budget": str(inbox.budget), "least": str(least), "most": str(most - 1)}
    if inbox.budget < least:
        yield Problem("inbox_budget_short", ("budget",), values)
    elif inbox.budget >= most:
        yield Problem("inbox_budget_ample", ("budget",), values, is_warning=True)
