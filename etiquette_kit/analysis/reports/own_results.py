"""The results of one participant, who may always see them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from etiquette_kit.analysis.reports.cohort import theme_names
from etiquette_kit.analysis.reports.known_items import known_answers
from etiquette_kit.analysis.reports.stored_answers import of_participant, stored_contents
from etiquette_kit.analysis.reports.summaries import Summaries
from etiquette_kit.bank import Bank
from etiquette_kit.locale import DEFAULT_LANGUAGE, catalog
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.store import Store


def own_results(store: Store, participant: int, bank: Bank, lang: str = DEFAULT_LANGUAGE) -> dict[str, Any]:
    """Return how a participant's answers fit the article.

    Parameters
    ----------
    store : Store
        The database.
    participant : int
        The participant's number.
    bank : Bank
        The present scenarios; see `known_answers`.
    lang : str
        The language.

    Returns
    -------
    dict
        ``answers``, ``unknown`` (unreadable answers) and ``credit`` (mean over answers, 0..1; None where none is scored),
        ``by_relation`` and ``by_theme`` as lists of label, credit and answers, and ``items``: each item of every answer with title, credit
        and time, in chronological order.
    """
    words = catalog(lang)
    columns = tables.answers.c
    wanted = select(columns.content, columns.format, columns.response, columns.at).where(of_participant(participant))
    rows = [
        ((content, name, response), at)
        for batch in store.rows(wanted.order_by(columns.session, columns.seq))
        for content, name, response, at in batch
    ]
    known = known_answers(dict.fromkeys(given for given, _ in rows), Summaries(stored_contents(store).bodies), bank, lang)
    read = [(known.answers[given], at) for given, at in rows if given in known.answers]
    items = [
        {
            "scenario": known.items[answer.item].id,
            "title": known.items[answer.item].title,
            "relation": known.items[answer.item].relation,
            "theme": known.items[answer.item].theme,
            "credit": answer.credit,
            "at": at.isoformat(),
        }
        for answers, at in read
        for answer in answers
    ]
    relations = [(name, label) for name, label in words.table("short.relation").items()]
    themes = [(name, bank.theme_title(name, lang)) for name in theme_names(bank, known.items)]
    return {
        "answers": len(read),
        "unknown": len(rows) - len(read),
        "credit": _mean([_mean([answer.credit for answer in answers]) for answers, _ in read]),
        "by_relation": _by(items, "relation", relations),
        "by_theme": _by(items, "theme", themes),
        "items": items,
    }


def _by(items: list[dict[str, Any]], part: str, names: list[tuple[str, str]]) -> list[dict[str, Any]]:
    grouped = [(label, [item["credit"] for item in items if item[part] == name]) for name, label in names]
    return [{"label": label, "credit": _mean(credits_), "answers": len(credits_)} for label, credits_ in grouped if credits_]


def _mean(values: list[float | None]) -> float | None:
    scored = [value for value in values if value is not None]
    return sum(scored) / len(scored) if scored else None
