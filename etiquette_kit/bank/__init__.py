"""Scenarios with what was found wrong in them, the rules of an employer, and choosing among scenarios."""

from etiquette_kit.bank.bank import Bank, SelectionError, draw, load_bank, read_bank, written_languages

__all__ = ["Bank", "SelectionError", "draw", "load_bank", "read_bank", "written_languages"]
