"""Scenarios and the problems found in them, an employer's house rules, and the selection of scenarios."""

from etiquette_kit.bank.bank import Bank
from etiquette_kit.bank.drawing import draw
from etiquette_kit.bank.reading import load_bank, read_bank, written_languages
from etiquette_kit.bank.selection import SelectionError

__all__ = ["Bank", "SelectionError", "draw", "load_bank", "read_bank", "written_languages"]
