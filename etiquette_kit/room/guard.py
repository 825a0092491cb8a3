"""Who may come in: those who know the code. Guessing it is slow."""

from __future__ import annotations

import asyncio
import hmac
from collections import Counter

from etiquette_kit.records.codes import clean_code
from etiquette_kit.room.limits import Limits


class Guard:
    """Checks codes; a wrong one is answered late, and an address with many wrong ones waiting is not heard.

    Parameters
    ----------
    code : str
        The room's code.
    limits : Limits
        How slow.
    """

    def __init__(self, code: str, limits: Limits) -> None:
        self._code = code
        self._limits = limits
        self._waiting: Counter[str] = Counter()

    def is_busy(self, address: str) -> bool:
        """Tell whether an address has too many wrong codes waiting."""
        return self._waiting[address] >= self._limits.guesses

    async def lets_in(self, typed: str, address: str) -> bool:
        """Tell whether this is the code, at once where it is."""
        if hmac.compare_digest(clean_code(typed).encode(), self._code.encode()):
            return True
        self._waiting[address] += 1
        try:
            await asyncio.sleep(self._limits.guess_seconds)
        finally:
            self._waiting[address] -= 1
            if not self._waiting[address]:
                del self._waiting[address]
        return False
