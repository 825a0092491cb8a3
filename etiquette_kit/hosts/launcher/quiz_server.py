"""The quiz server: Voilà with a token and a limit of pages. `python -m etiquette_kit.hosts.launcher.quiz_server` runs it."""

from __future__ import annotations

import os
from typing import Any

from jupyter_server.auth.identity import IdentityProvider
from tornado import web
from tornado.routing import Rule
from traitlets import Type
from voila.app import Voila
from voila.tornado.handler import TornadoVoilaHandler

from etiquette_kit.hosts.launcher.course import with_prose
from etiquette_kit.hosts.launcher.kernels import TooManyPagesError
from etiquette_kit.hosts.launcher.quiz_access import EntryHandler, NotAdmitted, QuizIdentityProvider, write_notice

_LEAVE_TIMEOUT = 3.0  # seconds in which a page that is being left closes its kernel


class PageHandler(TornadoVoilaHandler):  # type: ignore[misc]
    """Renders a notebook if the limit of pages allows it, and otherwise a notice."""

    @web.authenticated
    async def get(self, path: str | None = None) -> None:
        """Send the page, piece by piece."""
        pieces = self.get_generator(path=path)
        if not self.kernel_manager.has_slot():
            await self._free_slot()
        try:
            with self.kernel_manager.opening():
                first = await anext(pieces, None)
        except TooManyPagesError:
            self.log.warning("The maximum number of pages is open")
            write_notice(self, 200, "full")  # the status and all headers are sent already
            return
        if first is None:
            return
        self.write(first)
        self.flush()
        async for piece in pieces:
            self.write(piece)
            self.flush()

    async def _free_slot(self) -> None:
        """Free the slot of a lost page, or of the page that is being left or reloaded.

        The browser closes that page only after it has received the first bytes of the new one.
        """
        await self.kernel_manager.shut_down_lost_kernel()
        if not self.kernel_manager.has_slot():
            self.set_header("Content-Type", "text/html; charset=UTF-8")
            self.set_header("Cache-Control", "no-store")
            self.write("\n")
            await self.flush()
            await self.kernel_manager.await_slot(_LEAVE_TIMEOUT)


class QuizServer(Voila):  # type: ignore[misc]
    """Voilà, which serves only requests with the token or the cookie set after it."""

    identity_provider_class = Type(QuizIdentityProvider, klass=IdentityProvider, config=True)

    def init_settings(self) -> dict[str, Any]:
        """Return the settings, with the check of the host name that Voilà omits, and the notebooks' prose for the template."""
        given = self.voila_configuration.resources
        resources = {**given, "etiquette": with_prose(given.get("etiquette", {}))}
        self.voila_configuration.config.VoilaConfiguration.resources = resources  # from where the page's template reads them
        settings = super().init_settings()
        settings["voila_jinja2_env"].globals["courses"] = resources["etiquette"]  # for the pages that are not notebooks
        return {**settings, "allow_remote_access": False}

    def init_handlers(self) -> list[Any]:
        """Return the handlers, after the rule that checks access."""
        handlers = [(entry[0], PageHandler, *entry[2:]) if entry[1] is TornadoVoilaHandler else entry for entry in super().init_handlers()]
        return [Rule(NotAdmitted(self.app), EntryHandler), *handlers]


if __name__ == "__main__":
    # Removed from the environment, which the kernels inherit.
    QuizServer.launch_instance(token=os.environ.pop("JUPYTER_TOKEN"))
