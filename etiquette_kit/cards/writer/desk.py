"""The situation that is open in an author's page: it is edited, kept as a draft, and saved."""

from __future__ import annotations

import copy
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

from etiquette_kit.authoring import Conflict, Draft, Drafts, Entry, Folder, SaveError, Saving, toml_source
from etiquette_kit.authoring.drafts import new_name
from etiquette_kit.authoring.editing import Editing
from etiquette_kit.authoring.review import Review, review
from etiquette_kit.cards.writer.shelf import DRAFT
from etiquette_kit.locale import Catalog, catalog
from etiquette_kit.rules import Advice, Facts, FactsError, decide

COMPARED = 300
"""Up to how many situations of a folder one is compared with all others while it is written; in more, it is judged by itself."""

_FIRST_OPTIONS = ("a", "b", "c")


class Desk:
    """One situation and its draft.

    Parameters
    ----------
    folder, drafts, saving : Folder, Drafts, Saving
        Where it comes from and goes to.
    draft : Draft
        The situation.
    clock : callable
        Returns seconds that only grow.

    Attributes
    ----------
    clash : Conflict or None
        What somebody else has changed meanwhile.
    said : str
        What the last action did.
    trouble : str
        Why the draft could not be kept; empty where it is.
    """

    def __init__(self, folder: Folder, drafts: Drafts, saving: Saving, draft: Draft, clock: Callable[[], float]) -> None:
        self._folder, self._drafts, self._saving = folder, drafts, saving
        self.editing = Editing(draft, clock)
        self.clash: Conflict | None = None
        self.said = self.trouble = ""
        self._keys: set[str] = set()

    @property
    def draft(self) -> Draft:
        """The situation with what was changed."""
        return self.editing.draft

    @property
    def key(self) -> str:
        """What it is opened by."""
        entry = self.entry
        return entry.key if entry else f"{DRAFT}{self.draft.name}"

    def begin_step(self) -> None:
        """Say nothing of the last step any more, and remember by which key the page knows the situation now."""
        self.said = ""
        self._keys.add(self.key)

    def answers_to(self, key: str) -> bool:
        """Return whether it is or was opened by a key: it has another once it is saved, and what was typed before may come after."""
        return key == self.key or key in self._keys

    @property
    def entry(self) -> Entry | None:
        """The situation in its file; None where it is in none."""
        if self.draft.base is None:
            return None
        found = self._folder.entries.get(self.draft.id)
        if found and found.file == self.draft.file:
            return found
        same = (entry for entry in self._folder.entries.values() if entry.file == self.draft.file)
        return next((entry for entry in same if entry.raw == self.draft.base), None)

    # ---- what is found ----------------------------------------------------------------------------------------------------

    @property
    def required(self) -> tuple[str, ...]:
        """The languages in which it must be written."""
        return self._folder.languages or self.editing.languages

    def review(self) -> Review:
        """Look for what is wrong with it."""
        entry = self.entry
        is_new = self.draft.base is None
        taken = self._folder.ids - (set() if is_new else {self.draft.id})
        others = self._folder.others(entry.key if entry else "") if len(self._folder.entries) <= COMPARED else None
        found = review(self.draft.raw, others, self.required, taken)
        follows = is_new and not self.draft.own_id  # the id of a new situation comes with its title
        return found._replace(findings=tuple(one for one in found.findings if not (follows and one.field == "id")))

    @property
    def advice(self) -> Advice | None:
        """What the article advises on the facts; None while they are not complete."""
        try:
            return decide(Facts.from_mapping(self.draft.raw.get("facts", {})))
        except FactsError:
            return None

    @property
    def others(self) -> Iterator[Draft]:
        """What other pages have written in the same situation and not saved."""
        for draft in self._drafts.all():
            same = (draft.file, draft.id) == (self.draft.file, self.draft.id) and draft.base is not None and self.draft.base is not None
            if same and draft.name != self.draft.name and draft.is_changed:
                yield draft

    # ---- steps ------------------------------------------------------------------------------------------------------------

    def edit(self, field: str, value: str, lang: str) -> None:
        """Put a value into a field."""
        if field == "file":
            self._go_to(value, lang)
            return
        self.editing.edit(field, value)
        self._follow(lang)
        self.keep(lang)

    def _follow(self, lang: str) -> None:
        self.editing.follow_title(lang, self._folder.ids)

    def _go_to(self, file: str, lang: str) -> None:
        """Choose another theme: a situation that is saved moves at once."""
        entry, words = self.entry, catalog(lang)
        if file and file not in self._folder.themes:
            return
        if self.draft.base is None:
            self.draft.file = file
            self.draft.titles = {} if file else dict.fromkeys(self.title_languages, "")
        elif file and entry and file != entry.file:
            try:
                self._saving.move(entry, file)
            except SaveError as error:
                self.said = save_error_text(error, words)
                return
            self._drafts.drop(self.draft)
            self.draft.file = file
            self.said = words("writer.moved", theme=self._folder.themes[file].title(lang))
        self.keep(lang)

    @property
    def title_languages(self) -> tuple[str, ...]:
        """The languages of the titles of a new theme."""
        return tuple(dict.fromkeys([*self._folder.languages, *self.editing.languages]))

    def keep(self, lang: str) -> None:
        """Keep the draft on the disk, or drop it where nothing is changed."""
        self.said = self.said or ""
        if not self.draft.is_changed:
            self._drafts.drop(self.draft)
            self.trouble = ""
            return
        try:
            self._drafts.keep(self.draft)
            self.trouble = ""
        except OSError as error:
            self.trouble = catalog(lang)("writer.not_kept", reason=error.strerror or type(error).__name__)

    def save(self, lang: str) -> bool:
        """Save it to its file; return whether it is there."""
        words = catalog(lang)
        self.editing.finish()
        self._follow(lang)
        if not self.draft.file:
            self._name_theme()
        self.keep(lang)  # as it will be in the file, so that it is known to be saved whatever happens next
        try:
            self.clash = self._saving.save(self.draft)
        except SaveError as error:
            self.said = save_error_text(error, words)
            self.keep(lang)
            return False
        if self.clash is not None:
            self.keep(lang)
            return False
        self._drafts.drop(self.draft)
        self.trouble = ""
        self.said = words("writer.saved", file=self.draft.file)
        return True

    def _name_theme(self) -> None:
        """Give a new theme a file named after its title."""
        titles = {lang: title.strip() for lang, title in self.draft.titles.items() if title.strip()}
        self.draft.titles = titles or {lang: catalog(lang)("writer.own_theme") for lang in self.title_languages}
        title = self.draft.titles.get("en") or next(iter(self.draft.titles.values()))
        taken = {Path(name).stem for name in self._folder.themes} | {path.stem for path in self._folder.path.glob("*.toml")}
        self.draft.file = f"{toml_source.identifier(title, taken)}.toml"

    def settle(self, keep: str, lang: str) -> bool:
        """Choose between the own version and that of somebody else; return whether the situation is still there."""
        clash, self.clash = self.clash, None
        if clash is None:
            return True
        theirs = None if clash.theirs is None else copy.deepcopy(dict(clash.theirs))
        if keep == "mine":
            self.draft.base, self.draft.own_id = theirs, self.draft.own_id or theirs is None
            self.save(lang)
            return True
        self._drafts.drop(self.draft)
        if theirs is None:
            return False
        self.editing.replace(theirs)
        self.draft.base = copy.deepcopy(theirs)
        return True

    def drop(self, lang: str) -> bool:
        """Leave out what is not saved; return whether there is a saved version. It can be taken back while the page is open."""
        if self.draft.base is None:
            self._drafts.drop(self.draft)
            return False
        self.editing.replace(self.draft.base)
        self.keep(lang)
        return True

    def sync(self) -> None:
        """Take up what somebody else has saved meanwhile, as long as nothing is changed here."""
        entry = self.entry
        if entry is not None and not self.draft.is_changed and entry.raw != self.draft.base:
            self.draft.base, self.draft.raw = copy.deepcopy(dict(entry.raw)), copy.deepcopy(dict(entry.raw))


