"""What `etiquette site` and the package for learning platforms have in common: what is practised, and why it could not be built."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from etiquette_kit.cli.options import ERRORS, USAGE, checked_house, chosen_bank, fail, house_path, required_languages
from etiquette_kit.content.material import shared_languages
from etiquette_kit.content.shipped import shipped
from etiquette_kit.locale import Catalog
from etiquette_kit.locale.legible import path_shown

if TYPE_CHECKING:
    from etiquette_kit.hosts.site.build import Contents
    from etiquette_kit.hosts.site.errors import SiteError

_WRONG_USAGE = frozenset({"foreign", "no_folder", "pyodide_lacks", "pyodide_version", "bad_epoch"})
"""Errors that another option puts right."""


def chosen_contents(bank: Path | None, languages: str | None, house: Path | None, words: Catalog) -> Contents:
    """Return what is practised, as the options or the environment name it; end where something is wrong with it."""
    from etiquette_kit.hosts.site.build import Contents

    named = bank or (Path(os.environ["ETIQUETTE_BANK"]) if os.environ.get("ETIQUETTE_BANK") else None)
    scenarios = chosen_bank(bank, words, languages)
    required = required_languages(languages or os.environ.get("ETIQUETTE_LANGUAGES")) if named else shared_languages(scenarios)
    rules = checked_house(house, words)
    return Contents(scenarios, named or shipped("scenarios"), required, rules, house_path(house))


def fail_to_build(error: SiteError, words: Catalog) -> NoReturn:
    """Say why the pages could not be built, and end."""
    from etiquette_kit.hosts.site.pyodide import VERSION

    shown = {name: path_shown(value) if isinstance(value, Path) else value for name, value in error.values.items()}
    said = words(f"site.command.{error.kind}", **{"version": VERSION, **shown})
    fail(f"etiquette: {said}", USAGE if error.kind in _WRONG_USAGE else ERRORS)
