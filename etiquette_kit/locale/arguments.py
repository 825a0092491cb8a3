"""Values that a function of the kit was called with: what does not fit is answered in words."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Mapping
from functools import wraps
from typing import ParamSpec, TypeVar

from etiquette_kit.locale.catalog import languages
from etiquette_kit.locale.legible import escaped, shortened
from etiquette_kit.locale.nearest import nearest
from etiquette_kit.locale.plain_error import PlainError

_Parameters = ParamSpec("_Parameters")
_Returned = TypeVar("_Returned")

_LONGEST = 80


class ArgumentError(PlainError, ValueError):
    """A value that is not allowed."""


class ArgumentTypeError(PlainError, TypeError):
    """A value of the wrong kind, or one too many, too few or of an unknown name."""


def as_written(value: object) -> str:
    """Return a value as it stands in the code that passed it; a long one is cut off."""
    return shortened(escaped(repr(value)), _LONGEST)


def whole_number(name: str, value: object, *, least: int, most: int | None = None) -> None:
    """Check a whole number that a person passed.

    Raises
    ------
    ArgumentTypeError
        When it is something else, such as a text with digits.
    ArgumentError
        When it is too small or too large.
    """
    if not isinstance(value, int) or isinstance(value, bool):
        meant = value.strip() if isinstance(value, str) and value.strip().isdecimal() else str(max(least, 10))
        raise ArgumentTypeError("whole_number", name=name, given=as_written(value), example=f"{name}={meant}")
    if value < least or (most is not None and value > most):
        allowed = f"≥ {least}" if most is None else f"{least}–{most}"
        raise ArgumentError("number_range", name=name, given=as_written(value), allowed=allowed)


def unknown_value(name: str, value: object, allowed: Collection[str], message: str | None = None) -> ArgumentError:
    """Return the error for a value that is none of those that there are."""
    values = {"name": name, "given": as_written(value), "allowed": ", ".join(allowed), "nearest": nearest(value, allowed) or ""}
    return ArgumentError("unknown_value", message, **values)


def entry_point(function: Callable[_Parameters, _Returned]) -> Callable[_Parameters, _Returned]:
    """Let the errors of a function that people call speak the language that they passed, and explain a call that does not fit."""

    @wraps(function)
    def called(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Returned:
        try:
            return function(*args, **kwargs)
        except PlainError as error:
            error.lang = error.lang or _language(function, args, kwargs)
            raise
        except TypeError as error:
            if error.__traceback__ is None or error.__traceback__.tb_next is not None:
                raise  # from within the function; this is no matter of how it was called
            explained = _wrong_call(function, args, kwargs)
            if explained is None:
                raise
            explained.lang = _language(function, (), kwargs)
            raise explained from None

    return called


def _language(function: Callable[..., object], args: tuple[object, ...], kwargs: Mapping[str, object]) -> str | None:
    """Return the language that a call names, if there is one."""
    names = list(inspect.signature(function).parameters)
    own = getattr(args[0], "lang", None) if args and function.__name__ != "__init__" else None  # that of a card
    given = {**dict(zip(names, args, strict=False)), **kwargs}.get("lang", own)
    return given if isinstance(given, str) and given in languages() else None


def _wrong_call(function: Callable[..., object], args: tuple[object, ...], kwargs: Mapping[str, object]) -> ArgumentTypeError | None:
    """Return what is wrong with the way in which a function was called."""
    signature = inspect.signature(function)
    known = {name: parameter for name, parameter in signature.parameters.items() if name != "self"}
    call = function.__qualname__.removesuffix(".__init__")
    for name in kwargs:
        if name not in known:
            near = nearest(name, known) or ""
            return ArgumentTypeError("unknown_keyword", call=call, given=name[:_LONGEST], allowed=", ".join(known), nearest=near)
    plain = [name for name, parameter in known.items() if parameter.kind is not inspect.Parameter.KEYWORD_ONLY]
    if len(args) > len(plain) + ("self" in signature.parameters):
        named = [name for name in known if name not in plain]
        return ArgumentTypeError("too_many", call=call, plain=", ".join(plain), example=f"{named[0]}=…" if named else "–")
    missing = [
        name
        for place, (name, parameter) in enumerate(signature.parameters.items())
        if parameter.default is inspect.Parameter.empty and place >= len(args) and name not in kwargs
    ]
    return ArgumentTypeError("missing", call=call, missing=", ".join(missing)) if missing else None
