"""The page of a trial in a notebook: how long it is, and the page to save."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from etiquette_kit.bank import Bank, given_bank
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.locale import DEFAULT_LANGUAGE, catalog
from etiquette_kit.locale.arguments import entry_point
from etiquette_kit.present.trial_form import trial_form
from etiquette_kit.web.trial_page import trial_page
from etiquette_kit.workshop.list_file import list_of_ids


class TrialPage:
    """A page with which others try situations without knowing the key.

    Parameters
    ----------
    scenarios : sequence of str
        The ids of the situations, in order.
    lang : str
        The language of the page.
    bank : Bank, str or Path, optional
        The scenarios, or their file or folder; default the shipped ones.
    guess : bool
        Whether readers see the reactions alone first, and guess.

    Raises
    ------
    SituationListError
        When there is no such situation, or one is named twice.
    LanguageError
        When a situation is not written in that language.

    Examples
    --------
    >>> page = TrialPage(["boss-sees-party-photos", "client-from-the-city-run"], lang="en")
    >>> page.form.minutes
    8
    """

    @entry_point
    def __init__(
        self, scenarios: Sequence[str], lang: str = DEFAULT_LANGUAGE, bank: Bank | str | Path | None = None, *, guess: bool = False
    ) -> None:
        known = given_bank(bank)
        listed = list_of_ids(list(scenarios), known, lang=lang)
        self.scenarios: list[Scenario] = [known[name] for name in listed.scenarios]
        self.form = trial_form(self.scenarios, lang, guess=guess)
        self.lang = lang

    def html(self) -> str:
        """Return the page: one file that needs nothing else."""
        return trial_page(self.form)

    def save(self, path: str | Path) -> Path:
        """Write the page to a file, and return its path."""
        path = Path(path)
        path.write_text(self.html(), encoding="utf-8")
        return path

    def __repr__(self) -> str:
        head = catalog(self.lang)("trial.page_text", time=self.form.time)
        return "\n".join([head, *(f"  {situation.text[:8]} {situation.id}" for situation in self.form.situations)])

    def widget_html(self) -> str:
        """Return how long the page is, a link that saves it, and the titles of its situations, as HTML."""
        words = catalog(self.lang)
        data = base64.b64encode(self.html().encode()).decode()
        link = f'<a download="{escape(words("trial.page_file"))}" href="data:text/html;base64,{data}">{escape(words("trial.download"))}</a>'
        titles = "".join(f"<li>{escape(scenario.title(self.lang))}</li>" for scenario in self.scenarios)
        return f"<p>{escape(self.form.time)} {link}</p><ol>{titles}</ol>"

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """Return a widget with a link that saves the page, and the text; the page itself does not become part of the notebook."""
        from ipywidgets import HTML

        bundle: dict[str, Any] = HTML(self.widget_html())._repr_mimebundle_()
        return {**bundle, "text/plain": repr(self)}
