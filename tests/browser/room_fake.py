"""A room that plays what a test wants: it holds acknowledgements back, cuts connections, refuses WebSockets, and notes what came."""

from __future__ import annotations

import asyncio
import json
import random
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import etiquette_kit
from etiquette_kit import load_bank
from etiquette_kit.exercises import choice
from etiquette_kit.locale import catalog, languages
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.template import Loader
from tornado.web import Application, RequestHandler, StaticFileHandler
from tornado.websocket import WebSocketHandler

PAGES = Path(etiquette_kit.__file__).parent / "room" / "page"
CODE = "ABCDEFGHK"
_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws: wss:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

_SAY = {
    "lobby": ("Gleich geht es los. Lassen Sie diese Seite offen.", "We are about to begin. Keep this page open."),
    "vote": ("Lesen Sie, und wählen Sie Ihre Reaktion.", "Read it and choose your reaction."),
    "closed": ("Die Abstimmung ist geschlossen.", "The vote is closed."),
    "discuss": ("Reden Sie mit jemandem, der anders abgestimmt hat.", "Talk to somebody who voted differently."),
    "revote": ("Stimmen Sie noch einmal ab.", "Vote once more."),
    "reclosed": ("Auch die zweite Abstimmung ist geschlossen.", "The second vote is closed, too."),
    "reveal": ("Lesen Sie, was der Artikel dazu sagt.", "Read what the article says."),
    "end": ("Das war’s. Danke fürs Mitmachen!", "That’s it. Thank you for taking part!"),
}


class FakeRoom:
    """A room with a few situations of the bank, under an address of its own."""

    def __init__(self) -> None:
        rng = random.Random(7)
        self.exercises = [choice.build(scenario, rng) for scenario in list(load_bank())[:3]]
        self.phase = "lobby"
        self.position = 0
        self.left: float | None = None
        self.acknowledges = True
        self.refuses: str | None = None  # the reason for which votes are refused
        self.keeps = True
        self.opens_sockets = True
        self.error: str | None = None
        self.known = True
        self.few = False
        self.came: list[dict[str, Any]] = []
        self.hellos = 0
        self.polls = 0
        self.seats: dict[str, list[list[str | None]]] = {}
        self._ids: set[str] = set()
        self._sockets: set[_Socket] = set()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._ready.wait(10)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/{CODE}/"

    @property
    def votes(self) -> list[dict[str, Any]]:
        return [message for message in self.came if message["do"] == "vote"]

    @property
    def connected(self) -> int:
        return len(self._sockets)

    def go(self, phase: str, position: int | None = None, left: float | None = None) -> None:
        """Go over to a phase, on all phones."""

        def act() -> None:
            self.phase, self.left = phase, left
            self.position = self.position if position is None else position
            for socket in self._sockets:
                socket.write_message(json.dumps({"page": self.page(socket.lang)}))

        self._do(act)

    def cut(self) -> None:
        """Close all WebSockets."""
        self._do(lambda: [socket.close() for socket in list(self._sockets)])

    def acknowledge(self, message: dict[str, Any]) -> None:
        """Acknowledge a vote that was held back."""
        self._do(lambda: [socket.write_message(json.dumps(self.take_vote(socket.token, message))) for socket in self._sockets])

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join(10)

    # ---- what the phones see ----------------------------------------------------------------------------------------------

    def page(self, lang: str) -> dict[str, Any]:
        words = catalog(lang)
        inside = self.phase not in ("lobby", "end")
        exercise = self.exercises[self.position]
        which = "second" if self.phase in ("revote", "reclosed", "reveal") else "first"
        return {
            "phase": self.phase,
            "position": self.position,
            "total": len(self.exercises),
            "progress": words("workshop.progress", number=self.position + 1, total=len(self.exercises)) if inside else "",
            "which": which if inside else None,
            "open": self.phase in ("vote", "revote"),
            "left": self.left,
            "say": _SAY[self.phase][("de", "en").index(lang)],
            "question": exercise.question(lang) if inside else None,
            "letters": "ABCDE",
            "revealed": self._revealed(lang) if self.phase == "reveal" else None,
            "end": self._end(lang) if self.phase == "end" else None,
        }

    def _revealed(self, lang: str) -> dict[str, Any]:
        german = lang == "de"
        exercise = self.exercises[self.position]
        names = [catalog(lang)("workshop_card.first"), catalog(lang)("workshop_card.second")]
        shares = [(0.45, 0.3, 0.2, 0.05), (0.1, 0.75, 0.15, 0.0)]
        noun = "Stimmen" if german else "votes"
        sign = "\u00a0%" if german else "%"
        votes = {
            option: [
                [
                    which,
                    name,
                    None if self.few else share[index],
                    "–" if self.few else f"{share[index]:.0%}".replace("%", sign) + f" · {share[index] * 40:.0f} {noun}",
                ]
                for which, name, share in zip(("first", "second"), names, shares, strict=True)
            ]
            for index, option in enumerate(exercise.order)
        }
        return {
            **exercise.reveal(lang),
            "best": [option for option in exercise.order if exercise.scenario.key()[option] == 4],
            "summary": "Zuerst waren 30 % der Stimmen bei der Reaktion, die am besten zum Artikel passt (★), nach dem Gespräch 75 %."
            if german
            else "At first 30% of the votes went to the reaction that fits the article best (★); after talking it was 75%.",
            "votes": votes,
            "few": "Balken gibt es erst ab fünf Stimmen." if self.few else None,
            "flow": None
            if self.few
            else {
                "text": "18 blieben dabei, 20 kamen zu ★, 2 gingen weg." if german else "18 stayed, 20 came to ★, 2 left it.",
                "moves": [],
            },
        }

    def _end(self, lang: str) -> dict[str, Any]:
        words = catalog(lang)
        percent = "{}\u00a0%" if lang == "de" else "{}%"
        rows = [
            [exercise.scenario.text(lang).title, percent.format(first), percent.format(second), words("workshop.points", value=change)]
            for exercise, first, second, change in zip(self.exercises, (30, 60, 10), (75, 58, 40), ("+45", "−2", "+30"), strict=True)
        ]
        return {
            "title": words("workshop.end_title"),
            "lead": words("workshop.end_lead"),
            "rows": rows,
            "caption": words("workshop.end_caption"),
            "figures": words("workshop.end_figures"),
            "handout": "handout.html",
        }

    def welcome(self, token: str, lang: str) -> dict[str, Any]:
        words = catalog(lang)
        mine = self.seats.setdefault(token, [[None, None] for _ in self.exercises])
        tables = (("basis_short", "basis_short"), ("places", "place"))
        further = {f"{prefix}.{key}": text for table, prefix in tables for key, text in words.table(table).items()}
        return {
            "seat": list(self.seats).index(token),
            "lang": lang,
            "languages": [[code, catalog(code)("language.name")] for code in languages()],
            "words": {**words.table("room_phone"), **further},
            "page": self.page(lang),
            "mine": mine,
        }

    def take_vote(self, token: str, message: dict[str, Any]) -> dict[str, Any]:
        if self.refuses:
            return {"ack": message["id"], "refused": self.refuses}
        if message["id"] not in self._ids:
            self._ids.add(message["id"])
            self.seats[token][message["position"]][message["which"] == "second"] = message["option"]
        return {"ack": message["id"], "kept": self.keeps, **{name: message[name] for name in ("position", "which", "option")}}

    def answer(self, message: dict[str, Any], token: str, lang: str) -> list[dict[str, Any]]:
        self.came.append(message)
        if self.error:
            return [{"error": self.error}]
        if message["do"] == "vote":
            return [self.take_vote(token, message)] if self.acknowledges else []
        self.hellos += message["do"] == "hello"
        return [self.welcome(token, lang)]

    # ---- serving ----------------------------------------------------------------------------------------------------------

    def _do(self, act: Callable[[], object]) -> None:
        done = threading.Event()

        def run() -> None:
            act()
            done.set()

        self._loop.call_soon_threadsafe(run)
        assert done.wait(10)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._ended = asyncio.Event()
        given = {"room": self}
        routes = [
            (rf"/{CODE}/", _Shell, given),
            (r"/", _Entry, given),
            (rf"/{CODE}/ws", _Socket, given),
            (rf"/{CODE}/poll", _Poll, given),
            (r"/static/(.*)", StaticFileHandler, {"path": str(PAGES)}),
        ]
        server = HTTPServer(Application(routes))
        sockets = bind_sockets(0, "127.0.0.1")
        self.port = sockets[0].getsockname()[1]
        server.add_sockets(sockets)
        self._ready.set()
        await self._ended.wait()
        for socket in list(self._sockets):
            socket.close()
        server.stop()
        await server.close_all_connections()


