"""QTI 3.0: a package of questions and a test."""

from __future__ import annotations

from etiquette_kit.exchange.collection import Collection
from etiquette_kit.exchange.qti.package import package
from etiquette_kit.exchange.qti.version import VERSION_3

FORMATS = ("choice", "rating")
ENDING = ".zip"


def write(collection: Collection) -> bytes:
    """Return a package in one language."""
    return package(collection, VERSION_3)
