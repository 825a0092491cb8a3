"""A room while it is being served: it takes what pages ask, keeps it, and tells the pages what they show. It knows no network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice
from typing import Any, Literal, Protocol

import msgspec

from etiquette_kit.locale import Catalog, catalog, languages
from etiquette_kit.records.errors import ConflictError, StoreError
from etiquette_kit.records.terms import LEAST_GROUP
from etiquette_kit.room import messages
from etiquette_kit.room.control_page import control_page, plan_for
from etiquette_kit.room.events import Event
from etiquette_kit.room.journal import Journal
from etiquette_kit.room.limits import Allowance, Limits
from etiquette_kit.room.pages import as_round, counts, phone_page, room_languages, screen_page
from etiquette_kit.room.room import Room, RoomError
from etiquette_kit.room.way_in import WayIn, spoken_code
from etiquette_kit.workshop.sheets import handout, run_sheet

Face = Literal["phone", "screen", "control"]
FACES: tuple[Face, ...] = ("phone", "screen", "control")
_PAGES = {"phone": phone_page, "screen": screen_page, "control": control_page}

_VISIT = 10.0
"""Seconds for which a page that asks at intervals counts as present."""

_AT_ONCE = 250
"""Pages that are told something before anything else has its turn."""

json = msgspec.json.Encoder().encode


def hashed(secret: str) -> str:
    """Return what is kept of a token or a key."""
    return sha256(secret.encode(errors="surrogatepass")).hexdigest()[:32]


class Connection(Protocol):
    """Somebody's page, however it is connected."""

    lang: str
    dropped: bool

    def send(self, message: bytes) -> None:
        """Send a JSON message; a page that is gone takes nothing, and that is no error."""

    def drop(self, reason: str) -> None:
        """End it, saying why; nothing that still comes from there counts."""


class Seat:
    """Who holds a seat now, and how much may come from there."""

    __slots__ = ("allowance", "connections", "number", "visited")

    def __init__(self, number: int, allowance: Allowance) -> None:
        self.number = number
        self.allowance = allowance
        self.connections: list[Connection] = []
        self.visited = -_VISIT


