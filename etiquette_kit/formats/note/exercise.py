"""Declining a request in one's own words: state, comments on drafts, and what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from etiquette_kit.formats.note import pages
from etiquette_kit.formats.note.request import NoteRequest, StoredRequest
from etiquette_kit.formats.note.response import checked, decoded, encoded
from etiquette_kit.formats.protocol import Recap, Result

SHOWN = "{}"
"""The result of randomisation: there is none."""


@dataclass(frozen=True)
class Note:
    """A request that is to be declined in one's own words; there is no credit.

    Attributes
    ----------
    material : NoteRequest or StoredRequest
        The request; only one from a bank has texts for a page.
    """

    material: NoteRequest | StoredRequest
    format_name: str = "note"

    @property
    def request(self) -> NoteRequest:
        """The request with its texts.

        Raises
        ------
        TypeError
            When it is a stored one.
        """
        if isinstance(self.material, StoredRequest):
            message = f"{self.material.id!r} was read from a store: it has no texts for a page"
            raise TypeError(message)
        return self.material

    @property
    def shown(self) -> str:
        """Nothing is random."""
        return SHOWN

    @property
    def options(self) -> tuple[str, ...]:
        """Nothing: a response is not a choice of options."""
        return ()

    def parse(self, given: object) -> str:
        """Return what is stored of a response; without consent the text is not in it.

        Raises
        ------
        ResponseError
            When it is none.
        """
        return encoded(given)

    def grade(self, response: str) -> Result:
        """Return a result without a credit.

        Raises
        ------
        ResponseError
            When it is not a stored response.
        """
        decoded(response)
        return Result(self.material.id, response, None, {self.material.id: None})

    def comment(self, draft: object, lang: str) -> pages.NoteComment:
        """Return what was noticed in a draft, and two model notes; the draft is not kept.

        Raises
        ------
        ResponseError
            When it is empty or too long.
        """
        return pages.comment(self.request, checked(draft), lang)

    def question(self, lang: str) -> pages.NoteQuestion:
        """Return the request, and what to do."""
        return pages.question(self.request, lang)

    def reveal(self, response: str, lang: str) -> msgspec.Struct:
        """Return what the learner ticked, and two model notes."""
        return pages.reveal(self.request, decoded(response), lang)

    def recap(self, response: str, lang: str) -> Recap:
        """Return how much was ticked."""
        return pages.recap(self.request, decoded(response), lang)

    def question_lines(self, lang: str) -> Sequence[str]:
        """Return the question as lines of text."""
        return pages.question_lines(self.request, lang)

    def response_line(self, response: str, lang: str, *, revealed: bool) -> str:  # noqa: ARG002  there is nothing to reveal
        """Return what the learner ticked as a line of text."""
        return pages.response_line(decoded(response), lang)

    def words_to_read(self, lang: str) -> float:
        """Return how many words a learner reads, and writes."""
        return pages.words_to_read(self.request, lang)
