"""The decision table as a table to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etiquette_kit.locale import Catalog, catalog
from etiquette_kit.rules import VALUES, Rule, Table, all_cells, article_table

if TYPE_CHECKING:
    import pandas as pd


def rules_table(lang: str = "de") -> pd.DataFrame:
    """Return the decision table, one row per rule.

    Parameters
    ----------
    lang : str
        The language of headings and values.

    Returns
    -------
    pandas.DataFrame
        Indexed by rule; the facts, then one column per action with the grade 4–1, ``"–"`` where the article is silent,
        and empty where the action does not exist.

    Raises
    ------
    LanguageError
        When there is no such language.
    """
    import pandas as pd

    words = catalog(lang)
    table = article_table()
    rows = [_row(rule, table, words) for rule in table.rules]
    return pd.DataFrame(rows).set_index(words("columns.rule")).fillna("")


def _row(rule: Rule, table: Table, words: Catalog) -> dict[str, object]:
    row: dict[str, object] = {words("columns.rule"): rule.id}
    cells = [cell for cell in all_cells() if rule.covers(cell)]
    for fact in VALUES:
        asked = any(fact in dict(cell.items()) for cell in cells)
        row[words(f"columns.{fact}")] = _condition(rule, fact, words) if asked else ""
    existing = {action for cell in cells for action in table.actions_for(cell)}
    for action in table.actions:
        grade = rule.grades.get(action.id)
        missing = words("columns.silent") if action.id in existing else ""
        row[words(f"actions.{action.id}")] = str(grade.grade) if grade else missing
    return row


def _condition(rule: Rule, fact: str, words: Catalog) -> str:
    if fact not in rule.when:
        return words("columns.any")
    condition = rule.when[fact]
    values = condition if isinstance(condition, tuple) else (condition,)
    return ", ".join(words(f"short.{fact}.{str(value).lower()}") for value in values)
