"""Results in a notebook: those of each group in a store."""

from __future__ import annotations

from pathlib import Path

from etiquette_kit.analysis.reports.group import SmallGroupError, group_results
from etiquette_kit.analysis.reports.page import report_page
from etiquette_kit.bank import Bank, given_bank
from etiquette_kit.locale import DEFAULT_LANGUAGE, Catalog, catalog
from etiquette_kit.locale.arguments import entry_point
from etiquette_kit.privacy.thresholds import MIN_GROUP_SIZE
from etiquette_kit.quiz.store_errors import StoreError
from etiquette_kit.store.sql.cohorts import groups
from etiquette_kit.store.sql.store import Store


class StoredResults:
    """The results of the groups in a store, which a notebook shows, or a message if there are none.

    Parameters
    ----------
    lang : str
        The language.
    store : Store, str or Path, optional
        The store; default ``ETIQUETTE_STORE``, else the user's own.
    bank : Bank, str or Path, optional
        The scenarios, or their file or folder; default the shipped ones.
    least : int
        The minimum group size for results.
    """

    @entry_point
    def __init__(
        self,
        lang: str = DEFAULT_LANGUAGE,
        store: Store | str | Path | None = None,
        bank: Bank | str | Path | None = None,
        least: int = MIN_GROUP_SIZE,
    ) -> None:
        self._words = catalog(lang)
        self._store = store if isinstance(store, Store) else Store(store)
        self._bank = given_bank(bank)
        self._least = least

    def parts(self) -> list[tuple[str, str]]:
        """Return text and HTML of each group; one part with the reason if nothing can be shown."""
        words = self._words
        if not self._store.exists:
            return [_message(words("report.nothing_yet"))]
        try:
            found = groups(self._store)
            return [self._part(group.name, words) for group in found] or [_message(words("report.nothing_yet"))]
        except StoreError as error:
            return [_message(f"{words(f'data.{error.kind}')} ({error})")]

    def _part(self, cohort: str | None, words: Catalog) -> tuple[str, str]:
        title = words("report.title", cohort=cohort) if cohort else words("report.title_none")
        try:
            results = group_results(self._store, cohort, self._bank, words.lang, self._least)
        except SmallGroupError as error:
            return _message(f"{title}: {words('report.too_small_here', least=error.least)}")
        notes = "\n".join(results.notes(self._bank))
        return f"{title}\n{notes}\n{results.report}", report_page(results, self._bank, title)

    def __repr__(self) -> str:
        return "\n\n".join(text for text, _ in self.parts())

    def _repr_html_(self) -> str:
        """Return each group's page in a separate frame, which isolates its styles."""
        from html import escape

        frames = []
        for text, page in self.parts():
            if page:
                frame = 'style="width: 100%; height: 40rem; border: 1px solid #8b949e" sandbox=""'
                frames.append(f'<iframe title="{escape(text.splitlines()[0])}" srcdoc="{escape(page)}" {frame}></iframe>')
            else:
                frames.append(f"<p>{escape(text)}</p>")
        return "\n".join(frames)


def _message(text: str) -> tuple[str, str]:
    return text, ""
