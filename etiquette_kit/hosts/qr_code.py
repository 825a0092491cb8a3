"""QR codes of addresses: of a room, and of the page at which participants go on practising."""

from __future__ import annotations

import segno

from etiquette_kit.present.take_home import TakeHome


def qr_image(address: str) -> str:
    """Return the QR code of an address as a data URL."""
    return str(_code(address).svg_data_uri(scale=8, border=2, light="#fff"))


def qr_drawing(address: str) -> str:
    """Return the QR code of an address as an SVG element without a size of its own."""
    return str(_code(address).svg_inline(border=2, omitsize=True, light="#fff", svgclass=None, lineclass=None))


def _code(address: str) -> segno.QRCode:
    return segno.make(address, error="m", micro=False)


def drawn(address: str) -> TakeHome:
    """Return the address at which participants go on practising, with its QR code."""
    return TakeHome(address, qr_image(address), qr_drawing(address))
