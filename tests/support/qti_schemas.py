"""The published schemas of QTI 3.0 and 2.1, and the packages that they are asked about."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

_DATA = Path(__file__).parents[1] / "data"
_FOLDERS = (_DATA / "qti3", _DATA / "qti21")


@dataclass(frozen=True)
class Schemas:
    """The file names of the schemas for a package: of its questions and its test, and of its manifest."""

    items: str
    manifest: str


QTI_3 = Schemas("imsqti_asiv3p0_sbacv1p0_v1p0.xsd", "imsqtiv3p0_imscpv1p2_v1p0.xsd")
QTI_21 = Schemas("imsqti_v2p1.xsd", "imscp_v1p1.xsd")

_ABSENT = {
    "imsmd_loose_v1p3p2.xsd": ("http://ltsc.ieee.org/xsd/LOM", "lom"),
    "imsqtiv3p0_csmv1p1_v1p0.xsd": ("http://www.imsglobal.org/xsd/qti/qtiv3p0/imscsmd_v1p1", "curriculumStandardsMetadataSet"),
    "imsqti_metadatav3p0_v1p0.xsd": ("http://www.imsglobal.org/xsd/imsqti_metadata_v3p0", "qtiMetadata"),
    "imsqtiv3p0_cpextv1p2_v1p0.xsd": ("http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_extensionv1p2", "variant"),
    "imsmd_v1p2p4.xsd": ("http://www.imsglobal.org/xsd/imsmd_v1p2", "lom"),
    "mathml2.xsd": ("http://www.w3.org/1998/Math/MathML", "math"),
    "apipv1p0_qtiextv2p1_v1p0.xsd": ("http://www.imsglobal.org/xsd/apip/apipv1p0/imsapip_qtiv1p0", "apipAccessibility"),
}
"""Imported schemas that are in no folder, with the one element of each that is referred to; abstract, so that none may occur."""


class _InFolder(etree.Resolver):
    """Finds whatever is imported by its file name in the folders; nothing else is loaded."""

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:  # noqa: ARG002  lxml hands it in
        name = (system_url or "").rpartition("/")[2]
        if name in _ABSENT:
            namespace, element = _ABSENT[name]
            described = f'<element name="{element}" abstract="true"/>'
            stand_in = f'<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="{namespace}">{described}</schema>'
            return self.resolve_string(stand_in, context)
        return self.resolve_filename(str(_path(name)), context)


def _path(name: str) -> Path:
    found = [folder / name for folder in _FOLDERS if (folder / name).is_file()]
    assert len(found) == 1, f"{name} is in {len(found)} of the folders of schemas"
    return found[0]


@cache
def schema(name: str) -> etree.XMLSchema:
    """Return a schema of the folders."""
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_InFolder())
    return etree.XMLSchema(etree.parse(_path(name), parser))


def faults(xml: bytes, name: str) -> list[str]:
    """Return what a schema finds wrong with a file."""
    found = schema(name)
    found.validate(etree.fromstring(xml, etree.XMLParser(no_network=True, resolve_entities=False)))
    return [f"{entry.line}: {entry.message}" for entry in found.error_log]


def faulty_files(files: dict[str, bytes], schemas: Schemas) -> dict[str, list[str]]:
    """Return what is wrong with each file of a package that is not right."""
    found = {name: faults(body, schemas.manifest if name == "imsmanifest.xml" else schemas.items) for name, body in files.items()}
    return {name: wrong for name, wrong in found.items() if wrong}


def unpacked(package: bytes) -> dict[str, bytes]:
    """Return the files of a package by their paths."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}
