"""Formats of exercises: one folder each, found by its name; others can be registered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import cast

from etiquette_kit.content.material import Material, Situation
from etiquette_kit.formats.protocol import (
    Comments,
    ContentFormat,
    Decides,
    Decision,
    Exercise,
    Format,
    ItemAnswer,
    ItemOption,
    MaterialSource,
    PairFormat,
    Recap,
    ResponseError,
    Result,
)
from etiquette_kit.locale.arguments import as_written
from etiquette_kit.locale.nearest import nearest
from etiquette_kit.locale.plain_error import PlainError

__all__ = [
    "Comments",
    "ContentFormat",
    "Decides",
    "Decision",
    "Exercise",
    "Format",
    "FormatError",
    "ItemAnswer",
    "ItemOption",
    "Material",
    "MaterialSource",
    "PairFormat",
    "Recap",
    "ResponseError",
    "Result",
    "Situation",
    "built_in",
    "content_formats",
    "format_named",
    "formats",
    "register",
]

_registered: dict[str, Format] = {}

_RESERVED = frozenset({"theme", "scenario", "house", "rule", "rules", "passages"})
"""Keys at the top of a file that say what kind of file it is, or that a bank reads itself."""


class FormatError(PlainError, ValueError):
    """A format that does not exist, or cannot be used here.

    Parameters
    ----------
    message : str
        What is wrong, for the developer; without a key, a notebook shows it as well.
    key, **values
        As for `PlainError`.
    """

    def __init__(self, message: str, key: str = "", **values: object) -> None:
        super().__init__(key, message, **values)


def formats() -> tuple[str, ...]:
    """Return the names of all formats: those of the kit, then the registered ones."""
    return *built_in(), *(name for name in _registered if name not in built_in())


def format_named(name: str) -> Format:
    """Return a format.

    Raises
    ------
    FormatError
        When no format has this name; the message lists all names.
    """
    if name in _registered:
        return _registered[name]
    if name not in built_in():
        near = nearest(name, formats())
        hint = f"; did you mean {near!r}?" if near else ""
        message = f"there is no format {name!r}; there are: {', '.join(formats())}{hint}"
        values = {"name": "format", "given": as_written(name), "allowed": ", ".join(formats()), "nearest": near or ""}
        raise FormatError(message, "unknown_value", **values)
    return cast("Format", import_module(f"{__name__}.{name}"))


def content_formats(names: Iterable[str] | None = None) -> dict[str, ContentFormat]:
    """Return the formats with tables of their own, by the name of the table.

    Parameters
    ----------
    names : iterable of str
        The formats among which to look. Default: all.
    """
    found = (format_named(name) for name in (formats() if names is None else names))
    return {entry.TABLE: entry for entry in found if isinstance(entry, ContentFormat)}


def register(new: Format) -> None:
    """Register a format from outside the kit, for this process.

    Parameters
    ----------
    new : Format
        A module or an object that implements `Format`.

    Raises
    ------
    FormatError
        When the kit has a format of this name, or a different one is registered under it; or when its tables have a name that is not
        possible or is taken.
    """
    if new.NAME in built_in() or _registered.get(new.NAME, new) is not new:
        message = f"there is a format {new.NAME!r} already"
        raise FormatError(message)
    if isinstance(new, ContentFormat):
        if new.TABLE in _RESERVED or not re.fullmatch(r"[a-z][a-z0-9_]*", new.TABLE):
            message = f"a format's tables cannot be called {new.TABLE!r}"
            raise FormatError(message)
        if content_formats().get(new.TABLE, new) is not new:
            message = f"there is a format with tables {new.TABLE!r} already"
            raise FormatError(message)
    _registered[new.NAME] = new


@cache
def built_in() -> tuple[str, ...]:
    """Return the names of the kit's own formats."""
    return tuple(module.name for module in iter_modules(__path__) if module.ispkg)
