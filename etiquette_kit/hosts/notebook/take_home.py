"""Where participants go on practising, for the workshop's widgets."""

from __future__ import annotations

from etiquette_kit.present.take_home import TakeHome
from etiquette_kit.workshop.take_home import chosen_take_home


def take_home_of(given: str | None, lang: str) -> TakeHome | None:
    """Return the given address, or the one in the environment, with its QR code; None where there is none.

    Raises
    ------
    TakeHomeError
        When it is no address of a web page.
    """
    address = chosen_take_home(given, lang)
    if address is None:
        return None
    from etiquette_kit.hosts.qr_code import drawn  # what draws QR codes is not imported without an address

    return drawn(address)
