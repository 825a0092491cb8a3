"""A draft of a response with the comment on it; both stay in memory until the answer or the next draft, and are not stored."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from etiquette_kit.formats import Comments


@dataclass(frozen=True)
class CommentedDraft:
    """A draft that was sent for a comment.

    A comment is made once for a language: a page is described more often than that.

    Attributes
    ----------
    exercise : Comments
        The exercise.
    draft : object
        What the page sent.
    place : tuple of int
        The round and the position at which it was sent.
    """

    exercise: Comments
    draft: object
    place: tuple[int, int]
    _comments: dict[str, msgspec.Struct] = field(default_factory=dict)

    def comment(self, lang: str) -> msgspec.Struct:
        """Return the comment.

        Raises
        ------
        ResponseError
            When the draft cannot be commented on.
        """
        if lang not in self._comments:
            self._comments[lang] = self.exercise.comment(self.draft, lang)
        return self._comments[lang]
