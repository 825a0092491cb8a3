"""The list of an author's page: what is filtered, and in which state each situation is."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any

from etiquette_kit.authoring import Drafts, Folder
from etiquette_kit.authoring.drafts import Draft, is_saved
from etiquette_kit.locale import catalog, plural
from etiquette_kit.present.writer import situations as pages

DRAFT = "draft:"
"""How the key of a situation begins that is in no file yet; the name of its draft follows."""

SURVEYED = 500
"""Up to how many situations all of them are looked through for warnings; of more, only errors are told in the list."""


_MOMENT = 0.3  # seconds; so long the page waits for an answer while there is more to do


class Shelf:
    """The situations of a folder, with those that are not saved yet."""

    def __init__(self, folder: Folder, drafts: Drafts) -> None:
        self._folder, self._drafts = folder, drafts
        self.filters = dict.fromkeys(pages.FILTERS, "")
        self.search = self.said = self.deleted = ""
        self.dropped: Draft | None = None
        self._shown = pages.WINDOW
        self._surveyed = -1
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
        """Read on, and look for errors and warnings in all situations; so much as can be done in a moment, until all is done."""
        until = time.monotonic() + _MOMENT
        self._folder.refresh(_MOMENT)
        if not self._folder.is_complete:
            return
        for entry in self._folder.entries.values():
            self._folder.played(entry)
            self._text(entry.key, entry.raw)
            if time.monotonic() > until:
                return
        small = len(self._folder.entries) <= SURVEYED
        self._warned = frozenset(finding.id for finding in self._folder.findings() if finding.id) if small else frozenset()
        self._surveyed = self._folder.generation

    @property
    def is_surveyed(self) -> bool:
        """Whether all is known of the situations as they are now."""
        return self._folder.is_complete and self._surveyed == self._folder.generation

    # ---- the list ---------------------------------------------------------------------------------------------------------

    def listed(self) -> Iterator[pages.Listed]:
        """Yield what there is: first what is in no file yet."""
        entries = self._folder.entries
        drafts = [draft for draft in self._drafts.all() if not is_saved(draft, entries[draft.id].raw if draft.id in entries else None)]
        for draft in drafts:
            if draft.base is None:
                yield pages.Listed(f"{DRAFT}{draft.name}", draft.raw, draft.file, "draft", is_new=True)
        changed = {(draft.file, draft.id): draft.raw for draft in reversed(drafts) if draft.base is not None and draft.is_changed}
        for entry in self._folder.entries.values():
            name = entry.raw.get("id")
            raw = changed.get((entry.file, name)) if isinstance(name, str) else None
            yield pages.Listed(entry.key, entry.raw if raw is None else raw, entry.file, "" if raw is None else "draft", is_new=False)

    def _with_state(self, listed: pages.Listed) -> pages.Listed:
        """Return a situation with its state, which takes longer to find than all else."""
        if listed.state:
            return listed
        state = "warning" if listed.key in self._warned else "fine"
        return listed._replace(state=state if self._folder.played(self._folder.entries[listed.key]) else "error")

    def standing(self, lang: str) -> pages.ListStanding:
        """Describe the state of the list."""
        every = list(self.listed())
        sought = self.search.casefold().split()
        wanted = {name: value for name, value in self.filters.items() if name != "state"}
        fitting = [entry for entry in every if pages.fits(entry, wanted) and self._has(entry, sought)]
        if self.filters["state"]:
            fitting = [found for entry in fitting if (found := self._with_state(entry)).state == self.filters["state"]]
        words, left = catalog(lang), len(fitting) - self._shown
        return pages.ListStanding(
            self.search,
            dict(self.filters),
            tuple(pages.row_of(self._with_state(entry), self._folder, lang) for entry in fitting[: self._shown]),
            pages.found_text(len(fitting), len(every), lang) if self._folder.is_complete else words("writer.reading", count=len(every)),
            plural(words, "writer.more", left) if left > 0 else "",
            self.said,
            self.deleted or (self.dropped.name if self.dropped is not None else ""),
            tuple(words("writer.trouble", file=found.file, line=found.line, text=found.text(lang)) for found in self._folder.broken),
            self.is_surveyed,
        )

    def _has(self, entry: pages.Listed, sought: list[str]) -> bool:
        """Return whether all words are in a situation; its texts are remembered as long as they stay the same."""
        return not sought or all(word in self._text(entry.key, entry.raw) for word in sought)

    def _text(self, key: str, raw: Mapping[str, Any]) -> str:
        known = self._texts.get(key)
        if known is None or known[0] is not raw:
            known = self._texts[key] = (raw, pages.searched_text(raw))
        return known[1]
