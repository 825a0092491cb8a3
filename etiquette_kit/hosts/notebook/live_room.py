"""The live room as a widget."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from etiquette_kit.bank import Bank
from etiquette_kit.cards.live_room import LiveRoomCard, ServedRoom
from etiquette_kit.content.house_rules import House
from etiquette_kit.hosts.notebook.card import CardWidget
from etiquette_kit.hosts.notebook.take_home import take_home_of
from etiquette_kit.locale import page_language
from etiquette_kit.locale.arguments import entry_point
from etiquette_kit.web.card_module import module, screen_style
from etiquette_kit.workshop import GivenSituations

if TYPE_CHECKING:
    from etiquette_kit.live import Room
    from etiquette_kit.live.events import RoomPhase


class LiveRoom(CardWidget):
    """Situations for a group with phones: vote, discussion, second vote, answer.

    The room is not opened automatically: the page has a button for that, and ``start`` does the same.

    Parameters
    ----------
    bank : Bank, str or Path, optional
        The scenarios, or their file or folder; default the shipped bank.
    lang : str, optional
        The initial language; it can be changed on the page. Default: that of the list of situations, else ``ETIQUETTE_LANG``, else the
        default language.
    minutes : {60, 90}, optional
        The timing plan, which determines the number of situations. Default: 60, or what a list of situations needs.
    seed : int or str
        Determines which situations are drawn, and the order of their options; reproducible.
    scenarios : sequence of str, SituationChooser, SituationList, str or Path, optional
        The situations, in order, instead of drawing them: their ids, what a chooser on the same page has, a list, or a list's file, as
        `SituationChooser` saves it. Default: those that ``ETIQUETTE_SCENARIOS`` names.
    host : str, optional
        The address to listen on; ``"0.0.0.0"`` allows phones in the same network to connect. Default: the page asks.
    port : int, optional
        The port; default 8349 or, if that is taken, a free one.
    public_url : str, optional
        The address that others use, for example behind a reverse proxy.
    store : str or Path, optional
        The database for the room; default ``ETIQUETTE_STORE``, else a file in the user's data folder.
    house : House, str or Path, optional
        The employer's house rules, read by ``load_house``, or their file; default ``ETIQUETTE_HOUSE``, else none. They are shown next to
        the article's advice, and never graded.
    take_home : str, optional
        The address of your own copy of the quiz, which the last page and the handout show with a QR code; default
        ``ETIQUETTE_TAKE_HOME``, else none.

    Raises
    ------
    PlanError
        When there is no plan of this length.
    KeyError
        When the bank lacks a scenario.
    SelectionError
        When there is no situation.
    FileNotFoundError, SituationListError
        When a list of situations does not exist, or has errors.
    LanguageError
        When there is no such language.
    HouseError
        When the house rules have errors.
    TakeHomeError
        When the address is none of a web page.

    Examples
    --------
    >>> room = LiveRoom(lang="en", minutes=60, host="0.0.0.0")
    """

    _esm = module("live_room.js")
    _css = screen_style()

    card: LiveRoomCard

    @entry_point
    def __init__(
        self,
        bank: Bank | str | Path | None = None,
        *,
        lang: str | None = None,
        minutes: int | None = None,
        seed: int | str = 1,
        scenarios: GivenSituations = None,
        host: str | None = None,
        port: int | None = None,
        public_url: str | None = None,
        store: str | Path | None = None,
        house: House | str | Path | None = None,
        take_home: str | None = None,
    ) -> None:
        card = LiveRoomCard(
            bank,
            open_room=_open_room,
            lang=lang,
            minutes=minutes,
            seed=seed,
            scenarios=scenarios,
            host=host,
            port=port,
            public_url=public_url,
            store=store,
            house=house,
            take_home=take_home_of(take_home, lang or page_language()),
        )
        super().__init__(card)

    @property
    def room(self) -> Room | None:
        """The room's state while it is being served; None before and after."""
        return self.card.room

    @property
    def control(self) -> str | None:
        """The facilitator's address with the key; None where no room is being served."""
        return self.card.control

    def start(self, *, new: bool = False, host: str | None = None) -> None:
        """Open the room, or resume one of the last twelve hours that has not ended.

        Parameters
        ----------
        new : bool
            Whether to open a new one in any case.
        host : str, optional
            The address to listen on; default that of the widget, else this machine only.

        Raises
        ------
        StoreError
            When the store cannot be used.
        BusyError
            When another program on this machine is serving the room to be resumed.
        OSError
            When the port is taken or not allowed.
        """
        self.card.start(new=new, host=host)

    def stop(self) -> None:
        """Close the room; its events are stored, and ``start`` resumes it."""
        self.card.stop()

    def go(self, phase: RoomPhase) -> None:
        """Change to a phase of the situation, as on the facilitator's page.

        Raises
        ------
        RoomError
            When it cannot follow.
        RuntimeError
            When no room is being served.
        """
        self.card.go(phase)

    def next(self) -> None:
        """Move on: from the lobby to the first situation, to the next situation, or to the end.

        Raises
        ------
        RoomError
            When it is at the end.
        RuntimeError
            When no room is being served.
        """
        self.card.next()

    def back(self) -> None:
        """Return to the previous situation; its votes are kept.

        Raises
        ------
        RoomError
            When there is no previous one.
        RuntimeError
            When no room is being served.
        """
        self.card.back()


def _open_room(*exercises: Any, **parameters: Any) -> ServedRoom:
    """Import the server only when a room is opened, because that is slow."""
    from etiquette_kit.hosts.server.served_room import open_room

    return open_room(*exercises, **parameters)
