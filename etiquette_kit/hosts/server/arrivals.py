"""Who has arrived at a room: whether a projector's page is open, and whether a phone got in. Only that is remembered, and no address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Arrivals:
    """Notes arrivals, and tells when what is known of them changes.

    Parameters
    ----------
    later : callable
        Calls a function after a number of seconds, on the event loop.
    clock : callable
        Returns monotonic seconds.
    gone_seconds : float
        The time without a page after which the projector counts as gone: one that polls comes and goes.
    changed : callable
        Called when it is known of a projector or a phone, or no more.

    Attributes
    ----------
    screen : bool
        Whether a projector's page is open.
    phone : bool
        Whether a phone from another machine has got in.
    """

    def __init__(
        self,
        later: Callable[[float, Callable[[], None]], Any],
        clock: Callable[[], float],
        gone_seconds: float,
        changed: Callable[[], None],
    ) -> None:
        self.screen = False
        self.phone = False
        self._later = later
        self._clock = clock
        self._gone_seconds = gone_seconds
        self._changed = changed
        self._screens = 0
        self._left = 0.0

    def screen_opened(self) -> None:
        """Note that a projector's page was opened."""
        self._screens += 1
        if not self.screen:
            self.screen = True
            self._changed()

    def screen_closed(self) -> None:
        """Note that one was closed."""
        self._screens -= 1
        if not self._screens:
            self._left = self._clock()
            self._later(self._gone_seconds, self._look)

    def _look(self) -> None:
        """Find out whether the projector is gone."""
        if self.screen and not self._screens and self._clock() - self._left >= self._gone_seconds:
            self.screen = False
            self._changed()

    def phone_came(self) -> None:
        """Note that a phone from another machine got in."""
        if not self.phone:
            self.phone = True
            self._changed()
