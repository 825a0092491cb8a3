"""How many connections the system lets a process have."""

from __future__ import annotations

import sys
from contextlib import suppress


def allow_many() -> int | None:
    """Raise the limit on open files as far as it goes, since each phone is one, and return it; None where there is none, as in Windows."""
    if sys.platform == "win32":
        return None
    import resource

    kind = resource.RLIMIT_NOFILE
    soft, hard = resource.getrlimit(kind)
    for wanted in (hard, 65_536, 10_240):  # macOS names a hard limit that it does not grant
        if soft == resource.RLIM_INFINITY or (wanted != resource.RLIM_INFINITY and wanted <= soft):
            break
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (wanted, hard))
            break
    soft, _ = resource.getrlimit(kind)
    return None if soft == resource.RLIM_INFINITY else soft
