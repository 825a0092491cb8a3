"""The server of the quiz: Voilà behind a token, with a limit of pages. `python -m etiquette_kit.quiz_server` runs it."""

from __future__ import annotations

import os
from typing import Any

from jupyter_server.auth.identity import IdentityProvider
from tornado import web
from tornado.routing import Rule
from traitlets import Type
from voila.app import Voila
from voila.tornado.handler import TornadoVoilaHandler

from etiquette_kit.kernels import TooManyPagesError
from etiquette_kit.quiz_access import EntryHandler, NotAdmitted, QuizIdentityProvider, write_notice


class PageHandler(TornadoVoilaHandler):  # type: ignore[misc]
    """Renders a notebook for as long as there may be one page more, and otherwise says so."""

    @web.authenticated
    async def get(self, path: str | None = None) -> None:
        """Send the page, piece by piece."""
        pieces = self.get_generator(path=path)
        try:
            await self.kernel_manager.make_room()
            with self.kernel_manager.opening():
                first = await anext(pieces, None)
        except TooManyPagesError:
            self.log.warning("As many pages are open as there may be")
            write_notice(self, 503, "full")
            return
        if first is None:
            return
        self.write(first)
        self.flush()
        async for piece in pieces:
            self.write(piece)
            self.flush()


class QuizServer(Voila):  # type: ignore[misc]
    """Voilà, in which nothing is served to a request that has neither the token nor the cookie that came of it."""

    identity_provider_class = Type(QuizIdentityProvider, klass=IdentityProvider, config=True)

    def init_settings(self) -> dict[str, Any]:
        """Return the settings, with the check of the host that Voilà leaves out."""
        return {**super().init_settings(), "allow_remote_access": False}

    def init_handlers(self) -> list[Any]:
        """Return the handlers, behind the check of who asks."""
        handlers = [(entry[0], PageHandler, *entry[2:]) if entry[1] is TornadoVoilaHandler else entry for entry in super().init_handlers()]
        return [Rule(NotAdmitted(self.app), EntryHandler), *handlers]


if __name__ == "__main__":
    # Out of the environment, which the kernels inherit.
    QuizServer.launch_instance(token=os.environ.pop("JUPYTER_TOKEN"))
