"""The workshop as a widget: one situation large on the projector, hands typed in, talked over, and resolved."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any, cast

from etiquette_kit.bank import Bank, SelectionError, draw, load_bank
from etiquette_kit.exercises import build, suits
from etiquette_kit.locale import catalog, languages
from etiquette_kit.widgets.card import Card
from etiquette_kit.widgets.front_module import module, style
from etiquette_kit.widgets.text_form import fingerprint
from etiquette_kit.widgets.workshop_pages import round_page, start_page, summary_page
from etiquette_kit.workshop import PLANS, Hands, HandsError, Phase, Plan, Round, Run, plan_of
from etiquette_kit.workshop.round import MOST_HANDS, PHASES
from etiquette_kit.workshop.sheets import LETTERS, handout, run_sheet


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
    _css = style("workshop.css")
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
        if scenarios is None:
            pool = [scenario for scenario in self._bank if suits(scenario)]
            chosen = draw(pool, max(PLANS.values(), key=lambda plan: plan.situations).situations, random.Random(f"{seed}"))  # noqa: S311  no secret
        else:
            chosen = [self._bank[name] for name in scenarios]
        if not chosen:
            raise SelectionError("there is no situation to put to the room")
        self._fixed = scenarios is not None
        self._exercises = [build(scenario, random.Random(f"{seed}/{scenario.id}")) for scenario in chosen]  # noqa: S311
        self._run = self._new_run()
        self._on_start_page = True
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

    def go(self, phase: Phase) -> None:
        """Go over to a phase of the situation on the screen: vote, discuss, revote or reveal."""
        self._run.go(phase)
        self._on_start_page = False
        self._refresh()

    def next(self) -> None:
        """Go on to the next situation, or after the last one to the end."""
        self._run.next()
        self._on_start_page = False
        self._refresh()

    def handout(self, lang: str | None = None) -> str:
        """Return the sheet for everyone as an HTML page to print."""
        return handout(self._run.played or self._run.rounds, lang or self.lang)

    def run_sheet(self, lang: str | None = None) -> str:
        """Return the facilitator's sheet, with the answers, as an HTML page to print."""
        return run_sheet(self._run.rounds, self._plan, lang or self.lang)

    # ---- what the browser reports -----------------------------------------------------------------------------------------

    def _act(self, message: Mapping[str, Any]) -> str:
        match message.get("do"):
            case "plan" if self._on_start_page and type(message.get("minutes")) is int and message["minutes"] in PLANS:
                self._minutes = message["minutes"]
                self._run = self._new_run()
            case "start":
                self._on_start_page = False
            case "sheet":
                self._send_sheet(message.get("which"))
            case "count" if self._is_current(message):
                return self._note(message)
            case "go" if self._is_current(message) and message.get("to") in PHASES:
                self._run.go(cast("Phase", message["to"]))
            case "next" if self._is_current(message):
                self._run.next()
            case "back" if message.get("position") == self._run.position:
                self._run.back()
        return ""

    def _note(self, message: Mapping[str, Any]) -> str:
        words = catalog(self.lang)
        counts, to = message.get("hands"), message.get("to")
        if not isinstance(counts, Mapping) or to not in PHASES or self.round is None:
            return words("workshop.unknown_option")
        order = self.round.exercise.order
        try:
            self._run.count(counts)
        except HandsError as error:
            letter = LETTERS[order.index(error.option)] if error.option in order else ""
            return words(f"workshop.{error.refusal}", letter=letter, most=MOST_HANDS)
        self._run.go(cast("Phase", to))
        return ""

    def _send_sheet(self, which: object) -> None:
        sheets = {"handout": self.handout, "run_sheet": self.run_sheet}
        if isinstance(which, str) and which in sheets:
            self.send({"sheet": which, "html": sheets[which]()})

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
            scene = round_page(self._run, lang)
        return {"scene": scene}

    def __repr__(self) -> str:
        words = catalog(self.lang)
        lines = [words("workshop.text", minutes=self._plan.minutes, count=len(self._run.rounds), seed=self._seed)]
        for entry in self._run.rounds:
            scenario = entry.exercise.scenario
            told = words("workshop.text_phase", title=scenario.text(self.lang).title, phase=words(f"workshop_phases.{entry.phase}"))
            lines.append(f"  {fingerprint(scenario, self.lang)} {told}{_counted(entry.first)}{_counted(entry.second)}")
        return "\n".join(lines)


def _counted(hands: Hands | None) -> str:
    return "" if hands is None else f" ({', '.join(f'{option} {number}' for option, number in hands.counts.items())})"
