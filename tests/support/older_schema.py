"""A store as older versions of the kit had it."""

import json
from typing import Any

from etiquette_kit.store.sql import tables
from sqlalchemy import Connection, text


def to_version_2(connection: Connection) -> None:
    """Take a store back to version 2 of the schema, in which there were scenarios with options alone."""
    run = connection.exec_driver_sql
    run("ALTER TABLE contents RENAME COLUMN material TO scenario")
    run("ALTER TABLE answers RENAME COLUMN material TO scenario")
    run("ALTER TABLE answers DROP COLUMN items")
    for seq, session, body in connection.execute(text("SELECT seq, session, body FROM events")).all():
        old = json.dumps(_event(json.loads(body)), separators=(",", ":"))
        where = {"seq": seq, "session": session, "body": old}
        connection.execute(text("UPDATE events SET body = :body WHERE seq = :seq AND session = :session"), where)
    _note(connection, "2")


def to_version_1(connection: Connection) -> None:
    """Take a store back to version 1, in which there were no rooms."""
    to_version_2(connection)
    for table in (tables.room_events, tables.rooms):
        table.drop(connection)
    _note(connection, "1")


def _event(event: dict[str, Any]) -> dict[str, Any]:
    if "plan" in event:
        event["plan"] = [
            {"scenario": e["material"], "order": json.loads(e["shown"]), "format_name": e["format_name"], "content": e["content"]}
            for e in event["plan"]
        ]
    return {name: value for name, value in event.items() if event["event"] != "answered" or name not in ("lang", "seconds", "submission")}


def _note(connection: Connection, version: str) -> None:
    connection.execute(tables.meta.update().where(tables.meta.c.key == "version").values(value=version))
