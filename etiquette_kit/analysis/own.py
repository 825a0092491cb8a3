"""One person's own answers: these are always hers to see."""

from __future__ import annotations

from typing import Any

from etiquette_kit.analysis.stored import answer_rows, of_participant
from etiquette_kit.bank import Bank
from etiquette_kit.locale import catalog
from etiquette_kit.records.store import Store


def own_results(store: Store, participant: int, bank: Bank, lang: str = "de") -> dict[str, Any]:
    """Return how one person's answers fit the article.

    Parameters
    ----------
    store : Store
        Where they are.
    participant : int
        Whose.
    bank : Bank
        The scenarios; answers to others are counted as ``unknown``.
    lang : str
        The language.

    Returns
    -------
    dict
        ``answers`` and ``credit`` (mean, 0..1; None without answers), ``by_relation`` and ``by_theme`` as lists of label, credit and
        answers, and ``items``: every answer with title, credit and time, the latest last.
    """
    words = catalog(lang)
    rows = list(answer_rows(store, of_participant(participant)))
    items = [
        {
            "scenario": row.scenario,
            "title": bank[row.scenario].text(lang).title,
            "relation": bank[row.scenario].facts.relation,
            "theme": bank[row.scenario].theme,
            "credit": row.credit,
            "at": row.at.isoformat(),
        }
        for row in rows
        if row.scenario in bank
    ]
    relations = [(name, label) for name, label in words.table("short.relation").items()]
    themes = [(name, bank.theme_title(name, lang)) for name in bank.themes]
    return {
        "answers": len(items),
        "unknown": len(rows) - len(items),
        "credit": _mean([item["credit"] for item in items]),
        "by_relation": _by(items, "relation", relations),
        "by_theme": _by(items, "theme", themes),
        "items": items,
    }


def _by(items: list[dict[str, Any]], part: str, names: list[tuple[str, str]]) -> list[dict[str, Any]]:
    grouped = [(label, [item["credit"] for item in items if item[part] == name]) for name, label in names]
    return [{"label": label, "credit": _mean(credits_), "answers": len(credits_)} for label, credits_ in grouped if credits_]


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None
