"""Writes the service worker of a site, with what the site consists of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import msgspec

from etiquette_kit.web import WEB

SERVICE_WORKER = "sw.js"
"""The service worker's name in the folder of the site: a worker answers for what lies beside it and below."""

_SCRIPTS = WEB / "site" / "service_worker"
_PARTS = ("addresses.js", "download.js", "site_files.js", "sw.js")
_IMPORT = re.compile(r"^import .*\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(async function|function|class|const) )", re.MULTILINE)
_REMARK = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
"""Comments on lines of their own; browsers ask for this script on every visit."""

_FOR_THE_SERVER = ("_headers", "_redirects", "404.html")
"""Files that are for the web server; some do not give them out, or not as they are. So it is with hidden files and folders."""


class SiteFile(msgspec.Struct, frozen=True):
    """What a file of the site contains.

    Attributes
    ----------
    sha256 : str
        The hash of its content, in hexadecimal.
    size : int
        In bytes.
    """

    sha256: str
    size: int


def write_service_worker(out: Path) -> None:
    """Write the service worker that makes a site usable without a network.

    It knows every file of the site by its content. To be called when all of them are written, and again whenever one has changed.

    Parameters
    ----------
    out : pathlib.Path
        The folder of the site.
    """
    files = dict(sorted(_files(out)))
    listed = msgspec.json.encode(files)
    version = sha256(listed).hexdigest()[:16]
    head = f'"use strict";\nconst VERSION = "{version}";\nconst FILES = {listed.decode()};\n'
    (out / SERVICE_WORKER).write_text("\n".join([head, *map(_script, _PARTS)]), encoding="utf-8", newline="\n")


def _files(out: Path) -> Iterator[tuple[str, SiteFile]]:
    for path in out.rglob("*"):
        place = path.relative_to(out)
        name = place.as_posix()
        hidden = any(part.startswith(".") for part in place.parts)
        if path.is_file() and not hidden and name not in (SERVICE_WORKER, *_FOR_THE_SERVER):
            content = path.read_bytes()
            yield name, SiteFile(sha256(content).hexdigest(), len(content))


def _script(name: str) -> str:
    text = (_SCRIPTS / name).read_text(encoding="utf-8")
    for left_out in (_REMARK, _IMPORT, _EXPORT):
        text = left_out.sub("", text)
    return text.strip() + "\n"
