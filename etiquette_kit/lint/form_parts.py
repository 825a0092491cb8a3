"""The parts of a parsed table, each with what its form says of it."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

import msgspec

from etiquette_kit.content.forms import is_by_language
from etiquette_kit.lint.shape import shape_problems

Path = tuple[str | int, ...]


class Part(NamedTuple):
    """A value in a parsed table.

    Attributes
    ----------
    where : tuple of str and int
        The path to it.
    value : object
        The value; it need not have the type of its form.
    form : type
        Its form, without annotations.
    metas : tuple of msgspec.Meta
        The annotations.
    lang : str
        The language of a text; empty where it stands outside of `ByLanguage`.
    """

    where: Path
    value: object
    form: Any
    metas: tuple[msgspec.Meta, ...]
    lang: str

    @property
    def key(self) -> str:
        """The key under which it stands, whatever its place in a list and its language; empty where it is the whole table."""
        return next((part for part in reversed(self.where) if isinstance(part, str) and part != self.lang), "")


def form_parts(value: object, form: Any, where: Path = (), lang: str = "") -> Iterator[Part]:
    """Yield a value and all values in it; of what does not have the type of its form, only the value itself.

    Parameters
    ----------
    value : object
        What a TOML reader returned.
    form : type
        A ``msgspec.Struct``, or a type made of structs, ``dict`` and ``tuple``.
    where : tuple of str and int
        The path to `value`.
    lang : str
        The language of the texts in it.
    """
    form, metas = _split(form)
    origin = get_origin(form)
    if origin in (Union, types.UnionType):
        fitting = next((choice for choice in get_args(form) if not any(shape_problems(value, choice))), None)
        if fitting is not None:
            # What is said of the whole is true of each choice.
            yield from form_parts(value, Annotated[fitting, *metas] if metas else fitting, where, lang)
        return
    yield Part(where, value, form, metas, lang)
    if isinstance(form, type) and issubclass(form, msgspec.Struct) and isinstance(value, Mapping):
        for name, field in _fields(form).items():
            if name in value:
                yield from form_parts(value[name], field, (*where, name), lang)
    elif origin is dict and isinstance(value, Mapping):
        for key, item in value.items():
            yield from form_parts(item, get_args(form)[1], (*where, key), key if is_by_language(metas) else lang)
    elif origin is tuple and isinstance(value, list):
        for position, item in enumerate(value):
            yield from form_parts(item, get_args(form)[0], (*where, position), lang)


def encoded_names(form: type[msgspec.Struct]) -> tuple[str, ...]:
    """Return the keys of a struct, as they stand in a file."""
    return tuple(_fields(form))


def _split(form: Any) -> tuple[Any, tuple[msgspec.Meta, ...]]:
    """Return a form without its annotations, and those."""
    metas: tuple[msgspec.Meta, ...] = ()
    while get_origin(form) is Annotated:
        form, *found = get_args(form)
        metas += tuple(meta for meta in found if isinstance(meta, msgspec.Meta))
    return form, metas


@cache
def _fields(form: type[msgspec.Struct]) -> dict[str, Any]:
    """Return the form of each key of a struct, with annotations."""
    hints = get_type_hints(form, include_extras=True)
    return {entry.encode_name: hints[entry.name] for entry in msgspec.structs.fields(form)}
