"""A room while it is being served: it takes what pages ask, keeps it, and lets the pages know. It knows no network."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Literal

from etiquette_kit.content.house_rules import House
from etiquette_kit.hosts.server.broadcaster import Broadcaster, encode_json
from etiquette_kit.hosts.server.connection import PAGE_KINDS, Connection, PageKind, Seat
from etiquette_kit.hosts.server.join_info import JoinInfo
from etiquette_kit.hosts.server.journal import Journal
from etiquette_kit.hosts.server.limits import Limits, RateLimit
from etiquette_kit.hosts.server.seating import Seating
from etiquette_kit.live import messages
from etiquette_kit.live.errors import RoomError
from etiquette_kit.live.events import Joined, RoomEvent, Turned
from etiquette_kit.live.room import Room
from etiquette_kit.locale import catalog
from etiquette_kit.present.control_page import plan_for
from etiquette_kit.present.room_pages import as_round
from etiquette_kit.present.sheets import handout, run_sheet
from etiquette_kit.privacy.thresholds import MIN_GROUP_SIZE


def hashed(secret: str) -> str:
    """Return what is kept of a token or a key."""
    return sha256(secret.encode(errors="surrogatepass")).hexdigest()[:32]


class Host:
    """Serves one room.

    Parameters
    ----------
    room : Room
        Its state.
    join_info : JoinInfo
        How people get in.
    journal : Journal
        Where its events are kept.
    limits : Limits
        What it allows.
    later : callable
        Calls a function after some seconds, on the loop, and returns what can be cancelled.
    clock : callable
        Seconds from any beginning.
    house : House, optional
        The rules of the house, which are shown beside the answers.

    Attributes
    ----------
    broadcaster : Broadcaster
        The pages that are open.
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
    ) -> None:
        self.room = room
        self._house = house
        self.join_info = join_info
        self.limits = limits
        self._journal = journal
        self._later = later
        self._clock = clock
        self._seats: dict[int, Seat] = {}
        self._seating = Seating(limits, clock, (seat for seat in room.seats.values() if not room.has_voted(seat)))
        self._timer: Any = None
        self.broadcaster = Broadcaster(room, join_info, self.present, later, house)
        self._wind_up()

    # ---- phones -----------------------------------------------------------------------------------------------------------

    def admit(self, connection: Connection, hello: messages.PhoneHello, address: str) -> Seat | None:
        """Give a phone its seat, a new one or its own; it hears so once that is kept. None where all are taken."""
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
            self._seating.come_back(number, address)
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
        if joined is None:
            self._welcome(connection, seat)
        else:
            self._do(joined, lambda _kept: self._welcome(connection, seat))
        self.broadcaster.count()
        return seat

    def _join(self, token: str, address: str) -> Joined | None:
        if token in self.room.seats:
            return None
        instead = self._seating.choose(address, len(self.room.seats))
        return self.room.join(token, _now(), most=self.limits.seats, instead=instead)

    def rate_limit(self) -> RateLimit:
        """Return how much may come from one more seat or page."""
        return RateLimit(self.limits, self._clock())

    def allows(self, connection: Connection, rate_limit: RateLimit) -> bool:
        """Tell whether another message may come from this seat or page; far too many end the connection."""
        if rate_limit.takes(self._clock()):
            return True
        if rate_limit.strikes > self.limits.strikes:
            rate_limit.strikes = 0
            connection.send(encode_json({"error": "too_fast"}))
            connection.drop("too_fast")
        return False

    def vote(self, connection: Connection, seat: Seat, vote: messages.Vote) -> None:
        """Take a vote; it is acknowledged once it is kept."""
        try:
            event = self.room.vote(seat.number, vote.position, vote.which, vote.option, vote.id, _now())
        except RoomError as error:
            connection.send(encode_json({"ack": vote.id, "refused": error.refusal}))
            return
        position, which = self.room.cast(seat.number, vote.id) or (vote.position, vote.which)
        told = {"ack": vote.id, "position": position, "which": which}
        if event is None:  # it was sent twice, or another vote came under its id; what counts is said
            option = self.room.ballots[position].votes(which)[seat.number]
            self._journal.when_kept(lambda kept: connection.send(encode_json({**told, "option": option, "kept": kept == "kept"})))
            return

        def acknowledge(kept: str) -> None:
            acknowledgement = encode_json({**told, "option": vote.option, "kept": kept == "kept"})
            for page in seat.connections:
                page.send(acknowledgement)
            if connection not in seat.connections:
                connection.send(acknowledgement)

        self._do(event, acknowledge)
        self.broadcaster.count()

    def leave(self, connection: Connection, seat: Seat | None) -> None:
        """Forget a connection; the seat and its votes stay, but a seat without any votes can be given to somebody else."""
        self.broadcaster.forget(connection)
        if seat is not None and connection in seat.connections:
            seat.connections.remove(connection)
            if not seat.connections and not self.room.has_voted(seat.number):
                self._seating.set_free(seat.number)
            self.broadcaster.count()

    def _welcome(self, connection: Connection, seat: Seat) -> None:
        """Tell a phone all that it needs; from then on it hears what changes."""
        if connection not in seat.connections:  # it has gone meanwhile
            return
        self.broadcaster.greet("phone", connection, seat=seat.number, mine=self.room.chosen(seat.number))

    # ---- the projector and the facilitator --------------------------------------------------------------------------------

    def watch(self, connection: Connection, page_kind: PageKind, lang: str) -> None:
        """Show the projector's or the facilitator's page."""
        connection.lang = self.broadcaster.language(lang)
        self.broadcaster.greet(page_kind, connection)

    def switch(self, connection: Connection, page_kind: PageKind, lang: str, seat: Seat | None = None) -> None:
        """Go over to another language."""
        connection.lang = self.broadcaster.language(lang)
        if seat is not None:
            self._welcome(connection, seat)
        else:
            self.watch(connection, page_kind, connection.lang)

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
            case messages.Go() | messages.Next() | messages.Back() | messages.Timer() | messages.Turn():
                self._steer(connection, message)

    def _steer(self, connection: Connection, message: messages.Go | messages.Next | messages.Back | messages.Timer | messages.Turn) -> None:
        room, now = self.room, _now()
        try:
            if message.place != (room.position, room.phase):
                raise RoomError("moved", f"the room is at {room.position}, {room.phase}")  # noqa: TRY301  told at once
            match message:
                case messages.Go():
                    event: RoomEvent = room.go(message.phase, now)
                case messages.Next():
                    event = room.next(now)
                case messages.Back():
                    event = room.back(now)
                case messages.Timer():
                    event = room.time(None if message.seconds is None else timedelta(seconds=message.seconds), now)
                case messages.Turn():
                    event = room.turn(message.view, now)
        except RoomError as error:
            connection.send(encode_json({"refused": catalog(connection.lang)(f"room.refused.{error.refusal}")}))
            return
        self.turn(event)

    def _send_sheet(self, connection: Connection, which: Literal["run_sheet", "handout"]) -> None:
        words = catalog(connection.lang)
        page = self.handout(connection.lang) if which == "handout" else self.run_sheet(connection.lang)
        connection.send(encode_json({"sheet": which, "html": page, "file": words(f"workshop_files.{which}")}))

    def handout(self, lang: str) -> str:
        """Return the sheet for everyone: situations whose answer was shown, with the votes of groups that are large enough."""
        return handout([as_round(ballot, MIN_GROUP_SIZE) for ballot in self.room.revealed], self.broadcaster.language(lang), self._house)

    def run_sheet(self, lang: str) -> str:
        """Return the facilitator's sheet, with all answers."""
        rounds = [as_round(ballot, MIN_GROUP_SIZE) for ballot in self.room.ballots]
        return run_sheet(rounds, plan_for(self.room), self.broadcaster.language(lang), self._house)

    # ---- what happens -----------------------------------------------------------------------------------------------------

    def _do(self, event: RoomEvent, then: Callable[[str], None] | None = None) -> None:
        self.room.apply(event)
        self._journal.write(event, then)

    def turn(self, event: RoomEvent) -> None:
        """Let the room go on; the pages follow once that is kept."""
        broadcaster: tuple[PageKind, ...] = (
            ("screen", "control") if isinstance(event, Turned) else PAGE_KINDS
        )  # phones show the answer whole
        self._do(event, lambda _kept: self.broadcaster.publish(broadcaster))
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

    def present(self) -> int:
        """Return how many seats have a page open."""
        since = self._clock() - self.limits.gone_seconds
        return sum(1 for seat in self._seats.values() if seat.connections or (seat.visited is not None and seat.visited > since))

    def visited(self, seat: Seat) -> None:
        """Note that a page that asks at intervals was here."""
        seat.visited = self._clock()

    def close(self) -> None:
        """Let all pages go; they look for the room again."""
        if self._timer is not None:
            self._timer.cancel()
        self.broadcaster.close()


def _now() -> datetime:
    return datetime.now(UTC)
