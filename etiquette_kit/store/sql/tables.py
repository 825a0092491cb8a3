"""The tables of a store. Times are UTC, to the microsecond."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

from etiquette_kit.quiz.store_errors import StoreError

VERSION = 3
"""The version of the schema; a store with a lower one is migrated, with a higher one rejected."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

FIRST, LAST = (datetime(1, 1, 1, tzinfo=UTC) - _EPOCH) // _MICROSECOND, (datetime(9999, 12, 31, tzinfo=UTC) - _EPOCH) // _MICROSECOND
"""The earliest and the latest time, as stored."""


class Moment(TypeDecorator[datetime]):
    """A time in UTC as microseconds since 1970, which every database sorts and compares in the same way."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002  the interface
        """Return the number to store; a time without time zone is in UTC."""
        if value is None:
            return None
        return ((value if value.tzinfo else value.replace(tzinfo=UTC)) - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002  the interface
        """Return the time."""
        if value is None:
            return None
        if not isinstance(value, int) or not FIRST <= value <= LAST:
            message = f"{value!r} is not a time"
            raise StoreError("unreadable", message)
        return _EPOCH + value * _MICROSECOND


metadata = MetaData()
_Id = BigInteger().with_variant(Integer, "sqlite")  # SQLite autoincrements only an INTEGER

meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

contents = Table(
    "contents",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("material", Text, nullable=False),
    Column("body", Text, nullable=False),  # the record of the material with its key, as JSON
)

participants = Table(
    "participants",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("pseudonym", Text, nullable=False, unique=True),
    Column("at", Moment, nullable=False),
    sqlite_autoincrement=True,  # the number of an erased participant is not used again
)

keys = Table(
    "keys",
    metadata,
    Column("hash", Text, primary_key=True),  # of a browser's token or of a code for another browser; neither is stored itself
    Column("participant", ForeignKey("participants.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),  # browser, code
)

consents = Table(
    "consents",
    metadata,
    Column("participant", ForeignKey("participants.id"), primary_key=True),
    Column("cohort", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("text", Text, nullable=False),  # the text to which the participant agreed, as shown
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("name", Text, nullable=False, unique=True),  # random; shows whether an interrupted first write succeeded
    Column("participant", ForeignKey("participants.id"), nullable=False),
    Column("quiz", Text, nullable=False),  # the name of the quiz
    Column("cohort", Text),
    Column("kit", Text, nullable=False),  # the version
    Column("at", Moment, nullable=False),
    Index("sessions_of_participant", "participant", "quiz"),
    sqlite_autoincrement=True,
)

events = Table(
    "events",
    metadata,
    Column("session", ForeignKey("sessions.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),  # from 0, without gaps
    Column("submission", Text),
    Column("body", Text, nullable=False),  # JSON
    UniqueConstraint("session", "submission"),
)

answers = Table(
    "answers",
    metadata,
    Column("session", ForeignKey("sessions.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),  # of its event
    Column("participant", ForeignKey("participants.id"), nullable=False),
    Column("cohort", Text),
    Column("material", Text, nullable=False),
    Column("content", ForeignKey("contents.hash"), nullable=False),
    Column("format", Text, nullable=False),
    Column("response", Text, nullable=False),  # as the format encodes it
    Column("credit", Float(53)),  # null where it is not scored
    Column("items", Text),  # credit by situation, as JSON; null where there is only one situation, with the total credit
    Column("shown", Text, nullable=False),  # the result of randomisation, as the format encodes it
    Column("seconds", Float(53)),  # on the screen before the answer; null where it is unknown
    Column("at", Moment, nullable=False),
    Column("lang", Text, nullable=False),
    Column("kit", Text, nullable=False),
    Index("answers_of_participant", "participant", "session", "seq"),
    Index("answers_of_cohort", "cohort", "participant", "session", "seq"),  # selects one cohort of many, in order
)

rooms = Table(
    "rooms",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("port", Integer, nullable=False),  # the last one, so that phones can reconnect
    Column("at", Moment, nullable=False, index=True),
    Column("ended", Moment),
    Column("result", Text),  # of a workshop that has ended, without figures about too few people, as JSON
    sqlite_autoincrement=True,
)

room_events = Table(
    "room_events",
    metadata,
    Column("room", ForeignKey("rooms.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),  # from 0, without gaps
    Column("body", Text, nullable=False),  # JSON
)
