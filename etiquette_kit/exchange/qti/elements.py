"""The elements of the files of a package, in the names of QTI 3.0."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from etiquette_kit.exchange.qti.version import Schema, Version

_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def root(tag: str, **attributes: str) -> Element:
    """Return the outermost element of a file.

    Parameters
    ----------
    tag : str
        Its name.
    **attributes : str
        As in `add`.
    """
    return Element(tag, _hyphenated(attributes))


def add(parent: Element, tag: str, text: str | None = None, /, **attributes: str) -> Element:
    """Add an element, and return it.

    Parameters
    ----------
    parent : Element
        Where to.
    tag : str
        Its name.
    text : str, optional
        The text in it.
    **attributes : str
        Its attributes; an underscore stands for a hyphen, and one at the end for nothing.
    """
    element = SubElement(parent, tag, _hyphenated(attributes))
    element.text = text
    return element


def document(element: Element, version: Version, schema: Schema) -> bytes:
    """Return a file.

    Parameters
    ----------
    element : Element
        The outermost element.
    version : Version
        The version whose names the file has.
    schema : Schema
        What all its elements belong to.
    """
    renamed = version.renamed(element)
    location = {"xmlns:xsi": _INSTANCE, "xsi:schemaLocation": f"{schema.namespace} {schema.location}"}
    whole = Element(renamed.tag, {"xmlns": schema.namespace, **location, **renamed.attrib})
    whole.extend(renamed)
    indent(whole)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(whole, encoding="unicode").encode() + b"\n"


def _hyphenated(attributes: dict[str, str]) -> dict[str, str]:
    return {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
