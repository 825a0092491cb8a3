"""Which form of a word goes with a number: the plural rules of a language, written as Unicode's CLDR writes them.

A rule such as ``n % 10 = 2..4 and n % 100 != 12..14`` is read, never evaluated. Counts are whole numbers, so that ``n`` and ``i`` are the
count, and what CLDR says of decimal places (``v``, ``w``, ``f``, ``t``) and of powers of ten (``c``, ``e``) is 0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

OTHER = "other"
"""The form where no rule fits; its text stands under the plain key."""

FORMS = ("zero", "one", "two", "few", "many")
"""The forms that a language may have a rule for, in the order in which the rules are tried; a text's key ends in ``_one`` and so on."""

Rule = Callable[[int], bool]

_RELATION = re.compile(r"(?P<operand>[nivwftce])(?:\s*%\s*(?P<modulus>[1-9]\d*))?\s*(?P<sign>!=|==?)\s*(?P<ranges>[\d.,\s]+)")
_RANGE = re.compile(r"(\d+)(?:\.\.(\d+))?")
_COUNT = frozenset("ni")


class PluralError(ValueError):
    """A plural rule that cannot be read."""


def plural_rule(text: str) -> Rule:
    """Return the condition that a rule states.

    Parameters
    ----------
    text : str
        Relations such as ``n = 1``, ``n % 10 = 2..4, 9`` and ``n != 0``, joined by ``and`` and ``or``, of which ``and`` binds closer.
        What follows an ``@`` are CLDR's examples, and is left out.

    Raises
    ------
    PluralError
        When it cannot be read.
    """
    alternatives = [
        [_relation(part.strip(), text) for part in re.split(r"\band\b", either)] for either in re.split(r"\bor\b", text.partition("@")[0])
    ]
    return lambda count: any(all(relation(count) for relation in relations) for relations in alternatives)


def _relation(part: str, text: str) -> Rule:
    found = _RELATION.fullmatch(part)
    ranges = [_RANGE.fullmatch(each.strip()) for each in found["ranges"].split(",")] if found else []
    if found is None or not all(ranges):
        message = f"{part!r} in the plural rule {text!r} cannot be read; it should be like: n % 10 = 2..4"
        raise PluralError(message)
    limits = [(int(each[1]), int(each[2] or each[1])) for each in ranges if each]
    modulus, wanted, counts = int(found["modulus"] or 0), found["sign"] != "!=", found["operand"] in _COUNT

    def holds(count: int) -> bool:
        number = count if counts else 0
        number = number % modulus if modulus else number
        return any(least <= number <= most for least, most in limits) is wanted

    return holds


def plural_rules(texts: Mapping[str, str]) -> dict[str, Rule]:
    """Return a language's rules by form, in the order in which they are tried.

    Raises
    ------
    PluralError
        When one cannot be read, or there is no such form.
    """
    if unknown := sorted(set(texts) - set(FORMS)):
        message = f"there is no plural form {unknown[0]!r}; there are: {', '.join(FORMS)}"
        raise PluralError(message)
    return {form: plural_rule(texts[form]) for form in FORMS if form in texts}


def plural_form(rules: Mapping[str, Rule], count: int) -> str:
    """Return the form that goes with a count."""
    return next((form for form, rule in rules.items() if rule(count)), OTHER)
