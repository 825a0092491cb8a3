"""Scenarios and the problems found in them, an employer's house rules, and the selection of scenarios."""

from etiquette_kit.bank.bank import Bank
from etiquette_kit.bank.drawing import draw
from etiquette_kit.bank.reading import given_bank, load_bank, read_bank
from etiquette_kit.bank.selection import SelectionError, UnwrittenError

__all__ = ["Bank", "SelectionError", "UnwrittenError", "draw", "given_bank", "load_bank", "read_bank"]
