"""A participant's answers as a table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

from etiquette_kit.locale.legible import cell

COLUMNS = (
    "session", "seq", "cohort", "material", "content", "format", "response", "credit", "items", "shown", "seconds", "at", "lang", "kit",
)  # fmt: skip
"""The columns for each answer in an export."""


def as_csv(exported: Mapping[str, Any]) -> str:
    """Return the answers of an export as CSV, one row each; values that spreadsheets would evaluate as formulas are escaped."""
    rows = [answer for session in exported["sessions"] for answer in session["answers"]]
    out = io.StringIO()
    writer = csv.DictWriter(out, ["pseudonym", *COLUMNS], lineterminator="\n")
    writer.writeheader()
    for row in rows:
        values = {"pseudonym": exported["pseudonym"], **row, "shown": _cell(row["shown"]), "items": _cell(row["items"])}
        writer.writerow({name: cell(value) if isinstance(value, str) else value for name, value in values.items()})
    return out.getvalue()


def _cell(value: Any) -> str | None:
    """Return a decoded value for one cell of a table."""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return " ".join(value)
    return None if value is None else json.dumps(value, ensure_ascii=False)