class Host:
    """Serves one room.

    Parameters
    ----------
    room : Room
        Its state.
    way_in : WayIn
        How people get in.
    journal : Journal
        Where its events are kept.
    limits : Limits
        What it allows.
    later : callable
        Calls a function after some seconds, on the loop, and returns what can be cancelled.
    clock : callable
        Seconds from any beginning.

    Attributes
    ----------
    trouble : StoreError, ConflictError or None
        Why the store cannot be written just now.
    """

    def __init__(
        self,
        room: Room,
        way_in: WayIn,
        journal: Journal,
        limits: Limits,
        *,
        later: Callable[[float, Callable[[], None]], Any],
        clock: Callable[[], float],
    ) -> None:
        self.room = room
        self.way_in = way_in
        self.limits = limits
        self.trouble: StoreError | ConflictError | None = None
        self.changed: Callable[[], None] = lambda: None
        self._journal = journal
        self._later = later
        self._clock = clock
        self._seats: dict[int, Seat] = {}
        self._by_address: Counter[str] = Counter()  # only here, and only where they are limited
        self._watching: dict[Face, set[Connection]] = {"phone": set(), "screen": set(), "control": set()}
        self._telling: dict[Face, Iterator[Connection]] = {}
        self._version = 0
        self._made: dict[tuple[Face, str], bytes] = {}
        self._counting = False
        self._timer: Any = None
        self.languages = room_languages(room, languages())
        self._wind_up()

    # ---- phones -----------------------------------------------------------------------------------------------------------

    def admit(self, connection: Connection, hello: messages.PhoneHello, address: str) -> Seat | None:
        """Give a phone its seat, a new one or its own; it hears so once that is kept. None where all are taken."""
        connection.lang = self.language(hello.lang)
        token = hashed(hello.token)
        try:
            joined = self.room.join(token, _now(), most=self.limits.seats)
            if joined is not None and self.limits.per_address is not None:
                self._take_place(address, self.limits.per_address)
        except RoomError:
            connection.send(json({"error": "full"}))
            connection.drop("full")
            return None
        number = self.room.seats[token] if joined is None else joined.seat
        seat = self._seats.get(number)
        if seat is None:
            seat = self._seats[number] = Seat(number, self.allowance())
        seat.connections.append(connection)
        if len(seat.connections) > self.limits.connections:
            oldest = seat.connections[0]
            self.leave(oldest, seat)
            oldest.drop("connections")
        if joined is None:
            self._welcome(connection, seat)
        else:
            self._do(joined, lambda _kept: self._welcome(connection, seat))
        self._count()
        return seat

    def _take_place(self, address: str, most: int) -> None:
        if self._by_address[address] >= most:
            message = f"{address} has {most} seats already"
            raise RoomError("full", message)
        self._by_address[address] += 1

    def allowance(self) -> Allowance:
        """Return how much may come from one more seat or page."""
        return Allowance(self.limits, self._clock())

    def allows(self, connection: Connection, allowance: Allowance) -> bool:
        """Tell whether another message may come from this seat or page; far too many end the connection."""
        if allowance.takes(self._clock()):
            return True
        if allowance.strikes > self.limits.strikes:
            allowance.strikes = 0
            connection.send(json({"error": "too_fast"}))
            connection.drop("too_fast")
        return False

    def vote(self, connection: Connection, seat: Seat, vote: messages.Vote) -> None:
        """Take a vote; it is acknowledged once it is kept."""
        try:
            event = self.room.vote(seat.number, vote.position, vote.which, vote.option, vote.id, _now())
        except RoomError as error:
            connection.send(json({"ack": vote.id, "refused": error.refusal}))
            return
        position, which = self.room.cast(seat.number, vote.id) or (vote.position, vote.which)
        told = {"ack": vote.id, "position": position, "which": which}
        if event is None:  # it was sent twice, or another vote came under its id; what counts is said
            option = self.room.ballots[position].votes(which)[seat.number]
            self._journal.when_kept(lambda kept: connection.send(json({**told, "option": option, "kept": kept == "kept"})))
            return

        def acknowledge(kept: str) -> None:
            acknowledgement = json({**told, "option": vote.option, "kept": kept == "kept"})
            for page in seat.connections:
                page.send(acknowledgement)
            if connection not in seat.connections:
                connection.send(acknowledgement)

        self._do(event, acknowledge)
        self._count()

    def leave(self, connection: Connection, seat: Seat | None) -> None:
        """Forget a connection; the seat and its votes stay."""
        for watching in self._watching.values():
            watching.discard(connection)
        if seat is not None and connection in seat.connections:
            seat.connections.remove(connection)
            self._count()

    def _welcome(self, connection: Connection, seat: Seat) -> None:
        """Tell a phone all that it needs; from then on it hears what changes."""
        if connection not in seat.connections:  # it has gone meanwhile
            return
        self._watching["phone"].add(connection)
        mine = [list(pair) for pair in self.room.chosen(seat.number)]
        connection.send(self._greeting("phone", connection.lang, seat=msgspec.Raw(json(seat.number)), mine=msgspec.Raw(json(mine))))

    # ---- the projector and the facilitator --------------------------------------------------------------------------------

    def watch(self, connection: Connection, face: Face, lang: str) -> None:
        """Show the projector's or the facilitator's page."""
        connection.lang = self.language(lang)
        self._watching[face].add(connection)
        connection.send(self._greeting(face, connection.lang, counts=msgspec.Raw(json(self.count_page(connection.lang)))))

    def switch(self, connection: Connection, face: Face, lang: str, seat: Seat | None = None) -> None:
        """Go over to another language."""
        connection.lang = self.language(lang)
        if seat is not None:
            self._welcome(connection, seat)
        else:
            self.watch(connection, face, connection.lang)

    def knows(self, key: str) -> bool:
        """Tell whether this is a facilitator's key."""
        return hashed(key) in self.room.keys

    def command(self, connection: Connection, message: messages.Message) -> None:
        """Do what the facilitator asks; where that cannot be done, she is told."""
        match message:
            case messages.Sheet():
                self._send_sheet(connection, message.which)
            case messages.Lang():
                self.switch(connection, "control", message.lang)
            case messages.Go() | messages.Next() | messages.Back() | messages.Timer():
                self._steer(connection, message)

    def _steer(self, connection: Connection, message: messages.Go | messages.Next | messages.Back | messages.Timer) -> None:
        room, now = self.room, _now()
        try:
            if message.place != (room.position, room.phase):
                raise RoomError("moved", f"the room is at {room.position}, {room.phase}")  # noqa: TRY301  told at once
            match message:
                case messages.Go():
                    event: Event = room.go(message.phase, now)
                case messages.Next():
                    event = room.next(now)
                case messages.Back():
                    event = room.back(now)
                case messages.Timer():
                    event = room.time(None if message.seconds is None else timedelta(seconds=message.seconds), now)
        except RoomError as error:
            connection.send(json({"refused": catalog(connection.lang)(f"room.refused.{error.refusal}")}))
            return
        self.turn(event)

    def _send_sheet(self, connection: Connection, which: Literal["run_sheet", "handout"]) -> None:
        words = catalog(connection.lang)
        page = self.handout(connection.lang) if which == "handout" else self.run_sheet(connection.lang)
        connection.send(json({"sheet": which, "html": page, "file": words(f"workshop_files.{which}")}))

    def handout(self, lang: str) -> str:
        """Return the sheet for everyone: situations whose answer was shown, with the votes of groups that are large enough."""
        return handout([as_round(ballot, LEAST_GROUP) for ballot in self.room.revealed], self.language(lang))

    def run_sheet(self, lang: str) -> str:
        """Return the facilitator's sheet, with all answers."""
        return run_sheet([as_round(ballot, LEAST_GROUP) for ballot in self.room.ballots], plan_for(self.room), self.language(lang))

    # ---- what happens -----------------------------------------------------------------------------------------------------

    def _do(self, event: Event, then: Callable[[str], None] | None = None) -> None:
        self.room.apply(event)
        self._journal.write(event, then)

    def turn(self, event: Event) -> None:
        """Let the room go on; the pages follow once that is kept."""
        self._do(event, lambda _kept: self.publish())
        self._wind_up()

    def _wind_up(self) -> None:
        """Set the clock that closes a vote whose time is over."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self.room.ends is not None:
            self._timer = self._later(max(0.0, (self.room.ends - _now()).total_seconds()), self._time_over)

    def _time_over(self) -> None:
        self._timer = None
        event = self.room.due(_now())
        if event is not None:
            self.turn(event)
        else:
            self._wind_up()

    def on_trouble(self, trouble: StoreError | ConflictError | None) -> None:
        """Tell the facilitator that the store cannot be written, or can be again."""
        self.trouble = trouble
        self.publish(("control",))

    # ---- what the pages show ----------------------------------------------------------------------------------------------

    def language(self, wanted: str) -> str:
        """Return a language in which the whole room is there: the one that is wanted, or the room's own."""
        return wanted if wanted in self.languages else self.room.lang

    def publish(self, faces: Iterable[Face] = FACES) -> None:
        """Tell all pages what they show now."""
        self._version += 1
        self._made.clear()
        self.changed()
        for face in faces:
            self._telling[face] = iter(tuple(self._watching[face]))
            self._tell(face, self._telling[face], {})
        self._count()

    def _tell(self, face: Face, connections: Iterator[Connection], ready: dict[str, bytes]) -> None:
        """Tell the next pages what they show, unless there is something newer; in a large room others have their turn meanwhile."""
        if connections is not self._telling[face]:
            return
        some = tuple(islice(connections, _AT_ONCE))
        for connection in some:
            lang = connection.lang
            if lang not in ready:
                ready[lang] = b'{"page":' + self.page(face, lang) + b"}"
            connection.send(ready[lang])
        if len(some) == _AT_ONCE:
            self._later(0.0, lambda: self._tell(face, connections, ready))

    def page(self, face: Face, lang: str) -> bytes:
        """Return a page as JSON; it is made once for all, unless a clock runs on it."""
        made = self._made.get((face, lang))
        if made is None:
            made = json(self.describe(face, lang))
            if self.room.ends is None and face != "control":
                self._made[face, lang] = made
        return made

    def describe(self, face: Face, lang: str) -> dict[str, Any]:
        """Return a page as plain values."""
        page = {**_PAGES[face](self.room, lang, _now()), "version": self._version}
        if face != "phone":
            page |= {"code": self.spoken_code, "address": self.way_in.bases[0], "qr": self.way_in.qr}
        if face == "control":
            words = catalog(lang)
            page |= {
                "links": {"phone": self.way_in.phone, "screen": "../screen/", "others": self.way_in.others},
                "checks": list(words.table("room.checks").values()),
                "trouble": self._spoken_trouble(lang),
            }
        return page

    @property
    def spoken_code(self) -> str:
        """The code as people read it out."""
        return spoken_code(self.way_in.code)

    def present(self) -> int:
        """Return how many seats have a page open."""
        since = self._clock() - _VISIT
        return sum(1 for seat in self._seats.values() if seat.connections or seat.visited > since)

    def visited(self, seat: Seat) -> None:
        """Note that a page that asks at intervals was here."""
        seat.visited = self._clock()

    def _spoken_trouble(self, lang: str) -> str | None:
        words = catalog(lang)
        if self.trouble is None:
            return None
        if isinstance(self.trouble, ConflictError):
            return words("room.store.conflict")
        return words("room.store.trouble", reason=words(f"room.reasons.{self.trouble.kind}"))

    def _greeting(self, face: Face, lang: str, **more: msgspec.Raw) -> bytes:
        """Return the first message to a page: its words, what it shows, and what else it needs."""
        words = catalog(lang)
        parts = {
            "lang": lang,
            "languages": [[code, catalog(code)("language.name")] for code in self.languages],
            "words": _fixed_words(face, words),
            "page": msgspec.Raw(self.page(face, lang)),
            **more,
        }
        return json(parts)

    def count_page(self, lang: str) -> dict[str, Any]:
        """Return who is there and how many have voted, as plain values."""
        return counts(self.room, self.present(), lang)

    def _count(self) -> None:
        """Tell the projector and the facilitator who is there and how many have voted, at most four times a second."""
        if not self._counting:
            self._counting = True
            self._later(0.25, self._tell_counts)

    def _tell_counts(self) -> None:
        self._counting = False
        self.changed()
        ready: dict[str, bytes] = {}
        for connection in (*self._watching["screen"], *self._watching["control"]):
            if connection.lang not in ready:
                ready[connection.lang] = b'{"counts":' + json(self.count_page(connection.lang)) + b"}"
            connection.send(ready[connection.lang])

    def close(self) -> None:
        """Let all pages go; they look for the room again."""
        if self._timer is not None:
            self._timer.cancel()
        for watching in self._watching.values():
            for connection in tuple(watching):
                connection.drop("stopped")


def _fixed_words(face: Face, words: Catalog) -> dict[str, str]:
    """Return the words of a page that stay, with those that tell where in the article a reason comes from."""
    told = {"basis_short": "basis_short", "places": "place"}
    sources = {f"{name}.{key}": text for table, name in told.items() for key, text in words.table(table).items()}
    return {**words.table(f"room_{face}"), **sources}


def _now() -> datetime:
    return datetime.now(UTC)
