"""The chooser: read the situations, choose and order those of a workshop, and keep the choice as a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from etiquette_kit.bank import Bank, SelectionError, given_bank
from etiquette_kit.cards import chooser_messages as messages
from etiquette_kit.cards.card import Card
from etiquette_kit.content.material import spoken_language
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.locale import catalog, page_language
from etiquette_kit.locale.legible import legible, shortened
from etiquette_kit.present import chooser_pages as pages
from etiquette_kit.workshop import GivenSituations, SituationList, SituationListError, list_of_ids, list_of_text, load_list
from etiquette_kit.workshop.given_situations import given_list
from etiquette_kit.workshop.situation_list import LIST_LIMITS

_FILE_TYPE = "application/toml;charset=utf-8"


class SentList(msgspec.Struct, frozen=True):
    """A list of situations as a file to save."""

    file: str
    type: str
    text: str


class ChooserCard(Card):
    """The situations, and what is chosen of them; parameters and methods are those of ``SituationChooser``."""

    MESSAGES = messages.ChooserMessage
    TABLES = ("chooser_card",)

    def __init__(
        self, bank: Bank | str | Path | None = None, *, lang: str | None = None, scenarios: GivenSituations = None, folded: bool = False
    ) -> None:
        spoken = lang or page_language()
        catalog(spoken)
        self._bank = given_bank(bank)
        if not len(self._bank):
            nothing = SelectionError("the bank has no scenarios")
            nothing.lang = spoken
            raise nothing
        given = given_list(scenarios, self._bank, spoken) or SituationList()
        self._chosen = list_of_ids(given.scenarios, self._bank, lang=spoken, title=given.title) if given.scenarios else given
        self._chosen = replace(self._chosen, minutes=given.minutes, language=given.language)
        self._origin = ",".join(self._chosen.scenarios)
        self._folds, self._open = folded, not folded
        self._filters = dict.fromkeys(pages.FILTERS, "")
        self._search = self._said = self._read = ""
        self._keyed = self._touched = False
        self._scenarios: dict[str, list[Scenario]] = {}  # by language, for each step needs them
        self._pages: dict[str, pages.ChooserPage] = {}
        self._followers: list[Callable[[], None]] = []
        super().__init__(lang or given.language or spoken)

    # ---- control without a browser ----------------------------------------------------------------------------------------

    @property
    def chosen(self) -> SituationList:
        """What is chosen now, in order."""
        return self._chosen

    def follow(self, changed: Callable[[], None]) -> None:
        """Call a function after each change of what is chosen."""
        self._followers.append(changed)

    def choose(self, scenarios: Sequence[str], title: str | None = None) -> None:
        """Choose exactly these situations."""
        name = self._chosen.title if title is None else title
        self._take_over(list_of_ids(scenarios, self._bank, lang=self.lang, title=name) if scenarios else SituationList(name))
        self.refresh()

    def save(self, path: str | Path) -> Path:
        """Write the choice to a file, and return its path."""
        list_of_ids(self._chosen.scenarios, self._bank, lang=self.lang)  # raises where nothing is chosen
        path = Path(path)
        path.write_text(self._as_toml(), encoding="utf-8", newline="\n")
        return path

    def load(self, path: str | Path) -> None:
        """Take over the choice in a file."""
        self._take_over(load_list(path, self._bank, lang=self.lang))
        self.refresh()

    # ---- messages from the browser ----------------------------------------------------------------------------------------

    def act(self, message: Any) -> str:
        """Carry out an action; one that no longer makes sense changes nothing."""
        self._said = ""
        match message:
            case messages.Unfold(open=is_open):
                self._open = is_open or not self._folds
                self._read = ""
            case messages.ChooseFilter(name=name, value=value):
                self._filters[name] = value
            case messages.Search(text=text):
                self._search = text
            case messages.ShowAll():
                self._filters, self._search = dict.fromkeys(pages.FILTERS, ""), ""
            case messages.Read(id=name, open=is_open):
                if name in self._bank:
                    self._read, self._keyed = name if is_open else "", False
            case messages.ShowKey(id=name, on=on):
                self._keyed = on and name == self._read
            case messages.SaveFile():
                return self._send_file()
            case messages.OpenFile(name=name, text=text):
                return self._open_file(name, text)
            case _:
                self._change(message)
        return ""

    def _change(self, message: Any) -> None:
        """Change what is chosen."""
        match message:
            case messages.Tick(id=name, on=on):
                self._tick(name, on=on)
            case messages.Move(id=name, to=to):
                self._move(name, -1 if to == "up" else 1)
            case messages.Rename(title=title):
                self._put(replace(self._chosen, title=legible(title.strip())[: LIST_LIMITS["title"]]))
            case messages.Clear():
                self._put(SituationList(self._chosen.title), catalog(self.lang)("chooser.cleared"))
            case messages.Restore():
                self._restore(message)

    def _tick(self, name: str, *, on: bool) -> None:
        names = self._chosen.scenarios
        if name not in self._bank or (name in names) == on or (on and len(names) == LIST_LIMITS["scenarios"]):
            return
        words, title = catalog(self.lang), self._title(name)
        left = (*names, name) if on else tuple(other for other in names if other != name)
        said = words("chooser.added", title=title, place=len(left)) if on else words("chooser.removed", title=title)
        self._put(replace(self._chosen, scenarios=left, minutes=None), said)

    def _move(self, name: str, by: int) -> None:
        names = list(self._chosen.scenarios)
        place = names.index(name) if name in names else -1
        if place < 0 or not 0 <= place + by < len(names):
            return
        names.insert(place + by, names.pop(place))
        said = catalog(self.lang)("chooser.moved", title=self._title(name), place=place + by + 1, total=len(names))
        self._put(replace(self._chosen, scenarios=tuple(names)), said)

    def _restore(self, message: messages.Restore) -> None:
        """Take over what the browser kept, without what the bank does not have."""
        if self._touched:
            return
        known = tuple(name for name in dict.fromkeys(message.scenarios) if name in self._bank)[: LIST_LIMITS["scenarios"]]
        key = "restored" if len(known) == len(message.scenarios) else "partly_restored"
        self._put(SituationList(legible(message.title.strip())[: LIST_LIMITS["title"]], known), catalog(self.lang)(f"chooser.{key}"))

    def _open_file(self, name: str, text: str) -> str:
        words, shown = catalog(self.lang), shortened(legible(name), 60)
        try:
            found = list_of_text(text, shown, self._bank, lang=self.lang)
        except SituationListError as error:
            return " ".join([words("situation_list.wrong"), *error.lines(self.lang)])
        self._take_over(found)
        self._said = words("chooser.opened", file=shown, title=found.title or words("chooser.untitled"))
        return ""

    def _send_file(self) -> str:
        words = catalog(self.lang)
        if not self._chosen.scenarios:
            return words("chooser.nothing_to_save")
        name = self._chosen.file_name(words("chooser.untitled").lower())
        self.send_file(SentList(name, _FILE_TYPE, self._as_toml()))
        self._said = words("chooser.saved", file=name)
        return ""

    # ---- what is chosen ---------------------------------------------------------------------------------------------------

    def _take_over(self, found: SituationList) -> None:
        self._said = ""
        self._put(found)

    def _put(self, found: SituationList, said: str = "") -> None:
        changed = found.scenarios != self._chosen.scenarios
        self._chosen, self._said, self._touched = found, said, True
        if changed:
            for follower in self._followers:
                follower()

    def _as_toml(self) -> str:
        title = self._chosen.title or catalog(self.lang)("chooser.untitled")
        return replace(self._chosen, title=title, language=self.lang).toml({name: self._title(name) for name in self._chosen.scenarios})

    def _title(self, name: str) -> str:
        scenario = self._bank[name]
        return scenario.title(spoken_language(scenario, self.lang))

    # ---- page content -----------------------------------------------------------------------------------------------------

    def offered(self) -> tuple[str, ...]:
        """Return the languages in which at least one situation is written."""
        return self._bank.languages

    def _choosable(self, lang: str) -> list[Scenario]:
        if lang not in self._scenarios:
            self._scenarios[lang] = pages.choosable(self._bank, lang)
        return self._scenarios[lang]

    def _whole_page(self, lang: str) -> pages.ChooserPage:
        if lang not in self._pages:
            self._pages[lang] = pages.chooser_page(self._bank, self._choosable(lang), lang, folds=self._folds)
        return self._pages[lang]

    def describe(self, lang: str) -> dict[str, Any]:
        """Describe the page."""
        scene = self._whole_page(lang) if self._open else pages.folded_page(self._chosen, lang)
        scenarios = self._choosable(lang)
        shown = pages.matching_situations(scenarios, pages.Wanted(self._filters, self._search), lang) if self._open else []
        read = self._bank[self._read] if self._read else None
        standing = pages.ChooserStanding(
            chosen_filters=dict(self._filters),
            search=self._search,
            shown=tuple(scenario.id for scenario in shown),
            found=pages.found_text(len(shown), len(scenarios), lang),
            chosen=tuple(pages.entry_of(self._bank[name], self._bank, lang) for name in self._chosen.scenarios),
            summary=pages.length_text(self._chosen, lang),
            hint=pages.pair_hint(self._chosen, self._bank, lang),
            name=self._chosen.title,
            said=self._said,
            read=None if read is None else pages.read_situation(read, self._bank, lang, keyed=self._keyed),
            origin=self._origin,
            touched=self._touched,
        )
        key = pages.key_of(read, lang) if read is not None and self._keyed else None
        return {"scene": scene, "standing": standing, "feedback": key}

    def text(self) -> str:
        """Return the choice as text, and without one all situations."""
        return pages.chooser_text(self._bank, self._chosen, self.lang, listed=self._open)