def draft_of(entry: Entry, page: str) -> Draft:
    """Return a draft of a situation in which nothing is changed yet."""
    return Draft(new_name(), page, entry.file, copy.deepcopy(dict(entry.raw)), copy.deepcopy(dict(entry.raw)))


def new_draft(folder: Folder, page: str, lang: str) -> Draft:
    """Return a draft of a new situation, in the languages of the folder, for its first theme or a new one."""
    langs = folder.languages or (lang,)
    options = [{"id": letter, "text": {code: {} for code in langs}} for letter in _FIRST_OPTIONS]
    raw = {"person": {}, "facts": {}, "text": {code: {} for code in langs}, "option": options}
    file = next(iter(folder.themes), "")
    return Draft(new_name(), page, file, None, raw, titles={} if file else dict.fromkeys(langs, ""))


def copied_draft(entry: Entry, page: str, folder: Folder) -> Draft:
    """Return a draft of a new situation with the texts of another."""
    raw = copy.deepcopy(dict(entry.raw))
    raw.pop("twin", None)
    raw["id"] = toml_source.identifier(str(raw.get("id", "")), folder.ids)
    return Draft(new_name(), page, entry.file, None, raw)


def save_error_text(error: SaveError, words: Catalog) -> str:
    """Return what keeps something from being saved, and what to do."""
    return words(f"writer.save_errors.{error.kind}", file=error.file, reason=error.reason)


def new_page() -> str:
    """Return a name for a page that has not said its own."""
    return secrets.token_hex(8)
