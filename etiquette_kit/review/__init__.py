"""Finding what is wrong with scenario files and decision tables, in plain words and by line."""

from etiquette_kit.review.finding import Finding, Problem
from etiquette_kit.review.positions import Positions
from etiquette_kit.review.scenario_problems import control_problems, scenario_problems
from etiquette_kit.review.shape import shape_problems
from etiquette_kit.review.tables import is_table, row_name, table_problems
from etiquette_kit.review.toml_file import MAX_BYTES, TomlFile, read_folder, read_path, read_toml

__all__ = [
    "MAX_BYTES",
    "Finding",
    "Positions",
    "Problem",
    "TomlFile",
    "control_problems",
    "is_table",
    "read_folder",
    "read_path",
    "read_toml",
    "row_name",
    "scenario_problems",
    "shape_problems",
    "table_problems",
]
