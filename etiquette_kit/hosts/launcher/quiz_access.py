"""Who may use the server of the quiz: whoever has its token, under a name of this machine."""

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
"""The names under which this machine is addressed; another name that leads here belongs to somebody else."""


class QuizIdentityProvider(IdentityProvider):
    """Lets in by a token, and afterwards by a cookie that no other site and no other server's cookie touches.

    The browser is opened with a token that holds for one visit, because everyone on the machine may read a command line.
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
        """Return the random name of a browser, and nothing else about it."""
        return user.username

    def user_from_cookie(self, cookie_value: str) -> User:
        """Return who has this random name."""
        return User(cookie_value)

    def get_token(self, handler: RequestHandler) -> str | None:
        """Return the token of a request; the one for one visit stands for the other, once."""
        given = super().get_token(handler)
        if given and self._one_time and hmac.compare_digest(given.encode(), self._one_time.encode()):
            self._one_time = ""
            return str(self.token)
        return given

    def admits(self, request: HTTPServerRequest, cookie_secret: bytes) -> bool:
        """Tell whether a request has the cookie, and comes from this server's own pages; or has the token in a header."""
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
    """Tell whether a request opens a web socket: of these the origin is checked, and browsers disagree on `Sec-Fetch-Site`."""
    return request.headers.get("Upgrade", "").lower() == "websocket"


def is_local(request: HTTPServerRequest) -> bool:
    """Tell whether a request names this machine; a page whose own name suddenly leads here (DNS rebinding) does not."""
    return split_host_and_port(request.host.lower())[0] in HOST_NAMES


class NotAdmitted(Matcher):
    """Matches what may not go on to the pages, whatever it asks for: as the first rule it stands before everything that is served."""

    def __init__(self, application: Application) -> None:
        self._settings = application.settings

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        """Return None for what may go on."""
        identity: QuizIdentityProvider = self._settings["identity_provider"]
        admitted = (
            is_local(request) and "token" not in request.query_arguments and identity.admits(request, self._settings["cookie_secret"])
        )
        return None if admitted else {}


class EntryHandler(JupyterHandler):
    """Gives a browser that has the token its cookie, and leads it on to the address without the token; tells others what to do."""

    async def prepare(self) -> None:  # type: ignore[override]
        """Answer every request, whatever its method."""
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
        else:  # a link on somebody else's page: only a page of our own leads on with the cookie
            write_notice(self, 200, "entering", target=target)

    async def _is_admitted(self) -> bool:
        """Tell whether the address holds a good token, or an old one beside a good cookie."""
        if not is_local(self.request):
            return False
        identity: Any = self.identity_provider
        self.current_user = self._jupyter_current_user = await ensure_async(identity.get_user(self))
        return bool(self.token_authenticated or identity.admits(self.request, self.settings["cookie_secret"]))


def write_notice(handler: RequestHandler, status: int, name: str, *, target: str = "") -> None:
    """Write a page that says in each language of the course why it is not the quiz, the page's own language first, and end the request."""
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
