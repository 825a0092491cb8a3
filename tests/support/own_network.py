"""A machine in a network that is none: its address there is one of this machine's own, which no other machine reaches."""

from __future__ import annotations

import pytest
from etiquette_kit.hosts.server import reach

ADDRESS = "127.0.0.2"


class OwnNetwork:
    """The network that the machine seems to be in; a test may take its addresses away, or give it others."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.addresses = [ADDRESS]
        for name in ("own_addresses", "routed_addresses"):
            patch.setattr(reach, name, lambda: list(self.addresses))
        patch.setattr(reach, "is_loopback", lambda host: host in ("127.0.0.1", "::1", "localhost"))
