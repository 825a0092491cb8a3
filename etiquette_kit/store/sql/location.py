"""The address of a store: a file in the user's data folder by default."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from etiquette_kit.locale.legible import legible
from etiquette_kit.quiz.store_errors import StoreError

FileId = tuple[int, int]
"""Device and inode, which identify a file even if another one has replaced it."""

VARIABLE = "ETIQUETTE_STORE"
"""The environment variable for the address of the store."""


def default_path() -> Path:
    """Return the file in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("etiquette-kit", appauthor=False) / "answers.sqlite3"


def address(given: str | Path | None = None) -> URL:
    """Return the store's address.

    Parameters
    ----------
    given : str or Path, optional
        A file, or ``postgresql+psycopg://user@host/database``; default ``ETIQUETTE_STORE``, else the user's data folder.

    Raises
    ------
    StoreError
        Of kind ``address``, when the address is not supported.
    """
    wanted = str(given or os.environ.get(VARIABLE) or default_path())
    if "://" not in wanted:
        return _file(wanted)
    try:
        url = make_url(wanted)
    except (ArgumentError, ValueError):
        raise StoreError("address", f"the store's address cannot be read; it is {_FORMS}") from None
    match url.get_backend_name():
        case "sqlite" if url.database and url.database != ":memory:":
            return _file(url.database)
        case "postgresql":
            return url.set(drivername="postgresql+psycopg")
    message = f"{_without_password(url)!r} cannot be a store; it is {_FORMS}"
    raise StoreError("address", message)


_FORMS = "PATH or postgresql+psycopg://user@host/database"


def _file(path: str) -> URL:
    try:
        whole = Path(path).expanduser().absolute()
        possible = b"\0" not in os.fsencode(whole)
    except (RuntimeError, UnicodeEncodeError):  # an unknown user in ``~user``; characters that no path can have
        possible = False
    if not possible:
        message = f"{path!r} cannot be the path of a store"
        raise StoreError("address", message)
    return URL.create("sqlite+pysqlite", database=str(whole))


def is_own_file(url: URL) -> bool:
    """Return whether the store is a file on this machine rather than a database server."""
    return url.get_backend_name() == "sqlite"


def real_path(url: URL) -> Path:
    """Return the path of a store's file with links resolved: SQLite puts its log next to the file, not next to the link."""
    return Path(os.path.realpath(str(url.database)))


def file_id(path: Path) -> FileId | None:
    """Return the id of the file at a path; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def shown_address(url: URL) -> str:
    """Return the address as text for people, without a password."""
    return legible(str(url.database)) if is_own_file(url) else _without_password(url)


def _without_password(url: URL) -> str:
    return url.difference_update_query([name for name in url.query if "password" in name]).render_as_string(hide_password=True)
