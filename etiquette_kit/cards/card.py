"""A card: the content of a page as plain values, and the effect of messages from it; hosts display it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

import msgspec

from etiquette_kit.cards.messages import Language, number_of, read
from etiquette_kit.locale import Catalog, LanguageError, catalog, languages

_log = logging.getLogger(__name__)


class LanguageChoice(msgspec.Struct, frozen=True):
    """A language that can be chosen."""

    code: str
    name: str


class Card:
    """A page with plain values as its state, which processes messages.

    A subclass defines the content of the page (``describe``, without side effects) and the effect of an action (``act``). A page
    has a ``scene``, which is constant at a position, a ``standing``, which is the state at that position, and a ``feedback``; a host
    sends each of them when it changes, so that a question's text is not sent again after the answer.

    Parameters
    ----------
    lang : str
        The initial language.

    Attributes
    ----------
    scene, standing, feedback : Struct or None
        The content of the page.
    words : dict of str to str
        The texts of the card itself; ``card`` is its name, which distinguishes it from other cards on the page.
    languages : tuple of LanguageChoice
        The languages that can be chosen.
    notice : str
        A message to the user; empty where there is none.
    lang : str
        The language.
    ack : str
        The number of the last message that was processed.
    rev : int
        Incremented with each change and each message.
    on_change : callable
        Set by the host; called once after each step with the names of the parts that changed.
    send_file : callable
        Set by the host; sends a file to the browser.
    """

    PARTS: ClassVar[tuple[str, ...]] = ("scene", "standing", "feedback", "words", "languages", "notice", "lang", "ack", "rev")
    """The attributes that a host sends to the browser."""

    MESSAGES: ClassVar[Any]
    """The types of messages that the card processes."""

    TABLES: ClassVar[tuple[str, ...]] = ()
    """Additional tables of the locale with texts for the card; they override common texts of the same name."""

    def __init__(self, lang: str) -> None:
        self.lang = self._shown_lang = lang
        self.check_language(lang)
        self.on_change: Callable[[frozenset[str]], None] = _no_host
        self.send_file: Callable[[msgspec.Struct], None] = _no_host
        self.languages = self._offered_languages()
        self.words = self.card_words(lang)
        self.notice, self.ack, self.rev = "", "", 0
        self.scene: msgspec.Struct | None = None
        self.standing: msgspec.Struct | None = None
        self.feedback: msgspec.Struct | None = None
        for name, value in self.describe(lang).items():
            setattr(self, name, value)

    # ---- defined by subclasses --------------------------------------------------------------------------------------------

    def offered(self) -> tuple[str, ...]:
        """Return the codes of the languages that can be chosen."""
        return languages()

    def card_words(self, lang: str) -> dict[str, str]:
        """Return the texts of the card itself."""
        return named_words(catalog(lang), self.TABLES)

    def describe(self, lang: str) -> dict[str, Any]:
        """Return ``scene``, ``standing`` and ``feedback``, and further parts, without side effects."""
        raise NotImplementedError

    def act(self, message: Any) -> str:
        """Carry out an action; return a message to the user, or an empty string."""
        raise NotImplementedError

    def text(self) -> str:
        """Return the card as reproducible plain text."""
        raise NotImplementedError

    def _offered_languages(self) -> tuple[LanguageChoice, ...]:
        return tuple(LanguageChoice(code, catalog(code)("language.name")) for code in self.offered())

    # ---- called by hosts --------------------------------------------------------------------------------------------------

    def take(self, message: object) -> None:
        """Process a message from the browser; after an invalid message the page is only sent again."""
        number = number_of(message)
        if number is None or number == self.ack:
            # A repeated message: its response was lost, so only the response is sent again.
            if isinstance(message, Mapping):
                self.refresh(notice=self.notice)
            return
        action = read(message, self.MESSAGES)
        try:
            notice = "" if action is None else self._process(action)
        except Exception as error:  # noqa: BLE001  the page shows any error and continues
            _log.exception("the action %s failed", type(action).__name__)  # without its content, which may be a token
            notice = catalog(self.lang)("refusal.failure", error=f"{type(error).__name__}: {error}")
        self.refresh(notice=notice, ack=number)

    def part_values(self, parts: Iterable[str]) -> dict[str, Any]:
        """Return parts of the page as a host sends them: a part that is missing is an empty object."""
        values = {name: getattr(self, name) for name in parts}
        return {name: {} if value is None else value for name, value in values.items()}

    def check_language(self, lang: str) -> None:
        """Check that the card is available in a language.

        Raises
        ------
        LanguageError
            When there is no such language, or the card is not available in it.
        """
        catalog(lang)
        if lang not in self.offered():
            message = f"this is not written in {lang!r}; it is in: {', '.join(self.offered())}"
            raise LanguageError(message, lang, self.offered())

    def set_language(self, lang: str) -> None:
        """Change the language, and notify the host.

        Raises
        ------
        LanguageError
            When there is no such language, or the card is not available in it.
        """
        self.check_language(lang)
        self.switch(lang)
        self.refresh()

    def switch(self, lang: str) -> None:
        """Change to one of the offered languages without notifying the host."""
        self.lang = lang

    def refresh(self, **parts: Any) -> None:
        """Describe the page again, and notify the host of changed parts."""
        new: dict[str, Any] = {"notice": "", **self.describe(self.lang), **parts, "rev": self.rev + 1}
        if self.lang != self._shown_lang:
            new["words"] = self.card_words(self.lang)
        changed = {name for name, value in new.items() if getattr(self, name) != value}
        for name in changed:
            setattr(self, name, new[name])
        if self.lang != self._shown_lang:
            self._shown_lang = self.lang
            changed.add("lang")
        self.on_change(frozenset(changed))

    def _process(self, message: object) -> str:
        if not isinstance(message, Language):
            return self.act(message)
        if message.lang in self.offered():
            self.switch(message.lang)
        return ""


def _no_host(_: object) -> None:
    """Do nothing; used while there is no host."""


def named_words(words: Catalog, tables: Iterable[str] = ()) -> dict[str, str]:
    """Return a card's texts by flat keys."""
    flat = words.table("card")
    flat["switch"] = words("language.switch")
    flat |= {f"table.{key}": text for key, text in words.table("card_table").items()}
    for table in tables:
        flat |= words.table(table)
    return flat
