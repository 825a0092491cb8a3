"""The findings of a review: a problem with its position and a plain message."""

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
        "text_words",
    }
)
"""The kinds of findings that do not exclude a scenario from the quiz."""

_TYPE_VALUES = ("expected", "given")
"""Values that name a TOML type; its text is in the locale under ``types``."""


class Problem(msgspec.Struct, frozen=True):
    """A problem in a parsed document.

    Attributes
    ----------
    kind : str
        The kind of problem; its message is in the locale under ``findings``.
    where : tuple of str and int
        The keys and positions of the path to it.
    values : mapping of str to str
        The values for the message's placeholders. ``nearest``, if given, adds a hint to the word that was probably meant.
    is_warning : bool
        Whether it excludes nothing; for the kinds of `WARNINGS` that is always so. A format's own kinds say it here.
    """

    kind: str
    where: tuple[str | int, ...] = ()
    values: Mapping[str, str] = msgspec.field(default_factory=dict)
    is_warning: bool = False

    @property
    def severity(self) -> Severity:
        """An error excludes the scenario; a warning does not."""
        return "warning" if self.is_warning or self.kind in WARNINGS else "error"


class Finding(msgspec.Struct, frozen=True):
    """A problem with its file and line.

    Attributes
    ----------
    file : str
        The file, as the caller named it.
    line : int
        The line, counted from 1.
    id : str
        The scenario or rule concerned; empty for the whole file.
    kind : str
        The kind of problem.
    severity : {"error", "warning"}
        An error excludes the scenario from the quiz.
    values : mapping of str to str
        The values for the message's placeholders.
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
        """Return the finding as text: what is wrong and what to do."""
        words = catalog(lang)
        value_text = {name: words.get(f"types.{value}") or value if name in _TYPE_VALUES else value for name, value in self.values.items()}
        counted = self.values.get("count") or self.values.get("words") or ""
        key = f"findings.{self.kind}"
        message = plural(words, key, int(counted), **value_text) if counted.isdecimal() else words(key, **value_text)
        if self.values.get("nearest"):
            message += " " + words("findings.nearest", nearest=self.values["nearest"])
        return message

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
