"""QTI 3.0: a content package in one language, with a file for each question and a test with a section for each theme."""

from __future__ import annotations

from etiquette_kit.exchange.collection import Collection
from etiquette_kit.exchange.packing import packed
from etiquette_kit.exchange.qti3.assessment import ASSESSMENT_PATH, assessment_xml
from etiquette_kit.exchange.qti3.identifiers import item_path
from etiquette_kit.exchange.qti3.item_xml import item_xml
from etiquette_kit.exchange.qti3.manifest import manifest_xml

FORMATS = ("choice", "rating")
ENDING = ".zip"


def write(collection: Collection) -> bytes:
    """Return a package in one language."""
    items = {item_path(item): item_xml(item) for item in collection.items}
    return packed({"imsmanifest.xml": manifest_xml(collection), ASSESSMENT_PATH: assessment_xml(collection), **items})
