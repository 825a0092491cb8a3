"""The author's page as a widget."""

from __future__ import annotations

import os
from pathlib import Path

from etiquette_kit.authoring.folder import FOLDER_VARIABLE
from etiquette_kit.cards.writer.card import WriterCard
from etiquette_kit.hosts.notebook.card import CardWidget
from etiquette_kit.locale.arguments import entry_point
from etiquette_kit.web.card_module import module, style

_AT_HOME = "my-scenarios"
"""The folder in the user's own one, where none is named."""


class SituationWriter(CardWidget):
    """The situations of a folder: to find, to write in a form, to look at as a learner does, to play, and to save.

    What is typed is kept at once, apart from the folder, and is there again after a reload. Saving changes the lines of the situation
    alone; comments and the order in the file stay, and what somebody else has changed meanwhile is not overwritten.

    Parameters
    ----------
    path : str or Path, optional
        The folder; it is made when something is saved. Default: the one that ``ETIQUETTE_WRITE`` names, else ``my-scenarios`` in the
        user's folder.
    lang : str, optional
        The language of the page. Default: ``ETIQUETTE_LANG``, else the default language.

    Raises
    ------
    LanguageError
        When there is no such language.

    Examples
    --------
    >>> SituationWriter("my-scenarios", lang="en")  # doctest: +SKIP
    """

    _esm = module("writer.js")
    _css = style("chooser.css", *(f"writer/{name}.css" for name in ("list", "form", "bar", "clash", "preview")))

    card: WriterCard

    @entry_point
    def __init__(self, path: str | Path | None = None, *, lang: str | None = None) -> None:
        named = path or os.environ.get(FOLDER_VARIABLE) or Path.home() / _AT_HOME
        super().__init__(WriterCard(named, lang=lang))

    @property
    def folder(self) -> Path:
        """The folder."""
        return self.card.folder.path
