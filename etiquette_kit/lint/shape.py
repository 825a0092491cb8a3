"""Whether a parsed document has the shape of the form it should fill."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from etiquette_kit.content.finding import Problem
from etiquette_kit.locale.legible import value_text
from etiquette_kit.locale.nearest import nearest

Path = tuple[str | int, ...]


def fills(value: object, form: Any) -> bool:
    """Tell at once whether `value` fills the form; where it does, there are no shape problems to look for."""
    try:
        msgspec.convert(value, form)
    except msgspec.ValidationError:
        return False
    return True


def shape_problems(value: object, form: Any, where: Path = ()) -> Iterator[Problem]:
    """Yield what keeps `value` from filling the form: unknown and missing keys and wrong types, all of them.

    Parameters
    ----------
    value : object
        What a TOML reader returned.
    form : type
        A ``msgspec.Struct``, or a type made of structs, ``dict``, ``tuple``, ``Literal`` and TOML's own types.
    where : tuple of str and int
        The path to `value`.
    """
    form = _bare(form)
    origin = get_origin(form)
    if isinstance(form, type) and issubclass(form, msgspec.Struct):
        yield from _struct_problems(value, form, where)
    elif origin is dict and not isinstance(value, Mapping):
        yield _wrong_type(value, "table", where)
    elif origin is tuple and not isinstance(value, list):
        yield _wrong_type(value, "array", where)
    elif isinstance(value, Mapping) and origin is dict:
        for key, item in value.items():
            yield from shape_problems(item, get_args(form)[1], (*where, key))
    elif isinstance(value, list) and origin is tuple:
        for position, item in enumerate(value):
            yield from shape_problems(item, get_args(form)[0], (*where, position))
    elif origin in _CHOICES:
        yield from _choice_problems(value, form, where)
    elif form is types.NoneType:
        yield _wrong_type(value, "text", where)  # TOML has no null: what stands there is something else
    elif form in (str, bool) and not isinstance(value, form):
        yield _wrong_type(value, "text" if form is str else "truth", where)
    elif form in (int, float) and (isinstance(value, bool) or not isinstance(value, (int, form))):
        yield _wrong_type(value, "whole_number" if form is int else "number", where)


_CHOICES = (Literal, Union, types.UnionType)


def _choice_problems(value: object, form: Any, where: Path) -> Iterator[Problem]:
    if get_origin(form) is not Literal:
        if all(any(shape_problems(value, choice, where)) for choice in get_args(form)):
            yield _wrong_type(value, "text", where)
        return
    choices = get_args(form)
    if not any(type(value) is type(choice) and value == choice for choice in choices):
        allowed = [value_text(choice) for choice in choices]
        near = nearest(value_text(value), allowed) or ""
        yield Problem("unknown_value", where, {"value": value_text(value), "allowed": ", ".join(allowed), "nearest": near})


def _bare(form: Any) -> Any:
    while get_origin(form) is Annotated:
        form = get_args(form)[0]
    return form


def _struct_problems(value: object, form: type[msgspec.Struct], where: Path) -> Iterator[Problem]:
    if not isinstance(value, Mapping):
        yield _wrong_type(value, "table", where)
        return
    known = _fields(form)
    for key in value:
        if key not in known:
            near = nearest(key, known) or ""
            yield Problem("unknown_key", (*where, key), {"key": str(key), "allowed": ", ".join(known), "nearest": near})
    for name, (form_of_field, required) in known.items():
        if name in value:
            yield from shape_problems(value[name], form_of_field, (*where, name))
        elif required:
            yield Problem("missing_key", where, {"key": name})


@cache
def _fields(form: type[msgspec.Struct]) -> dict[str, tuple[Any, bool]]:
    """Return for each key of a struct its form, and whether it is required."""
    hints = get_type_hints(form)
    return {entry.encode_name: (hints[entry.name], entry.required) for entry in msgspec.structs.fields(form)}


_NAMES = {dict: "table", list: "array", str: "text", bool: "truth", int: "number", float: "number"}


def _wrong_type(value: object, expected: str, where: Path) -> Problem:
    key = str(where[-1]) if where else ""
    return Problem("wrong_type", where, {"key": key, "expected": expected, "given": _NAMES.get(type(value), "other")})
