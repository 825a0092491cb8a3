"""The kernels of the pages: their maximum number, and the shutdown of kernels without a page."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import Integer


class TooManyPagesError(RuntimeError):
    """The maximum number of pages is open."""


class PageKernelManager(AsyncMappingKernelManager):
    """Shuts down kernels whose page is closed, and limits their number.

    Whether a kernel has a page is checked at intervals, and the checks without one are counted. Measuring time instead would include the
    time in which a laptop sleeps, and shut down every kernel when the laptop wakes.
    """

    max_pages = Integer(10, config=True, help="How many pages may be open at once. One more kernel waits for the next visitor.")
    unopened_timeout = Integer(60, config=True, help="Seconds after which a kernel is ended to which no page has connected.")
    cull_idle_timeout = Integer(600, config=True, help="Seconds after which a kernel is ended whose page has lost the connection.")
    cull_interval = Integer(15, config=True, help="Seconds between two looks for kernels without a page.")

    def __init__(self, **kwargs: Any) -> None:
        self._opening = 0
        self._freed = asyncio.Event()
        self._started: set[str] = set()
        self._ending: set[str] = set()
        self._connected_once: set[str] = set()
        self._checks_without_page: Counter[str] = Counter()
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]

    async def start_kernel(self, **kwargs: Any) -> str:  # type: ignore[override]
        """Start a kernel, and count it."""
        kernel_id: str = await super().start_kernel(**kwargs)
        self._started.add(kernel_id)
        return kernel_id

    async def shutdown_kernel(self, kernel_id: str, *args: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """Shut down a kernel; it is no longer counted from the start of the shutdown."""
        self._ending.add(kernel_id)
        self._freed.set()
        try:
            await super().shutdown_kernel(kernel_id, *args, **kwargs)  # type: ignore[no-untyped-call]
        finally:
            self._ending.discard(kernel_id)

    def remove_kernel(self, kernel_id: str) -> Any:
        """Remove a kernel that has ended."""
        self._started.discard(kernel_id)
        self._freed.set()
        self._connected_once.discard(kernel_id)
        del self._checks_without_page[kernel_id]
        return super().remove_kernel(kernel_id)

    def notify_connect(self, kernel_id: str) -> None:
        """Record that a page has connected."""
        super().notify_connect(kernel_id)  # type: ignore[no-untyped-call]
        if kernel_id in self:
            self._connected_once.add(kernel_id)
            del self._checks_without_page[kernel_id]

    def page_kernels(self) -> set[str]:
        """Return the kernels of pages, without those that are preheated for a visitor or shutting down."""
        pools = getattr(self, "_pools", {})  # set by Voilà in its subclass of this class
        waiting = {
            task.result()["kernel_id"]
            for pool in pools.values()
            for task in pool
            if task.done() and not task.cancelled() and task.exception() is None
        }
        return self._started - waiting - self._ending

    @contextmanager
    def opening(self) -> Iterator[None]:
        """Reserve a slot for a page until its kernel is started.

        Raises
        ------
        TooManyPagesError
            When no slot is free.
        """
        if not self.has_slot():
            raise TooManyPagesError
        self._opening += 1
        try:
            yield
        finally:
            self._opening -= 1

    def has_slot(self) -> bool:
        """Return whether one more page may be opened."""
        return self._opening + len(self.page_kernels()) < self.max_pages

    async def shut_down_lost_kernel(self) -> None:
        """Shut down the kernel that has been without a page for longest, for example after a crash of the browser."""
        looks, kernel_id = max(((self._checks_without_page[kernel_id], kernel_id) for kernel_id in self.page_kernels()), default=(0, ""))
        if looks > 1:  # a single check may have been during a reload
            await self.shutdown_kernel(kernel_id)

    async def await_slot(self, seconds: float) -> None:
        """Wait until one more page may be opened, up to this number of seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not self.has_slot():
                    self._freed.clear()
                    await self._freed.wait()

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """Check whether a kernel has a page, and shut it down after too long without one; it is not called for preheated kernels."""
        kernel: Any = self._kernels.get(kernel_id)
        if kernel is None or kernel_id in self._ending:
            return
        if self._kernel_connections.get(kernel_id):
            del self._checks_without_page[kernel_id]
            return
        if kernel.execution_state == "busy":
            return
        self._checks_without_page[kernel_id] += 1
        timeout = self.cull_idle_timeout if kernel_id in self._connected_once else self.unopened_timeout
        if self._checks_without_page[kernel_id] * self.cull_interval > timeout:
            self.log.info("Ending kernel %s, which has no page", kernel_id)
            await self.shutdown_kernel(kernel_id)
