"""`etiquette room`: the live workshop without a notebook."""

from __future__ import annotations

import asyncio
import gc
import signal
import webbrowser
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from etiquette_kit.cli.options import (
    ERRORS,
    USAGE,
    BankPath,
    HousePath,
    Lang,
    Languages,
    NoBrowser,
    ScenarioList,
    StoreAddress,
    TakeHomeAddress,
    checked_house,
    checked_list,
    checked_take_home,
    fail,
    playable_bank,
    words_for,
    words_of,
)
from etiquette_kit.cli.own_command import own_command
from etiquette_kit.locale import Catalog
from etiquette_kit.workshop import PLANS, PlanError, plan_of, situations

if TYPE_CHECKING:
    from etiquette_kit.formats.choice import Choice
    from etiquette_kit.hosts.server.opening import Opening
    from etiquette_kit.hosts.server.server import RoomServer
    from etiquette_kit.store.sql.rooms import Rooms

_PORT = 8349
_NETWORK = "0.0.0.0"  # noqa: S104  only if the command is given so


def room(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host")] = "127.0.0.1",
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535)] = None,
    minutes: Annotated[int | None, typer.Option("--minutes")] = None,
    scenario: Annotated[list[str] | None, typer.Option("--scenario")] = None,
    scenarios: ScenarioList = None,
    seed: Annotated[str, typer.Option("--seed")] = "1",
    new: Annotated[bool, typer.Option("--new")] = False,
    public_url: Annotated[str | None, typer.Option("--public-url")] = None,
    per_address: Annotated[int | None, typer.Option("--per-address", min=0)] = None,
    store: StoreAddress = None,
    bank: BankPath = None,
    languages: Languages = None,
    house: HousePath = None,
    take_home: TakeHomeAddress = None,
    lang: Lang = None,
    no_browser: NoBrowser = False,
) -> None:
    """Open a room in which people vote from their phones. Ctrl-C ends it; started again, it goes on where it was."""
    from etiquette_kit.hosts.qr_code import drawn
    from etiquette_kit.hosts.server.limits import limits_for
    from etiquette_kit.hosts.server.listening import check_address
    from etiquette_kit.hosts.server.server import RoomServer
    from etiquette_kit.live import AddressError
    from etiquette_kit.quiz.store_errors import StoreError
    from etiquette_kit.store.sql.rooms import Rooms
    from etiquette_kit.store.sql.store import Store

    listed = None if scenario else checked_list(scenarios, bank, words_of(lang), languages)
    words = words_for(lang, listed)
    names = scenario or (list(listed.scenarios) if listed else None)
    minutes = minutes if minutes is not None else listed.plan_minutes if listed else min(PLANS)
    try:
        check_address(host)
    except AddressError:
        fail(f"etiquette: {words('room.command.no_host', host=host)}", USAGE)
    try:
        plan_of(minutes)
    except PlanError:
        fail(f"etiquette: {words('room.command.no_plan', minutes=minutes, allowed=', '.join(map(str, PLANS)))}", USAGE)
    rules = checked_house(house, words)
    address = checked_take_home(take_home, words)
    try:
        kept = Store(store)
        rooms = Rooms(kept)

        def choose() -> list[Choice]:
            return _chosen(bank, languages, minutes, seed, names, words)

        anew = own_command(context, new=True)
        opening = _opening(rooms, choose, words, minutes=minutes, port=port, new=new, anew=anew)
        asked = port if port or not opening.resumed else None  # the room's own port again, so that the phones find it
        limits = limits_for(public=public_url is not None, per_address=per_address)
        at = opening.head.port if asked is None else asked
        server = RoomServer(
            opening,
            rooms,
            host=host,
            port=at,
            or_free=asked is None,
            public=public_url,
            limits=limits,
            house=rules,
            take_home=drawn(address) if address else None,
            lang=lang,
        )
        _collect_rarely()
        in_network = own_command(context, without=["new"], host=_NETWORK)  # with --new it would be another room
        asyncio.run(_serve(server, words, in_network, browser=not no_browser))
        kept.close()
    except StoreError as error:
        fail(f"etiquette: {words(f'data.{error.kind}')} ({error})", USAGE if error.kind == "address" else ERRORS)
    typer.echo(words("serve.ended"))


def _chosen(bank: BankPath, languages: str | None, minutes: int, seed: str, names: list[str] | None, words: Catalog) -> list[Choice]:
    from etiquette_kit.bank import SelectionError

    scenarios = playable_bank(bank, words, languages)
    known = {scenario.id for scenario in scenarios}
    for name in names or ():
        if name not in known:
            fail(f"etiquette: {words('room.command.no_scenario', name=name)}", USAGE)
    try:
        return situations(scenarios, seed, names, lang=words.lang)[: None if names else plan_of(minutes).situations]
    except SelectionError as error:
        said = words("serve.unwritten", written=error.values["written"]) if error.refusal == "unwritten" else words("room.command.nothing")
        fail(f"etiquette: {said}", ERRORS)


def _opening(
    rooms: Rooms, choose: Callable[[], list[Choice]], words: Catalog, *, minutes: int, port: int | None, new: bool, anew: str
) -> Opening:
    from etiquette_kit.hosts.server.opening import begin, resume
    from etiquette_kit.live import BusyError

    try:
        opening = None if new else resume(rooms, datetime.now(UTC))
    except BusyError as error:
        fail(f"etiquette: {words('room.command.busy', code=error.code, port=error.port, command=anew)}", ERRORS)
    if opening is not None:
        typer.echo(words("room.command.resumed", code=opening.head.code, command=anew))
        return opening
    return begin(rooms, choose(), lang=words.lang, minutes=minutes, port=_PORT if port is None else port)


def _collect_rarely() -> None:
    """Look for garbage in what is old ten times as rarely: in a room of ten thousand that holds up everybody's vote."""
    gc.freeze()
    gc.set_threshold(700, 10, 100)


async def _serve(server: RoomServer, words: Catalog, in_network: str, *, browser: bool) -> None:
    """Serve until Ctrl-C, also where that comes while it starts."""
    over = asyncio.Event()
    _set_when_ended(over, asyncio.get_running_loop())
    try:
        await server.start()
    except OSError as error:
        fail(f"etiquette: {words('serve.port', port=server.port, reason=error.strerror)}", ERRORS)
    join_info = server.host.join_info
    ways = {"code": join_info.grouped_code, "phone": join_info.phone, "control": server.control, "screen": server.screen}
    for name, value in ways.items():
        typer.echo(words(f"room.command.{name}", value=value))
    typer.echo(words("room.command.open") if server.is_open else words("room.command.closed", command=in_network))
    if browser and not webbrowser.open(server.control):
        typer.echo(words("serve.open_yourself", url=server.control))
    await over.wait()
    await server.stop()


def _set_when_ended(over: asyncio.Event, loop: asyncio.AbstractEventLoop) -> None:
    """Let Ctrl-C, or whoever ends the program, set an event."""
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, over.set)
        except NotImplementedError:  # on Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(over.set))
