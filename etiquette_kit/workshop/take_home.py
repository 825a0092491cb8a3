"""The address at which participants go on practising: the organisation's own copy of the quiz."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from etiquette_kit.locale import DEVELOPER_LANGUAGE, catalog
from etiquette_kit.locale.legible import escaped, shortened
from etiquette_kit.locale.plain_error import PlainError

TAKE_HOME_VARIABLE = "ETIQUETTE_TAKE_HOME"
"""The environment variable with the address, for the pages that a command starts."""

LONGEST_ADDRESS = 300
"""Characters; the QR code of a longer address is too fine to be scanned from a projector."""


class TakeHomeError(PlainError, ValueError):
    """An address that a browser cannot open.

    Attributes
    ----------
    address : str
        The address.
    lang : str or None
        The language of the page that it was meant for.
    """

    def __init__(self, address: str, lang: str | None = None) -> None:
        self.address = address
        super().__init__("", self.text(DEVELOPER_LANGUAGE))
        self.lang = lang

    def text(self, lang: str) -> str:
        """Return what is wrong, as text."""
        return catalog(lang)("take_home.wrong", address=shortened(escaped(self.address), 120), longest=LONGEST_ADDRESS)


def chosen_take_home(given: str | None, lang: str = DEVELOPER_LANGUAGE) -> str | None:
    """Return the given address, by default the one in ``ETIQUETTE_TAKE_HOME``; None where there is none.

    Parameters
    ----------
    given : str, optional
        The address.
    lang : str
        The language in which a notebook shows the error.

    Raises
    ------
    TakeHomeError
        When it is no address of a web page.
    """
    address = os.environ.get(TAKE_HOME_VARIABLE, "") if given is None else given
    if given is None and not address:
        return None
    address = address.strip()
    if not _is_web_address(address):
        raise TakeHomeError(address, lang)
    return address


def _is_web_address(address: str) -> bool:
    if len(address) > LONGEST_ADDRESS or not address.isprintable() or " " in address:
        return False
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets that do not match, or a port that is none
        return False
