"""The environment of processes that are started to be measured."""

from __future__ import annotations

import os


def environment(**more: str) -> dict[str, str]:
    """Return this process's environment, in which compiled modules are kept as with any package that is installed."""
    kept = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "ETIQUETTE_BANK", "ETIQUETTE_HOUSE")
    }
    return {**kept, "PYTHONUNBUFFERED": "1", **more}
