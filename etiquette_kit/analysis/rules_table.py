"""The decision table as a data frame for display."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etiquette_kit.locale import DEFAULT_LANGUAGE, Catalog, catalog
from etiquette_kit.locale.arguments import entry_point, unknown_value
from etiquette_kit.rules import ASKED, VALUES, Rule, Table, all_cells, article_table

if TYPE_CHECKING:
    import pandas as pd


@entry_point
def rules_table(lang: str = DEFAULT_LANGUAGE, event: str | None = None) -> pd.DataFrame:
    """Return the decision table, one row per rule.

    Parameters
    ----------
    lang : str
        The language of headings and values.
    event : {"friend_request", "message", "audience"}, optional
        Only the rules of this event, with its facts and actions. Default: all.

    Returns
    -------
    pandas.DataFrame
        Indexed by rule; the facts, then one column per action with the grade 4–1, ``"–"`` where the article says nothing,
        and empty where the action is not possible.

    Raises
    ------
    LanguageError
        When there is no such language.
    ValueError
        When there is no such event.
    """
    import pandas as pd

    words = catalog(lang)
    table = article_table()
    if event is not None and event not in ASKED:
        message = f"there is no event {event!r}; there are: {', '.join(ASKED)}"
        raise unknown_value("event", event, tuple(ASKED), message)
    facts = [fact for fact in VALUES if event is None or (fact in ASKED[event] and fact != "event")]
    actions = [action.id for action in table.actions if event in (None, action.event)]
    rows = [_row(rule, table, facts, actions, words) for rule in table.rules if event in (None, rule.when["event"])]
    frame = pd.DataFrame(rows).set_index(words("columns.rule"))
    # As the name of the columns, "rule" is in the corner cell; as the name of the index it would need a separate row.
    frame.columns.name, frame.index.name = frame.index.name, None
    return frame


def _row(rule: Rule, table: Table, facts: list[str], actions: list[str], words: Catalog) -> dict[str, object]:
    row: dict[str, object] = {words("columns.rule"): rule.id}
    cells = [cell for cell in all_cells() if rule.covers(cell)]
    for fact in facts:
        asked = any(fact in dict(cell.items()) for cell in cells)
        row[words(f"columns.{fact}")] = _condition(rule, fact, words) if asked else ""
    existing = {action for cell in cells for action in table.actions_for(cell)}
    for action in actions:
        grade = rule.grades.get(action)
        missing = words("columns.silent") if action in existing else ""
        row[words(f"actions.{action}")] = str(grade.grade) if grade else missing
    return row


def _condition(rule: Rule, fact: str, words: Catalog) -> str:
    if fact not in rule.when:
        return words("columns.any")
    condition = rule.when[fact]
    values = condition if isinstance(condition, tuple) else (condition,)
    return ", ".join(words(f"short.{fact}.{str(value).lower()}") for value in values)
