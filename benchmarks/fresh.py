"""The environment of measured processes."""

from __future__ import annotations

import os


def environment(**more: str) -> dict[str, str]:
    """Return this process's environment, with caching of compiled modules as for any installed package."""
    inherited = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "ETIQUETTE_BANK", "ETIQUETTE_HOUSE")
    }
    return {**inherited, "PYTHONUNBUFFERED": "1", **more}
