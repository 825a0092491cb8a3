"""The published schemas of QTI 3.0, and the packages that they are asked about."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

FOLDER = Path(__file__).parents[1] / "data" / "qti3"
ITEMS = "imsqti_asiv3p0_sbacv1p0_v1p0.xsd"
MANIFEST = "imsqtiv3p0_imscpv1p2_v1p0.xsd"

_ABSENT = {
    "imsmd_loose_v1p3p2.xsd": ("http://ltsc.ieee.org/xsd/LOM", "lom"),
    "imsqtiv3p0_csmv1p1_v1p0.xsd": ("http://www.imsglobal.org/xsd/qti/qtiv3p0/imscsmd_v1p1", "curriculumStandardsMetadataSet"),
    "imsqti_metadatav3p0_v1p0.xsd": ("http://www.imsglobal.org/xsd/imsqti_metadata_v3p0", "qtiMetadata"),
    "imsqtiv3p0_cpextv1p2_v1p0.xsd": ("http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_extensionv1p2", "variant"),
}
"""Imported schemas that are not in the folder, with the one element of each that is referred to; abstract, so that none may occur."""


class _InFolder(etree.Resolver):
    """Finds whatever is imported by its file name in the folder; nothing else is loaded."""

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:  # noqa: ARG002  lxml hands it in
        name = (system_url or "").rpartition("/")[2]
        if name in _ABSENT:
            namespace, element = _ABSENT[name]
            described = f'<element name="{element}" abstract="true"/>'
            stand_in = f'<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="{namespace}">{described}</schema>'
            return self.resolve_string(stand_in, context)
        path = FOLDER / name
        assert path.is_file(), f"{system_url} is not in {FOLDER}"
        return self.resolve_filename(str(path), context)


@cache
def schema(name: str) -> etree.XMLSchema:
    """Return a schema of the folder."""
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_InFolder())
    return etree.XMLSchema(etree.parse(FOLDER / name, parser))


def faults(xml: bytes, name: str) -> list[str]:
    """Return what a schema finds wrong with a file."""
    found = schema(name)
    found.validate(etree.fromstring(xml, etree.XMLParser(no_network=True, resolve_entities=False)))
    return [f"{entry.line}: {entry.message}" for entry in found.error_log]


def unpacked(package: bytes) -> dict[str, bytes]:
    """Return the files of a package by their paths."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}
