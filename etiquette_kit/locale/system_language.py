"""The language that the system speaks."""

from __future__ import annotations

import os

from etiquette_kit.locale.catalog import DEFAULT_LANGUAGE, languages, matching


def system_language() -> str:
    """Return the language of the system's messages, where it is one of the kit's; else the default one."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return matching(spoken, languages()) or DEFAULT_LANGUAGE
