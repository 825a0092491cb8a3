"""A morning with an inbox: state and grading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from etiquette_kit.formats.display_order import encoded_order
from etiquette_kit.formats.inbox.feedback import InboxReveal, recap, response_line, reveal
from etiquette_kit.formats.inbox.material import Inbox, Keyed
from etiquette_kit.formats.inbox.morning import ItemKey, credits_of, mean_credit, steps
from etiquette_kit.formats.inbox.pages import InboxQuestion, question, question_lines
from etiquette_kit.formats.inbox.response import checked, decoded, encoded
from etiquette_kit.formats.protocol import Decision, Recap, Result


@dataclass(frozen=True)
class Morning:
    """Decisions on the items of an inbox.

    Attributes
    ----------
    material : Keyed
        The inbox; only one from a bank has texts for a page.
    order : tuple of str
        The ids of the items in the order shown.
    """

    material: Keyed
    order: tuple[str, ...]
    format_name: str = "inbox"

    @property
    def inbox(self) -> Inbox:
        """The inbox with its texts.

        Raises
        ------
        TypeError
            When it is a stored inbox, which is used only for its key.
        """
        if not isinstance(self.material, Inbox):
            message = f"a stored inbox has no page: {self.material.id}"
            raise TypeError(message)
        return self.material

    @property
    def shown(self) -> str:
        """The order of the items, as JSON."""
        return encoded_order(self.order)

    @property
    def options(self) -> tuple[str, ...]:
        """Nothing: a response is not one of the options, but a decision on each item."""
        return ()

    @cached_property
    def _key(self) -> Mapping[str, ItemKey]:
        return self.material.key()

    def parse(self, given: object) -> str:
        """Return decisions as text.

        Parameters
        ----------
        given : object
            A list of pairs of an item's id and an action, in the order of the decisions; an item that is left out is left alone.

        Raises
        ------
        ResponseError
            When nothing is decided, or an item or an action is unknown or comes twice.
        """
        return encoded(checked(given, self._key))

    def grade(self, response: str) -> Result:
        """Grade encoded decisions.

        Parameters
        ----------
        response : str
            As from ``parse``.

        Returns
        -------
        Result
            With a credit for each item, None where the article says nothing of what was done, and their mean; without a grade.

        Raises
        ------
        ResponseError
            When it is not the encoded decisions on these items.
        """
        items = credits_of(decoded(response, self._key), self._key, self.material.budget)
        return Result(self.material.id, response, mean_credit(items), items)

    def actions(self, response: str) -> dict[str, str]:
        """Return what happens with each item, in the order of the material; raises ResponseError when it is not valid."""
        done = {step.item: step.action for step in steps(decoded(response, self._key), self._key, self.material.budget)}
        return {name: done[name] for name in self._key}

    def decisions(self, response: str) -> list[Decision]:
        """Return what happens with each item on which the article says something."""
        graded = ((self.inbox.item(name), action) for name, action in self.actions(response).items())
        return [Decision(item.facts, action, grade) for item, action in graded if (grade := item.advice.grades.get(action)) is not None]

    def question(self, lang: str) -> InboxQuestion:
        """Return the items, what each action takes, and the words for the minutes."""
        return question(self.inbox, self.order, lang)

    def reveal(self, response: str, lang: str) -> InboxReveal:
        """Return the day as a picture, who waited, and what the article says of each item."""
        return reveal(self.inbox, decoded(response, self._key), lang)

    def recap(self, response: str, lang: str) -> Recap:
        """Return how many decisions fit best, and the one that fits least."""
        return recap(self.inbox, decoded(response, self._key), lang)

    def question_lines(self, lang: str) -> list[str]:
        """Return the question as lines of text."""
        return question_lines(self.inbox, self.order, lang)

    def response_line(self, response: str, lang: str, *, revealed: bool) -> str:
        """Return the decisions in words and, if `revealed`, how each fits."""
        return response_line(self.inbox, decoded(response, self._key), lang, revealed=revealed)

    def words_to_read(self, lang: str) -> float:
        """Return how many words a learner reads: the text before the answer, and the reasons after it.

        The reasons are those for the first action on each item; others are as long.
        """
        first = reveal(self.inbox, [(name, next(iter(entry.minutes))) for name, entry in self._key.items()], lang)
        after = [
            first.summary,
            first.fit,
            first.unscored,
            first.waited,
            *(f"{item.yours} {item.reason} {item.best}" for item in first.items),
        ]
        return float(sum(len(text.split()) for text in (self.inbox.title(lang), *self.question_lines(lang), *after)))
