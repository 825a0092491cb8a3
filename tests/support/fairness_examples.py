"""Scenarios for the tests of fairness: as files, and in memory."""

import tomllib
from typing import Any

import msgspec
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.lint.fairness import Check
from etiquette_kit.lint.fairness.balance import limited_too_often, lopsided_gender, lopsided_platform, lopsided_relation, thin_cells
from etiquette_kit.lint.fairness.position import best_position
from etiquette_kit.rules import Facts
from good_scenario import GOOD, HEAD, changed, scenario

DE_STEM = GOOD[GOOD.index("Seit drei Jahren") : GOOD.index('\n"""\n\n[scenario.text.en]')]
EN_STEM = GOOD[GOOD.index("For three years") : GOOD.index('\n"""\n\n[[scenario.option]]')]


def change(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        text = changed(old, new, text)
    return text


OTHER_DE = """Am Montag hat Ihre Kundin Ada Beispiel bei Ihnen hundert Hefte bestellt. Jetzt meldet sie sich auf Facebook:

„Darf man hier auch einmal Hallo sagen?“

Sie mögen ihren Humor, aber Ihr Feierabend gehört Ihnen und den Kindern. Dort möchten Sie Frau Beispiel nicht dabeihaben.
Die Hefte liegen schon bereit. Morgen früh sehen Sie sich ohnehin im Laden."""

OTHER_EN = """Your client Ada Beispiel ordered a hundred notebooks on Monday. Now her face pops up on Facebook, with these words:

“May one say hello here too?”

You enjoy her jokes, yet your evenings belong to you and the children. You do not want Ms Beispiel there.
Tomorrow morning the two of you will meet in the shop anyway."""


def other(name: str = "other-request") -> str:
    """Return a second good scenario, which has nothing in common with the first."""
    text = change(scenario(name), (DE_STEM, OTHER_DE), (EN_STEM, OTHER_EN))
    return (
        text.replace("Ich wähle", "Ich nehme")
        .replace("I choose", "I prefer")
        .replace("So halte ich es auch sonst.", "Damit fühle ich mich hier wohl.")
        .replace("That is how I do it.", "It seems to suit my work.")
        .replace("Eine Anfrage", "Hundert Hefte")
        .replace("A request", "A hundred notebooks")
    )


FACTS = 'facts = { event = "friend_request", relation = "client", network = "private", wanted = false }'
REPLIES = {"a": "reply_promptly", "b": "reply_later", "c": "no_reply"}
MESSAGE = HEAD + scenario(actions=REPLIES).replace(FACTS, 'facts = { event = "message", relation = "client", personal = true }')
MASS = changed("personal = true", "personal = false", MESSAGE)
TWO = HEAD + scenario() + other()


def _twin(name: str, twin: str, facts: str = FACTS) -> str:
    text = change(scenario(name), (f'id = "{name}"\n', f'id = "{name}"\ntwin = "{twin}"\n'), (FACTS, facts))
    if facts == FACTS:
        return text
    return change(
        text,
        ("und so soll es bleiben.", "und Sie hätten sie gern dabei; sie darf alles sehen."),
        ("and you want to keep it that way.", "and you want her to see everything."),
    )


TWINS = HEAD + _twin("not-wanted", "wanted-here") + _twin("wanted-here", "not-wanted", FACTS.replace("false", "true, sensitive = false"))
"""A pair: the same but for what the learner wants."""


def label(position: int, lang: str) -> tuple[str | int, ...]:
    return ("option", position, "text", lang, "label")


WHOLE = (thin_cells, limited_too_often, lopsided_relation, lopsided_gender, lopsided_platform, best_position)
BASE = msgspec.convert(tomllib.loads(GOOD)["scenario"][0], Scenario)


def made(
    name: str = "made", *, facts: Facts = BASE.facts, gender: Any = "female", platform: str = "facebook", order: str = "abc"
) -> Scenario:
    """Return the good scenario with other facts, another person or platform, or its options in another order; b is the best."""
    person = msgspec.structs.replace(BASE.person, gender=gender)
    options = tuple(BASE.option(letter) for letter in order)
    return msgspec.structs.replace(BASE, id=name, facts=facts, person=person, platform=platform, options=options)


def with_stems(name: str = "made", /, **stems: str) -> Scenario:
    """Return the good scenario in the given languages only, with these stems."""
    texts = {lang: msgspec.structs.replace(BASE.texts[lang], stem=stem) for lang, stem in stems.items()}
    options = tuple(msgspec.structs.replace(entry, texts={lang: entry.texts[lang] for lang in stems}) for entry in BASE.options)
    return msgspec.structs.replace(BASE, id=name, texts=texts, options=options)


def with_labels(name: str, lang: str, *labels: str) -> Scenario:
    """Return the good scenario in one language, with these labels; the second is the best."""
    options = tuple(
        msgspec.structs.replace(entry, texts={lang: msgspec.structs.replace(entry.texts[lang], label=label)})
        for entry, label in zip(BASE.options, labels, strict=True)
    )
    return msgspec.structs.replace(BASE, id=name, texts={lang: BASE.texts[lang]}, options=options)


def kinds_of(check: Check, *scenarios: Scenario) -> list[str]:
    return [warned.kind for warned in check(scenarios)]


def _word(number: int) -> str:
    return "w" + "".join("abcdefghij"[int(digit)] for digit in str(number))


def line(first: int, count: int) -> str:
    return " ".join(_word(number) for number in range(first, first + count))


def crowd(size: int) -> list[Scenario]:
    """Return scenarios that all share a run of words, the worst case, and little else."""
    return [with_labels(f"s{n}", "en", *(f"I say to her {line(n * 30 + part * 10, 6)}" for part in range(3))) for n in range(size)]
