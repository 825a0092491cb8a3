"""The manifest of a package: which files there are, and what each is."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from etiquette_kit.exchange.collection import Collection
from etiquette_kit.exchange.qti.assessment import ASSESSMENT_PATH, assessment_identifier
from etiquette_kit.exchange.qti.elements import add, document, root
from etiquette_kit.exchange.qti.identifiers import item_identifier, item_path
from etiquette_kit.exchange.qti.version import Version


def manifest_xml(collection: Collection, version: Version) -> bytes:
    """Return the manifest in a version of QTI."""
    manifest = root("manifest", identifier=f"package-{assessment_identifier(collection)}")
    metadata = add(manifest, "metadata")
    add(metadata, "schema", version.package)
    add(metadata, "schemaversion", version.package_version)
    add(manifest, "organizations")
    resources = add(manifest, "resources")
    test = _add_resource(resources, "test", assessment_identifier(collection), ASSESSMENT_PATH, version)
    for item in collection.items:
        add(test, "dependency", identifierref=item_identifier(item))
        _add_resource(resources, "item", item_identifier(item), item_path(item), version)
    return document(manifest, version, version.manifest)


def _add_resource(resources: Element, kind: str, identifier: str, path: str, version: Version) -> Element:
    resource = add(resources, "resource", identifier=identifier, type=f"imsqti_{kind}_{version.resource}", href=path)
    add(resource, "file", href=path)
    return resource
