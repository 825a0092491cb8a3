"""The elements of the files of a package."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

_SCHEMAS = "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def root(tag: str, namespace: str, schema: str, **attributes: str) -> Element:
    """Return the outermost element of a file.

    Parameters
    ----------
    tag : str
        Its name.
    namespace : str
        The namespace of all elements in it.
    schema : str
        The file name of the namespace's published schema.
    **attributes : str
        As in `add`.
    """
    location = {"xmlns:xsi": _INSTANCE, "xsi:schemaLocation": f"{namespace} {_SCHEMAS}/{schema}"}
    return Element(tag, {"xmlns": namespace, **location, **_hyphenated(attributes)})


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


def document(element: Element) -> bytes:
    """Return a file."""
    indent(element)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(element, encoding="unicode").encode() + b"\n"


def _hyphenated(attributes: dict[str, str]) -> dict[str, str]:
    return {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
