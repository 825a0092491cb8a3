"""Changing a situation's text in its file: only what differs is written, and comments, order and unknown keys stay.

Values are changed with tomlkit, in one part at a time: the situation without its options, or one option. Whatever is written is read
again and compared with what was meant; where it differs, nothing is written.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import InlineTable, String

from etiquette_kit.authoring import toml_source
from etiquette_kit.authoring.sections import headers, parted, sections
from etiquette_kit.authoring.writing_errors import UnwritableError

Raw = Mapping[str, Any]
Path = tuple[str, ...]


class _Missing:
    """Stands for a key that is not there any more."""


_MISSING = _Missing()


def edited(text: str, old: Raw, new: Raw) -> str:
    """Return a situation's text with what differs between the two.

    Parameters
    ----------
    text : str
        The situation in its file, from ``[[scenario]]`` on.
    old : mapping
        The situation as it is read from the text.
    new : mapping
        The situation as it should be.

    Raises
    ------
    UnwritableError
        When that is not possible without touching something else.
    """
    if old == new:
        return text
    before, parts, after = parted(text, sections(text, "scenario.option", "scenario.option"))
    had, wanted = _options(old), _options(new)
    if len(parts) != len(had) or after.strip():
        raise UnwritableError
    head = _edited_part(before, _without_options(old), _without_options(new), ("scenario",))
    places = _kept_places(had, wanted)
    found = []
    for place, option in zip(places, wanted, strict=True):
        if place is None:
            found.append("\n".join([*toml_source.option_lines(option), ""]))
        else:
            found.append(_edited_part(parts[place], had[place], option, ("scenario", "option")))
    result = _joined(head, found, [parts[place] if place is not None else None for place in places], text) + after
    if situation_of(result) != new:
        raise UnwritableError
    return result


def situation_of(text: str) -> Any:
    """Return the situation in a text that has only one; None where it cannot be read."""
    try:
        found = tomllib.loads(text).get("scenario")
    except (ValueError, RecursionError):
        return None
    return found[0] if isinstance(found, list) and len(found) == 1 else None


def _options(raw: Raw) -> list[Any]:
    options = raw.get("option", [])
    return options if isinstance(options, list) else []


def _without_options(raw: Raw) -> dict[str, Any]:
    return {name: value for name, value in raw.items() if name != "option"}


def _kept_places(old: Sequence[Any], new: Sequence[Any]) -> list[int | None]:
    """Return for each option which of the old ones it was, by its id; None for a new one."""
    ids = [option.get("id") if isinstance(option, Mapping) else None for option in old]
    if len(set(map(str, ids))) < len(ids) or None in ids:
        return [place if place < len(old) else None for place in range(len(new))]
    return [ids.index(option["id"]) if isinstance(option, Mapping) and option.get("id") in ids else None for option in new]


def _joined(head: str, parts: Sequence[str], before: Sequence[str | None], text: str) -> str:
    """Put the parts together, with an empty line before an option that is new; the text ends as it did."""
    ending = text[len(text.rstrip()) :]
    line_end = "\r\n" if "\r\n" in text else "\n"
    result = head
    for part, old in zip(parts, before, strict=True):
        if result == head and old is not None and part == old:
            result += part
            continue
        result = result.rstrip() + line_end * 2 + (part if old is not None else part.replace("\n", line_end))
    return result.rstrip() + ending if parts else head


def _edited_part(text: str, old: Any, new: Any, table: Path) -> str:
    """Return a part with other values: changed with tomlkit, or where that fails with lines that are added."""
    if old == new:
        return text
    for attempt in (_with_tomlkit, _with_lines):
        try:
            result = attempt(text, old, new, table)
            if _part_of(tomllib.loads(result), table) == new:
                return result
        except (TOMLKitError, ValueError, KeyError, TypeError, IndexError, AttributeError):
            continue
    raise UnwritableError


def _part_of(document: Any, table: Path) -> Any:
    for name in table:
        document = document[name]
        document = document[0] if isinstance(document, list) else document
    return document


def _changes(old: Any, new: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield what differs, each with its path."""
    for name in [*old, *(name for name in new if name not in old)]:
        where = (*path, name)
        if name not in new:
            yield where, _MISSING
        elif name in old and isinstance(old[name], Mapping) and isinstance(new[name], Mapping):
            yield from _changes(old[name], new[name], where)
        elif name not in old or old[name] != new[name]:
            yield where, new[name]


