"""Deciding who sees what of a profile: state and grading."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from etiquette_kit.formats.display_order import encoded_order
from etiquette_kit.formats.protocol import Recap, Result
from etiquette_kit.formats.sharing.feedback import SharingReveal, recap, response_line, reveal, words_to_read
from etiquette_kit.formats.sharing.pages import SharingQuestion, question, question_lines
from etiquette_kit.formats.sharing.profile import Keyed, Profile
from etiquette_kit.formats.sharing.response import checked, decoded, encoded
from etiquette_kit.formats.sharing.separation import PROFESSIONAL, credits_of


@dataclass(frozen=True)
class Sharing:
    """A profile for whose posts is decided who sees them.

    Attributes
    ----------
    material : Keyed
        The profile; only one from a bank has texts for a page.
    order : tuple of str
        The ids of the posts in the order shown.
    """

    material: Keyed
    order: tuple[str, ...]
    format_name: str = "sharing"

    @property
    def profile(self) -> Profile:
        """The profile with its texts.

        Raises
        ------
        TypeError
            When it is a stored profile, which is used only for its key.
        """
        if not isinstance(self.material, Profile):
            message = f"{self.material.id!r} was stored; only a profile from a bank can be shown"
            raise TypeError(message)
        return self.material

    @property
    def shown(self) -> str:
        """The order of the posts, as JSON."""
        return encoded_order(self.order)

    @property
    def options(self) -> tuple[str, ...]:
        """Nothing: a response is not one of the options, but the lists that see each post."""
        return ()

    @cached_property
    def _posts(self) -> tuple[str, ...]:
        return self.material.post_ids

    def parse(self, given: object) -> str:
        """Return a grid as text.

        Parameters
        ----------
        given : object
            A mapping from each post's id to the lists that see it.

        Raises
        ------
        ResponseError
            When a post is missing or unknown, or a list is.
        """
        return encoded(checked(given, self._posts))

    def grade(self, response: str) -> Result:
        """Grade an encoded grid.

        Parameters
        ----------
        response : str
            As from ``parse``.

        Returns
        -------
        Result
            With a credit for each professional list, and their mean; without a grade, because a grid is not one of the reactions.

        Raises
        ------
        ResponseError
            When it is not a grid of the profile's posts.
        """
        credits_ = credits_of(decoded(response, self._posts), self.material.key())
        return Result(self.material.id, response, sum(credits_.values()) / len(PROFESSIONAL), dict(credits_))

    def question(self, lang: str) -> SharingQuestion:
        """Return the profile with its posts in the order shown, and the lists."""
        return question(self.profile, self.order, lang)

    def reveal(self, response: str, lang: str) -> SharingReveal:
        """Return what each list sees and how that fits, and the kit's own advice on each post."""
        return reveal(self.profile, self.order, decoded(response, self._posts), self.grade(response), lang)

    def recap(self, response: str, lang: str) -> Recap:
        """Return how many posts each professional list sees."""
        return recap(self.profile, decoded(response, self._posts), self.grade(response), lang)

    def question_lines(self, lang: str) -> list[str]:
        """Return the question as lines of text."""
        return question_lines(self.profile, self.order, lang)

    def response_line(self, response: str, lang: str, *, revealed: bool) -> str:
        """Return who sees what and, if `revealed`, how that fits."""
        return response_line(self.profile, self.order, decoded(response, self._posts), self.grade(response), lang, revealed=revealed)

    def words_to_read(self, lang: str) -> float:
        """Return how many words a learner reads: the text before the answer, and what is shown after it."""
        return words_to_read(self.profile, self.order, lang)
