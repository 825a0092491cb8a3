"""Sheets to print for a workshop: for the facilitator, for the participants, and with a room's votes. HTML without scripts."""

from etiquette_kit.present.sheets.for_facilitator import plan_title, run_sheet
from etiquette_kit.present.sheets.for_participants import handout
from etiquette_kit.present.sheets.of_votes import vote_sheet
from etiquette_kit.present.sheets.situation import LETTERS, closing, questions
from etiquette_kit.present.sheets.style import sheet_style
from etiquette_kit.present.sheets.voting import HANDS, PHONES, Voting

__all__ = [
    "HANDS",
    "LETTERS",
    "PHONES",
    "Voting",
    "closing",
    "handout",
    "plan_title",
    "questions",
    "run_sheet",
    "sheet_style",
    "vote_sheet",
]
