"""The rules of the employer: read from a small file, checked, and shown beside the article's advice, never graded."""

from etiquette_kit.house.notes import HouseNote, HouseText, general_note, note_on
from etiquette_kit.house.problems import house_problems, is_house
from etiquette_kit.house.reading import HOUSE_VARIABLE, HouseError, chosen_house, load_house, read_house
from etiquette_kit.house.rules import HOUSE_LIMITS, House, HouseRule

__all__ = [
    "HOUSE_LIMITS",
    "HOUSE_VARIABLE",
    "House",
    "HouseError",
    "HouseNote",
    "HouseRule",
    "HouseText",
    "chosen_house",
    "general_note",
    "house_problems",
    "is_house",
    "load_house",
    "note_on",
    "read_house",
]
