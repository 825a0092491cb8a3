"""The quiz as a widget."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import traitlets

from etiquette_kit.bank import Bank
from etiquette_kit.cards.quiz import Question, QuizCard, now
from etiquette_kit.content.house_rules import House
from etiquette_kit.formats import Result
from etiquette_kit.hosts.notebook.card import CardWidget
from etiquette_kit.hosts.notebook.notebook_store import answer_store, import_store_soon
from etiquette_kit.locale import page_language
from etiquette_kit.locale.arguments import entry_point
from etiquette_kit.quiz.events import Mode
from etiquette_kit.quiz.rounds import DEFAULT_FORMATS
from etiquette_kit.quiz.session import Clock, Session
from etiquette_kit.web.card_module import module, style

if TYPE_CHECKING:
    from etiquette_kit.quiz.answer_store import AnswerStore
    from etiquette_kit.store.sql.store import Store


class Quiz(CardWidget):
    """A run through scenarios, in a notebook, on a page, or controlled by a program.

    Parameters
    ----------
    bank : Bank, str or Path, optional
        The scenarios, or their file or folder; default the shipped bank.
    lang : str, optional
        The initial language; the learner can change it. Default: ``ETIQUETTE_LANG``, else the default language.
    seed : int or str, optional
        Makes the selection and the order reproducible; default: a new random order each time.
    relation : {"client", "colleague", "boss"}, optional
        Only scenarios about these people.
    event : {"friend_request", "message", "audience"}, optional
        Only scenarios with this event.
    theme : str, optional
        Only scenarios of this theme.
    length : int, optional
        The number of scenarios; default all. If there are fewer, all are played, and the start page says so.
    mode : {"practice", "test"}
        Feedback after each answer, or at the end.
    formats : sequence of str
        The formats of its exercises, from ``etiquette_kit.formats.formats()``; default ``["choice"]``.
    house : House, str or Path, optional
        The employer's house rules, read by ``load_house``, or their file; default ``ETIQUETTE_HOUSE``, else none. They are shown next to
        the article's advice, and never graded.
    clock : callable, optional
        Returns the current time, in UTC.
    store : AnswerStore, Store, str or Path, optional
        The store for answers: a file, or ``postgresql+psycopg://user@host/database``; default ``ETIQUETTE_STORE``, else a
        file in the user's data folder. In a browser, a quiz always saves its answers; controlled from Python, only if this
        or ``ETIQUETTE_STORE`` is given.
    key : str, optional
        The learner's token; the latest session of this quiz with this token is resumed. In a browser the page has its own.
    cohort : str, optional
        The group whose results are collected, once the learner has agreed; default ``ETIQUETTE_COHORT``, else none.

    Raises
    ------
    SelectionError
        When no scenario matches, or a relation, event or theme does not exist.
    FormatError
        When there is no such format.
    LanguageError
        When there is no such language.
    HouseError
        When the house rules have errors.
    ValueError
        When there is no such mode, or the cohort's name cannot be shown and stored.

    Examples
    --------
    >>> quiz = Quiz(lang="en", seed=7)
    >>> quiz.answer(quiz.question.options[0]).credit in (0, 1 / 3, 2 / 3, 1)
    True
    """

    _esm = module("quiz.js")
    _css = style("save_status.css", "my_data.css")

    save_status = traitlets.Dict().tag(sync=True)
    since = traitlets.Unicode().tag(sync=True)

    card: QuizCard

    @entry_point
    def __init__(
        self,
        bank: Bank | str | Path | None = None,
        *,
        lang: str | None = None,
        seed: int | str | None = None,
        relation: str | None = None,
        event: str | None = None,
        theme: str | None = None,
        length: int | None = None,
        mode: Mode = "practice",
        formats: Sequence[str] = DEFAULT_FORMATS,
        house: House | str | Path | None = None,
        clock: Clock = now,
        store: AnswerStore | Store | str | Path | None = None,
        key: str | None = None,
        cohort: str | None = None,
    ) -> None:
        card = QuizCard(
            bank,
            lang=lang or page_language(),
            seed=seed,
            relation=relation,
            event=event,
            theme=theme,
            length=length,
            mode=mode,
            formats=formats,
            house=house,
            clock=clock,
            store=answer_store(store),
            key=key,
            cohort=cohort,
            keeps_driven=store is not None or bool(os.environ.get("ETIQUETTE_STORE")),
        )
        # again, to include formats registered meanwhile
        self._esm, self._css = module("quiz.js"), style("save_status.css", "my_data.css")
        super().__init__(card)

    @property
    def session(self) -> Session:
        """The current session, with its events."""
        return self.card.session

    @property
    def question(self) -> Question | None:
        """The question on the screen; None at the end."""
        return self.card.question

    @entry_point
    def answer(self, response: object) -> Result | None:
        """Answer the question on the screen; the answer is final.

        Parameters
        ----------
        response : object
            For a choice, an option's id; for another format, a response in that format.

        Returns
        -------
        Result or None
            None in test mode, where feedback is given at the end.

        Raises
        ------
        AnswerError
            When it is rejected: there is no such option, the question is answered already, or the quiz is finished.
        """
        return self.card.answer(response)

    def next(self) -> None:
        """Move to the next question, or after the last one to the end."""
        self.card.next()

    def agree(self) -> None:
        """Record the consent of a learner who was asked elsewhere to the collection of answers for the cohort.

        Raises
        ------
        ValueError
            When no answers are saved, because no store was given.
        """
        self.card.agree()

    def summary(self) -> dict[str, Any]:
        """Return credit, answered and total, overall, by relation and by theme.

        The credit is the mean over the answers, 0..1; None when there are none, and in test mode until the end.
        """
        return self.card.summary()

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        import_store_soon()
        return super()._repr_mimebundle_(**kwargs)
