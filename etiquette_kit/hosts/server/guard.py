"""Who may come in: those who know the code, always; a room often shares one address. Guessing is slow."""

from __future__ import annotations

import asyncio
import hmac
from collections import Counter
from http import HTTPStatus

from etiquette_kit.hosts.server.limits import Limits
from etiquette_kit.quiz.codes import clean_code


class Guard:
    """Checks codes; a wrong one is answered late, and where many of an address are waiting, further ones are turned away.

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

    async def refusal(self, typed: str, address: str) -> HTTPStatus | None:
        """Return with what a code is refused; None, at once, where it is the right one."""
        if hmac.compare_digest(clean_code(typed).encode(), self._code.encode()):
            return None
        if self._waiting[address] >= self._limits.guesses:
            return HTTPStatus.TOO_MANY_REQUESTS
        self._waiting[address] += 1
        try:
            await asyncio.sleep(self._limits.guess_seconds)
        finally:
            self._waiting[address] -= 1
            if not self._waiting[address]:
                del self._waiting[address]
        return HTTPStatus.NOT_FOUND
