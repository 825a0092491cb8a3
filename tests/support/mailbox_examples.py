"""Files with tables of a format from outside of the kit; tests change one thing and look at what is found."""

from pathlib import Path

from etiquette_kit.bank import Bank, load_bank

HEAD = """[theme]
title.de = "Morgens"
title.en = "In the morning"
"""

_BOX = """
[[box]]
id = "monday"
budget = 8
text.de.title = "Montag früh"
text.en.title = "Monday morning"

[[box.item]]
id = "client"
platform = "facebook"
person = { name = "Ada Beispiel", gender = "female" }
facts = { event = "message", relation = "client", personal = true }
minutes = 6
text.de.message = "Wann kommt das Papier? Ich warte."
text.en.message = "When will the paper be here? I am waiting."

[[box.item]]
id = "boss"
platform = "whatsapp"
person = { name = "Karl Muster", gender = "male" }
facts = { event = "message", relation = "boss", personal = true }
text.de.message = "Haben Sie gleich Zeit für mich?"
text.en.message = "Do you have time for me soon?"
"""


def box(name: str = "monday") -> str:
    return _BOX.replace("monday", name)


BOX = HEAD + box()


def boxes(folder: Path, text: str = BOX, **others: str) -> Bank:
    """Return the bank of a file ``morning.toml``, and of others by their names."""
    for name, content in {"morning": text, **others}.items():
        (folder / f"{name}.toml").write_text(content, encoding="utf-8")
    return load_bank(folder)


def with_change(old: str, new: str, text: str = BOX) -> str:
    assert old in text
    return text.replace(old, new, 1)
