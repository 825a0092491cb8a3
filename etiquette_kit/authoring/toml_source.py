"""Values and new situations as TOML, in the style of the shipped files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from etiquette_kit.content.scenario import is_identifier

_ESCAPES = {"\\": "\\\\", "\b": "\\b", "\t": "\\t", "\f": "\\f", "\r": "\\r"}
_SPECIAL = re.compile(r"[\x00-\x09\x0b-\x1f\\\x7f]")

_OWN = ("id", "platform", "twin", "person", "facts")
"""What stands at the top of a situation, in this order."""


def string(text: str, *, block: bool = False) -> str:
    """Return a text as a TOML string; as a block it stands between lines of three quotation marks."""
    escaped = _SPECIAL.sub(lambda found: _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04x}", text)
    if not block:
        return '"' + escaped.replace('"', '\\"').replace("\n", "\\n") + '"'
    safe = re.sub(r'"{3,}|"+\Z', lambda found: '\\"' * len(found[0]), escaped)
    return f'"""\n{safe}"""'


def value(given: object, *, block: bool = False) -> str:
    """Return a text, a truth value or a table of these as TOML on one line, or a text as a block."""
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, Mapping):
        return inline(given)
    if isinstance(given, str):
        return string(given, block=block)
    import tomlkit

    return tomlkit.item(given).as_string()


def inline(table: Mapping[str, object]) -> str:
    """Return a table as TOML on one line."""
    inside = ", ".join(f"{key(name)} = {value(given)}" for name, given in table.items())
    return f"{{ {inside} }}" if inside else "{}"


def key(name: str) -> str:
    """Return a key as TOML: bare where it can be."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else string(name)


def is_block(name: str) -> bool:
    """Return whether a new text of this name stands in a block of its own."""
    return name == "stem"


def situation(raw: Mapping[str, Any]) -> str:
    """Return a new situation as the text of a file, from ``[[scenario]]`` on."""
    return "\n".join([*_head(raw), *(line for option in raw.get("option", ()) for line in ["", *option_lines(option)]), ""])


def _head(raw: Mapping[str, Any]) -> Iterator[str]:
    yield "[[scenario]]"
    rest = [name for name in raw if name not in (*_OWN, "text", "option")]
    for name in (*_OWN, *rest):
        if name in raw:
            yield f"{key(name)} = {value(raw[name])}"
    for lang, texts in raw.get("text", {}).items():
        yield from ("", f"[scenario.text.{key(lang)}]")
        for name, given in texts.items():
            yield f"{key(name)} = {value(given, block=is_block(name))}"


def option_lines(option: Mapping[str, Any]) -> Iterator[str]:
    """Yield a new option as lines."""
    yield "[[scenario.option]]"
    for name, given in option.items():
        if name != "text":
            yield f"{key(name)} = {value(given)}"
    for lang, texts in option.get("text", {}).items():
        for name, given in texts.items():
            yield f"text.{key(lang)}.{key(name)} = {value(given)}"


def theme_head(titles: Mapping[str, str], *, has_schema: bool) -> str:
    """Return the beginning of a new file: the schema, and the theme's titles by language."""
    lines = ["#:schema ./schema.json", ""] if has_schema else []
    return "\n".join([*lines, "[theme]", *(f"title.{key(lang)} = {string(title)}" for lang, title in titles.items()), ""])


def identifier(text: str, taken: frozenset[str] | set[str]) -> str:
    """Return an id made of a text that nothing has yet; of a text without letters, a plain one."""
    import unicodedata

    spelled = text.lower().translate({ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ß"): "ss"})
    letters = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", letters)).strip("-")[:50].strip("-")
    name = name if is_identifier(name) else "situation"
    number = 2
    found = name
    while found in taken:
        found = f"{name}-{number}"
        number += 1
    return found
