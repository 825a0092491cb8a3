"""What the room's server writes to logs and the terminal: never who asked."""

from __future__ import annotations

import logging

_LOGGERS = ("tornado.general", "tornado.application", "tornado.access")


class _NoAddresses(logging.Filter):
    """Takes the place of whoever asked out of a log record.

    tornado names the other side of a connection where a request is malformed, by objects that know its address.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without addresses."""
        if isinstance(record.args, tuple):
            record.args = tuple("a connection" if hasattr(arg, "remote_ip") else arg for arg in record.args)
        return True


_no_addresses = _NoAddresses()


def hide_addresses() -> None:
    """Keep addresses out of what tornado logs in this process, however logging is set up; again, it changes nothing."""
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_no_addresses)
