"""A list of situations that somebody chose for a workshop: its title, the ids in order, and how it is written as TOML."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Annotated

import msgspec

from etiquette_kit.workshop.plan import PLANS

LIST_LIMITS = {"title": 80, "scenarios": 100}
"""The maximum number of characters of a title, and of situations of a list."""

LIST_ENDING = ".toml"
"""How the name of a list's file ends."""

_NO_NAME = re.compile(r"[\W_]+")
_QUOTED = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")


class SituationList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Situations that were chosen for a workshop.

    Attributes
    ----------
    title : str
        What the choice is called.
    scenarios : tuple of str
        The ids of the situations, in order.
    minutes : int or None
        The length of the timing plan; None where it follows from the number of situations.
    language : str or None
        The language in which the workshop begins; None where it is not said.
    """

    title: Annotated[str, msgspec.Meta(description="What the choice is called.")] = ""
    scenarios: tuple[str, ...] = ()
    minutes: int | None = None
    language: str | None = None

    @property
    def plan_minutes(self) -> int:
        """The length of its timing plan: the one that is given, or else of the shortest plan that has enough situations."""
        if self.minutes is not None:
            return self.minutes
        fitting = [minutes for minutes, plan in PLANS.items() if plan.situations >= len(self.scenarios)]
        return min(fitting, default=max(PLANS))

    def file_name(self, other: str) -> str:
        """Return a name for its file, made of its title; of another one where the title has no letters."""
        name = _NO_NAME.sub("-", self.title.lower()).strip("-") or other
        return f"{name}{LIST_ENDING}"

    def toml(self, titles: Mapping[str, str] | None = None) -> str:
        """Return it as TOML.

        Parameters
        ----------
        titles : mapping of str to str, optional
            The titles of situations by id, which become comments: a list of ids alone tells a reader little.
        """
        lines = [f"title = {_string(self.title)}"]
        if self.minutes is not None:
            lines.append(f"minutes = {self.minutes}")
        if self.language is not None:
            lines.append(f"language = {_string(self.language)}")
        lines.append("scenarios = [")
        lines += [f"  {_string(name)},{_comment((titles or {}).get(name, ''))}" for name in self.scenarios]
        return "\n".join([*lines, "]", ""])


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _comment(text: str) -> str:
    return f"  # {_QUOTED.sub(' ', text)}" if text else ""
