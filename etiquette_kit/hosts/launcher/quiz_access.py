"""Access to the quiz server: by its token, and only under a host name of this machine."""

from __future__ import annotations

import hmac
from typing import Any
from urllib.parse import urlencode

from jupyter_core.utils import ensure_async
from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.base.handlers import JupyterHandler
from tornado.httputil import HTTPServerRequest, split_host_and_port
from tornado.routing import Matcher
from tornado.web import Application, RequestHandler, decode_signed_value
from traitlets import Dict, Unicode, default

from etiquette_kit.hosts.launcher.servers import one_time_token

HOST_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""The allowed host names of this machine; another name that resolves to it belongs to someone else."""


class QuizIdentityProvider(IdentityProvider):
    """Authenticates by a token, and afterwards by a cookie that is separate from other sites and other servers.

    The browser is opened with a token that is valid once, because everyone on the machine may read a command line.
    """

    cookie_name = Unicode(config=True)
    cookie_options = Dict({"samesite": "Strict", "expires_days": None}, config=True)
    login_available = False
    logout_available = False

    @default("cookie_name")
    def _cookie_name(self) -> str:
        server: Any = self.parent
        return f"etiquette-quiz-{server.port}"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._one_time = one_time_token(str(self.token))

    def user_to_cookie(self, user: User) -> str:
        """Return only the random name of a browser."""
        return user.username

    def user_from_cookie(self, cookie_value: str) -> User:
        """Return the user with this random name."""
        return User(cookie_value)

    def get_token(self, handler: RequestHandler) -> str | None:
        """Return the token of a request; the one-time token is accepted once and replaced by the server's token."""
        given = super().get_token(handler)
        if given and self._one_time and hmac.compare_digest(given.encode(), self._one_time.encode()):
            self._one_time = ""
            return str(self.token)
        return given

    def admits(self, request: HTTPServerRequest, cookie_secret: bytes) -> bool:
        """Return whether a request has the cookie and comes from this server's own pages, or has the token in a header."""
        header = self.auth_header_pat.match(request.headers.get("Authorization", ""))
        if header:
            return hmac.compare_digest(header[2].encode(), str(self.token).encode())
        cookie = request.cookies.get(str(self.cookie_name))
        return (
            cookie is not None
            and decode_signed_value(cookie_secret, str(self.cookie_name), cookie.value) is not None
            and (is_websocket(request) or request.headers.get("Sec-Fetch-Site", "none") in {"none", "same-origin"})
        )


def is_websocket(request: HTTPServerRequest) -> bool:
    """Return whether a request opens a WebSocket: there the origin is checked, because browsers disagree on `Sec-Fetch-Site`."""
    return request.headers.get("Upgrade", "").lower() == "websocket"


def is_local(request: HTTPServerRequest) -> bool:
    """Return whether a request uses a host name of this machine; an attack by DNS rebinding does not."""
    return split_host_and_port(request.host.lower())[0] in HOST_NAMES


class NotAdmitted(Matcher):
    """Matches every request that is not allowed; it is the first rule, before all routes."""

    def __init__(self, application: Application) -> None:
        self._settings = application.settings

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        """Return None for a request that is allowed."""
        identity: QuizIdentityProvider = self._settings["identity_provider"]
        admitted = (
            is_local(request) and "token" not in request.query_arguments and identity.admits(request, self._settings["cookie_secret"])
        )
        return None if admitted else {}


class EntryHandler(JupyterHandler):
    """Sets the cookie for a browser with the token, and redirects to the address without the token; shows others a notice."""

    async def prepare(self) -> None:  # type: ignore[override]
        """Respond to every request, independent of its method."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("Referrer-Policy", "no-referrer")
        may_enter = "token" in self.request.query_arguments and self.request.method in {"GET", "HEAD"} and not is_websocket(self.request)
        if not may_enter or not await self._is_admitted():
            write_notice(self, 403, "refused")
            return
        rest = [(name, value) for name, values in self.request.query_arguments.items() if name != "token" for value in values]
        target = "/" + self.request.path.lstrip("/") + (f"?{urlencode(rest)}" if rest else "")
        if self.request.headers.get("Sec-Fetch-Site", "none") in {"none", "same-origin"}:
            self.redirect(target, status=303)
        else:  # a link on another site: the cookie is sent only after an intermediate page of our own
            write_notice(self, 200, "entering", target=target)

    async def _is_admitted(self) -> bool:
        """Return whether the address has a valid token, or the request has a valid cookie with an old token."""
        if not is_local(self.request):
            return False
        identity: Any = self.identity_provider
        self.current_user = self._jupyter_current_user = await ensure_async(identity.get_user(self))
        return bool(self.token_authenticated or identity.admits(self.request, self.settings["cookie_secret"]))


def write_notice(handler: RequestHandler, status: int, name: str, *, target: str = "") -> None:
    """Write a page with the reason why the quiz is not shown, in each language of the course, the requested page's language first."""
    server = handler.settings["voila"]
    kit = server.voila_configuration.resources["etiquette"]
    languages = sorted(kit, key=lambda lang: f"/{lang}/" not in handler.request.path)
    notices = [
        (lang, kit[lang]["words"][f"{name}_title"], [kit[lang]["words"].get(f"{name}_{part}", "") for part in ("why", "help")])
        for lang in languages
    ]
    template = handler.settings["voila_jinja2_env"].get_template("notice.html")
    handler.set_status(status)
    handler.finish(template.render(base_url=server.base_url, notices=notices, target=target))
