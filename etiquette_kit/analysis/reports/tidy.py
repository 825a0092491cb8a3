"""Results as one plain table, for a file or another program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from etiquette_kit.analysis.reports.group import GroupResults
from etiquette_kit.locale.legible import cell

_FIGURES = ("sd", "item_rest", "upper_lower", "alpha_if_dropped", "seconds")
COLUMNS = ["table", "name", "label", "persons", "credit", *_FIGURES, "flags"]


def tidy(results: GroupResults) -> pd.DataFrame:
    """Return relations, themes and items in one table; values that do not apply or may not be shown are missing."""
    return pd.DataFrame(list(_rows(results)), columns=COLUMNS)


def _rows(results: GroupResults) -> Iterator[dict[str, Any]]:
    report, titles = results.report, results.titles
    for table, areas in (("relation", report.by_relation), ("theme", report.by_theme)):
        for area in areas:
            yield {
                "table": table,
                "name": area.name,
                "label": area.label,
                "persons": area.persons,
                "credit": area.credit,
                "flags": "",
            }
    for item, row in results.items.iterrows():
        yield {
            "table": "item",
            "name": item,
            "label": titles[str(item)],
            "persons": int(row["n"]),
            "credit": row["mean"],
            **{name: row[name] for name in _FIGURES},
            "flags": " ".join(row["flags"]),
        }


def as_csv(results: GroupResults) -> str:
    """Return the table as CSV; values that spreadsheets would evaluate as formulas are escaped."""
    table = tidy(results)
    return table.assign(**{name: [cell(str(text)) for text in table[name]] for name in ("name", "label")}).to_csv(index=False)


def as_json(results: GroupResults) -> dict[str, Any]:
    """Return all results as plain values for JSON."""
    alpha = results.statistics.alpha
    table = tidy(results)
    items = table[table["table"] == "item"].to_dict("records")
    return {
        "least": results.least,
        "counted": {
            "persons": results.report.persons,
            "same_situations": results.same_situations,
            "required": [{"table": table, "name": name} for table, name in results.required],
        },
        "report": results.report.as_dict(),
        "alpha": {name: _plain(getattr(alpha, name)) for name in ("alpha", "low", "high")},
        "items": [{str(name): _plain(value) for name, value in row.items()} for row in items],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, float | np.floating):
        return None if np.isnan(value) else float(value)
    return value
