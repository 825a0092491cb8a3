"""A scenario file with nothing wrong in it, as text; tests change one thing and look at what is found."""

from pathlib import Path

from etiquette_kit.bank import Bank, load_bank
from etiquette_kit.content.finding import Finding

_STEM_DE = """
Seit drei Jahren liefern Sie Ada Beispiel das Papier für ihre Druckerei.
Ihre Kundin bekommt es immer pünktlich und immer mit einem Scherz am Telefon.
Heute früh kommt auf Facebook eine Freundschaftsanfrage von ihr, und darunter steht:

„Wir reden so nett am Telefon, da können wir uns doch auch hier verbinden. Ich freue mich schon.“

Auf Facebook sind bei Ihnen nur Familie und Freunde, und so soll es bleiben.
"""

_STEM_EN = """
For three years you have been delivering the paper for Ada Beispiel’s print shop.
The client gets it on time and with a joke.
This morning a friend request from her comes in on Facebook, and below it she writes:

“We have such nice talks on the phone, so let us connect here as well. I am looking forward to it.”

On Facebook you only have family and friends, and you want to keep it that way.
"""

HEAD = """[theme]
title.de = "Probe"
title.en = "Sample"
"""

_SCENARIO = f"""
[[scenario]]
id = "first-request"
platform = "facebook"
person = {{ name = "Ada Beispiel", gender = "female" }}
facts = {{ event = "friend_request", relation = "client", network = "private", wanted = false }}

[scenario.text.de]
title = "Eine Anfrage"
role = "Inhaberin einer Druckerei, Ihre Kundin"
stem = \"\"\"{_STEM_DE}\"\"\"

[scenario.text.en]
title = "A request"
role = "Owner of a print shop, your client"
stem = \"\"\"{_STEM_EN}\"\"\"
"""

_OPTION = """
[[scenario.option]]
id = "{id}"
action = "{action}"
text.de.label = "Ich wähle {id}. So halte ich es auch sonst."
text.de.feedback = "Das bewirkt {id}."
text.en.label = "I choose {id}. That is how I do it."
text.en.feedback = "That is what {id} does."
"""

ACTIONS = {"a": "accept_open", "b": "decline_with_note", "c": "decline_silently"}


def option(name: str, action: str) -> str:
    return _OPTION.format(id=name, action=action)


def scenario(name: str = "first-request", actions: dict[str, str] | None = None) -> str:
    options = "".join(option(letter, action) for letter, action in (actions or ACTIONS).items())
    return _SCENARIO.replace("first-request", name) + options


GOOD = HEAD + scenario()


def changed(old: str, new: str, text: str = GOOD) -> str:
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the text"
    return text.replace(old, new)


def line_of(text: str, marker: str) -> int:
    assert text.count(marker) == 1, f"{marker!r} stands {text.count(marker)} times in the text"
    return text[: text.index(marker)].count("\n") + 1


def written(folder: Path, text: str | bytes, name: str = "sample.toml") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def bank_of(folder: Path, text: str | bytes) -> Bank:
    return load_bank(written(folder, text))


def found(bank: Bank, kind: str) -> Finding:
    findings = [finding for finding in bank.findings if finding.kind == kind]
    assert len(findings) == 1, f"{kind}: {[(finding.line, finding.kind) for finding in bank.findings]}"
    return findings[0]
