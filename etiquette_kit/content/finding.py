"""What review finds: a problem at a place, told in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from etiquette_kit.locale import DEVELOPER_LANGUAGE, catalog, plural

Severity = Literal["error", "warning"]

WARNINGS = frozenset(
    {
        "stem_short",
        "stem_long",
        "no_scenarios",
        "no_choice",
        "theme_title",
        "best_longest",
        "best_position",
        "absolute_words",
        "shared_words",
        "unequal_options",
        "similar_stems",
        "similar_options",
        "no_person",
        "no_platform",
        "no_quote",
        "no_wish",
        "hard_to_read",
        "other_voice",
        "languages_apart",
        "mail_merge",
        "thin_cell",
        "lopsided_relation",
        "lopsided_gender",
        "lopsided_platform",
        "twin_missing",
        "twin_one_sided",
        "twin_differs",
        "twin_same_best",
        "no_role",
        "unclear_wish",
        "unclear_sensitive",
        "telling_title",
        "title_words",
        "doubled_title",
        "long_sentence",
        "long_sentences",
        "long_word",
        "option_short",
        "option_long",
        "feedback_long",
        "many_options",
        "limited_too_often",
    }
)
"""Findings that do not keep a scenario out of the quiz."""

_TYPED = ("expected", "given")
"""Values that name a type of TOML; its words are in the locale under ``types``."""


class Problem(msgspec.Struct, frozen=True):
    """Something wrong in a parsed document.

    Attributes
    ----------
    kind : str
        Its words are in the locale under ``findings``.
    where : tuple of str and int
        The keys and positions that lead to it from the top of the document.
    values : mapping of str to str
        What the words leave open. ``nearest``, if there, adds the hint to the word most likely meant.
    """

    kind: str
    where: tuple[str | int, ...] = ()
    values: Mapping[str, str] = msgspec.field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """An error keeps the scenario out; a warning does not."""
        return "warning" if self.kind in WARNINGS else "error"


class Finding(msgspec.Struct, frozen=True):
    """A problem with the file and line it is in.

    Attributes
    ----------
    file : str
        The file, as it was named to the reader.
    line : int
        The line, counted from 1.
    id : str
        The scenario or rule concerned; empty where it concerns the whole file.
    kind : str
        What kind of finding it is.
    severity : {"error", "warning"}
        An error keeps the scenario out of the quiz.
    values : mapping of str to str
        What the words leave open.
    """

    file: str
    line: int
    id: str
    kind: str
    severity: Severity
    values: Mapping[str, str] = msgspec.field(default_factory=dict)

    @property
    def message(self) -> str:
        """The finding in English: what is wrong and what to do."""
        return self.text(DEVELOPER_LANGUAGE)

    def text(self, lang: str) -> str:
        """Return the finding in words: what is wrong and what to do."""
        words = catalog(lang)
        value_text = {name: words.get(f"types.{value}") or value if name in _TYPED else value for name, value in self.values.items()}
        counted = self.values.get("count") or self.values.get("words") or ""
        key = f"findings.{self.kind}"
        said = plural(words, key, int(counted), **value_text) if counted.isdecimal() else words(key, **value_text)
        if self.values.get("nearest"):
            said += " " + words("findings.nearest", nearest=self.values["nearest"])
        return said

    def as_dict(self, lang: str = DEVELOPER_LANGUAGE) -> dict[str, object]:
        """Return plain values for JSON."""
        return {
            "file": self.file,
            "line": self.line,
            "id": self.id,
            "kind": self.kind,
            "severity": self.severity,
            "message": self.text(lang),
        }
