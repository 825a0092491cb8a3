"""SCORM 1.2: the static site as one package, with a page in front of it that has the session with the learning management system."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import jinja2
import msgspec
from markupsafe import Markup

from etiquette_kit.exchange.output import is_file_path, write_files
from etiquette_kit.exchange.packing import packed
from etiquette_kit.hosts.site.build import Contents, build_pages
from etiquette_kit.hosts.site.lessons import START, lessons
from etiquette_kit.hosts.site.pages import heading
from etiquette_kit.locale import catalog
from etiquette_kit.web import WEB
from etiquette_kit.web.files import loaded_text

ENDING = ".zip"
FILE_NAME = f"etiquette-scorm12{ENDING}"
MANIFEST = "imsmanifest.xml"
LAUNCH = "launch.html"
"""The page that a learning management system opens."""

_NAMESPACES = {
    "xmlns": "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
    "xmlns:adlcp": "http://www.adlnet.org/xsd/adlcp_rootv1p2",
}
_SCRIPTS = ("scorm/launch.js", "scorm/api.js", "scorm/session.js", "scorm/data_model.js", "scorm/too_old.js", "shared/random_hex.js")
_STYLES = ("shared/tokens.css", "scorm/launch.css")


@dataclass(frozen=True)
class Package:
    """A package that was written.

    Attributes
    ----------
    path : Path
        The file.
    size : int
        In bytes.
    languages : tuple of str
        The languages that it has pages in.
    """

    path: Path
    size: int
    languages: tuple[str, ...]


def write_scorm12(out: Path, contents: Contents, pyodide: Path | None = None, *, force: bool = False) -> Package:
    """Write the package, which is the same byte for byte whenever it has the same contents.

    Parameters
    ----------
    out : Path
        The file, if it ends in ``.zip``, or else a folder for it.
    contents : Contents
        What is practised.
    pyodide : Path, optional
        A folder with Pyodide's core; default: it is downloaded once.
    force : bool
        Whether another file of this name may be overwritten.

    Raises
    ------
    SiteError
        When the pages cannot be built.
    OutputError
        When the file cannot be written.
    """
    path = out if is_file_path(out, ENDING) else out / FILE_NAME
    with TemporaryDirectory() as place:
        built = Path(place)
        languages = build_pages(built, contents, pyodide, reported=True)
        files = {file.relative_to(built).as_posix(): file.read_bytes() for file in sorted(built.rglob("*")) if file.is_file()}
    title = " · ".join(dict.fromkeys(_title(lang) for lang in languages))
    files |= {f"app/{name}": loaded_text(WEB / name).encode() for name in (*_SCRIPTS, *_STYLES)}
    files[LAUNCH] = _launch_page(languages, title).encode()
    files[MANIFEST] = _manifest(files, title)
    body = packed(files)
    write_files({path: body}, force=force)
    return Package(path, len(body), languages)


def _title(lang: str) -> str:
    return next(heading(lesson) for lesson in lessons(lang) if lesson.name == START)


def _launch_page(languages: Sequence[str], title: str) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(WEB / "scorm"), autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True
    )
    words = msgspec.json.encode({lang: catalog(lang).table("scorm.page") for lang in languages}, order="deterministic").decode()
    data = Markup(words.replace("<", "\\u003c"))  # noqa: S704  no "<" is left
    return environment.get_template("launch.html.j2").render(lang=languages[0], title=title, words=data)


def _manifest(files: Mapping[str, bytes], title: str) -> bytes:
    """Return the description of the package: one course with one unit, which consists of all files."""
    manifest = Element("manifest", {"identifier": "etiquette-kit", "version": "1.1", **_NAMESPACES})
    metadata = SubElement(manifest, "metadata")
    SubElement(metadata, "schema").text = "ADL SCORM"
    SubElement(metadata, "schemaversion").text = "1.2"
    organizations = SubElement(manifest, "organizations", default="course")
    course = SubElement(organizations, "organization", identifier="course")
    SubElement(course, "title").text = title
    unit = SubElement(course, "item", identifier="unit", identifierref="pages", isvisible="true")
    SubElement(unit, "title").text = title
    resources = SubElement(manifest, "resources")
    pages = SubElement(resources, "resource", {"identifier": "pages", "type": "webcontent", "adlcp:scormtype": "sco", "href": LAUNCH})
    for name in sorted(files):
        SubElement(pages, "file", href=name)
    indent(manifest)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(manifest, encoding="unicode").encode() + b"\n"
