"""A language's words, looked up by dotted keys."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any, cast

from etiquette_kit.locale.nearest import nearest
from etiquette_kit.locale.plain_error import PlainError
from etiquette_kit.locale.plurals import OTHER, PluralError, Rule, plural_form, plural_rules

DEFAULT_LANGUAGE = "de"
"""The language of a page that was asked for none; it comes first wherever languages stand in a row."""

DEVELOPER_LANGUAGE = "en"
"""The language of what is said to whoever calls the package from Python: messages of exceptions, and findings as text."""


LANGUAGE_VARIABLE = "ETIQUETTE_LANG"
"""The environment variable that names the language of pages that were asked for none."""


class LanguageError(PlainError, ValueError):
    """A language that there is not, or in which something is not written, or whose folder has a mistake in it.

    Parameters
    ----------
    message : str
        What is wrong, for the developer.
    given : object, optional
        The language.
    allowed : iterable of str
        The languages that there are instead; without any, a notebook shows the message.
    """

    def __init__(self, message: str, given: object = "", allowed: Iterable[str] = ()) -> None:
        super().__init__("language", message, given=repr(given), allowed=tuple(allowed))

    def text(self, lang: str) -> str:
        """Return what is wrong and what to do, as one line."""
        allowed = cast("tuple[str, ...]", self.values["allowed"])
        return catalog(lang)("errors.language", given=self.values["given"], allowed=with_names(allowed)) if allowed else str(self)


class Catalog:
    """The words of one language.

    Parameters
    ----------
    lang : str
        The language code, which is also the folder's name.
    words : mapping
        The parsed files: tables of strings, nested.
    """

    def __init__(self, lang: str, words: Mapping[str, object]) -> None:
        self.lang = lang
        self._words = words

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the text at a dotted key, with ``{name}`` filled in.

        Raises
        ------
        KeyError
            When the key is missing or is a table: a fault of the kit, never of its input.
        """
        text = self.get(key)
        if text is None:
            message = f"the language {self.lang!r} has no text {key!r}"
            raise KeyError(message)
        return text.format_map(values) if values else text

    def get(self, key: str) -> str | None:
        """Return the text at a dotted key as it stands, or None where there is none."""
        node: object = self._words
        for part in key.split("."):
            if not isinstance(node, Mapping) or part not in node:
                return None
            node = node[part]
        return node if isinstance(node, str) else None

    def table(self, key: str) -> dict[str, str]:
        """Return the texts of one table."""
        node: object = self._words
        for part in key.split("."):
            node = cast("Mapping[str, object]", node)[part]
        return dict(cast("Mapping[str, str]", node))

    def listed(self, key: str) -> tuple[str, ...]:
        """Return the parts of a text that is a list, divided by commas; an empty text has none."""
        return tuple(part for part in (part.strip() for part in self(key).split(",")) if part)

    @cached_property
    def plural_rules(self) -> dict[str, Rule]:
        """The plural rules of the language, by form.

        Raises
        ------
        LanguageError
            When one cannot be read.
        """
        try:
            return plural_rules(self.table("plural"))
        except PluralError as error:
            message = f"the language {self.lang!r}: {error}"
            raise LanguageError(message) from None


def plural(words: Catalog, key: str, count: int, /, **values: object) -> str:
    """Return the words that go with a count: those under ``key_one``, ``key_few`` and so on, or else those under the key."""
    form = plural_form(words.plural_rules, count)
    own = f"{key}_{form}"
    return words(key if form == OTHER or words.get(own) is None else own, **{"count": count, **values})


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of all languages that have a folder here, the default one first."""
    found = sorted(file.parent.name for file in _FOLDER.glob("*/language.toml"))
    return tuple(sorted(found, key=lambda lang: lang != DEFAULT_LANGUAGE))


def page_language() -> str:
    """Return the language of a page that was asked for none: the one that ``ETIQUETTE_LANG`` names, else the default one."""
    return os.environ.get(LANGUAGE_VARIABLE) or DEFAULT_LANGUAGE


def matching(tag: str, offered: Sequence[str]) -> str | None:
    """Return the language that a tag such as ``en-GB`` or ``en_GB.UTF-8`` asks for, among those that are offered; None where it is none."""
    wanted = re.split(r"[.@;]", tag.strip().lower())[0].replace("_", "-")
    known = {lang.lower().replace("_", "-"): lang for lang in offered}
    return known.get(wanted) or known.get(wanted.partition("-")[0])


def with_names(langs: Iterable[str]) -> str:
    """Return languages as a message lists them: what each calls itself, and its code."""
    return ", ".join(f"{catalog(lang)('language.name')} ({lang})" for lang in langs)


@cache
def catalog(lang: str) -> Catalog:
    """Return the words of a language.

    Raises
    ------
    LanguageError
        When there is no such language; the message names those that there are. Or when its files cannot be read, or a key stands in two.
    """
    if lang not in languages():
        near = nearest(lang, languages())
        hint = f" Did you mean {near!r}?" if near else ""
        message = f"there is no language {lang!r}; there are: {', '.join(languages())}.{hint}"
        raise LanguageError(message, lang, languages())
    return Catalog(lang, read_words(_FOLDER / lang))


def read_words(folder: Path) -> dict[str, Any]:
    """Return all words of a language's folder, those of its files together.

    Raises
    ------
    LanguageError
        When a file cannot be read, or a key stands in two of them.
    """
    import tomllib  # not before something is read: importing the kit stays cheap

    words: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for file in sorted(folder.glob("*.toml")):
        try:
            found = tomllib.loads(file.read_text(encoding="utf-8"))
        except ValueError as error:  # no TOML, or not in UTF-8
            message = f"{file}: {error}"
            raise LanguageError(message) from None
        for key, table, name, text in _texts(found, words):
            if name in table:
                other = origins.get(key, "another file")
                message = f"the language {folder.name!r}: {key!r} stands in {other} and in {file.name}; leave it in one"
                raise LanguageError(message)
            table[name] = text
            origins[key] = file.name
    return words


def _texts(found: Mapping[str, Any], words: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any], str, str]]:
    """Yield the texts of a file: the dotted key, the table that it goes into, its name there, and the text itself."""
    for name, value in found.items():
        key = f"{path}{name}"
        if not isinstance(value, Mapping):
            yield key, words, name, value
            continue
        inner = words.setdefault(name, {})
        if not isinstance(inner, dict):  # what is a table here is a text elsewhere
            yield key, words, name, ""
            continue
        yield from _texts(value, inner, f"{key}.")


_FOLDER = Path(__file__).parent
