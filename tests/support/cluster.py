"""A PostgreSQL of one's own, on a socket in a folder that goes with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

_USER = "postgres"


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL server on this machine, as Debian installs it; None where there is none."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((path.parent for path in found), key=lambda path: float(path.parent.name), default=None)


class Cluster:
    """A database cluster that is made, started, stopped and removed; nobody reaches it over the network.

    PostgreSQL refuses to run as root, who therefore starts it as Debian's user ``postgres``.

    Parameters
    ----------
    durable : bool
        Whether what is committed survives a loss of power; without, tests are faster.
    """

    def __init__(self, *, durable: bool = False) -> None:
        found = programs()
        if found is None:
            raise FileNotFoundError("there is no PostgreSQL server; Debian's package is postgresql")
        self._programs = found
        self._folder = Path(tempfile.mkdtemp(prefix="ek-", dir="/tmp"))  # a socket's path may have 107 characters
        self._as_other = os.geteuid() == 0
        if self._as_other:
            shutil.chown(self._folder, _USER)
        self._folder.chmod(0o711)
        settings = {"listen_addresses": "", "unix_socket_directories": str(self._folder)}
        if not durable:
            settings |= {"fsync": "off", "full_page_writes": "off"}
        self._options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        self._numbers = count(1)
        self._run("initdb", ["--username", _USER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"])
        self.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def start(self) -> None:
        """Start the server, and wait until it takes connections."""
        self._run("pg_ctl", ["start", "--wait", "--silent", "--log", str(self._folder / "log"), "-o", self._options])

    def stop(self, mode: str = "fast") -> None:
        """Stop the server: ``fast`` cuts all connections, ``immediate`` is as if it had crashed."""
        self._run("pg_ctl", ["stop", "--wait", "--silent", "--mode", mode])

    def close(self) -> None:
        """Stop the server if it runs, and remove everything."""
        if (self._folder / "data" / "postmaster.pid").exists():
            self.stop("immediate")
        shutil.rmtree(self._folder)

    def url(self, database: str) -> str:
        """Return a database's address."""
        return f"postgresql+psycopg://{_USER}@/{database}?host={self._folder}"

    def new_schema(self) -> str:
        """Return the address of an empty schema, which takes less time than a database."""
        name = f"schema_{next(self._numbers)}"
        self.do(f"CREATE SCHEMA {name}")
        return f"{self.url('postgres')}&options=-csearch_path%3D{name}"

    def new_database(self) -> str:
        """Return the address of an empty database."""
        name = f"store_{next(self._numbers)}"
        self.do(f"CREATE DATABASE {name}")
        return self.url(name)

    def do(self, statement: str, database: str = "postgres") -> None:
        """Carry out a statement as the superuser, outside of any transaction."""
        with self.connect(database) as connection:
            connection.execute(statement.encode())

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """Return a connection of psycopg's own, which commits each statement by itself."""
        return psycopg.connect(f"host={self._folder} user={_USER} dbname={database}", autocommit=True)

    def _run(self, program: str, arguments: Sequence[str]) -> None:
        command = [str(self._programs / program), "--pgdata", str(self._folder / "data"), *arguments]
        other = {"user": _USER, "group": _USER, "extra_groups": []} if self._as_other else {}
        done = subprocess.run(command, check=False, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True, **other)  # type: ignore[call-overload]
        if done.returncode:
            message = f"{program} failed: {done.stdout}{done.stderr}"
            raise RuntimeError(message)
