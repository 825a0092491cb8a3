"""QTI 2.1, for older software: a package of questions and a test."""

from __future__ import annotations

from etiquette_kit.exchange.collection import Collection
from etiquette_kit.exchange.qti.package import package
from etiquette_kit.exchange.qti.version import VERSION_21

FORMATS = ("choice",)
ENDING = ".zip"


def write(collection: Collection) -> bytes:
    """Return a package in one language."""
    return package(collection, VERSION_21)
