"""Telling a list of situations for a workshop from a file of scenarios."""

from __future__ import annotations

from collections.abc import Mapping


def is_situation_list(document: Mapping[str, object]) -> bool:
    """Tell a file that names scenarios from one that has them: there, ``[[scenarios]]`` is a slip for ``[[scenario]]``."""
    names = document.get("scenarios")
    return isinstance(names, list) and all(isinstance(name, str) for name in names) and not {"theme", "scenario"} & set(document)
