"""Whether a situation has the structure that a form can take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def is_formed(raw: Mapping[str, Any]) -> bool:
    """Return whether a situation has the structure of one, so that a form can take it; its values may be wrong."""
    texts, options = raw.get("text", {}), raw.get("option", [])
    if not (isinstance(options, list) and len(options) < 10 and all(isinstance(option, Mapping) for option in options)):  # noqa: PLR2004  a digit
        return False
    tables = [raw.get("person", {}), raw.get("facts", {}), texts, *(option.get("text", {}) for option in options)]
    if not all(isinstance(table, Mapping) for table in tables):
        return False
    written = [text for table in [texts, *(option.get("text", {}) for option in options)] for text in table.values()]
    if not all(isinstance(text, Mapping) for text in written):
        return False
    values = [*(value for text in written for value in text.values()), *raw.get("person", {}).values()]
    values += [holder.get(name, "") for holder in (raw, *options) for name in ("id", "action", "platform", "twin")]
    return all(isinstance(value, str) for value in values)
