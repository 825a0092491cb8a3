"""The server of the quiz: Voilà behind a token, with a limit of pages. `python -m etiquette_kit.hosts.launcher.quiz_server` runs it."""

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

_LEAVING = 3.0  # seconds in which a page that is left says so


class PageHandler(TornadoVoilaHandler):  # type: ignore[misc]
    """Renders a notebook for as long as there may be one page more, and otherwise says so."""

    @web.authenticated
    async def get(self, path: str | None = None) -> None:
        """Send the page, piece by piece."""
        pieces = self.get_generator(path=path)
        if not self.kernel_manager.has_room():
            await self._make_room()
        try:
            with self.kernel_manager.opening():
                first = await anext(pieces, None)
        except TooManyPagesError:
            self.log.warning("As many pages are open as there may be")
            write_notice(self, 200, "full")  # the status, like all headers, is sent already
            return
        if first is None:
            return
        self.write(first)
        self.flush()
        async for piece in pieces:
            self.write(piece)
            self.flush()

    async def _make_room(self) -> None:
        """Let a lost page give way, or the one that is being left or loaded anew.

        That one goes only when the browser has the beginning of what comes in its place.
        """
        await self.kernel_manager.end_lost_kernel()
        if not self.kernel_manager.has_room():
            self.set_header("Content-Type", "text/html; charset=UTF-8")
            self.set_header("Cache-Control", "no-store")
            self.write("\n")
            await self.flush()
            await self.kernel_manager.await_room(_LEAVING)


class QuizServer(Voila):  # type: ignore[misc]
    """Voilà, in which nothing is served to a request that has neither the token nor the cookie that came of it."""

    identity_provider_class = Type(QuizIdentityProvider, klass=IdentityProvider, config=True)

    def init_settings(self) -> dict[str, Any]:
        """Return the settings, with the check of the host that Voilà leaves out, and the notebooks' prose for the template."""
        given = self.voila_configuration.resources
        resources = {**given, "etiquette": with_prose(given.get("etiquette", {}))}
        self.voila_configuration.config.VoilaConfiguration.resources = resources  # which is where a page takes them from
        settings = super().init_settings()
        settings["voila_jinja2_env"].globals["courses"] = resources["etiquette"]  # for the pages that are no notebooks
        return {**settings, "allow_remote_access": False}

    def init_handlers(self) -> list[Any]:
        """Return the handlers, behind the check of who asks."""
        handlers = [(entry[0], PageHandler, *entry[2:]) if entry[1] is TornadoVoilaHandler else entry for entry in super().init_handlers()]
        return [Rule(NotAdmitted(self.app), EntryHandler), *handlers]


if __name__ == "__main__":
    # Out of the environment, which the kernels inherit.
    QuizServer.launch_instance(token=os.environ.pop("JUPYTER_TOKEN"))
