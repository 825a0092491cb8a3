"""The card: one anywidget component that draws a page and reports what was done."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

import anywidget
import traitlets

from etiquette_kit.locale import Catalog, LanguageError, catalog, languages

_log = logging.getLogger(__name__)


class Card(anywidget.AnyWidget):
    """A widget whose page the kernel describes and the browser only draws.

    A subclass says what the page is (``_describe``) and what an action does (``_act``). All that a change touches
    goes out in one message, with ``rev`` counted up; ``ack`` names the last message that was taken. A page is its ``scene``,
    which stays as long as one stays at a place, its ``standing``, which is how things stand there, and its ``feedback``;
    each is sent when it changes, so that a question's text does not go out again with the answer.
    """

    _tables: tuple[str, ...] = ()
    """Further tables of the locale whose words the card needs; they come before the common ones of the same name."""

    scene = traitlets.Dict().tag(sync=True)
    standing = traitlets.Dict().tag(sync=True)
    feedback = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    languages: traitlets.List[list[str]] = traitlets.List().tag(sync=True)
    notice = traitlets.Unicode().tag(sync=True)
    lang = traitlets.Unicode("de").tag(sync=True)
    ack = traitlets.Unicode().tag(sync=True)
    rev = traitlets.Int().tag(sync=True)

    def __init__(self, lang: str) -> None:
        choices = [[code, catalog(code)("language.name")] for code in self._languages()]
        super().__init__(lang=lang, words=self._words(lang), languages=choices, **self._describe(lang))
        self.on_msg(self._take)
        self.observe(self._language_changed, "lang")

    @property
    def page(self) -> dict[str, Any]:
        """The page as the card draws it, without the feedback."""
        return {**self.scene, **self.standing}

    def _languages(self) -> tuple[str, ...]:
        return languages()

    def _words(self, lang: str) -> dict[str, str]:
        """Return the words that the card itself needs; ``card`` is its name, by which cards on one page are told apart."""
        return _card_words(catalog(lang), self._tables)

    def _describe(self, lang: str) -> dict[str, Any]:
        """Return ``scene`` and, where they are, ``standing`` and ``feedback``."""
        raise NotImplementedError

    def _act(self, message: Mapping[str, Any]) -> str:
        """Carry out an action that the browser reports; return what to tell the learner, or nothing."""
        raise NotImplementedError

    def _take(self, _widget: object, message: object, _buffers: object) -> None:
        if not isinstance(message, Mapping):
            return
        number = message.get("n")
        if not isinstance(number, str) or number == self.ack:
            # The same message once more: its answer was lost on the way, so that only the answer is due.
            self._refresh(notice=self.notice)
            return
        words = catalog(self.lang)
        with self.hold_sync():
            try:
                notice = self._set_language(message) if message.get("do") == "language" else self._act(message)
            except Exception as error:  # noqa: BLE001  whatever it is, the page must say so and go on
                _log.exception("the action %r failed", message.get("do"))
                notice = words("refusal.failure", error=f"{type(error).__name__}: {error}")
            self._refresh(notice=notice, ack=number)

    def _set_language(self, message: Mapping[str, Any]) -> str:
        if message.get("lang") in self._languages():
            self.lang = message["lang"]
        return ""

    def _language_changed(self, change: Mapping[str, Any]) -> None:
        self._refresh(words=self._words(change["new"]))

    @traitlets.validate("lang")
    def _check_language(self, proposal: Mapping[str, Any]) -> str:
        lang = str(proposal["value"])
        catalog(lang)  # raises LanguageError where there is no such language at all
        if lang not in self._languages():
            message = f"this is not written in {lang!r}; it is in: {', '.join(self._languages())}"
            raise LanguageError(message)
        return lang

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the widget for the page, and a stable text for everything that compares.

        ipywidgets cuts its own text at 110 characters, which leaves nothing to compare.
        """
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        return {**data, "text/plain": repr(self)}, metadata

    def _refresh(self, **traits: Any) -> None:
        traits.setdefault("notice", "")
        with self.hold_sync():
            for name, value in {**self._describe(self.lang), **traits}.items():
                self.set_trait(name, value)
            self.rev += 1


def _card_words(words: Catalog, tables: Iterable[str] = ()) -> dict[str, str]:
    """Return the words by flat keys."""
    flat = words.table("card")
    flat["switch"] = words("language.switch")
    for table, prefix in (("card_table", "table"), ("places", "place")):
        flat |= {f"{prefix}.{key}": text for key, text in words.table(table).items()}
    for table in tables:
        flat |= words.table(table)
    return flat
