"""A store as the kit made it when its schema had version 2, and more answers to what is in it."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.store import Store
from repository import DATA
from sqlalchemy import insert

SQL = DATA / "store_version_2.sql"
COHORT = "autumn"
"""A group of eight people who all answered the same four scenarios."""


def make(path: Path) -> Path:
    """Write the store into a file."""
    connection = sqlite3.connect(path)
    connection.executescript(SQL.read_text(encoding="utf-8"))
    connection.close()
    return path


def answered_by(store: Store, cohort: str, content: str, options: Sequence[str]) -> None:
    """Add a person for each option, who chose it of content that the store has."""
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    with store.writing() as connection:
        contents = tables.contents.c
        material = connection.execute(tables.contents.select().where(contents.hash == content)).one().material
        for option in options:
            people = insert(tables.participants).values(pseudonym=f"{cohort} {content} {len(options)} {datetime.now(UTC)}", at=at)
            person = connection.execute(people).inserted_primary_key[0]  # type: ignore[index]
            connection.execute(insert(tables.consents).values(participant=person, cohort=cohort, at=at, text=""))
            head = {"name": f"{cohort} {person}", "participant": person, "quiz": "practice", "cohort": cohort, "kit": "0.1.0", "at": at}
            session = connection.execute(insert(tables.sessions).values(head)).inserted_primary_key[0]  # type: ignore[index]
            answer = {"session": session, "seq": 2, "participant": person, "cohort": cohort, "material": material, "content": content}
            answer |= {"format": "choice", "response": option, "credit": 0.5, "shown": "[]", "seconds": 7.0, "at": at, "lang": "de"}
            connection.execute(insert(tables.answers).values(answer | {"kit": "0.1.0"}))
