"""The article's advice: facts, the decision table and its completeness checks."""

from etiquette_kit.rules.facts import ASKED, VALUES, Facts, FactsError, FactsProblem, all_cells, asked_facts, facts_problems
from etiquette_kit.rules.table import (
    FITS_BEST,
    IN_LINE,
    ActionError,
    Advice,
    Basis,
    Passage,
    Rule,
    Table,
    TableError,
    article_table,
    checked_facts,
    decide,
    parse_table,
)

__all__ = [
    "ASKED",
    "FITS_BEST",
    "IN_LINE",
    "VALUES",
    "ActionError",
    "Advice",
    "Basis",
    "Facts",
    "FactsError",
    "FactsProblem",
    "Passage",
    "Rule",
    "Table",
    "TableError",
    "all_cells",
    "article_table",
    "asked_facts",
    "checked_facts",
    "decide",
    "facts_problems",
    "parse_table",
]
