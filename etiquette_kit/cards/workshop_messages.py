"""What the browser sends to a workshop."""

from __future__ import annotations

from typing import Any, Literal

from etiquette_kit.cards.messages import Language, Message, Place
from etiquette_kit.workshop import RoundPhase


class ChoosePlan(Message, frozen=True, tag="plan"):
    """Choose how much time there is."""

    minutes: int


class Begin(Message, frozen=True, tag="start"):
    """Leave the page with the plan."""


class BeginAgain(Message, frozen=True, tag="restart"):
    """Go back to it, without counts."""


class _In(Message, frozen=True):
    """An action in a phase of a situation; one that comes late does nothing."""

    position: Place
    phase: RoundPhase


class Count(_In, frozen=True, tag="count"):
    """Hands as they were typed, and the phase to go to; ``sure`` once all that is empty was asked about."""

    hands: Any
    to: RoundPhase
    sure: bool = False


class Correct(_In, frozen=True, tag="correct"):
    """Hands as they were typed anew."""

    hands: Any
    sure: bool = False


class OpenNumbers(_In, frozen=True, tag="open"):
    """Open the numbers to be corrected, or close them."""

    open: bool


class Go(_In, frozen=True, tag="go"):
    """Go over to another phase."""

    to: RoundPhase


class NextSituation(_In, frozen=True, tag="next"):
    """Go on to the next situation."""


class BackSituation(Message, frozen=True, tag="back"):
    """Go back to the situation before, also from the end, which has no phase."""

    position: Place
    phase: RoundPhase | None = None


class GetSheet(Message, frozen=True, tag="sheet"):
    """Ask for a sheet to print."""

    which: Literal["handout", "run_sheet"]


WorkshopMessage = Language | ChoosePlan | Begin | BeginAgain | Count | Correct | OpenNumbers | Go | NextSituation | BackSituation | GetSheet
