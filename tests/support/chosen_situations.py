"""Shipped situations for tests, chosen by what they are about and not by their names."""

from etiquette_kit import load_bank
from etiquette_kit.rules import FITS_BEST, Facts

BANK = load_bank()

_REQUEST = {"event": "friend_request", "network": "private"}


def _about(best: int = 1, **facts: str | bool) -> str:
    """Return the name of the first shipped situation with these facts and so many options that fit best."""
    kind = Facts(**facts)  # type: ignore[arg-type]
    return next(scenario.id for scenario in BANK if scenario.facts == kind and list(scenario.key().values()).count(FITS_BEST) == best)


CLIENTS = (
    _about(**_REQUEST, best=2, relation="client", wanted=True, sensitive=False),
    _about(**_REQUEST, relation="client", wanted=False),
)
"""A client who is wanted, with two options that fit best, and one who is not, with one; each has four options."""

BOSS_AND_COLLEAGUE = (
    _about(event="audience", relation="boss"),
    _about(**_REQUEST, relation="colleague", wanted=True, sensitive=True),
)
"""A boss who sees too much, with three options, and a colleague who is wanted but should not see everything, with four."""
