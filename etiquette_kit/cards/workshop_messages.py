"""The messages from the browser to a workshop."""

from __future__ import annotations

from typing import Any, Literal

from etiquette_kit.cards.messages import Language, Message, Place
from etiquette_kit.workshop import RoundPhase


class ChoosePlan(Message, frozen=True, tag="plan"):
    """Choose the length of the workshop."""

    minutes: int


class Begin(Message, frozen=True, tag="start"):
    """Leave the page with the plan."""


class BeginAgain(Message, frozen=True, tag="restart"):
    """Return to the page with the plan, and drop all counts."""


class _In(Message, frozen=True):
    """An action in a phase of a situation; a late one does nothing."""

    position: Place
    phase: RoundPhase


class Count(_In, frozen=True, tag="count"):
    """The typed counts of hands, and the phase to change to; ``sure`` after a question about empty fields."""

    hands: Any
    to: RoundPhase
    sure: bool = False


class Correct(_In, frozen=True, tag="correct"):
    """The corrected counts of hands; ``sure`` as in `Count`."""

    hands: Any
    sure: bool = False


class OpenNumbers(_In, frozen=True, tag="open"):
    """Open the counts for correction, or close them."""

    open: bool


class Go(_In, frozen=True, tag="go"):
    """Change to another phase."""

    to: RoundPhase


class NextSituation(_In, frozen=True, tag="next"):
    """Move to the next situation."""


class BackSituation(Message, frozen=True, tag="back"):
    """Return to the previous situation, also from the end, which has no phase."""

    position: Place
    phase: RoundPhase | None = None


class GetSheet(Message, frozen=True, tag="sheet"):
    """Request a sheet to print."""

    which: Literal["handout", "run_sheet"]


WorkshopMessage = Language | ChoosePlan | Begin | BeginAgain | Count | Correct | OpenNumbers | Go | NextSituation | BackSituation | GetSheet
