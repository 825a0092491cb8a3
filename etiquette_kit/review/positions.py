"""On which line of a TOML text something stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

Path = tuple[str | int, ...]


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

    def _pair(self, node: Node, base: Path) -> None:
        match node.named_children:
            case [key, value, *_]:
                path = base
                for part in _keys(key):
                    path = (*path, part)
                    self._mark(path, node)
                self._value(value, path)

    def _value(self, node: Node, path: Path) -> None:
        if node.type == "inline_table":
            for child in node.named_children:
                if child.type == "pair":
                    self._pair(child, path)
        elif node.type == "array":
            values = [child for child in node.named_children if child.type != "comment"]
            for position, child in enumerate(values):
                self._mark((*path, position), child)
                self._value(child, (*path, position))

    def _mark(self, path: Path, node: Node) -> None:
        self._lines.setdefault(path, node.start_point[0] + 1)


def _keys(node: Node) -> Iterator[str]:
    if node.type == "dotted_key":
        for child in node.named_children:
            yield from _keys(child)
        return
    text = (node.text or b"").decode(errors="replace")
    if node.type == "quoted_key" and text[:1] == '"':
        try:
            yield json.loads(text)
        except ValueError:
            yield text[1:-1]
    elif node.type == "quoted_key":
        yield text[1:-1]
    else:
        yield text
