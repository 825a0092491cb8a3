"""Reading questions from Moodle XML."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from etiquette_kit.exchange.drafts.plain_text import text_of_html, tidy
from etiquette_kit.exchange.drafts.question import Answer, Question, ReadError, Unread, name_of, question_of

_IGNORED = frozenset({"category", "description"})


def read(text: str) -> Iterator[Question | Unread]:
    """Yield the questions of a file, in order; categories and descriptions are none.

    Raises
    ------
    ReadError
        When it is no Moodle XML.
    """
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ReadError("doctype")
    root, lines = _parsed(text)
    if root.tag != "quiz":
        raise ReadError("no_quiz")
    for question in root.findall("question"):
        if question.get("type") not in _IGNORED:
            yield _question(question, lines[question])


def _parsed(text: str) -> tuple[Element, dict[Element, int]]:
    """Return the root, and the line of each element."""
    parser: XMLPullParser[Element] = XMLPullParser(["start"])
    lines: dict[Element, int] = {}
    root: Element | None = None
    try:
        for number, line in enumerate(StringIO(text, newline="\n"), 1):
            parser.feed(line)
            for _, element in cast("Iterator[tuple[str, Element]]", parser.read_events()):
                root = element if root is None else root
                lines[element] = number
        parser.close()
    except ParseError as error:
        raise ReadError("no_xml", error.position[0]) from error
    if root is None:
        raise ReadError("no_xml", 1)
    return root, lines


def _question(question: Element, line: int) -> Question | Unread:
    stem = _text(question.find("questiontext"))
    title = tidy(text_of_html(question.findtext("name/text", "")))
    name = name_of(title, stem)
    if question.get("type") != "multichoice":
        return Unread("type", name, line)
    if question.findtext("single", "true").strip().lower() not in {"true", "1"}:
        return Unread("several", name, line)
    answers = tuple(
        Answer(_text(answer), _text(answer.find("feedback")), _number(answer.get("fraction", "0"))) for answer in question.findall("answer")
    )
    return question_of(title, stem, answers, _text(question.find("generalfeedback")), line)


def _text(element: Element | None) -> str:
    if element is None:
        return ""
    text = element.findtext("text", "")
    return tidy(text) if element.get("format") == "plain_text" else text_of_html(text)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