class _Template(RequestHandler):
    def initialize(self, room: FakeRoom) -> None:
        self.room = room

    def fill(self, name: str, **values: object) -> None:
        self.set_header("Content-Security-Policy", _CSP)
        self.set_header("Cache-Control", "no-cache")
        self.finish(Loader(str(PAGES)).load(name).generate(**values))


class _Shell(_Template):
    def get(self) -> None:
        self.fill("phone.html", lang="de")


class _Entry(_Template):
    def get(self) -> None:
        code = self.get_argument("code", "")
        if code.upper().replace(" ", "") == CODE:
            self.redirect(f"{CODE}/")
            return
        self.fill("entry.html", lang="de", words=catalog("de").table("room_entry"), code=code, wrong=bool(code), base="")


class _Socket(WebSocketHandler):
    token = ""
    lang = "de"

    def initialize(self, room: FakeRoom) -> None:
        self.room = room

    async def get(self, *args: str, **kwargs: str) -> None:
        if not self.room.opens_sockets or not self.room.known:
            self.send_error(404)
            return
        await super().get(*args, **kwargs)

    def on_message(self, text: str | bytes) -> None:
        message = json.loads(text)
        self.token = message.get("token", self.token)
        self.lang = message.get("lang", self.lang)
        for answer in self.room.answer(message, self.token, self.lang):
            self.write_message(json.dumps(answer))
        if self.room.error:
            self.close(1008)
        elif message["do"] == "hello":
            self.room._sockets.add(self)

    def on_close(self) -> None:
        self.room._sockets.discard(self)


class _Poll(RequestHandler):
    def initialize(self, room: FakeRoom) -> None:
        self.room = room

    def post(self) -> None:
        if not self.room.known:
            self.send_error(404)
            return
        self.room.polls += 1
        messages = json.loads(self.request.body)
        hello = messages[0]
        self.finish(json.dumps([answer for message in messages for answer in self.room.answer(message, hello["token"], hello["lang"])]))
