"""The manifest of a package: which files there are, and what each is."""

from __future__ import annotations

from etiquette_kit.exchange.collection import Collection
from etiquette_kit.exchange.qti3.assessment import ASSESSMENT_PATH, assessment_identifier
from etiquette_kit.exchange.qti3.elements import add, document, root
from etiquette_kit.exchange.qti3.identifiers import item_identifier, item_path

_NAMESPACE = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
_SCHEMA = "imsqtiv3p0_imscpv1p2_v1p0.xsd"


def manifest_xml(collection: Collection) -> bytes:
    """Return the manifest."""
    manifest = root("manifest", _NAMESPACE, _SCHEMA, identifier=f"package-{assessment_identifier(collection)}")
    metadata = add(manifest, "metadata")
    add(metadata, "schema", "QTI Package")
    add(metadata, "schemaversion", "3.0.0")
    add(manifest, "organizations")
    resources = add(manifest, "resources")
    test = add(resources, "resource", identifier=assessment_identifier(collection), type="imsqti_test_xmlv3p0", href=ASSESSMENT_PATH)
    add(test, "file", href=ASSESSMENT_PATH)
    for item in collection.items:
        add(test, "dependency", identifierref=item_identifier(item))
        resource = add(resources, "resource", identifier=item_identifier(item), type="imsqti_item_xmlv3p0", href=item_path(item))
        add(resource, "file", href=item_path(item))
    return document(manifest)
