"""Formats of exercises: one folder each, found by its name; others can be registered."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import cast

from etiquette_kit.content.material import Material, Situation
from etiquette_kit.formats.protocol import (
    Decides,
    Decision,
    Exercise,
    Format,
    ItemAnswer,
    ItemOption,
    PairFormat,
    Recap,
    ResponseError,
    Result,
)
from etiquette_kit.locale.arguments import as_written
from etiquette_kit.locale.nearest import nearest
from etiquette_kit.locale.plain_error import PlainError

__all__ = [
    "Decides",
    "Decision",
    "Exercise",
    "Format",
    "FormatError",
    "ItemAnswer",
    "ItemOption",
    "Material",
    "PairFormat",
    "Recap",
    "ResponseError",
    "Result",
    "Situation",
    "format_named",
    "formats",
    "register",
]

_registered: dict[str, Format] = {}


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
    return *_built_in(), *(name for name in _registered if name not in _built_in())


def format_named(name: str) -> Format:
    """Return a format.

    Raises
    ------
    FormatError
        When no format has this name; the message lists all names.
    """
    if name in _registered:
        return _registered[name]
    if name not in _built_in():
        near = nearest(name, formats())
        hint = f"; did you mean {near!r}?" if near else ""
        message = f"there is no format {name!r}; there are: {', '.join(formats())}{hint}"
        values = {"name": "format", "given": as_written(name), "allowed": ", ".join(formats()), "nearest": near or ""}
        raise FormatError(message, "unknown_value", **values)
    return cast("Format", import_module(f"{__name__}.{name}"))


def register(new: Format) -> None:
    """Register a format from outside the kit, for this process.

    Parameters
    ----------
    new : Format
        A module or an object that implements `Format`.

    Raises
    ------
    FormatError
        When the kit has a format of this name, or a different one is registered under it.
    """
    if new.NAME in _built_in() or _registered.get(new.NAME, new) is not new:
        message = f"there is a format {new.NAME!r} already"
        raise FormatError(message)
    _registered[new.NAME] = new


@cache
def _built_in() -> tuple[str, ...]:
    return tuple(module.name for module in iter_modules(__path__) if module.ispkg)
