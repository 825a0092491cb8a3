"""The numbers typed into the fields for counts of hands: empty fields, and messages for wrong ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeGuard

from etiquette_kit.locale import catalog
from etiquette_kit.workshop import WhichVote
from etiquette_kit.workshop.round import MAX_HANDS

TypedCounts = Mapping[WhichVote, Mapping[str, object]]
"""The typed values by show of hands and option; an empty field is left out."""

CountErrors = Mapping[tuple[WhichVote, str], str]
"""The error of each field: a key of the locale's ``workshop_fields``."""


def are_typed_counts(numbers: object) -> TypeGuard[TypedCounts]:
    """Return whether a value from the browser has the structure of typed numbers; the numbers themselves are not checked."""
    return isinstance(numbers, Mapping) and all(
        which in ("first", "second") and isinstance(typed, Mapping) for which, typed in numbers.items()
    )


def empty_fields(numbers: TypedCounts, order: Sequence[str]) -> list[tuple[WhichVote, str]]:
    """Return the empty fields of shows of hands with other numbers; where all fields are empty, nothing was counted.

    Parameters
    ----------
    numbers : TypedCounts
        The typed values.
    order : sequence of str
        The options of the situation.
    """
    return [(which, option) for which, typed in numbers.items() if typed for option in order if option not in typed]


def field_messages(wrong: CountErrors, lang: str) -> dict[str, dict[str, str]]:
    """Return the messages for the fields, by show of hands and option."""
    words = catalog(lang)
    fields: dict[str, dict[str, str]] = {}
    for (which, option), key in wrong.items():
        fields.setdefault(which, {})[option] = words(f"workshop_fields.{key}", most=MAX_HANDS)
    return fields
