"""What is wrong with a file of house rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from etiquette_kit.content.finding import Problem
from etiquette_kit.content.house_rules import CONDITIONS, HOUSE_LIMITS, House
from etiquette_kit.lint import control_problems, shape_problems
from etiquette_kit.locale import languages
from etiquette_kit.locale.legible import value_text
from etiquette_kit.locale.nearest import nearest
from etiquette_kit.rules import VALUES
from etiquette_kit.rules.facts import is_allowed

_Path = tuple[str | int, ...]


def is_house(document: Mapping[str, object]) -> bool:
    """Tell a file of house rules from one of scenarios."""
    return "house" in document or "rule" in document


def house_problems(document: Mapping[str, object]) -> Iterator[Problem]:
    """Yield everything that is wrong with a file of house rules.

    Parameters
    ----------
    document : mapping
        The parsed TOML file.
    """
    shape = list(shape_problems(document, House))
    yield from shape
    head = document.get("house")
    if isinstance(head, Mapping):
        yield from _limit_problems(head.get("name"), "name", ("house", "name"))
        yield from _text_problems(head.get("text"), ("house", "text"))
    rules = document.get("rule")
    if isinstance(rules, list):
        seen: dict[tuple[object, ...], int] = {}
        for position, rule in enumerate(rules):
            if isinstance(rule, Mapping):
                yield from _rule_problems(rule, position, seen)
    if not shape and not rules and isinstance(head, Mapping) and not head.get("text"):
        yield Problem("house_empty", ("house",))


def _rule_problems(rule: Mapping[str, object], position: int, seen: dict[tuple[object, ...], int]) -> Iterator[Problem]:
    where = ("rule", position)
    given = tuple(rule.get(name) for name in CONDITIONS)
    for name, value in zip(CONDITIONS, given, strict=True):
        if isinstance(value, str) and not is_allowed(name, value):
            allowed = [value_text(choice) for choice in VALUES[name]]
            values = {"value": value, "allowed": ", ".join(allowed), "nearest": nearest(value, allowed) or ""}
            yield Problem("unknown_value", (*where, name), values)
    if set(rule) <= {"text"}:
        yield Problem("house_no_condition", where, {"conditions": ", ".join(CONDITIONS)})
    elif all(value is None or isinstance(value, str) for value in given):
        if given in seen:
            yield Problem("house_doubled", where, {"number": str(seen[given])})
        seen.setdefault(given, position + 1)
    if not rule.get("text"):
        yield Problem("house_no_text", where)
    yield from _text_problems(rule.get("text"), (*where, "text"))


def _text_problems(texts: object, where: _Path) -> Iterator[Problem]:
    if not isinstance(texts, Mapping):
        return
    for lang, text in texts.items():
        if lang not in languages():
            yield Problem("unknown_language", (*where, lang), {"language": str(lang), "allowed": ", ".join(languages())})
        yield from _limit_problems(text, "text", (*where, lang))


def _limit_problems(text: object, name: str, where: _Path) -> Iterator[Problem]:
    if not isinstance(text, str):
        return
    if not text.strip():
        yield Problem("empty_text", where, {"key": name})
    yield from control_problems(text, name, where)
    if len(text) > HOUSE_LIMITS[name]:
        yield Problem("long_text", where, {"key": name, "length": str(len(text)), "limit": str(HOUSE_LIMITS[name])})
