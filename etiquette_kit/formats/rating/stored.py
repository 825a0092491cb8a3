"""A scenario as it was when its reactions were rated."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from etiquette_kit.content.material import Situation
from etiquette_kit.formats.choice.stored import StoredScenario
from etiquette_kit.formats.choice.stored import read as read_scenario
from etiquette_kit.locale import LanguageError, catalog


class StoredRating(msgspec.Struct, frozen=True):
    """A scenario that was stored with ratings of its reactions; implements `Material`.

    It is stored like the scenario of a choice, but its title says how it was answered: a report may list both.

    Attributes
    ----------
    scenario : StoredScenario
        The scenario with its key at that time.
    """

    scenario: StoredScenario

    @property
    def id(self) -> str:
        """The scenario's id."""
        return self.scenario.id

    @property
    def content(self) -> str:
        """The hash under which it is stored."""
        return self.scenario.content

    @property
    def situations(self) -> tuple[Situation, ...]:
        """Its only situation, with the stored facts; the theme is not stored."""
        return self.scenario.situations

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it was complete."""
        return self.scenario.languages

    def title(self, lang: str) -> str:
        """Return its title, marked as rated; unmarked in a language that the kit does not have."""
        title = self.scenario.title(lang)
        try:
            return catalog(lang)("rating.stored_title", title=title)
        except LanguageError:
            return title

    def opening(self, lang: str) -> str:
        """Return how it begins."""
        return self.scenario.opening(lang)

    def record(self) -> bytes:
        """Return the whole scenario with its key, as JSON."""
        return self.scenario.record()

    def key(self) -> Mapping[str, int]:
        """Return each option's grade at that time."""
        return self.scenario.key()


def read(content: str, record: bytes) -> StoredRating:
    """Read a stored scenario.

    Raises
    ------
    msgspec.MsgspecError
        When it is not valid.
    """
    return StoredRating(read_scenario(content, record))
