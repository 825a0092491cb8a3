"""Packages that are the same byte for byte whenever they are made of the same files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a package: the earliest that one can have."""


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return files as a zip package.

    Parameters
    ----------
    files : mapping of str to bytes
        By their paths in the package, with slashes.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            package.writestr(entry, files[name], zipfile.ZIP_DEFLATED, 9)
    return target.getvalue()
