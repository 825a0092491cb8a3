"""What a site has besides when it lies in a learning management system, and its first quiz is reported there."""

from __future__ import annotations

import shutil
from pathlib import Path

from etiquette_kit.web import WEB

REPORTING = ("etiquette_kit.hosts.browser.attempt_host",)
"""The modules with which Python starts there."""


def write_reporting_scripts(app: Path) -> None:
    """Add the script that reports, and give all scripts the ending ``.js``.

    Not every learning management system hands out ``.mjs`` as a script; Moodle does not, and browsers take no module of another type.

    Parameters
    ----------
    app : Path
        The folder of the site's files, which are written.
    """
    (app / "scorm").mkdir()
    shutil.copyfile(WEB / "scorm" / "page.js", app / "scorm" / "page.js")
    for path in sorted((app / "python").glob("*.mjs")):
        path.rename(path.with_suffix(".js"))
    for path in (app / "python" / "pyodide.js", app / "site" / "worker.js"):
        text = path.read_text(encoding="utf-8")
        for name in ("pyodide", "pyodide.asm"):
            text = text.replace(f"{name}.mjs", f"{name}.js")
        path.write_text(text, encoding="utf-8", newline="\n")
