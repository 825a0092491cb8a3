"""The software that items are written for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from etiquette_kit.exchange import anki, gift, moodle_xml, qti3, qti21
from etiquette_kit.exchange.collection import Collection


@dataclass(frozen=True)
class Target:
    """A file format of other software.

    Attributes
    ----------
    name : str
        Its name in ``etiquette export``.
    formats : tuple of str
        The formats that it can express.
    ending : str
        How its files end.
    write : callable
        Returns the file for a collection.
    """

    name: str
    formats: tuple[str, ...]
    ending: str
    write: Callable[[Collection], bytes]

    def file_name(self, lang: str) -> str:
        """Return what the file in a language is called in a folder."""
        return f"etiquette-{self.name}-{lang}{self.ending}"


TARGETS = {
    target.name: target
    for target in (
        Target("moodle-xml", moodle_xml.FORMATS, moodle_xml.ENDING, moodle_xml.write),
        Target("gift", gift.FORMATS, gift.ENDING, gift.write),
        Target("qti3", qti3.FORMATS, qti3.ENDING, qti3.write),
        Target("qti21", qti21.FORMATS, qti21.ENDING, qti21.write),
        Target("anki", anki.FORMATS, anki.ENDING, anki.write),
    )
}
"""The targets by name."""
