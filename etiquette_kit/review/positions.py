"""On which line of a TOML text something stands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

Path = tuple[str | int, ...]

_DEEPEST = 16
"""How many steps into a document lines are kept; no form of ours goes deeper."""


class Positions:
    """The lines of a TOML text by the keys that lead there.

    Parameters
    ----------
    text : str
        A TOML document; where the parser that knows lines is not installed (in the browser), every line is 1.
    """

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        try:
            import tree_sitter
            import tree_sitter_toml
        except ModuleNotFoundError:
            return
        parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_toml.language()))
        for node in parser.parse(text.encode()).root_node.named_children:
            self._read(node)

    def line(self, where: Path) -> int:
        """Return the line of the innermost known part of the path, counted from 1."""
        for length in range(len(where), 0, -1):
            if where[:length] in self._lines:
                return self._lines[where[:length]]
        return 1

    def _read(self, node: Node) -> None:
        match node.type:
            case "pair":
                self._pair(node, ())
            case "table" | "table_array_element":
                header, *body = node.named_children
                path = self._enter(tuple(_keys(header)), append=node.type == "table_array_element")
                self._mark(path, node)
                for child in body:
                    if child.type == "pair":
                        self._pair(child, path)

    def _enter(self, keys: tuple[str, ...], *, append: bool) -> Path:
        """Turn a header's keys into a path: within an array of tables, the last element is meant."""
        path: Path = ()
        for position, key in enumerate(keys):
            path = (*path, key)
            if append and position == len(keys) - 1:
                self._counts[path] = self._counts.get(path, 0) + 1
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        return path

    def _pair(self, pair: Node, base: Path) -> None:
        """Note the lines of a pair and of all inside it; a list instead of recursion, because a file may nest as it likes."""
        waiting = [(pair, base)]
        while waiting:
            node, path = waiting.pop()
            if len(path) > _DEEPEST:
                continue
            match node.type, node.named_children:
                case "pair", [key, value, *_]:
                    for part in _keys(key):
                        path = (*path, part)
                        self._mark(path, node)
                    waiting.append((value, path))
                case "inline_table", children:
                    waiting += [(child, path) for child in children if child.type == "pair"]
                case "array", children:
                    for position, child in enumerate(child for child in children if child.type != "comment"):
                        self._mark((*path, position), child)
                        waiting.append((child, (*path, position)))

    def _mark(self, path: Path, node: Node) -> None:
        self._lines.setdefault(path, node.start_point[0] + 1)


def _keys(node: Node) -> list[str]:
    """Return the parts of a key, no more than can matter."""
    parts: list[str] = []
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if part.type == "dotted_key":
            waiting += reversed(part.named_children)
        else:
            parts.append(_key(part))
    return parts[:_DEEPEST]


def _key(node: Node) -> str:
    text = (node.text or b"").decode(errors="replace")
    if node.type != "quoted_key":
        return text
    if text.startswith("'"):
        return text[1:-1]
    try:
        return str(json.loads(text))
    except ValueError:
        return text[1:-1]  # an escape that JSON does not know
