"""The workshop as a widget: one situation large on the projector, hands typed in, talked over, and resolved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from etiquette_kit.bank import Bank, SelectionError, load_bank
from etiquette_kit.cards.workshop_numbers import Wrong, blanks, fits, told
from etiquette_kit.cards.workshop_pages import round_page, start_page, summary_page
from etiquette_kit.cards.workshop_text import workshop_text
from etiquette_kit.locale import catalog, languages
from etiquette_kit.widgets.card import Card
from etiquette_kit.widgets.front_module import module, style
from etiquette_kit.workshop import PLANS, HandsError, Phase, Plan, Round, Run, Which, plan_of, situations
from etiquette_kit.workshop.round import COUNTED_IN, PHASES
from etiquette_kit.workshop.sheets import handout, run_sheet


class Workshop(Card):
    """Situations for a room without phones: show of hands, talk, show of hands, answer.

    Parameters
    ----------
    bank : Bank, optional
        Where the scenarios come from; default the shipped bank.
    lang : str
        The language to begin with; it can be changed on the page.
    minutes : {60, 90}
        The timing plan to begin with; it says how many situations there are.
    seed : int or str
        Which situations are drawn, and the order of their options. The same seed gives the same workshop, so that a
        run sheet printed the day before fits.
    scenarios : sequence of str, optional
        The ids of the situations, in order, instead of drawing them; then the plan only says how the time is spent.

    Raises
    ------
    PlanError
        When there is no plan of this length.
    KeyError
        When the bank lacks a scenario.
    SelectionError
        When nothing is left to play.
    LanguageError
        When there is no such language.

    Examples
    --------
    >>> workshop = Workshop(lang="en", minutes=60)
    >>> workshop.count({"a": 3, "b": 9})
    >>> workshop.go("reveal")
    """

    _esm = module("workshop.js")
    _css = style("workshop.css", "workshop/foot.css", "workshop/hands.css", "workshop/answer.css")
    _tables = ("workshop_card",)

    def __init__(
        self,
        bank: Bank | None = None,
        *,
        lang: str = "de",
        minutes: int = 60,
        seed: int | str = 1,
        scenarios: Sequence[str] | None = None,
    ) -> None:
        catalog(lang)
        self._bank = load_bank() if bank is None else bank
        self._seed = seed
        self._minutes = minutes
        plan_of(minutes)  # another length is refused before anything is read
        try:
            self._exercises = situations(self._bank, seed, scenarios)
        except SelectionError as nothing:
            nothing.lang = lang  # the page, too, says so
            raise
        self._fixed = scenarios is not None
        self._run = self._new_run()
        self._on_start_page = True
        self._open = False  # whether the numbers of a situation that was resolved can be typed anew
        self._wrong: Wrong = {}
        super().__init__(lang)

    # ---- driving it without a browser -------------------------------------------------------------------------------------

    @property
    def round(self) -> Round | None:
        """The situation on the screen, its phase and the hands so far; None at the end."""
        return self._run.round

    @property
    def rounds(self) -> tuple[Round, ...]:
        """All situations of the plan, in order."""
        return tuple(self._run.rounds)

    def count(self, counts: Mapping[str, int]) -> None:
        """Note a show of hands for the situation on the screen.

        Parameters
        ----------
        counts : mapping of str to int
            Hands by option id.

        Raises
        ------
        HandsError
            When an option does not exist, a count is not a whole number from 0 to 9999, or no count is due now.
        """
        self._run.count(counts)
        self._on_start_page = False
        self._refresh()

    def correct(self, *, first: Mapping[str, int] | None = None, second: Mapping[str, int] | None = None) -> None:
        """Replace the numbers of the situation on the screen after its answer was shown, where one was mistyped.

        Parameters
        ----------
        first, second : mapping of str to int, optional
            Hands by option id, before and after the talk; what is not given stays as it is.

        Raises
        ------
        HandsError
            As in ``count``, or when the answer has not been shown.
        """
        given: dict[Which, Mapping[str, int] | None] = {"first": first, "second": second}
        self._run.correct({which: counts for which, counts in given.items() if counts is not None})
        self._refresh()

    def restart(self) -> None:
        """Go back to the plan and begin afresh; all counts are lost."""
        self._run = self._new_run()
        self._on_start_page, self._open = True, False
        self._refresh()

    def go(self, phase: Phase) -> None:
        """Go over to a phase of the situation on the screen: vote, discuss, revote or reveal."""
        self._run.go(phase)
        self._on_start_page = False
        self._refresh()

    def next(self) -> None:
        """Go on to the next situation, or after the last one to the end."""
        self._run.next()
        self._on_start_page = self._open = False
        self._refresh()

    def handout(self, lang: str | None = None) -> str:
        """Return the sheet for everyone as an HTML page to print."""
        return handout(self._run.played or self._run.rounds, lang or self.lang)

    def run_sheet(self, lang: str | None = None) -> str:
        """Return the facilitator's sheet, with the answers, as an HTML page to print."""
        return run_sheet(self._run.rounds, self._plan, lang or self.lang)

    # ---- what the browser reports -----------------------------------------------------------------------------------------

    def _act(self, message: Mapping[str, Any]) -> str:
        if message.get("do") == "sheet":
            self._send_sheet(message.get("which"))
            return ""
        self._wrong = {}
        match message.get("do"):
            case "plan" if self._on_start_page and type(message.get("minutes")) is int and message["minutes"] in PLANS:
                self._minutes = message["minutes"]
                self._run = self._new_run()
            case "start":
                self._on_start_page = False
            case "restart":
                self.restart()
            case "count" | "correct" if self._is_current(message):
                return self._enter(message)
            case "open" if self._is_current(message):
                self._open = self.round is not None and self.round.phase == "reveal" and message.get("open") is True
            case "go" if self._is_current(message) and message.get("to") in PHASES:
                self._run.go(cast("Phase", message["to"]))
            case "next" if self._is_current(message):
                self._run.next()
                self._open = False
            case "back" if message.get("position") == self._run.position:
                self._run.back()
                self._open = False
        return ""

    def _enter(self, message: Mapping[str, Any]) -> str:
        """Take the numbers that were typed; where some are missing or wrong, say so at their fields instead."""
        words = catalog(self.lang)
        numbers, to, entry = message.get("hands"), message.get("to"), self.round
        if entry is None or not fits(numbers):
            return words("workshop.unknown_option")
        empty = blanks(numbers, entry.exercise.order)
        if empty and message.get("sure") is not True:
            self._wrong = dict.fromkeys(empty, "blank")
            return words("workshop.blank")
        try:
            if message["do"] == "correct":
                self._run.correct(numbers)
                self._open = False
            elif to in PHASES:
                self._run.count(numbers.get(COUNTED_IN.get(entry.phase, "first"), {}))
                self._run.go(cast("Phase", to))
        except HandsError as error:
            if error.which and error.option in entry.exercise.order:
                self._wrong = {(error.which, error.option): error.refusal}
            return words(f"workshop.{error.refusal}")
        return ""

    def _send_sheet(self, which: object) -> None:
        sheets = {"handout": self.handout, "run_sheet": self.run_sheet}
        if isinstance(which, str) and which in sheets:
            file = catalog(self.lang)(f"workshop_files.{which}")
            self.send({"sheet": which, "html": sheets[which](), "file": file})

    def _is_current(self, message: Mapping[str, Any]) -> bool:
        place = (self._run.position, self.round.phase if self.round else None)
        return not self._on_start_page and (message.get("position"), message.get("phase")) == place

    # ---- what is on the screen --------------------------------------------------------------------------------------------

    def _new_run(self) -> Run:
        return Run(self._exercises if self._fixed else self._exercises[: plan_of(self._minutes).situations])

    @property
    def _plan(self) -> Plan:
        """The plan for as many situations as there are; a small bank may have fewer than the plan asks for."""
        return plan_of(self._minutes).of(len(self._run.rounds))

    def _languages(self) -> tuple[str, ...]:
        return tuple(lang for lang in languages() if all(lang in entry.scenario.languages for entry in self._exercises))

    def _describe(self, lang: str) -> dict[str, Any]:
        if self._on_start_page:
            scene = start_page(self._plan, None if self._fixed else self._minutes, lang)
        elif self.round is None:
            scene = summary_page(self._run, lang)
        else:
            scene = round_page(self._run, lang, open_numbers=self._open)
        asked = "blank" in self._wrong.values()
        standing = {"counted": self._run.counted, "open": self._open, "wrong": told(self._wrong, lang), "asked": asked}
        return {"scene": scene, "standing": standing}

    def __repr__(self) -> str:
        return workshop_text(self._run, self._plan, self._seed, self.lang)
