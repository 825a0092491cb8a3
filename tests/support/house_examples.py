"""House rules to test."""

from pathlib import Path

from etiquette_kit.bank.house_file import load_house
from etiquette_kit.content.house_rules import House

GENERAL = "Im Zweifel fragen Sie Frau Nowak."
HOUSE = f"""
[house]
name = "Stadtwerke Musterstadt"
text.de = "{GENERAL}"

[[rule]]
relation = "client"
text.de = "Kundschaft siezen wir überall."
text.en = "We are formal with clients everywhere."

[[rule]]
relation = "client"
network = "private"
event = "friend_request"
text.de = "Private Anfragen von Kundschaft nehmen wir nicht an."

[[rule]]
network = "private"
text.de = "Private Profile bleiben privat."

[[rule]]
network = "professional"
text.de = "Berufliche Profile sind freiwillig."
"""


def written_house(folder: Path, text: str | bytes = HOUSE, name: str = "house.toml") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def house_of(folder: Path, text: str = HOUSE) -> House:
    return load_house(written_house(folder, text))
