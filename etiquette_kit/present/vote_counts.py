"""Numbers that were typed into the fields for hands: which fields stayed empty, and what stands at the wrong ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeGuard

from etiquette_kit.locale import catalog
from etiquette_kit.workshop import WhichVote
from etiquette_kit.workshop.round import MAX_HANDS

TypedCounts = Mapping[WhichVote, Mapping[str, object]]
"""What was typed by show of hands and option; an empty field is left out."""

CountErrors = Mapping[tuple[WhichVote, str], str]
"""What is wrong by field: a key of the locale's ``workshop_fields``."""


def are_typed_counts(numbers: object) -> TypeGuard[TypedCounts]:
    """Return whether a value from the browser has the shape of typed numbers; what the numbers are is not looked at."""
    return isinstance(numbers, Mapping) and all(
        which in ("first", "second") and isinstance(typed, Mapping) for which, typed in numbers.items()
    )


def empty_fields(numbers: TypedCounts, order: Sequence[str]) -> list[tuple[WhichVote, str]]:
    """Return the fields that stayed empty beside others that did not; where all are empty, nothing was counted.

    Parameters
    ----------
    numbers : Numbers
        What was typed.
    order : sequence of str
        The options of the situation.
    """
    return [(which, option) for which, typed in numbers.items() if typed for option in order if option not in typed]


def field_messages(wrong: CountErrors, lang: str) -> dict[str, dict[str, str]]:
    """Return what stands at the fields in words, by show of hands and option."""
    words = catalog(lang)
    fields: dict[str, dict[str, str]] = {}
    for (which, option), key in wrong.items():
        fields.setdefault(which, {})[option] = words(f"workshop_fields.{key}", most=MAX_HANDS)
    return fields
