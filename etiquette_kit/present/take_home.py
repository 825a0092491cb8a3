"""Where participants go on practising, as the last pages and the sheets show it."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from etiquette_kit.locale import catalog


@dataclass(frozen=True)
class TakeHome:
    """The address of the organisation's own copy of the quiz, with its QR code, which the host draws.

    Attributes
    ----------
    address : str
        The address.
    image : str
        The QR code as a data URL.
    drawing : str
        The QR code as an SVG element, for sheets, which load nothing.
    """

    address: str
    image: str
    drawing: str


class TakeHomeNote(msgspec.Struct, frozen=True):
    """The address with its words; ``qr`` is a data URL, and ``name`` its text alternative."""

    title: str
    text: str
    address: str
    qr: str
    name: str


def take_home_note(take_home: TakeHome | None, lang: str) -> TakeHomeNote | None:
    """Return what a page shows of the address; None where there is none."""
    if take_home is None:
        return None
    words = catalog(lang)
    name = words("take_home.qr", address=take_home.address)
    return TakeHomeNote(words("take_home.title"), words("take_home.text"), take_home.address, take_home.image, name)
