"""The system's limit on the connections of a process."""

from __future__ import annotations

import sys
from contextlib import suppress


def raise_file_limit() -> int | None:
    """Raise the limit on open files to the maximum, since each phone needs one; return it, or None without a limit, as on Windows."""
    if sys.platform == "win32":
        return None
    import resource

    kind = resource.RLIMIT_NOFILE
    soft, hard = resource.getrlimit(kind)
    for wanted in (hard, 65_536, 10_240):  # macOS reports a hard limit that it does not grant
        if soft == resource.RLIM_INFINITY or (wanted != resource.RLIM_INFINITY and wanted <= soft):
            break
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (wanted, hard))
            break
    soft, _ = resource.getrlimit(kind)
    return None if soft == resource.RLIM_INFINITY else soft
