"""Answers that are kept: a store that loses nothing, whose answers they are, and what becomes of them."""

from etiquette_kit.records.errors import ConflictError, StoreError
from etiquette_kit.records.store import Store

__all__ = ["ConflictError", "Store", "StoreError"]
