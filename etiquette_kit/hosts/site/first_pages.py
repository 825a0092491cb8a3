"""The cards of the site's pages: what each begins with, and its first page as HTML, which stands there before a script or Python runs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from etiquette_kit.bank import Bank, SelectionError
from etiquette_kit.content.house_rules import House
from etiquette_kit.hosts.browser.answers import BrowserAnswers
from etiquette_kit.hosts.browser.host import make_card
from etiquette_kit.hosts.browser.records import Contents
from etiquette_kit.hosts.site.lessons import CardReference, PlacedCard
from etiquette_kit.hosts.site.programs import program, run
from etiquette_kit.web.card_module import module

_HERE = Path(__file__).parent
_SEED = 1
"""What a quiz that is shuffled anew each time is drawn with here: no question of it is shown."""


@dataclass(frozen=True)
class FirstPage:
    """What a card begins with.

    Attributes
    ----------
    card : PlacedCard
        Which card it is.
    parts : mapping of str to object
        The parts of its page.
    html : str
        The page, as the card draws it.
    refusal : str
        Why the bank has nothing for it, in words; then there is no page.
    """

    card: PlacedCard
    parts: Mapping[str, Any]
    html: str
    refusal: str = ""


def script_of(kind: str) -> str:
    """Return the name of the script that draws a kind of card."""
    return f"{kind.lower()}.js"


_ENTRIES = {"Quiz": "site_quiz.js", "SituationChooser": "chooser.js"}
"""The scripts of cards that are not named after them; the quiz on a site has more pages than elsewhere."""


def script(kind: str) -> str:
    """Return the script that draws a kind of card."""
    return module(_ENTRIES.get(kind, script_of(kind)))


def first_pages(cards: Sequence[PlacedCard], bank: Bank, house: House | None, *, reported: bool = False) -> list[FirstPage]:
    """Return what cards begin with; ``reported`` when the first quiz is reported to a learning management system.

    Raises
    ------
    SiteError
        When node is missing, or the pages cannot be drawn.
    """
    store = BrowserAnswers(Contents())
    if reported:
        store.where = "platform"
    made = [_parts(card, bank, house, store) for card in cards]
    drawn = iter(_drawn([(card, parts) for card, parts in zip(cards, made, strict=True) if not isinstance(parts, str)]))
    return [
        FirstPage(card, {}, "", parts) if isinstance(parts, str) else FirstPage(card, parts, next(drawn))
        for card, parts in zip(cards, made, strict=True)
    ]


def _parts(card: PlacedCard, bank: Bank, house: House | None, store: BrowserAnswers) -> dict[str, Any] | str:
    # Another card of the page has done nothing yet that this one could follow.
    parameters = {name: value for name, value in card.parameters.items() if not isinstance(value, CardReference)}
    if card.kind == "Quiz":
        parameters = {"seed": _SEED, **parameters}
    if card.kind in ("Quiz", "Workshop"):
        parameters["house"] = house
    try:
        made = make_card(card.kind, bank, store, parameters)
    except SelectionError as error:
        return error.text(str(parameters["lang"]))
    parts: dict[str, Any] = msgspec.to_builtins(made.part_values(made.PARTS))
    return parts


def _drawn(cards: Sequence[tuple[PlacedCard, Mapping[str, Any]]]) -> list[str]:
    with TemporaryDirectory() as folder:
        for kind in sorted({card.kind for card, _ in cards}):
            (Path(folder) / script_of(kind).replace(".js", ".mjs")).write_text(script(kind), encoding="utf-8")
        asked = [{"script": script_of(card.kind).replace(".js", ".mjs"), "parts": parts} for card, parts in cards]
        told = run([program("node"), _HERE / "first_pages.mjs", folder], "not_drawn", given=json.dumps(asked))
    drawn: list[str] = json.loads(told)
    return drawn
