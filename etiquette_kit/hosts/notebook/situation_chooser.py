"""The chooser of situations as a widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from etiquette_kit.bank import Bank
from etiquette_kit.cards.chooser import ChooserCard
from etiquette_kit.hosts.notebook.card import CardWidget
from etiquette_kit.locale.arguments import entry_point
from etiquette_kit.web.card_module import module, style
from etiquette_kit.workshop import GivenSituations, SituationList


class SituationChooser(CardWidget):
    """All situations to read, and those of a workshop to choose, to order and to keep.

    ``Workshop(scenarios=chooser)`` and ``LiveRoom(scenarios=chooser)`` follow it: until they begin, they have what is chosen now, and
    draw their situations while nothing is.

    Parameters
    ----------
    bank : Bank, str or Path, optional
        The scenarios, or their file or folder; default the shipped bank.
    lang : str, optional
        The initial language; it can be changed on the page. Default: that of the list of situations, else ``ETIQUETTE_LANG``, else the
        default language.
    scenarios : SituationList, str, Path or sequence of str, optional
        What is chosen at first: a list, its file, or ids. Default: those that ``ETIQUETTE_SCENARIOS`` names.
    folded : bool
        Whether the page begins with a line that says what is chosen, to be opened.

    Raises
    ------
    SelectionError
        When the bank has no scenarios.
    LanguageError
        When there is no such language.
    FileNotFoundError, SituationListError
        When a list of situations does not exist, or has errors.

    Examples
    --------
    >>> chooser = SituationChooser(lang="en")
    >>> chooser.choose(["boss-sees-party-photos", "client-from-the-city-run"], title="Friday")
    >>> chooser.chosen.scenarios
    ('boss-sees-party-photos', 'client-from-the-city-run')
    """

    _esm = module("chooser.js")
    _css = style("chooser.css")

    card: ChooserCard

    @entry_point
    def __init__(
        self, bank: Bank | str | Path | None = None, *, lang: str | None = None, scenarios: GivenSituations = None, folded: bool = False
    ) -> None:
        super().__init__(ChooserCard(bank, lang=lang, scenarios=scenarios, folded=folded))

    @property
    def chosen(self) -> SituationList:
        """What is chosen now: its ``title``, and the ids of the situations in order as ``scenarios``."""
        return self.card.chosen

    @entry_point
    def choose(self, scenarios: Sequence[str], title: str | None = None) -> None:
        """Choose exactly these situations.

        Parameters
        ----------
        scenarios : sequence of str
            Their ids, in order; none for an empty choice.
        title : str, optional
            What the choice is called; default as before.

        Raises
        ------
        SituationListError
            When the bank lacks a situation, one is named twice, or the title is not possible.
        """
        self.card.choose(scenarios, title)

    def save(self, path: str | Path) -> Path:
        """Write the choice to a file, which replaces one that is there.

        Parameters
        ----------
        path : str or Path
            The file.

        Returns
        -------
        Path
            The file.

        Raises
        ------
        SituationListError
            When nothing is chosen.
        OSError
            When the file cannot be written.
        """
        return self.card.save(path)

    def load(self, path: str | Path) -> None:
        """Take over the choice in a file.

        Parameters
        ----------
        path : str or Path
            The file.

        Raises
        ------
        FileNotFoundError
            When there is no such file.
        SituationListError
            When it has errors.
        """
        self.card.load(path)

    def follow(self, changed: Callable[[], None]) -> None:
        """Call a function after each change of what is chosen.

        Parameters
        ----------
        changed : callable
            The function.
        """
        self.card.follow(changed)
