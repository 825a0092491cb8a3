"""The list of an author's page: what is filtered, and in which state each situation is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from etiquette_kit.authoring import Drafts, Entry, Folder
from etiquette_kit.locale import catalog, plural
from etiquette_kit.present.writer import situations as pages

DRAFT = "draft:"
"""How the key of a situation begins that is in no file yet; the name of its draft follows."""

SURVEYED = 500
"""Up to how many situations all of them are looked through for warnings; of more, only errors are told in the list."""


class Shelf:
    """The situations of a folder, with those that are not saved yet."""

    def __init__(self, folder: Folder, drafts: Drafts) -> None:
        self._folder, self._drafts = folder, drafts
        self.filters = dict.fromkeys(pages.FILTERS, "")
        self.search = self.said = self.deleted = ""
        self._shown = pages.WINDOW
        self._bank: object = None
        self._warned: frozenset[str] = frozenset()
        self._texts: dict[str, tuple[Mapping[str, Any], str]] = {}

    # ---- steps ------------------------------------------------------------------------------------------------------------

    def narrow(self, **changed: str) -> None:
        """Choose filters or search; the list begins from the top."""
        self.search = changed.pop("search", self.search)
        self.filters |= changed
        self._shown = pages.WINDOW

    def show_all(self) -> None:
        """Drop filters and search."""
        self.narrow(search="", **dict.fromkeys(pages.FILTERS, ""))

    def show_more(self) -> None:
        """Show more of the list."""
        self._shown += pages.WINDOW

    def survey(self) -> None:
        """Look for warnings in all situations."""
        self._bank = self._folder.bank
        if len(self._folder.entries) <= SURVEYED:
            self._warned = frozenset(finding.id for finding in self._folder.bank.findings if finding.id)

    # ---- the list ---------------------------------------------------------------------------------------------------------

    def listed(self) -> Iterator[pages.Listed]:
        """Yield what there is: first what is in no file yet."""
        drafts = self._drafts.all()
        for draft in drafts:
            if draft.base is None:
                yield pages.Listed(f"{DRAFT}{draft.name}", draft.raw, draft.file, "draft", is_new=True)
        changed = {(draft.file, draft.id): draft.raw for draft in reversed(drafts) if draft.base is not None and draft.is_changed}
        for entry in self._folder.entries.values():
            name = entry.raw.get("id")
            raw = changed.get((entry.file, name)) if isinstance(name, str) else None
            state = "draft" if raw is not None else self._state(entry)
            yield pages.Listed(entry.key, entry.raw if raw is None else raw, entry.file, state, is_new=False)

    def _state(self, entry: Entry) -> str:
        if entry.scenario is None:
            return "error"
        return "warning" if entry.scenario.id in self._warned else "fine"

    def standing(self, lang: str) -> pages.ListStanding:
        """Describe the state of the list."""
        every = list(self.listed())
        sought = self.search.casefold().split()
        fitting = [entry for entry in every if pages.fits(entry, self.filters, ()) and self._has(entry, sought)]
        words, left = catalog(lang), len(fitting) - self._shown
        return pages.ListStanding(
            self.search,
            dict(self.filters),
            tuple(pages.row_of(entry, self._folder, lang) for entry in fitting[: self._shown]),
            pages.found_text(len(fitting), len(every), lang),
            plural(words, "writer.more", left) if left > 0 else "",
            self.said,
            self.deleted,
            tuple(words("writer.trouble", file=found.file, line=found.line, text=found.text(lang)) for found in self._folder.broken),
            self._bank is self._folder.bank,
        )

    def _has(self, entry: pages.Listed, sought: list[str]) -> bool:
        """Return whether all words are in a situation; its texts are remembered as long as it stays the same."""
        if not sought:
            return True
        known = self._texts.get(entry.key)
        if known is None or known[0] is not entry.raw:
            known = self._texts[entry.key] = (entry.raw, pages.searched_text(entry.raw))
        return all(word in known[1] for word in sought)
