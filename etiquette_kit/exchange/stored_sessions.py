"""What is stored about the people of a group who agreed that their answers are collected for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from etiquette_kit.store.sql import personal_data, tables
from etiquette_kit.store.sql.store import Store


def consenting(store: Store, cohort: str) -> Iterator[dict[str, Any]]:
    """Yield all that is stored about each person who agreed, as `personal_data.export` returns it, in the order of their numbers."""
    consents = tables.consents.c
    numbers = [row.participant for rows in store.rows(select(consents.participant).where(consents.cohort == cohort)) for row in rows]
    for number in sorted(numbers):
        try:
            yield personal_data.export(store, number)
        except KeyError:  # erased meanwhile
            continue


def records(store: Store) -> dict[str, str]:
    """Return the records of all answered material by their hashes."""
    return {row.hash: row.body for rows in store.rows(select(tables.contents.c.hash, tables.contents.c.body)) for row in rows}
