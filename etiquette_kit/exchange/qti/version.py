"""The versions of QTI: their namespaces, the words of their manifests, and how they name elements."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

_PREFIX = "qti-"

_BODY_OF_FEEDBACK = "qti-content-body"
"""What stands around the paragraphs of feedback in 3.0, and has no counterpart in 2.1."""


@dataclass(frozen=True)
class Schema:
    """What the elements of a file belong to.

    Attributes
    ----------
    namespace : str
        Their namespace.
    location : str
        The address of its published schema.
    """

    namespace: str
    location: str


@dataclass(frozen=True)
class Version:
    """A version of QTI.

    Attributes
    ----------
    questions, manifest : Schema
        What the files of questions and tests, and the manifest, belong to.
    package, package_version : str
        How the manifest names the kind of package.
    resource : str
        How the kind of a file ends in the manifest.
    renamed : callable
        Returns an element that is written in the names of 3.0, with all in it, in the names of the version.
    """

    questions: Schema
    manifest: Schema
    package: str
    package_version: str
    resource: str
    renamed: Callable[[Element], Element]


def _in_camel_case(element: Element) -> Element:
    """Return an element in the names of 2.1: ``qti-simple-choice`` is ``simpleChoice``, ``max-choices`` is ``maxChoices``."""
    renamed = Element(_camel_case(element.tag.removeprefix(_PREFIX)), {_camel_case(name): value for name, value in element.items()})
    renamed.text = element.text
    for child in element:
        inner = _in_camel_case(child)
        renamed.extend(inner if child.tag == _BODY_OF_FEEDBACK else [inner])
    return renamed


def _camel_case(name: str) -> str:
    return re.sub("-([a-z])", lambda found: found[1].upper(), name)


def _as_it_is(element: Element) -> Element:
    return element


VERSION_3 = Version(
    Schema(
        "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
        "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd",
    ),
    Schema(
        "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
        "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd",
    ),
    "QTI Package",
    "3.0.0",
    "xmlv3p0",
    _as_it_is,
)

VERSION_21 = Version(
    Schema("http://www.imsglobal.org/xsd/imsqti_v2p1", "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"),
    Schema("http://www.imsglobal.org/xsd/imscp_v1p1", "http://www.imsglobal.org/xsd/imscp_v1p1.xsd"),
    "QTIv2.1 Package",
    "1.0.0",
    "xmlv2p1",
    _in_camel_case,
)
