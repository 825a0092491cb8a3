"""A question as it is read from another format: its texts, and nothing of what the kit decides itself."""

from __future__ import annotations

from dataclasses import dataclass

_BEGINNING = 60
"""How many characters of a question without a title are used in its place."""


FEWEST_ANSWERS = 2
"""With fewer there is nothing to choose."""


@dataclass(frozen=True)
class Answer:
    """A possible answer.

    Attributes
    ----------
    text, feedback : str
        Its text, and what is said about it; paragraphs are separated by blank lines.
    percent : float
        Its share of the points in the file, in per cent.
    """

    text: str
    feedback: str
    percent: float


@dataclass(frozen=True)
class Question:
    """A question with one answer to choose.

    Attributes
    ----------
    title : str
        Its title; empty where it has none.
    stem : str
        Its text; paragraphs are separated by blank lines.
    answers : tuple of Answer
        The answers.
    general : str
        What is said whatever the answer is.
    line : int
        Where it begins in the file, from 1.
    """

    title: str
    stem: str
    answers: tuple[Answer, ...]
    general: str
    line: int


@dataclass(frozen=True)
class Unread:
    """A question that becomes no draft.

    Attributes
    ----------
    kind : str
        Why; its text stands in the locale under ``exchange.unread``.
    title : str
        Its title, or how it begins.
    line : int
        Where it begins in the file, from 1.
    """

    kind: str
    title: str
    line: int


def question_of(title: str, stem: str, answers: tuple[Answer, ...], general: str, line: int) -> Question | Unread:
    """Return a question, if it has a text and enough answers with texts."""
    if not stem or len(answers) < FEWEST_ANSWERS or not all(answer.text for answer in answers):
        return Unread("empty", name_of(title, stem), line)
    return Question(title, stem, answers, general, line)


def name_of(title: str, stem: str) -> str:
    """Return what a question is called where it is spoken of: its title, or else how it begins."""
    return title or " ".join(stem.split())[:_BEGINNING]


class ReadError(ValueError):
    """A file that cannot be read at all.

    Attributes
    ----------
    kind : str
        Why; its text stands in the locale under ``exchange.unreadable``.
    line : int
        The line, from 1; 0 where there is none.
    """

    def __init__(self, kind: str, line: int = 0) -> None:
        self.kind, self.line = kind, line
        super().__init__(f"{kind}, line {line}" if line else kind)
