"""Access by the room's code: a correct code is always accepted, because a group often shares one address; guessing is slowed down."""

from __future__ import annotations

import asyncio
import hmac
from collections import Counter
from http import HTTPStatus

from etiquette_kit.hosts.server.limits import Limits
from etiquette_kit.quiz.codes import clean_code


class Guard:
    """Checks codes; the response to a wrong one is delayed, and an address with many delayed ones is rejected.

    Parameters
    ----------
    code : str
        The room's code.
    limits : Limits
        The delay and the number of delayed responses.
    """

    def __init__(self, code: str, limits: Limits) -> None:
        self._code = code
        self._limits = limits
        self._waiting: Counter[str] = Counter()

    async def refusal(self, typed: str, address: str) -> HTTPStatus | None:
        """Return the error status for a code; None, without delay, where it is correct."""
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
