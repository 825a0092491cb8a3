"""What is wrong with a table of a format's own, as far as its form says what belongs there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args, get_origin

import msgspec

from etiquette_kit.content.finding import Problem
from etiquette_kit.content.forms import is_by_language
from etiquette_kit.content.scenario import ID_PATTERN
from etiquette_kit.lint.facts_and_platform import platform_problems, read_facts
from etiquette_kit.lint.form_parts import Part, form_parts
from etiquette_kit.lint.shape import shape_problems
from etiquette_kit.lint.text_problems import control_problems, identifier_problems, language_problems, text_problems
from etiquette_kit.rules import Facts

Path = tuple[str | int, ...]


def form_problems(raw: object, form: type[msgspec.Struct], table: str, required: Sequence[str], known: Sequence[str]) -> Iterator[Problem]:
    """Yield what keeps a table from filling its form.

    These are unknown and missing keys, wrong types, ids that are not possible or occur twice in a list, texts that are empty, too long or
    not written in a language, lists and numbers outside of their limits, and facts and platforms that make no sense.

    Parameters
    ----------
    raw : object
        One element of the table's array, as parsed.
    form : type
        The struct that it should fill.
    table : str
        The array's name.
    required : sequence of str
        The languages in which it must be written.
    known : sequence of str
        The languages that there are.
    """
    for problem in shape_problems(raw, form):
        yield _with_brackets(problem, table)
    for part in form_parts(raw, form):
        match part.value:
            case str() if part.form is str:
                yield from _text_problems(part)
            case int() | float() if part.form in (int, float):
                yield from _number_problems(part)
            case list() if get_origin(part.form) is tuple:
                yield from _list_problems(part)
            case Mapping() if is_by_language(part.metas):
                yield from language_problems(part.value, part.where, required, known)
            case Mapping() if isinstance(part.form, type) and issubclass(part.form, msgspec.Struct):
                yield from _situation_problems(part.value, part.form, part.where)


def _with_brackets(problem: Problem, table: str) -> Problem:
    """Name the brackets where a single table stands in one pair of them: TOML reads it, but as no list."""
    lone = problem.kind == "wrong_type" and (problem.values.get("expected"), problem.values.get("given")) == ("array", "table")
    header = ".".join([table, *(part for part in problem.where if isinstance(part, str))])
    return Problem("single_brackets", problem.where, {"right": f"[[{header}]]"}) if lone else problem


def _text_problems(part: Part) -> Iterator[Problem]:
    text = str(part.value)
    if any(meta.pattern == ID_PATTERN for meta in part.metas):
        yield from identifier_problems(text, part.where)
        return
    limit = next((meta.max_length for meta in part.metas if meta.max_length is not None), None)
    if limit is None:
        yield from control_problems(text, part.key, part.where)
    else:
        yield from text_problems(text, part.key, limit, part.where)


def _number_problems(part: Part) -> Iterator[Problem]:
    number: Any = part.value
    for meta in part.metas:
        if meta.ge is not None and number < meta.ge:
            yield Problem("number_low", part.where, {"key": part.key, "value": str(number), "least": str(meta.ge)})
        if meta.le is not None and number > meta.le:
            yield Problem("number_high", part.where, {"key": part.key, "value": str(number), "most": str(meta.le)})


def _list_problems(part: Part) -> Iterator[Problem]:
    entries: Any = part.value
    values = {"key": part.key, "count": str(len(entries))}
    for meta in part.metas:
        if meta.min_length is not None and len(entries) < meta.min_length:
            yield Problem("few_entries", part.where, {**values, "least": str(meta.min_length)})
        if meta.max_length is not None and len(entries) > meta.max_length:
            yield Problem("many_entries", part.where, {**values, "most": str(meta.max_length)})
    seen: Counter[str] = Counter()
    for position, entry in enumerate(entries):
        name = entry.get("id") if isinstance(entry, Mapping) else None
        if isinstance(name, str):
            if seen[name]:
                yield Problem("doubled_part", (*part.where, position, "id"), {"id": name})
            seen[name] += 1


def _situation_problems(raw: Mapping[str, object], form: type[msgspec.Struct], where: Path) -> Iterator[Problem]:
    """Yield what is wrong with facts, and with a platform beside them."""
    for field in msgspec.structs.fields(form):
        name = field.encode_name
        if name in raw and (field.type is Facts or Facts in get_args(field.type)):
            facts = yield from read_facts(raw[name], (*where, name))
            yield from platform_problems(raw.get("platform"), facts, where)
