"""What responses are worth, item by item, as their formats say from the content that was stored with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from etiquette_kit.formats import Format, FormatError, ItemAnswer, Material, ResponseError, format_named

Response = tuple[str, str, str]
"""The hash of the content, the format, and the response as the format encodes it: all that an answer's worth depends on."""


class Summaries:
    """Reads stored content and summarises responses to it, each content once for each format.

    Parameters
    ----------
    bodies : mapping of str to str
        By its hash, the content as it was stored.
    """

    def __init__(self, bodies: Mapping[str, str]) -> None:
        self._bodies = bodies
        self._read: dict[tuple[str, str], tuple[Format, Material] | None] = {}
        self._formats_of_items: dict[str, str] = {}

    def material(self, content: str, format_name: str) -> tuple[Format, Material] | None:
        """Return a format and the material that it reads in some content; None where either is not known."""
        key = content, format_name
        if key not in self._read:
            try:
                played = format_named(format_name)
                self._read[key] = played, played.read(content, self._bodies[content].encode())
            except (KeyError, FormatError, msgspec.MsgspecError, UnicodeEncodeError):
                self._read[key] = None
        return self._read[key]

    def summary(self, given: Response) -> Sequence[ItemAnswer] | None:
        """Return what is known of a response, item by item; None where it cannot be read."""
        content, format_name, response = given
        found = self.material(content, format_name)
        if found is None:
            return None
        try:
            return found[0].summarise(found[1], response)
        except ResponseError:
            return None

    def item_id(self, given: Response, material: Material, item: str) -> str:
        """Return the id of an item that a response is to: the material's, with the item where there are several.

        Where two formats use the same material, the one that asks first has this name, and the other one's name is put before it.
        """
        content, format_name, _ = given
        plain = f"{material.id}/{item}" if item else material.id
        owner = self._formats_of_items.setdefault(f"{plain}@{content}", format_name)
        return plain if owner == format_name else f"{format_name}:{plain}"
