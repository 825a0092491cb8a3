"""The credits of responses by item, computed by their formats from the stored content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from etiquette_kit.formats import Format, FormatError, ItemAnswer, Material, ResponseError, format_named

Response = tuple[str, str, str]
"""The hash of the content, the format, and the response as the format encodes it: an answer's credit depends on nothing else."""


class Summaries:
    """Summarises responses to stored content; each content is read once for each format.

    Parameters
    ----------
    bodies : mapping of str to str
        The stored content by hash.
    """

    def __init__(self, bodies: Mapping[str, str]) -> None:
        self._bodies = bodies
        self._read: dict[tuple[str, str], tuple[Format, Material] | None] = {}
        self._formats_of_items: dict[str, str] = {}

    def material(self, content: str, format_name: str) -> tuple[Format, Material] | None:
        """Return a format and the material that it reads from content; None where either is unknown."""
        key = content, format_name
        if key not in self._read:
            try:
                found = format_named(format_name)
                self._read[key] = found, found.read(content, self._bodies[content].encode())
            except (KeyError, FormatError, msgspec.MsgspecError, UnicodeEncodeError):
                self._read[key] = None
        return self._read[key]

    def summary(self, given: Response) -> Sequence[ItemAnswer] | None:
        """Return the answers to items in a response; None where it is not valid."""
        content, format_name, response = given
        found = self.material(content, format_name)
        if found is None:
            return None
        try:
            return found[0].summarise(found[1], response)
        except ResponseError:
            return None

    def item_id(self, given: Response, material: Material, item: str) -> str:
        """Return the id of an item of a response: the material's id, followed by the item where there are several.

        If two formats use the same material, the first one that asks gets this id; for the other its format's name is the prefix.
        """
        content, format_name, _ = given
        plain = f"{material.id}/{item}" if item else material.id
        owner = self._formats_of_items.setdefault(f"{plain}@{content}", format_name)
        return plain if owner == format_name else f"{format_name}:{plain}"
