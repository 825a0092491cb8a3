"""What the files of a store hold, byte by byte.

They are read in another process: whoever closes a file past SQLite drops all locks that its process has on it.
"""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.store import Store
from sqlalchemy import select

_READ = """
import json, pathlib, sys
folder, marks = json.load(sys.stdin)
found = {path.name: path.read_bytes() for path in pathlib.Path(folder).iterdir() if path.is_file()}
print(json.dumps({mark: [name for name, data in found.items() if mark.encode() in data] for mark in marks}))
"""


def files_with(folder: Path, marks: Iterable[str]) -> dict[str, list[str]]:
    """Return for each mark the names of the files of a folder that have it."""
    asked = json.dumps([str(folder), [*marks]])
    told = subprocess.run([sys.executable, "-c", _READ], input=asked, capture_output=True, text=True, check=True)
    return {mark: sorted(names) for mark, names in json.loads(told.stdout).items()}


def any_with(folder: Path, marks: Iterable[str]) -> list[str]:
    """Return the names of the files of a folder that have one of these marks."""
    return sorted({name for names in files_with(folder, marks).values() for name in names})


def marks_of(store: Store, participant: int) -> list[str]:
    """Return what leads to a participant: pseudonym, hashes of keys, names of sessions, ids of messages, and what is no option's id."""
    people, keys, sessions, events, answers = (
        tables.metadata.tables[name] for name in ("participants", "keys", "sessions", "events", "answers")
    )
    own = select(sessions.c.id).where(sessions.c.participant == participant)
    wanted = [
        select(people.c.pseudonym).where(people.c.id == participant),
        select(keys.c.hash).where(keys.c.participant == participant),
        select(sessions.c.name).where(sessions.c.participant == participant),
        select(events.c.submission).where(events.c.session.in_(own), events.c.submission.is_not(None)),
        select(answers.c.response).where(answers.c.participant == participant),
    ]
    with store.reading() as connection:
        return [value for query in wanted for value in connection.execute(query).scalars() if len(value) > 4]
