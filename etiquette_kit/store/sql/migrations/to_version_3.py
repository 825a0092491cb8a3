"""Migration from answers to scenarios with options, to answers in any format.

The old and new schema are written out here rather than imported from the kit, which will change.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, text

_BATCH = 5000

_SQLITE_ANSWERS = """
CREATE TABLE answers (
    session INTEGER NOT NULL, seq INTEGER NOT NULL, participant INTEGER NOT NULL, cohort TEXT,
    material TEXT NOT NULL, content TEXT NOT NULL, format TEXT NOT NULL, response TEXT NOT NULL,
    credit FLOAT, items TEXT, shown TEXT NOT NULL, seconds FLOAT, at BIGINT NOT NULL, lang TEXT NOT NULL, kit TEXT NOT NULL,
    PRIMARY KEY (session, seq),
    FOREIGN KEY(session) REFERENCES sessions (id),
    FOREIGN KEY(participant) REFERENCES participants (id),
    FOREIGN KEY(content) REFERENCES contents (hash)
)
"""
_OLD = "session, seq, participant, cohort, scenario, content, format, response, credit, shown, seconds, at, lang, kit"
_NEW = _OLD.replace("scenario", "material")


def to_version_3(connection: Connection) -> None:
    """Rename the scenario column, allow a missing credit, and add language, time and submission to the events of answers."""
    _change_tables(connection)
    _change_bodies(connection, "events", "session", _session_events)
    _change_bodies(connection, "room_events", "room", _room_events)


def _change_tables(connection: Connection) -> None:
    run = connection.exec_driver_sql
    run("ALTER TABLE contents RENAME COLUMN scenario TO material")
    if connection.dialect.name == "postgresql":
        run("ALTER TABLE answers RENAME COLUMN scenario TO material")
        run("ALTER TABLE answers ALTER COLUMN credit DROP NOT NULL")
        run("ALTER TABLE answers ADD COLUMN items TEXT")
        return
    for index in ("answers_of_participant", "answers_of_cohort"):
        run(f"DROP INDEX IF EXISTS {index}")
    run("ALTER TABLE answers RENAME TO answers_version_2")
    run(_SQLITE_ANSWERS)
    run(f"INSERT INTO answers ({_NEW}) SELECT {_OLD} FROM answers_version_2")  # noqa: S608  constants
    run("DROP TABLE answers_version_2")
    run("CREATE INDEX answers_of_participant ON answers (participant, session, seq)")
    run("CREATE INDEX answers_of_cohort ON answers (cohort, participant, session, seq)")


def _change_bodies(connection: Connection, table: str, owner: str, change: Any) -> None:
    """Rewrite the events of a table, owner by owner; one that cannot be read is unchanged."""
    update = text(f"UPDATE {table} SET body = :body WHERE {owner} = :owner AND seq = :seq")  # noqa: S608  names of tables
    last = -1
    submission = "submission" if table == "events" else "NULL"
    page = text(
        f"SELECT {owner} AS owner, seq, body, {submission} AS submission FROM {table} "  # noqa: S608
        f"WHERE {owner} IN (SELECT DISTINCT {owner} FROM {table} WHERE {owner} > :last ORDER BY {owner} LIMIT {_BATCH // 50}) "
        f"ORDER BY {owner}, seq"
    )
    while rows := connection.execute(page, {"last": last}).all():
        changed = [
            {"owner": number, "seq": seq, "body": body}
            for number, own in groupby(rows, lambda row: row.owner)
            for seq, body in change([(row.seq, _decoded(row.body), row.submission) for row in own])
        ]
        if changed:
            connection.execute(update, changed)
        last = rows[-1].owner


_Event = dict[str, Any]
_Row = tuple[int, _Event, str | None]


def _session_events(rows: list[_Row]) -> Iterator[tuple[int, str]]:
    lang: str = ""
    shown: tuple[int, datetime] | None = None
    for seq, event, submission in rows:
        match event:
            case {"event": "started" | "revised", "plan": [*plan]} if all(_is_planned(entry) for entry in plan):
                lang = event.get("lang", lang)
                yield seq, _encoded({**event, "plan": [_planned(entry) for entry in plan]})
            case {"event": "language_changed", "lang": str(new)}:
                lang = new
            case {"event": "shown"}:
                shown = _moment(event)
            case {"event": "answered"}:
                now = _moment(event)
                seconds = None
                if shown is not None and now is not None and shown[0] == now[0]:
                    seconds = max(0.0, (now[1] - shown[1]).total_seconds())
                yield seq, _encoded({**event, "lang": lang, "seconds": seconds, "submission": submission})


def _room_events(rows: list[_Row]) -> Iterator[tuple[int, str]]:
    for seq, event, _ in rows:
        match event:
            case {"event": "opened", "plan": [*plan]} if all(_is_planned(entry) for entry in plan):
                yield seq, _encoded({**event, "plan": [_planned(entry) for entry in plan]})
            case {"event": "voted", "option": str(option)}:
                yield seq, _encoded({**{name: value for name, value in event.items() if name != "option"}, "response": option})


def _is_planned(entry: object) -> bool:
    return isinstance(entry, dict) and "scenario" in entry and isinstance(entry.get("order"), list)


def _planned(entry: _Event) -> _Event:
    return {
        "material": entry["scenario"],
        "shown": json.dumps(entry["order"]),
        "format_name": entry.get("format_name", "choice"),
        "content": entry.get("content", ""),
    }


def _encoded(event: _Event) -> str:
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"))


def _moment(event: _Event) -> tuple[int, datetime] | None:
    try:
        return event["position"], datetime.fromisoformat(event["at"])
    except (KeyError, TypeError, ValueError):
        return None


def _decoded(body: str) -> dict[str, Any]:
    try:
        event = json.loads(body)
    except ValueError:
        return {}
    return event if isinstance(event, dict) else {}
