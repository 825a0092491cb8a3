"""The notebook's host of a card: an anywidget that sends the card's parts to the browser and passes its messages to the card."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import anywidget
import msgspec
import traitlets

from etiquette_kit.cards.card import Card
from etiquette_kit.locale import DEFAULT_LANGUAGE


class CardWidget(anywidget.AnyWidget):
    """A widget whose page is described by a card and only rendered by the browser.

    All changes of a step are sent in one message.

    Parameters
    ----------
    card : Card
        The content and behaviour of the page.
    """

    scene = traitlets.Dict().tag(sync=True)
    standing = traitlets.Dict().tag(sync=True)
    feedback = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    languages: traitlets.List[dict[str, str]] = traitlets.List().tag(sync=True)
    notice = traitlets.Unicode().tag(sync=True)
    lang = traitlets.Unicode(DEFAULT_LANGUAGE).tag(sync=True)
    ack = traitlets.Unicode().tag(sync=True)
    rev = traitlets.Int().tag(sync=True)

    def __init__(self, card: Card) -> None:
        self.card = card
        super().__init__(**msgspec.to_builtins(card.part_values(card.PARTS)))
        card.on_change = self._send_parts
        card.send_file = lambda file: self.send(msgspec.to_builtins(file))
        self.on_msg(self._take)
        self.observe(self._language_changed, "lang")

    @property
    def page(self) -> dict[str, Any]:
        """The page as the browser renders it, without the feedback."""
        return {**self.scene, **self.standing}

    def _send_parts(self, parts: Iterable[str]) -> None:
        with self.hold_sync():
            for name, value in msgspec.to_builtins(self.card.part_values(parts)).items():
                self.set_trait(name, value)

    def _take(self, _widget: object, message: object, _buffers: object) -> None:
        self.card.take(message)

    def _language_changed(self, change: Mapping[str, Any]) -> None:
        if change["new"] != self.card.lang:
            self.card.set_language(change["new"])

    @traitlets.validate("lang")
    def _check_language(self, proposal: Mapping[str, Any]) -> str:
        lang = str(proposal["value"])
        self.card.check_language(lang)
        return lang

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the widget for the page, and a reproducible text for comparisons.

        ipywidgets truncates its own text at 110 characters, which is useless for comparisons.
        """
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        return {**data, "text/plain": repr(self)}, metadata

    def __repr__(self) -> str:
        return self.card.text()
