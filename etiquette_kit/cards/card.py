"""A card: what a page shows, as plain values, and what a message from it does; hosts put it before people."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

import msgspec

from etiquette_kit.cards.messages import Language, number_of, read
from etiquette_kit.locale import Catalog, LanguageError, catalog, languages

_log = logging.getLogger(__name__)


class LanguageChoice(msgspec.Struct, frozen=True):
    """A language that the page can go over to."""

    code: str
    name: str


class Card:
    """A page whose state is plain values, and which takes messages.

    A subclass says what the page is (``describe``, which changes nothing) and what an action does (``act``). A page is its
    ``scene``, which stays as long as one stays at a place, its ``standing``, which is how things stand there, and its
    ``feedback``; a host passes each on when it changes, so that a question's text does not go out again with the answer.

    Parameters
    ----------
    lang : str
        The language to begin with.

    Attributes
    ----------
    scene, standing, feedback : Struct or None
        The page.
    words : dict of str to str
        The words that the card itself needs; ``card`` is its name, by which cards on one page are told apart.
    languages : tuple of LanguageChoice
        What can be chosen.
    notice : str
        What to tell whoever sits before the page, or nothing.
    lang : str
        The language.
    ack : str
        The number of the last message that was taken.
    rev : int
        Counted up with each change, and with each message.
    on_change : callable
        Set by the host; called once after each step with the names of the parts that changed.
    send_file : callable
        Set by the host; hands something to the browser that is no part of the page.
    """

    PARTS: ClassVar[tuple[str, ...]] = ("scene", "standing", "feedback", "words", "languages", "notice", "lang", "ack", "rev")
    """The attributes that a host passes on."""

    MESSAGES: ClassVar[Any]
    """The kinds of messages that it takes."""

    TABLES: ClassVar[tuple[str, ...]] = ()
    """Further tables of the locale whose words the card needs; they come before the common ones of the same name."""

    def __init__(self, lang: str) -> None:
        self.lang = self._shown_lang = lang
        self.check_language(lang)
        self.on_change: Callable[[frozenset[str]], None] = _no_host
        self.send_file: Callable[[msgspec.Struct], None] = _no_host
        self.languages = tuple(LanguageChoice(code, catalog(code)("language.name")) for code in self.offered())
        self.words = self.card_words(lang)
        self.notice, self.ack, self.rev = "", "", 0
        self.scene: msgspec.Struct | None = None
        self.standing: msgspec.Struct | None = None
        self.feedback: msgspec.Struct | None = None
        for name, value in self.describe(lang).items():
            setattr(self, name, value)

    # ---- what a subclass says ---------------------------------------------------------------------------------------------

    def offered(self) -> tuple[str, ...]:
        """Return the codes of the languages that can be chosen."""
        return languages()

    def card_words(self, lang: str) -> dict[str, str]:
        """Return the words that the card itself needs."""
        return named_words(catalog(lang), self.TABLES)

    def describe(self, lang: str) -> dict[str, Any]:
        """Return ``scene``, ``standing`` and ``feedback``, and further parts; nothing changes by it."""
        raise NotImplementedError

    def act(self, message: Any) -> str:
        """Carry out an action; return what to tell, or nothing."""
        raise NotImplementedError

    def text(self) -> str:
        """Return the card as plain text that is the same from run to run."""
        raise NotImplementedError

    # ---- what a host calls ------------------------------------------------------------------------------------------------

    def take(self, message: object) -> None:
        """Do what a message from the browser asks; what cannot be read changes nothing, and the page is drawn once more."""
        number = number_of(message)
        if number is None or number == self.ack:
            # The same message once more: its answer was lost on the way, so that only the answer is due.
            if isinstance(message, Mapping):
                self.refresh(notice=self.notice)
            return
        asked = read(message, self.MESSAGES)
        try:
            notice = "" if asked is None else self._do(asked)
        except Exception as error:  # noqa: BLE001  whatever it is, the page must say so and go on
            _log.exception("the action %s failed", type(asked).__name__)  # what it says may be somebody's token
            notice = catalog(self.lang)("refusal.failure", error=f"{type(error).__name__}: {error}")
        self.refresh(notice=notice, ack=number)

    def check_language(self, lang: str) -> None:
        """Make sure that the card can be shown in a language.

        Raises
        ------
        LanguageError
            When there is no such language, or the card is not written in it.
        """
        catalog(lang)
        if lang not in self.offered():
            message = f"this is not written in {lang!r}; it is in: {', '.join(self.offered())}"
            raise LanguageError(message)

    def set_language(self, lang: str) -> None:
        """Go over to another language.

        Raises
        ------
        LanguageError
            When there is no such language, or the card is not written in it.
        """
        self.check_language(lang)
        self.switch(lang)
        self.refresh()

    def switch(self, lang: str) -> None:
        """Go over to a language that is offered, without telling the host yet."""
        self.lang = lang

    def refresh(self, **parts: Any) -> None:
        """Describe the page anew, and tell the host what has changed."""
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

    def _do(self, message: object) -> str:
        if not isinstance(message, Language):
            return self.act(message)
        if message.lang in self.offered():
            self.switch(message.lang)
        return ""


def _no_host(_: object) -> None:
    """Stand in for a host where there is none."""


def named_words(words: Catalog, tables: Iterable[str] = ()) -> dict[str, str]:
    """Return a card's words by flat keys."""
    flat = words.table("card")
    flat["switch"] = words("language.switch")
    for table, prefix in (("card_table", "table"), ("basis", "basis"), ("basis_short", "basis_short")):
        flat |= {f"{prefix}.{key}": text for key, text in words.table(table).items()}
    for table in tables:
        flat |= words.table(table)
    return flat
