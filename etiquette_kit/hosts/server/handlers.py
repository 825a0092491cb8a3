"""What answers to which address: pages, their files, and the pages' connections."""

from __future__ import annotations

import logging
import re
from functools import cache
from types import TracebackType
from typing import Any

from tornado.template import Template
from tornado.web import HTTPError, RequestHandler

from etiquette_kit import __version__
from etiquette_kit.hosts.server.connection import PageKind
from etiquette_kit.hosts.server.guard import Guard
from etiquette_kit.hosts.server.host import Host
from etiquette_kit.live.phases import CLOSING
from etiquette_kit.locale import catalog, languages, matching
from etiquette_kit.web import WEB
from etiquette_kit.web.files import served_text

_TYPES = {"html": "text/html", "js": "text/javascript", "css": "text/css"}
FOLDERS = ("control", "phone", "projector", "shared")
"""The folders of which a browser gets the files."""

_PAGES = {"control": "control/control.html", "screen": "projector/projector.html", None: "phone/phone.html"}
_HOST_NAME = re.compile(r"[A-Za-z0-9.:\[\]-]+")


def page_files() -> dict[str, bytes]:
    """Return the files of the pages by their path."""
    found = [entry for folder in FOLDERS for entry in WEB.joinpath(folder).iterdir()]
    return {entry.relative_to(WEB).as_posix(): served_text(entry).encode() for entry in found if entry.suffix[1:] in _TYPES}


_template = cache(Template)


_log = logging.getLogger(__name__)


class SecureHeaders:
    """What every answer says to the browser: only our own files, no frame around it, nothing told to others. No log says who asked."""

    request: Any
    set_header: Any

    def set_default_headers(self) -> None:
        """Set the headers."""
        name = self.request.headers.get("Host", "")
        sockets = f" ws://{name} wss://{name}" if _HOST_NAME.fullmatch(name) else ""  # older browsers do not count them as one's own
        policy = {
            "default-src": "'none'",
            "script-src": "'self'",
            "style-src": "'self'",
            "img-src": "'self' data:",
            "connect-src": f"'self'{sockets}",
            "form-action": "'self'",
            "base-uri": "'none'",
            "frame-ancestors": "'self'",
        }
        self.set_header("Content-Security-Policy", "; ".join(f"{name} {value}" for name, value in policy.items()))
        self.set_header("Cache-Control", "no-cache")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Server", "etiquette")

    def log_exception(self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None) -> None:
        """Log what went wrong here, without who asked for what; what is wrong with a request is said to its sender alone."""
        if error is not None and not isinstance(error, HTTPError):
            _log.error("a request to the room could not be answered", exc_info=error)


class RoomHandler(SecureHeaders, RequestHandler):
    """An answer without a connection that stays."""

    def initialize(self, host: Host, guard: Guard, own_files: dict[str, bytes]) -> None:
        """Take what all of them need."""
        self.host = host
        self.guard = guard
        self.own_files = own_files

    @property
    def address(self) -> str:
        """Who asks."""
        return str(self.request.remote_ip)

    async def check(self, code: str) -> None:
        """Refuse whoever does not know the code.

        Raises
        ------
        HTTPError
            404 for a wrong code, 429 for too many of them.
        """
        refusal = await self.guard.refusal(code, self.address)
        if refusal is not None:
            raise HTTPError(refusal)

    def browser_language(self, offered: tuple[str, ...]) -> str | None:
        """Return the language that the browser asks for, among those that there are; None if it asks for none of them."""
        for part in self.request.headers.get("Accept-Language", "").split(","):
            lang = matching(part, offered)
            if lang is not None:
                return lang
        return None

    @property
    def entry_language(self) -> str:
        """The language of a page outside of the room."""
        return self.host.broadcaster.first_language("phone", self.browser_language(languages()))

    def write_page(self, name: str, lang: str) -> None:
        """Write one of the pages, with what it says before the room has sent it any words.

        A phone has that in each of the room's languages, since it may remember another one than the browser asks for.
        """
        said = {code: catalog(code).table("room_before") for code in dict.fromkeys((*self.host.broadcaster.languages, lang))}
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.write(_template(self.own_files[name]).generate(lang=lang, version=__version__, words=said[lang], by_language=said))

    def write_entry(self, **more: str) -> None:
        """Write the page at which a code is typed, with what is wrong with one that was typed."""
        lang = self.entry_language
        base = "../" * (self.request.path.count("/") - 1)
        words = catalog(lang).table("room_entry")
        values = {"code": "", "message": "", **more}
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.write(_template(self.own_files["phone/entry.html"]).generate(lang=lang, base=base, words=words, **values))

    def write_error(self, status_code: int, **_: object) -> None:
        """Say in words what is wrong, and nothing of the inside."""
        words = catalog(self.entry_language).table("room_entry")
        key = {404: "wrong", 429: "too_many"}.get(status_code, "error")
        self.write_entry(message=words[key], code=self.request.query_arguments.get("code", [b""])[-1].decode(errors="replace")[:20])


class NotFoundHandler(RoomHandler):
    """Whatever else is asked for."""

    def prepare(self) -> None:
        """Say that it is not there.

        Raises
        ------
        HTTPError
            Always.
        """
        raise HTTPError(404)


class EntryHandler(RoomHandler):
    """The page at which a code is typed; it leads on to the room."""

    async def get(self) -> None:
        """Show the form, or go on to the room."""
        typed = self.get_argument("code", None)
        if typed is None:
            self.write_entry()
            return
        await self.check(typed)
        self.set_status(303)
        self.set_header("Location", f"{self.host.join_info.code}/")


class RoomPageHandler(RoomHandler):
    """One of the three pages."""

    async def get(self, code: str, page_kind: str | None, slash: str) -> None:
        """Show it; without the slash at the end its own addresses would lead astray."""
        await self.check(code)
        if not slash:
            self.set_status(303)
            self.set_header("Location", f"{page_kind or self.host.join_info.code}/")
            return
        broadcaster = self.host.broadcaster
        lang = broadcaster.first_language(page_kind_of(page_kind), self.browser_language(broadcaster.languages))
        self.write_page(_PAGES[page_kind], lang)


class FileHandler(RoomHandler):
    """A file of the pages."""

    def get(self, name: str) -> None:
        """Send it.

        Raises
        ------
        HTTPError
            When there is none.
        """
        if name not in self.own_files or name.endswith(".html"):
            raise HTTPError(404)
        self.set_header("Content-Type", f"{_TYPES[name.rpartition('.')[2]]}; charset=utf-8")
        self.write(self.own_files[name])


class HandoutHandler(RoomHandler):
    """The sheet for everyone; there once the last situation is over."""

    async def get(self, code: str) -> None:
        """Send it.

        Raises
        ------
        HTTPError
            Before that.
        """
        await self.check(code)
        if self.host.room.phase not in CLOSING:
            raise HTTPError(404)
        self.set_header(
            "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
        )  # it has a style
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.write(self.host.handout(self.get_argument("lang", self.host.room.lang)))


def page_kind_of(name: str | None) -> PageKind:
    """Return the kind of page that an address names."""
    match name:
        case "screen" | "control":
            return name
        case _:
            return "phone"
