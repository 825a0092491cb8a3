"""Reading what the kit exports without the kit: the paragraphs of HTML, and Moodle's rules for its XML."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from html.parser import HTMLParser

FRACTIONS = {0.0, 5.0, 10.0, 11.11111, 12.5, 14.28571, 16.66667, 20.0, 25.0, 30.0, 33.33333, 40.0, 50.0, 60.0, 66.66667, 70.0, 75.0, 80.0}
FRACTIONS |= {83.33333, 90.0, 100.0}
"""The positive shares that Moodle's importer accepts; any other is an error, or changed to the nearest."""


class _Paragraphs(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"p", "strong", "blockquote"}, tag
        assert not attrs
        if tag == "p":
            self.found.append("")

    def handle_data(self, data: str) -> None:
        self.found[-1] += data


def html_paragraphs(html: str) -> list[str]:
    """Return the text of each paragraph; any other markup than an export has is refused."""
    parser = _Paragraphs()
    parser.feed(html)
    parser.close()
    return parser.found


@dataclass
class MoodleQuestion:
    """A question as Moodle would import it; answers are text, share in per cent, and feedback."""

    category: list[str]
    name: str
    id: str
    text: list[str]
    general: list[str]
    answers: list[tuple[list[str], float, list[str]]]
    tags: list[str]


def moodle_questions(xml: bytes) -> list[MoodleQuestion]:
    """Read a question bank by the rules that Moodle publishes for its importer."""
    root = ET.fromstring(xml)  # noqa: S314  the tests have written it
    assert root.tag == "quiz"
    category: list[str] = []
    found = []
    for question in root:
        assert question.tag == "question"
        if question.get("type") == "category":
            category = _category(question.findtext("category/text", ""))
            continue
        assert question.get("type") == "multichoice"
        assert question.findtext("single") == "true"
        assert question.findtext("shuffleanswers") == "true"
        assert question.findtext("answernumbering") in {"none", "abc", "ABCD", "123", "iii", "IIII"}
        answers = [
            (_html(answer), float(answer.get("fraction", "")), _html(answer.find("feedback"))) for answer in question.findall("answer")
        ]
        assert len(answers) >= 2
        assert {share for _, share, _ in answers} <= FRACTIONS
        assert max(share for _, share, _ in answers) == 100  # one answer, whose best gives all points
        name, identifier = question.findtext("name/text", ""), question.findtext("idnumber", "")
        assert 0 < len(name) <= 255
        assert 0 < len(identifier) <= 100
        tags = [tag.text or "" for tag in question.findall("tags/tag/text")]
        assert all(tag and "," not in tag for tag in tags)
        text, general = _html(question.find("questiontext")), _html(question.find("generalfeedback"))
        found.append(MoodleQuestion(category, name, identifier, text, general, answers, tags))
    assert len({question.id for question in found}) == len(found)
    return found


def _html(element: ET.Element | None) -> list[str]:
    assert element is not None
    assert element.get("format") == "html"
    return html_paragraphs(element.findtext("text", ""))


def _category(path: str) -> list[str]:
    parts = [part.replace("//", "/") for part in re.split("(?<!/)/(?!/)", path)]
    assert parts[:2] == ["$course$", "top"]
    return parts[2:]
