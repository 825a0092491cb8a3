"""A room while it is being served: it processes requests from pages, stores events, and updates the pages; independent of the network."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from etiquette_kit.content.house_rules import House
from etiquette_kit.hosts.server.arrivals import Arrivals
from etiquette_kit.hosts.server.broadcaster import Broadcaster, encode_json
from etiquette_kit.hosts.server.connection import PAGE_KINDS, Connection, PageKind, Seat
from etiquette_kit.hosts.server.join_info import JoinInfo
from etiquette_kit.hosts.server.journal import Journal
from etiquette_kit.hosts.server.limits import Limits, RateLimit
from etiquette_kit.hosts.server.reach import Reach
from etiquette_kit.hosts.server.seating import Seating
from etiquette_kit.live import messages
from etiquette_kit.live.errors import NetworkError, RoomError
from etiquette_kit.live.events import Joined, RoomEvent, Turned
from etiquette_kit.live.leading import step
from etiquette_kit.live.room import Room
from etiquette_kit.locale import catalog
from etiquette_kit.present.lobby import Arrived
from etiquette_kit.present.room_sheets import printed_sheet, room_handout
from etiquette_kit.present.take_home import TakeHome


def hashed(secret: str) -> str:
    """Return the hash of a token or a key, as it is stored."""
    return sha256(secret.encode(errors="surrogatepass")).hexdigest()[:32]


class Host:
    """Serves one room.

    Parameters
    ----------
    room : Room
        The room's state.
    join_info : JoinInfo
        The code and addresses for joining.
    journal : Journal
        Stores its events.
    limits : Limits
        The server's limits.
    later : callable
        Calls a function after a number of seconds, on the event loop, and returns a handle that can be cancelled.
    clock : callable
        Returns monotonic seconds.
    house : House, optional
        The employer's house rules, which are shown with the answers.
    take_home : TakeHome, optional
        Where participants go on practising, which is shown at the end.
    reach : Reach, optional
        From where the room can be reached; default from everywhere.
    open_network : callable, optional
        Opens the room to the network, and reports why that failed where it did.
    lang : str, optional
        The language in which the room's pages start; default that of each browser, or else the room's own.

    Attributes
    ----------
    broadcaster : Broadcaster
        The open pages.
    arrivals : Arrivals
        Whether a projector's page is open, and a phone got in.
    """

    def __init__(
        self,
        room: Room,
        join_info: JoinInfo,
        journal: Journal,
        limits: Limits,
        *,
        later: Callable[[float, Callable[[], None]], Any],
        clock: Callable[[], float],
        house: House | None = None,
        take_home: TakeHome | None = None,
        reach: Reach | None = None,
        open_network: Callable[[Callable[[NetworkError], None]], None] | None = None,
        lang: str | None = None,
    ) -> None:
        self.room = room
        self._reach = reach
        self._open_network = open_network
        self._house = house
        self._take_home = take_home
        self.join_info = join_info
        self.limits = limits
        self._journal = journal
        self._later = later
        self._clock = clock
        self._seats: dict[int, Seat] = {}
        self._seating = Seating(limits, clock, (seat for seat in room.seats.values() if not room.has_voted(seat)))
        self._timer: Any = None
        self.broadcaster = Broadcaster(
            room, join_info, self.attendance, later, house, take_home=take_home, arrived=self.arrived, start_language=lang
        )
        self.arrivals = Arrivals(later, clock, limits.gone_seconds, self.broadcaster.refresh)
        self._set_timer()

    # ---- phones -----------------------------------------------------------------------------------------------------------

    def admit(self, connection: Connection, hello: messages.PhoneHello, address: str) -> Seat | None:
        """Assign a phone a new seat or its own; the phone is notified once that is stored. None where all seats are taken."""
        connection.lang = self.broadcaster.language(hello.lang)
        token = hashed(hello.token)
        try:
            joined = self._join(token, address)
        except RoomError:
            connection.send(encode_json({"error": "full"}))
            connection.drop("full")
            return None
        if joined is None:
            number = self.room.seats[token]
            self._seating.reconnect(number, address)
        else:
            number = joined.seat
            self._seating.take(number, address)
            self._seats.pop(number, None)
        seat = self._seats.get(number)
        if seat is None:
            seat = self._seats[number] = Seat(number, self.rate_limit())
        seat.connections.append(connection)
        if len(seat.connections) > self.limits.connections:
            oldest = seat.connections[0]
            self.leave(oldest, seat)
            oldest.drop("connections")
        if self._reach is not None and self._reach.is_elsewhere(address):
            self.arrivals.phone_came()
        if joined is None:
            self._send_welcome(connection, seat)
        else:
            self._apply(joined, lambda _kept: self._send_welcome(connection, seat))
        self.broadcaster.count()
        return seat

    def _join(self, token: str, address: str) -> Joined | None:
        if token in self.room.seats:
            return None
        instead = self._seating.choose(address, len(self.room.seats))
        return self.room.join(token, _now(), limit=self.limits.seats, instead=instead)

    def rate_limit(self) -> RateLimit:
        """Return a rate limit for a new seat or page."""
        return RateLimit(self.limits, self._clock())

    def allows(self, connection: Connection, rate_limit: RateLimit) -> bool:
        """Return whether another message from this seat or page is allowed; far too many close the connection."""
        if rate_limit.takes(self._clock()):
            return True
        if rate_limit.strikes > self.limits.strikes:
            rate_limit.strikes = 0
            connection.send(encode_json({"error": "too_fast"}))
            connection.drop("too_fast")
        return False

    def vote(self, connection: Connection, seat: Seat, vote: messages.Vote) -> None:
        """Process a vote; it is acknowledged once it is stored."""
        try:
            event = self.room.vote(seat.number, vote.position, vote.which, vote.option, vote.id, _now(), vote.number)
        except RoomError as error:
            connection.send(encode_json({"ack": vote.id, "refused": error.refusal}))
            return
        position, which = self.room.cast(seat.number, vote.id) or (vote.position, vote.which)
        reply = {"ack": vote.id, "position": position, "which": which}
        if event is None:  # repeated, older than the latest one, or another vote with its id; the reply has the vote that counts
            option = self.room.ballots[position].votes(which)[seat.number]
            self._journal.when_stored(lambda kept: connection.send(encode_json({**reply, "option": option, "kept": kept == "kept"})))
            return

        def acknowledge(kept: str) -> None:
            acknowledgement = encode_json({**reply, "option": vote.option, "kept": kept == "kept"})
            for page in seat.connections:
                page.send(acknowledgement)
            if connection not in seat.connections:
                connection.send(acknowledgement)

        self._apply(event, acknowledge)
        self.broadcaster.count()

    def leave(self, connection: Connection, seat: Seat | None) -> None:
        """Remove a connection; the seat and its votes are kept, but a seat without votes can be reassigned."""
        if self.broadcaster.unsubscribe(connection) == "screen":
            self.arrivals.screen_closed()
        if seat is not None and connection in seat.connections:
            seat.connections.remove(connection)
            if not seat.connections and not self.room.has_voted(seat.number):
                self._seating.release_seat(seat.number)
            self.broadcaster.count()

    def _send_welcome(self, connection: Connection, seat: Seat) -> None:
        """Send a phone its complete initial content; from then on it receives changes."""
        if connection not in seat.connections:  # closed meanwhile
            return
        self.broadcaster.subscribe("phone", connection, seat=seat.number, mine=self.room.chosen(seat.number))

    # ---- the projector and the facilitator --------------------------------------------------------------------------------

    def watch(self, connection: Connection, page_kind: PageKind, lang: str) -> None:
        """Show the projector's or the facilitator's page."""
        connection.lang = self.broadcaster.language(lang)
        self.broadcaster.subscribe(page_kind, connection)
        if page_kind == "screen":
            self.arrivals.screen_opened()

    def switch(self, connection: Connection, page_kind: PageKind, lang: str, seat: Seat | None = None) -> None:
        """Change the language of a page."""
        connection.lang = self.broadcaster.language(lang)
        if seat is not None:
            self._send_welcome(connection, seat)
        else:
            self.broadcaster.subscribe(page_kind, connection)

    def knows(self, key: str) -> bool:
        """Return whether this is a facilitator's key."""
        return hashed(key) in self.room.keys

    def command(self, connection: Connection, message: messages.Message) -> None:
        """Carry out a request from the facilitator, or send the reason why that is not possible."""
        match message:
            case messages.Sheet():
                self._send_sheet(connection, message.which)
            case messages.Lang():
                self.switch(connection, "control", message.lang)
            case messages.OpenNetwork():
                self._widen(connection)
            case _ if isinstance(message, messages.StepMessage):
                self._control_room(connection, message)

    def _control_room(self, connection: Connection, message: messages.StepMessage) -> None:
        try:
            event = step(self.room, message, _now())
        except RoomError as error:
            connection.send(encode_json({"refused": catalog(connection.lang)(f"room.refused.{error.refusal}")}))
            return
        self.turn(event)

    # ---- the network ------------------------------------------------------------------------------------------------------

    def arrived(self) -> Arrived:
        """Return what the room knows of what is to be prepared."""
        return Arrived(self.arrivals.screen, self.arrivals.phone, "open" if self._reach is None else self._reach.kind)

    def move(self, join_info: JoinInfo) -> None:
        """Show other addresses on all pages, and take them for the room's own."""
        self.join_info = self.broadcaster.join_info = join_info
        self.broadcaster.publish()

    def _widen(self, connection: Connection) -> None:
        """Open the room to the network, or send the reason why that is not possible."""
        if self._open_network is None:
            return

        def failed(error: NetworkError) -> None:
            port = urlsplit(self.join_info.bases[0]).port
            reason = catalog(connection.lang)(f"room_lobby.reach_refused.{error.kind}", port=port, reason=error.reason)
            connection.send(encode_json({"refused": reason}))

        self._open_network(failed)

    # ---- sheets -----------------------------------------------------------------------------------------------------------

    def _send_sheet(self, connection: Connection, which: messages.SheetName) -> None:
        words = catalog(connection.lang)
        page = printed_sheet(which, self.room, self.broadcaster.language(connection.lang), self._house, self._take_home)
        connection.send(encode_json({"sheet": which, "html": page, "file": words(f"workshop_files.{which}")}))

    def handout(self, lang: str) -> str:
        """Return the participants' sheet: situations whose answer was shown, with the votes of groups that are large enough."""
        return room_handout(self.room.revealed, self.broadcaster.language(lang), self._house, self._take_home)

    # ---- events -----------------------------------------------------------------------------------------------------------

    def _apply(self, event: RoomEvent, then: Callable[[str], None] | None = None) -> None:
        self.room.apply(event)
        self._journal.write(event, then)

    def turn(self, event: RoomEvent) -> None:
        """Apply an event; the pages are updated once it is stored."""
        # Phones always show the complete answer, so that the projector's view does not concern them.
        page_kinds: tuple[PageKind, ...] = ("screen", "control") if isinstance(event, Turned) else PAGE_KINDS
        self._apply(event, lambda _kept: self.broadcaster.publish(page_kinds))
        self._set_timer()

    def _set_timer(self) -> None:
        """Set the timer that closes a vote when its time is over."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self.room.closes is not None:
            self._timer = self._later(max(0.0, (self.room.closes - _now()).total_seconds()), self._time_over)

    def _time_over(self) -> None:
        self._timer = None
        event = self.room.due(_now())
        if event is not None:
            self.turn(event)
        else:
            self._set_timer()

    def present(self) -> int:
        """Return the number of seats with an open page."""
        return self.attendance()[0]

    def attendance(self) -> tuple[int, int]:
        """Return the number of seats with an open page, and that of voters in the open or last closed vote whose seat has none."""
        since = self._clock() - self.limits.gone_seconds
        here = {seat.number for seat in self._seats.values() if seat.connections or (seat.visited is not None and seat.visited > since)}
        return len(here), sum(1 for seat in self.room.voters if seat not in here)

    def visited(self, seat: Seat) -> None:
        """Record a request of a polling page."""
        seat.visited = self._clock()

    def close(self) -> None:
        """Close the connections of all pages, which then try to reconnect."""
        if self._timer is not None:
            self._timer.cancel()
        self.broadcaster.close()


def _now() -> datetime:
    return datetime.now(UTC)
