"""A whole package."""

from __future__ import annotations

from etiquette_kit.exchange.collection import Collection
from etiquette_kit.exchange.packing import packed
from etiquette_kit.exchange.qti.assessment import ASSESSMENT_PATH, assessment_xml
from etiquette_kit.exchange.qti.identifiers import item_path
from etiquette_kit.exchange.qti.item_xml import item_xml
from etiquette_kit.exchange.qti.manifest import manifest_xml
from etiquette_kit.exchange.qti.version import Version


def package(collection: Collection, version: Version) -> bytes:
    """Return a package in one language, the same byte for byte whenever it is made of the same items."""
    items = {item_path(item): item_xml(item, version) for item in collection.items}
    return packed({"imsmanifest.xml": manifest_xml(collection, version), ASSESSMENT_PATH: assessment_xml(collection, version), **items})
