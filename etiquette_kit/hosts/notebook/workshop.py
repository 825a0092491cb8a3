"""The workshop as a widget."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from etiquette_kit.bank import Bank
from etiquette_kit.cards.workshop import WorkshopCard
from etiquette_kit.content.house_rules import House
from etiquette_kit.hosts.notebook.card import CardWidget
from etiquette_kit.hosts.notebook.take_home import take_home_of
from etiquette_kit.locale import page_language
from etiquette_kit.locale.arguments import entry_point
from etiquette_kit.web.card_module import module, style
from etiquette_kit.workshop import GivenSituations, Round, RoundPhase


class Workshop(CardWidget):
    """Situations for a group without phones: show of hands, discussion, show of hands, answer.

    Parameters
    ----------
    bank : Bank, str or Path, optional
        The scenarios, or their file or folder; default the shipped bank.
    lang : str, optional
        The initial language; it can be changed on the page. Default: that of the list of situations, else ``ETIQUETTE_LANG``, else the
        default language.
    minutes : {60, 90}, optional
        The initial timing plan, which determines the number of situations. Default: 60, or what a list of situations needs.
    seed : int or str
        Determines which situations are drawn, and the order of their options. The same seed gives the same workshop, so that a
        run sheet can be printed in advance.
    scenarios : sequence of str, SituationChooser, SituationList, str or Path, optional
        The situations, in order, instead of drawing them: their ids, what a chooser on the same page has, a list, or a list's file, as
        `SituationChooser` saves it. Default: those that ``ETIQUETTE_SCENARIOS`` names. The plan then only determines the timing.
    house : House, str or Path, optional
        The employer's house rules, read by ``load_house``, or their file; default ``ETIQUETTE_HOUSE``, else none. They are shown next to
        the article's advice, and never graded.
    take_home : str, optional
        The address of your own copy of the quiz, which the last page and the handout show with a QR code; default
        ``ETIQUETTE_TAKE_HOME``, else none.

    Raises
    ------
    PlanError
        When there is no plan of this length.
    KeyError
        When the bank lacks a scenario.
    SelectionError
        When there is no situation.
    FileNotFoundError, SituationListError
        When a list of situations does not exist, or has errors.
    LanguageError
        When there is no such language.
    HouseError
        When the house rules have errors.
    TakeHomeError
        When the address is none of a web page.

    Examples
    --------
    >>> workshop = Workshop(lang="en", minutes=60)
    >>> workshop.count({"a": 3, "b": 9})
    >>> workshop.go("reveal")
    """

    _esm = module("workshop.js")
    _css = style("workshop.css", "workshop/foot.css", "workshop/hands.css", "workshop/answer.css", "shared/take_home.css")

    card: WorkshopCard

    @entry_point
    def __init__(
        self,
        bank: Bank | str | Path | None = None,
        *,
        lang: str | None = None,
        minutes: int | None = None,
        seed: int | str = 1,
        scenarios: GivenSituations = None,
        house: House | str | Path | None = None,
        take_home: str | None = None,
    ) -> None:
        card = WorkshopCard(
            bank,
            lang=lang,
            minutes=minutes,
            seed=seed,
            scenarios=scenarios,
            house=house,
            take_home=take_home_of(take_home, lang or page_language()),
        )
        super().__init__(card)

    @property
    def round(self) -> Round | None:
        """The situation on the screen, its phase and the hands so far; None at the end."""
        return self.card.round

    @property
    def rounds(self) -> tuple[Round, ...]:
        """All situations of the plan, in order."""
        return self.card.rounds

    @entry_point
    def count(self, counts: Mapping[str, int]) -> None:
        """Record a show of hands for the situation on the screen.

        Parameters
        ----------
        counts : mapping of str to int
            Hands by option id.

        Raises
        ------
        HandsError
            When an option does not exist, a count is not a whole number from 0 to 9999, or this is not a phase with a vote.
        """
        self.card.count(counts)

    @entry_point
    def correct(self, *, first: Mapping[str, int] | None = None, second: Mapping[str, int] | None = None) -> None:
        """Replace the numbers of the situation on the screen after its answer was shown, to correct typing errors.

        Parameters
        ----------
        first, second : mapping of str to int, optional
            Hands by option id, before and after the discussion; a count that is not given is unchanged.

        Raises
        ------
        HandsError
            As in ``count``, or when the answer has not been shown.
        """
        self.card.correct(first=first, second=second)

    def restart(self) -> None:
        """Return to the plan and start again; all counts are lost."""
        self.card.restart()

    def go(self, phase: RoundPhase) -> None:
        """Change to a phase of the situation on the screen: vote, discuss, revote or reveal."""
        self.card.go(phase)

    def next(self) -> None:
        """Move to the next situation, or after the last one to the end."""
        self.card.next()

    def handout(self, lang: str | None = None) -> str:
        """Return the participants' sheet as an HTML page to print."""
        return self.card.handout(lang)

    def run_sheet(self, lang: str | None = None) -> str:
        """Return the facilitator's sheet, with the answers, as an HTML page to print."""
        return self.card.run_sheet(lang)
