"""The language that is spoken where nobody names one."""

from __future__ import annotations

import os

from etiquette_kit.locale.catalog import DEFAULT_LANGUAGE, LANGUAGE_VARIABLE, languages, matching


def system_language() -> str:
    """Return the language of the system's messages, where it is one of the kit's; else the default one."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return matching(spoken, languages()) or DEFAULT_LANGUAGE


def spoken_language() -> str:
    """Return the language of what is said without a page: that of the pages that a command has started, else the system's."""
    named = os.environ.get(LANGUAGE_VARIABLE, "")
    return named if named in languages() else system_language()
