"""What the facilitator prepares before the first situation: a checklist, and whether phones reach the room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from etiquette_kit.locale import Catalog, catalog

ReachKind = Literal["open", "local", "none"]
"""Whether phones can reach a room; else, whether the machine that serves it is in a network at all."""


@dataclass(frozen=True)
class Arrived:
    """What the room knows by itself of what is to be prepared.

    Attributes
    ----------
    screen : bool
        Whether a projector's page is open.
    phone : bool
        Whether a phone got in.
    reach : {"open", "local", "none"}
        Whether phones can reach the room.
    """

    screen: bool = False
    phone: bool = False
    reach: ReachKind = "open"


def lobby_page(arrived: Arrived, lang: str) -> dict[str, Any]:
    """Describe the checklist; what is done of it in a browser, such as to switch off the sound, the page knows itself.

    An item whose ``done`` is None is ticked on the page; ``act`` is what its button does.
    """
    words = catalog(lang)
    phone = "phone" if arrived.reach == "open" else f"phone_{arrived.reach}"
    return {
        "title": words("room_lobby.title"),
        "ready": words("room_lobby.ready"),
        "done": words("room_lobby.done"),
        "hide": words("room_lobby.phone.hide"),
        "items": [
            _item("screen", "open_screen", words, done=arrived.screen),
            _item("phone", "show_code" if arrived.reach == "open" else "reach", words, done=arrived.phone, table=phone),
            _item("sound", "tick", words),
            _item("sheet", "print", words),
        ],
    }


def _item(name: str, act: str, words: Catalog, *, done: bool | None = None, table: str | None = None) -> dict[str, Any]:
    texts = words.table(f"room_lobby.{table or name}")
    return {
        "name": name,
        "act": act,
        "done": done,
        "text": texts["done" if done else "text"],
        "button": texts["button"],
        "why": texts.get("why"),
    }


def reach_note(kind: ReachKind, lang: str) -> dict[str, Any] | None:
    """Describe what is said as long as phones do not reach the room: what that means, and what can be done; None where they do."""
    if kind == "open":
        return None
    words = catalog(lang)
    means = [words("room_lobby.reach.means_code"), words("room_lobby.reach.means_key"), words("room_lobby.reach.means_firewall")]
    return {
        "title": words("room_lobby.reach.title"),
        "text": words(f"room_lobby.reach.{kind}"),
        "means": means if kind == "local" else [],
        "button": words(f"room_lobby.reach.button_{kind}"),
    }
