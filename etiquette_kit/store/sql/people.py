"""Participants: pseudonyms, and the keys with which a browser resumes its own answers."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import Connection, insert, select

from etiquette_kit.quiz.codes import PERSONAL_CODE_LENGTH, clean_code, new_code
from etiquette_kit.quiz.entries import Participant
from etiquette_kit.quiz.store_errors import ConflictError
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.insertion import insert_new, insert_or_change
from etiquette_kit.store.sql.store import Store


class People:
    """The participants of a store.

    A browser sends a random token from its own storage; the store has only hashes of tokens and codes.

    Parameters
    ----------
    store : Store
        The database.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def participant(self, key: str) -> Participant | None:
        """Return the participant with this token or code, or None."""
        with self._store.reading() as connection:
            return _participant(connection, key)

    def admit(self, key: str) -> Participant:
        """Return the participant with this token; a new token creates a new participant."""
        try:
            return self._admit(key)
        except ConflictError:  # another tab of the same browser has just added it
            return self._admit(key)

    def _admit(self, key: str) -> Participant:
        with self._store.writing() as connection:
            known = _participant(connection, key)
            if known is not None:
                return known
            pseudonym = secrets.token_hex(8)
            row = insert(tables.participants).values(pseudonym=pseudonym, at=datetime.now(UTC)).returning(tables.participants.c.id)
            person = Participant(connection.execute(row).scalar_one(), pseudonym)
            connection.execute(insert(tables.keys).values(hash=hashed(key), participant=person.id, kind="browser"))
            return person

    def new_code(self, participant: int) -> str:
        """Return a code with which another browser resumes the same answers; it replaces an earlier code.

        Raises
        ------
        ConflictError
            When the participant was erased.
        """
        code = new_code(PERSONAL_CODE_LENGTH)
        people, keys = tables.participants, tables.keys
        with self._store.writing() as connection:
            connection.execute(select(people.c.id).where(people.c.id == participant).with_for_update())  # one code at a time
            connection.execute(keys.delete().where(keys.c.participant == participant, keys.c.kind == "code"))
            connection.execute(insert(keys).values(hash=hashed(code), participant=participant, kind="code"))
        return code

    def take_code(self, code: str, key: str) -> Participant | None:
        """Give another browser, with its own token, access to the answers of a code; return None for an unknown code.

        Raises
        ------
        ConflictError
            When the participant is being erased.
        """
        with self._store.writing() as connection:
            person = _participant(connection, clean_code(code), kind="code")
            if person is not None:
                row = {"hash": hashed(key), "participant": person.id, "kind": "browser"}
                insert_or_change(connection, tables.keys, row)
            return person

    def consent(self, participant: int, cohort: str, text: str) -> None:
        """Record that a participant agreed to the collection of answers for a cohort, and the text shown; only the first time counts.

        Raises
        ------
        ConflictError
            When the participant was erased.
        """
        row = {"participant": participant, "cohort": cohort, "at": datetime.now(UTC), "text": text}
        with self._store.writing() as connection:
            insert_new(connection, tables.consents, [row])

    def consented(self, participant: int, cohort: str) -> bool:
        """Return whether a participant agreed to the collection for a cohort."""
        consents = tables.consents
        known = select(consents.c.at).where(consents.c.participant == participant, consents.c.cohort == cohort)
        with self._store.reading() as connection:
            return connection.execute(known).first() is not None


def hashed(key: str) -> str:
    """Return the hash of a token or code, as it is stored."""
    return sha256(key.encode(errors="surrogatepass")).hexdigest()


def _participant(connection: Connection, key: str, kind: str | None = None) -> Participant | None:
    people, keys = tables.participants, tables.keys
    wanted = select(people.c.id, people.c.pseudonym).join(keys, keys.c.participant == people.c.id).where(keys.c.hash == hashed(key))
    row = connection.execute(wanted if kind is None else wanted.where(keys.c.kind == kind)).first()
    return Participant(row.id, row.pseudonym) if row else None