def _with_tomlkit(text: str, old: Any, new: Any, table: Path) -> str:
    document = tomlkit.parse(text)
    part = cast("Any", _part_of(document, table))
    touched: list[tuple[Path, Any]] = []
    for path, value in _changes(old, new):
        holder = part
        for name in path[:-1]:
            holder = holder[name]
        _put(holder, path, value)
        if isinstance(holder, InlineTable):
            touched.append((path[:-1], holder))
    for path, holder in touched:
        parent = part
        for name in path[:-1]:
            parent = parent[name]
        inside = ", ".join(f"{toml_source.key(name)} = {_source(value)}" for name, value in holder.items())
        parent[path[-1]] = tomlkit.value(f"{{ {inside} }}" if inside else "{}")
    return _spaced(tomlkit.dumps(document), text)


def _source(value: Any) -> str:
    """Return the text of a value as it stood; tomlkit hands out truth values without it."""
    return str(value.as_string()).strip() if hasattr(value, "as_string") else toml_source.value(value)


def _put(holder: Any, path: Path, value: Any) -> None:
    name = path[-1]
    if isinstance(value, _Missing):
        del holder[name]
    elif isinstance(value, str):
        old = holder.get(name)
        block = old.as_string().startswith(('"""', "'''")) if isinstance(old, String) else toml_source.is_block(name)
        holder[name] = tomlkit.value(toml_source.string(value, block=block))
    elif isinstance(value, Mapping) and path[0] == "text":
        new = tomlkit.table()
        for key, given in value.items():
            new[key] = tomlkit.value(toml_source.string(given, block=toml_source.is_block(key))) if isinstance(given, str) else given
        holder[name] = new
    else:
        holder[name] = tomlkit.value(toml_source.value(value))


def _spaced(result: str, before: str) -> str:
    """Put an empty line before a header that came new; tomlkit leaves none."""
    known = {before[header.start :].split("\n", 1)[0] for header in headers(before)}
    for header in reversed(list(headers(result))):
        line = result[header.start :].split("\n", 1)[0]
        if line not in known and header.start and not re.search(r"\n[ \t\r]*\n$", result[: header.start]):
            result = f"{result[: header.start]}\n{result[header.start :]}"
    return result


def _with_lines(text: str, old: Any, new: Any, table: Path) -> str:
    """Add what is new as lines with dotted keys, below the last key of the table itself; tomlkit cannot add to these."""
    added = [(path, value) for path, value in _changes(old, new) if not _has(old, path)]
    rest = [change for change in _changes(old, new) if _has(old, change[0])]
    if rest:
        between = dict(_merged(old, rest))
        text = _with_tomlkit(text, old, between, table)
    own = [header.start for header in headers(text)][1:2]
    body, below = (text[: own[0]], text[own[0] :]) if own else (text, "")
    lines = body.split("\n")
    last = max(place for place, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#"))
    new_lines = [f"{'.'.join(map(toml_source.key, path))} = {toml_source.value(value)}" for path, value in _leaves(added)]
    end = "\r" if lines[last].endswith("\r") else ""
    lines[last + 1 : last + 1] = [line + end for line in new_lines]
    return "\n".join(lines) + below


def _has(raw: Any, path: Path) -> bool:
    for name in path:
        if not isinstance(raw, Mapping) or name not in raw:
            return False
        raw = raw[name]
    return True


def _leaves(changes: Sequence[tuple[Path, Any]]) -> Iterator[tuple[Path, Any]]:
    for path, value in changes:
        if isinstance(value, Mapping):
            yield from _leaves([((*path, name), inner) for name, inner in value.items()])
        else:
            yield path, value


def _merged(old: Any, changes: Sequence[tuple[Path, Any]]) -> dict[str, Any]:
    import copy

    result = copy.deepcopy(dict(old))
    for path, value in changes:
        holder = result
        for name in path[:-1]:
            holder = holder[name]
        if isinstance(value, _Missing):
            del holder[path[-1]]
        else:
            holder[path[-1]] = value
    return result
