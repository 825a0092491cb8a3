"""The author's page: the situations of a folder, to find, to write, to look at, to play and to save."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from etiquette_kit.authoring import Draft, Drafts, Entry, Folder, SaveError, Saving
from etiquette_kit.authoring.drafts import is_saved
from etiquette_kit.authoring.editing import Editing
from etiquette_kit.authoring.formed import is_formed
from etiquette_kit.bank import Bank
from etiquette_kit.cards import quiz_messages
from etiquette_kit.cards.card import Card
from etiquette_kit.cards.quiz import QuizCard
from etiquette_kit.cards.writer import messages
from etiquette_kit.cards.writer.described_desk import described_desk
from etiquette_kit.cards.writer.desk import Desk, copied_draft, draft_of, new_draft, new_page, save_error_text
from etiquette_kit.cards.writer.shelf import DRAFT, Shelf
from etiquette_kit.formats.choice import suits
from etiquette_kit.locale import catalog, languages, page_language
from etiquette_kit.present.writer import situations

_FIRST_SECONDS = 0.3
"""How long the folder is read before the list is shown; the rest follows."""


class WriterCard(Card):
    """A folder of situations; the parameters are those of ``SituationWriter``."""

    MESSAGES = messages.WriterMessage | messages.PlayMessage
    TABLES = ("writer_card",)

    def __init__(
        self, path: str | Path, *, lang: str | None = None, drafts: Path | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        spoken = lang or page_language()
        catalog(spoken)
        self.folder = Folder(Path(path), _FIRST_SECONDS)
        self._drafts = Drafts(self.folder.path, drafts)
        self._saving = Saving(self.folder, self._drafts.path)
        self._page, self._clock = new_page(), clock
        self._shelf = Shelf(self.folder, self._drafts)
        self._desk: Desk | None = None
        self._preview: messages.ShowPreview | None = None
        self._quiz: QuizCard | None = None
        super().__init__(spoken)

    # ---- messages from the browser ----------------------------------------------------------------------------------------

    def act(self, message: Any) -> str:
        """Carry out an action; one that no longer makes sense changes nothing."""
        if self._quiz is not None and isinstance(message, messages.PlayMessage):
            return self._quiz.act(message)
        self._shelf.said = ""
        if self._desk is not None:
            self._desk.begin_step()
        match message:
            case messages.Arrive():
                self._arrive(message)
            case messages.Edit(key=key, field=field, value=value):
                if self._desk is not None and self._desk.answers_to(key):
                    self._desk.edit(field, value, self.lang)
            case messages.Close():
                self._close()
            case messages.Play(on=on):
                self._play(on=on)
            case messages.ShowPreview():
                self._preview = message if message.open else None
            case messages.New() | messages.Open() | messages.Duplicate() | messages.Delete() | messages.BringBack():
                self._act_on_list(message)
            case _ if self._desk is not None:
                self._act_on_desk(message, self._desk)
            case _:
                self._find(message)
        return ""

    def _find(self, message: Any) -> None:
        match message:
            case messages.Survey():
                self._shelf.survey()
            case messages.ChooseFilter(name=name, value=value):
                self._shelf.narrow(**{name: value})
            case messages.Search(text=text):
                self._shelf.narrow(search=text)
            case messages.ShowAll():
                self._shelf.show_all()
            case messages.ShowMore():
                self._shelf.show_more()

    def _act_on_list(self, message: Any) -> None:
        self.folder.refresh()
        match message:
            case messages.New():
                self._open(new_draft(self.folder, self._page, self.lang))
            case messages.Open(key=key):
                self._open_key(key)
            case messages.Duplicate(key=key):
                entry = self.folder.entries.get(key)
                if entry is not None and self._can_open(entry):
                    draft = copied_draft(entry, self._page, self.folder)
                    self._open(draft)
                    assert self._desk is not None
                    self._desk.keep(self.lang)
            case messages.Delete(key=key):
                self._delete(key)
            case messages.BringBack():
                self._bring_back()

    def _act_on_desk(self, message: Any, desk: Desk) -> None:
        editing = desk.editing
        match message:
            case messages.ChangeOptions(step="add"):
                editing.add_option()
            case messages.ChangeOptions(step="remove", place=place):
                editing.remove_option(place)
            case messages.ChangeOptions(step=step, place=place):
                editing.move_option(place, -1 if step == "up" else 1)
            case messages.ChangeLanguages(code=code, on=on):
                self._write_in(editing, code, on=on)
            case messages.Undo():
                editing.undo()
            case messages.SaveDraft():
                desk.save(self.lang)
                return
            case messages.Drop():
                if not desk.drop(self.lang):
                    self._leave(catalog(self.lang)("writer.dropped"))
                    self._shelf.deleted, self._shelf.dropped = "", desk.draft
                return
            case messages.Settle(keep=keep):
                if not desk.settle(keep, self.lang):
                    self._leave("")
                return
            case messages.TakeOver(name=name):
                self._take_over(name, desk)
                return
            case _:
                return
        desk.keep(self.lang)

    def _write_in(self, editing: Editing, code: str, *, on: bool) -> None:
        if on and code in languages():
            editing.add_language(code)
        elif not on:
            editing.remove_language(code)

    # ---- the list ---------------------------------------------------------------------------------------------------------

    def _arrive(self, message: messages.Arrive) -> None:
        """Know the tab again, and go on where it was, with what was typed last and did not arrive."""
        self._page = message.tab or self._page
        if self._desk is None and message.open:
            self._open_key(message.open)
        if self._desk is not None and self._desk.answers_to(message.open):
            for field, value in message.typed.items():
                self._desk.edit(field, value, self.lang)

    def _open_key(self, key: str) -> None:
        drafts = self._drafts.all()
        if key.startswith(DRAFT):
            draft = next((draft for draft in drafts if f"{DRAFT}{draft.name}" == key and draft.base is None), None)
            saved = self.folder.entries.get(draft.id) if draft else None
            if draft is not None and saved is not None and is_saved(draft, saved.raw):
                self._open(draft_of(saved, self._page))
            elif draft is not None:
                self._open_own(draft)
            return
        entry = self.folder.entries.get(key)
        if entry is None or not self._can_open(entry):
            return
        name = entry.raw.get("id")
        mine = (draft for draft in drafts if draft.base is not None and (draft.file, draft.id) == (entry.file, name) and draft.is_changed)
        draft = next((draft for draft in mine if draft.page == self._page), None)
        if draft:
            self._open_own(draft)
        else:
            self._open(draft_of(entry, self._page))

    def _open_own(self, draft: Draft) -> bool:
        """Go on with a draft: the page's own, or one that is taken over from another page; return whether it is still there."""
        if draft.page == self._page:
            self._drafts.know(draft)
            self._open(draft)
            return True
        try:
            taken = self._drafts.take(draft, self._page)
        except OSError:
            taken = draft  # it cannot be kept there anyway
        if taken is None:
            self._shelf.said = catalog(self.lang)("writer.taken")
            return False
        self._open(taken)
        return True

    def _can_open(self, entry: Entry) -> bool:
        if is_formed(entry.raw):
            return True
        self._shelf.said = catalog(self.lang)("writer.unusual", file=entry.file, number=entry.position + 1)
        return False

    def _open(self, draft: Draft) -> None:
        self._desk = Desk(self.folder, self._drafts, self._saving, draft, self._clock)
        self._desk.sync()

    def _close(self) -> None:
        if self._desk is not None:
            self._desk.keep(self.lang)
        self._leave("")

    def _leave(self, said: str) -> None:
        self._desk = self._quiz = self._preview = None
        self.folder.refresh()
        self._shelf.said = said

    def _delete(self, key: str) -> None:
        words = catalog(self.lang)
        entry = self.folder.entries.get(key)
        if entry is None:
            for draft in self._drafts.all():
                if f"{DRAFT}{draft.name}" == key:
                    self._drafts.know(draft)
                    self._drafts.drop(draft)
                    self._shelf.deleted, self._shelf.dropped, self._shelf.said = "", draft, words("writer.dropped")
            return
        title = situations.title_of(entry.raw, self.lang)
        try:
            self._shelf.deleted, self._shelf.dropped = self._saving.delete(entry), None
        except SaveError as error:
            self._shelf.said = save_error_text(error, words)
            return
        self._shelf.said = words("writer.deleted", title=title, file=self._shelf.deleted)

    def _bring_back(self) -> None:
        words = catalog(self.lang)
        if self._shelf.dropped is not None:
            self._bring_back_draft(self._shelf.dropped)
            return
        if not self._shelf.deleted:
            return
        try:
            self._saving.bring_back(self._shelf.deleted)
        except SaveError as error:
            self._shelf.said = save_error_text(error, words)
            return
        self._shelf.deleted, self._shelf.said = "", words("writer.back_again")

    def _bring_back_draft(self, draft: Draft) -> None:
        """Keep a draft again that was dropped; on a full disk it can be brought back later."""
        words = catalog(self.lang)
        try:
            self._drafts.keep(draft)
        except OSError as error:
            self._shelf.said = words("writer.not_kept", reason=error.strerror or str(error))
            return
        self._shelf.dropped, self._shelf.said = None, words("writer.draft_back")

    def _take_over(self, name: str, desk: Desk) -> None:
        other = next((draft for draft in desk.others if draft.name == name), None)
        if other is not None:
            mine = desk.draft.raw
            if not self._open_own(other):
                desk.said = catalog(self.lang)("writer.taken")
                return
            self._drafts.drop(desk.draft)
            assert self._desk is not None
            taken = copy.deepcopy(self._desk.draft.raw)
            self._desk.draft.raw = mine
            self._desk.editing.replace(taken)  # the own version can be had back

    # ---- playing ----------------------------------------------------------------------------------------------------------

    def _play(self, *, on: bool) -> None:
        self._quiz = None
        found = self._desk.review().scenario if self._desk is not None and on else None
        if found is not None and suits(found):
            spoken = self.lang if self.lang in found.languages else found.languages[0]
            self._quiz = QuizCard(Bank([found]), lang=spoken, formats=("choice",))
            self._quiz.act(quiz_messages.Start())

    # ---- page content -----------------------------------------------------------------------------------------------------

    def switch(self, lang: str) -> None:
        """Change the language, also of the quiz where the situation is written in it."""
        super().switch(lang)
        if self._quiz is not None and lang in self._quiz.offered():
            self._quiz.switch(lang)

    def describe(self, lang: str) -> dict[str, Any]:
        """Describe the list, the form, or the quiz in which the situation is played."""
        if self._quiz is not None:
            parts = self._quiz.describe(self._quiz.lang)
            return {name: parts[name] for name in ("scene", "standing", "feedback")}
        if self._desk is None:
            return {"scene": situations.list_page(self.folder, lang), "standing": self._shelf.standing(lang), "feedback": None}
        return described_desk(self._desk, self.folder, self._preview, lang)

    def text(self) -> str:
        """Return the list as text."""
        return situations.list_text(self.folder, self.lang)
