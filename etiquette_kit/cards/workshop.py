"""The workshop: one situation on the projector at a time, with typed counts of hands, a discussion, and the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from etiquette_kit.bank import Bank, SelectionError, given_bank
from etiquette_kit.bank.house_file import chosen_house
from etiquette_kit.cards import workshop_messages as messages
from etiquette_kit.cards.card import Card
from etiquette_kit.content.house_rules import House
from etiquette_kit.content.material import shared_languages
from etiquette_kit.locale import catalog, page_language
from etiquette_kit.present.sheets import handout, run_sheet
from etiquette_kit.present.take_home import TakeHome
from etiquette_kit.present.vote_counts import CountErrors, are_typed_counts, empty_fields, field_messages
from etiquette_kit.present.workshop_pages import RoomStanding, round_page, start_page, summary_page
from etiquette_kit.present.workshop_text import workshop_text
from etiquette_kit.workshop import (
    PLANS,
    GivenSituations,
    HandsError,
    Plan,
    Round,
    RoundPhase,
    Run,
    SituationSource,
    WhichVote,
    plan_of,
    workshop_situations,
)
from etiquette_kit.workshop.round import COUNTED_IN


class SentSheet(msgspec.Struct, frozen=True):
    """A sheet to print, as an HTML page, with a file name."""

    sheet: str
    html: str
    file: str


class WorkshopCard(Card):
    """Show of hands, discussion, show of hands, answer; parameters and methods are those of ``Workshop``."""

    MESSAGES = messages.WorkshopMessage
    TABLES = ("workshop_card",)

    def __init__(
        self,
        bank: Bank | str | Path | None = None,
        *,
        lang: str | None = None,
        minutes: int | None = None,
        seed: int | str = 1,
        scenarios: GivenSituations = None,
        house: House | str | Path | None = None,
        take_home: TakeHome | None = None,
    ) -> None:
        catalog(lang or page_language())
        self._given, self._asked_minutes = scenarios, minutes
        self._take_home = take_home
        self._bank = given_bank(bank)
        self._seed = seed
        self._situations = workshop_situations(self._bank, scenarios, seed, minutes=minutes, lang=lang)
        self._house = chosen_house(house, self._situations.lang)
        self._run = self._new_run()
        self._on_start_page = True
        self._open = False  # whether counts can be corrected after the answer was shown
        self._wrong: CountErrors = {}
        super().__init__(self._situations.lang)
        if isinstance(scenarios, SituationSource):
            scenarios.follow(self._choice_changed)

    # ---- control without a browser ----------------------------------------------------------------------------------------

    @property
    def round(self) -> Round | None:
        """The situation on the screen, its phase and the hands so far; None at the end."""
        return self._run.round

    @property
    def rounds(self) -> tuple[Round, ...]:
        """All situations of the plan, in order."""
        return tuple(self._run.rounds)

    def count(self, counts: Mapping[str, int]) -> None:
        """Record a show of hands for the situation on the screen."""
        self._run.count(counts)
        self._on_start_page = False
        self.refresh()

    def correct(self, *, first: Mapping[str, int] | None = None, second: Mapping[str, int] | None = None) -> None:
        """Replace the numbers of the situation on the screen after its answer was shown."""
        given: dict[WhichVote, Mapping[str, int] | None] = {"first": first, "second": second}
        self._run.correct({which: counts for which, counts in given.items() if counts is not None})
        self.refresh()

    def restart(self) -> None:
        """Return to the plan and start again; all counts are lost."""
        self._restart()
        self.refresh()

    def go(self, phase: RoundPhase) -> None:
        """Change to a phase of the situation on the screen."""
        self._run.go(phase)
        self._on_start_page = False
        self.refresh()

    def next(self) -> None:
        """Move to the next situation, or after the last one to the end."""
        self._run.next()
        self._on_start_page = self._open = False
        self.refresh()

    def handout(self, lang: str | None = None) -> str:
        """Return the participants' sheet as an HTML page to print."""
        return handout(self._run.played or self._run.rounds, lang or self.lang, self._house, take_home=self._take_home)

    def run_sheet(self, lang: str | None = None) -> str:
        """Return the facilitator's sheet, with the answers, as an HTML page to print."""
        return run_sheet(self._run.rounds, self._plan, lang or self.lang, self._house, take_home=self._take_home)

    # ---- messages from the browser ----------------------------------------------------------------------------------------

    def act(self, message: Any) -> str:
        """Carry out an action; a late or repeated one changes nothing."""
        if isinstance(message, messages.GetSheet):
            self._send_sheet(message.which)
            return ""
        self._wrong = {}
        match message:
            case messages.ChoosePlan(minutes=minutes):
                if self._on_start_page and minutes in PLANS:
                    self._asked_minutes = minutes
                    self._situations = replace(self._situations, minutes=minutes)
                    self._run = self._new_run()
            case messages.Begin():
                self._on_start_page = False
            case messages.BeginAgain():
                self._restart()
            case messages.BackSituation(position=position):
                if position == self._run.position:
                    self._run.back()
                    self._open = False
            case _ if self._is_current(message.position, message.phase):
                return self._act_in_phase(message)
        return ""

    def _act_in_phase(self, message: Any) -> str:
        match message:
            case messages.Count() | messages.Correct():
                return self._enter(message)
            case messages.OpenNumbers():
                self._open = message.open and message.phase == "reveal"
            case messages.Go():
                self._run.go(message.to)
            case messages.NextSituation():
                self._run.next()
                self._open = False
        return ""

    def _enter(self, message: messages.Count | messages.Correct) -> str:
        """Record the typed numbers; if some are missing or wrong, show messages at their fields instead."""
        words = catalog(self.lang)
        numbers, entry = message.hands, self.round
        if entry is None or not are_typed_counts(numbers):
            return words("workshop.unknown_option")
        empty = empty_fields(numbers, entry.exercise.order)
        if empty and not message.sure:
            self._wrong = dict.fromkeys(empty, "blank")
            return words("workshop.blank")
        try:
            if isinstance(message, messages.Correct):
                self._run.correct(numbers)
                self._open = False
            else:
                self._run.count(numbers.get(COUNTED_IN.get(entry.phase, "first"), {}))
                self._run.go(message.to)
        except HandsError as error:
            if error.which and error.option in entry.exercise.order:
                self._wrong = {(error.which, error.option): error.refusal}
            return words(f"workshop.{error.refusal}")
        return ""

    def _send_sheet(self, which: str) -> None:
        sheets = {"handout": self.handout, "run_sheet": self.run_sheet}
        self.send_file(SentSheet(which, sheets[which](), catalog(self.lang)(f"workshop_files.{which}")))

    def _is_current(self, position: int, phase: RoundPhase) -> bool:
        at = (self._run.position, self.round.phase if self.round else None)
        return not self._on_start_page and (position, phase) == at

    # ---- page content -----------------------------------------------------------------------------------------------------

    def _new_run(self) -> Run:
        return Run(self._situations.planned)

    def _choice_changed(self) -> None:
        """Use what is chosen now; a workshop that has begun keeps its situations until it begins anew."""
        if self._on_start_page:
            refused = self._choose_again()
            self._run = self._new_run()
            self.refresh(notice=refused, languages=self._offered_languages())

    def _choose_again(self) -> str:
        """Take over what was chosen meanwhile; return why that is not possible, or an empty string."""
        if not isinstance(self._given, SituationSource):
            return ""
        try:
            self._situations = workshop_situations(self._bank, self._given, self._seed, minutes=self._asked_minutes, lang=self.lang)
        except SelectionError as error:
            return error.text(self.lang)
        return ""

    def _restart(self) -> None:
        self._choose_again()
        self._run = self._new_run()
        self._on_start_page, self._open = True, False

    @property
    def _plan(self) -> Plan:
        """The plan for the actual number of situations; a small bank may have fewer than the plan needs."""
        return plan_of(self._situations.minutes).of(len(self._run.rounds))

    def offered(self) -> tuple[str, ...]:
        """Return the languages in which all situations are complete."""
        return shared_languages(exercise.material for exercise in self._situations.exercises)

    def describe(self, lang: str) -> dict[str, Any]:
        """Describe the page."""
        page: msgspec.Struct
        if self._on_start_page:
            page = start_page(self._plan, None if self._situations.fixed else self._situations.minutes, lang)
        elif self.round is None:
            page = summary_page(self._run, lang, self._take_home)
        else:
            page = round_page(self._run, lang, self._house, open_numbers=self._open)
        asked = "blank" in self._wrong.values()
        standing = RoomStanding(counted=self._run.counted, open=self._open, wrong=field_messages(self._wrong, lang), asked=asked)
        return {"scene": page, "standing": standing}

    def text(self) -> str:
        """Return the workshop as text."""
        return workshop_text(self._run, self._plan, self._seed, self.lang)
