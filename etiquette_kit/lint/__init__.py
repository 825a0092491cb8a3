"""Finding what is wrong with scenarios, house rules and decision tables, in plain words and by line."""

from etiquette_kit.lint.scenario_problems import scenario_problems
from etiquette_kit.lint.shape import shape_problems
from etiquette_kit.lint.tables import is_table, row_name, table_problems
from etiquette_kit.lint.text_problems import control_problems

__all__ = ["control_problems", "is_table", "row_name", "scenario_problems", "shape_problems", "table_problems"]
