"""The kernels behind the pages: how long one without its page is kept."""

from __future__ import annotations

from datetime import UTC, datetime

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager


class PatientKernelManager(AsyncMappingKernelManager):
    """Counts how long a kernel is idle from when its page was lost, and not from the last answer.

    Otherwise a page that was left open over lunch would lose its kernel, with all answers, in the first moment without a network.
    """

    def notify_disconnect(self, kernel_id: str) -> None:
        """Note that a page, or the network to it, is gone."""
        super().notify_disconnect(kernel_id)  # type: ignore[no-untyped-call]
        if kernel_id in self:
            self.get_kernel(kernel_id).last_activity = datetime.now(UTC)  # type: ignore[attr-defined]
