"""The room server's logs, which contain no client addresses."""

from __future__ import annotations

import logging

_LOGGERS = ("tornado.general", "tornado.application", "tornado.access")


class _NoAddresses(logging.Filter):
    """Removes client addresses from log records.

    For malformed requests tornado logs objects with the address of the connection.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Accept every record, with addresses removed."""
        if isinstance(record.args, tuple):
            record.args = tuple("a connection" if hasattr(arg, "remote_ip") else arg for arg in record.args)
        return True


_no_addresses = _NoAddresses()


def hide_addresses() -> None:
    """Remove addresses from all logs of tornado in this process, for any logging configuration; idempotent."""
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_no_addresses)
