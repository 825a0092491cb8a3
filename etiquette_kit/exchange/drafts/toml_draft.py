"""A file of scenarios made of questions: texts as they are, and what only an author can say left open."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import tomlkit
from tomlkit.items import AoT, String, Table

from etiquette_kit.content.scenario import LIMITS
from etiquette_kit.exchange.drafts.question import Question
from etiquette_kit.locale import Catalog

_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o"})
_TITLE_WORDS = 5
"""How many words of a question without a title are used in its place."""


def draft_text(questions: Sequence[Question], theme: str, source: str, words: Catalog) -> str:
    """Return a file of scenarios, which lacks what a question does not tell: person, network, facts, and what each reaction amounts to.

    Parameters
    ----------
    questions : sequence of Question
        The questions.
    theme : str
        The theme's title.
    source : str
        The name of the file that they come from.
    words : Catalog
        The language of the questions, and of the comments.
    """
    lang = words.lang
    document = tomlkit.document()
    for line in ("draft_from", "draft_open", "draft_next"):
        document.add(tomlkit.comment(_one_line(words(f"exchange.{line}", source=source))))
    head = tomlkit.table()
    head.add(tomlkit.key(["title", lang]), theme)
    document.add("theme", head)
    scenarios = AoT([])
    used: set[str] = set()
    for question in questions:
        scenarios.append(_scenario(question, _id(question, used), words))
    document.add("scenario", scenarios)
    return tomlkit.dumps(document)


def _scenario(question: Question, name: str, words: Catalog) -> Table:
    lang = words.lang
    scenario = tomlkit.table()
    scenario.add("id", name)
    text = tomlkit.table()
    text.add("title", _title(question))
    text.add("stem", _text(question.stem, always=True))
    if question.general:
        text.add(tomlkit.comment(_one_line(words("exchange.draft_general", text=question.general))))
    texts = tomlkit.table(is_super_table=True)
    texts.add(lang, text)
    scenario.add("text", texts)
    options = AoT([])
    for letter, answer in zip(_letters(len(question.answers)), question.answers, strict=True):
        option = tomlkit.table()
        option.add(tomlkit.comment(_one_line(words("exchange.draft_points", percent=f"{answer.percent:g}"))))
        option.add("id", letter)
        option.add(tomlkit.key(["text", lang, "label"]), _text(answer.text))
        if answer.feedback:
            option.add(tomlkit.key(["text", lang, "feedback"]), _text(answer.feedback))
        options.append(option)
    scenario.add("option", options)
    return scenario


def _title(question: Question) -> str:
    return question.title or " ".join(question.stem.split()[:_TITLE_WORDS])


def _text(text: str, *, always: bool = False) -> String:
    return tomlkit.string(f"{text}\n", multiline=True) if always or "\n" in text else tomlkit.string(text)


def _one_line(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f]+", " ", text)


def _id(question: Question, used: set[str]) -> str:
    """Return an id that no scenario of the draft has yet, made of the title."""
    plain = unicodedata.normalize("NFKD", _title(question).lower().translate(_LETTERS)).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: LIMITS["id"] - 4].strip("-") or "question"
    name, number = base, 1
    while name in used:
        number += 1
        name = f"{base}-{number}"
    used.add(name)
    return name


def _letters(count: int) -> list[str]:
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    return [alphabet[place] if place < len(alphabet) else f"z{place}" for place in range(count)]
