"""The advisor as a widget."""

from __future__ import annotations

from etiquette_kit.cards.advisor import AdvisorCard
from etiquette_kit.hosts.notebook.card import CardWidget
from etiquette_kit.locale import page_language
from etiquette_kit.locale.arguments import entry_point
from etiquette_kit.rules import Advice, Facts
from etiquette_kit.web.card_module import module, style


class Advisor(CardWidget):
    """The decision table, one situation at a time.

    Parameters
    ----------
    lang : str, optional
        The initial language; the reader can change it. Default: ``ETIQUETTE_LANG``, else the default language.
    facts : Facts, optional
        The initial situation; default a friend request from a client who is not wanted on a private network.

    Raises
    ------
    LanguageError
        When there is no such language.
    """

    _esm = module("advisor.js")
    _css = style()

    card: AdvisorCard

    @entry_point
    def __init__(self, lang: str | None = None, facts: Facts | None = None) -> None:
        super().__init__(AdvisorCard(lang or page_language(), facts))

    @property
    def facts(self) -> Facts:
        """The chosen situation."""
        return self.card.facts

    @property
    def advice(self) -> Advice:
        """The article's advice for it."""
        return self.card.advice
