"""Reading QTI 2.1 without the kit: the texts of a question, and what its rules do with an answer."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"


@dataclass
class Question:
    """A question with one interaction: its paragraphs by where they stand, and its options, labels by identifier."""

    element: ET.Element
    stem: list[tuple[bool, str]]
    prompt: str
    options: dict[str, str]
    mapping: dict[str, float]


@dataclass
class Outcome:
    """What an answer leads to: the outcomes by name, and the paragraphs in the body and in windows that are then shown."""

    values: dict[str, str | float | None] = field(default_factory=dict)
    below: list[str] = field(default_factory=list)
    windows: list[list[str]] = field(default_factory=list)


def read(xml: bytes) -> Question:
    """Read the file of a question; a stem's paragraph is whether it is a quotation, and its text."""
    element = ET.fromstring(xml)  # noqa: S314  the tests have written it
    body = _one(element, "itemBody")
    interaction = _one(body, "choiceInteraction")
    assert interaction.get("responseIdentifier") == _one(element, "responseDeclaration").get("identifier") == "RESPONSE"
    stem = []
    for part in body:
        if part.tag == f"{QTI}p":
            stem.append((False, _text(part)))
        elif part.tag == f"{QTI}blockquote":
            stem.extend((True, _text(inner)) for inner in part)
        else:
            assert part.tag in {f"{QTI}choiceInteraction", f"{QTI}feedbackBlock"}
    options = {choice.get("identifier", ""): _text(choice) for choice in interaction.iterfind(f"{QTI}simpleChoice")}
    entries = element.iterfind(f"{QTI}responseDeclaration/{QTI}mapping/{QTI}mapEntry")
    mapping = {entry.get("mapKey", ""): float(entry.get("mappedValue", "")) for entry in entries}
    return Question(element, stem, _text(_one(interaction, "prompt")), options, mapping)


def answered(question: Question, response: str | None) -> Outcome:
    """Run the rules of a question for an answer, or for none."""
    declared = [found.get("identifier", "") for found in question.element.iterfind(f"{QTI}outcomeDeclaration")]
    outcome = Outcome(dict.fromkeys(declared))
    for condition in _one(question.element, "responseProcessing"):
        assert condition.tag == f"{QTI}responseCondition"
        first, otherwise = condition
        assert (first.tag, otherwise.tag) == (f"{QTI}responseIf", f"{QTI}responseElse")
        test, *rules = first
        for rule in rules if _value(test, question, response) else otherwise:
            assert rule.tag == f"{QTI}setOutcomeValue"
            assert rule.get("identifier") in outcome.values
            (expression,) = rule
            outcome.values[rule.get("identifier", "")] = _value(expression, question, response)
    for block in question.element.iter(f"{QTI}feedbackBlock"):
        if _shown(block, outcome):
            outcome.below += [_text(part) for part in block]
    windows = [found for found in question.element.iterfind(f"{QTI}modalFeedback") if _shown(found, outcome)]
    outcome.windows = [[_text(part) for part in window] for window in windows]
    return outcome


def _value(expression: ET.Element, question: Question, response: str | None) -> str | float | None:
    match expression.tag.removeprefix(QTI):
        case "variable":
            assert expression.get("identifier") == "RESPONSE"
            return response
        case "isNull":
            return _value(expression[0], question, response) is None
        case "baseValue":
            return float(_text(expression)) if expression.get("baseType") == "float" else _text(expression)
        case "mapResponse":
            assert expression.get("identifier") == "RESPONSE"
            mapping = _one(_one(question.element, "responseDeclaration"), "mapping")
            worth = question.mapping.get(response or "", float(mapping.get("defaultValue", "")))
            return min(max(worth, float(mapping.get("lowerBound", ""))), float(mapping.get("upperBound", "")))
        case other:
            raise AssertionError(other)


def _shown(feedback: ET.Element, outcome: Outcome) -> bool:
    assert feedback.get("showHide") == "show"
    return outcome.values[feedback.get("outcomeIdentifier", "")] == feedback.get("identifier")


def _one(parent: ET.Element, tag: str) -> ET.Element:
    (found,) = parent.findall(f"{QTI}{tag}")
    return found


def _text(element: ET.Element) -> str:
    """Return the text of a paragraph; white space around the one element in it is that of the file's layout."""
    inner = list(element)
    if not inner:
        return element.text or ""
    (only,) = inner
    assert not (element.text or "").strip()
    assert not (only.tail or "").strip()
    return _text(only)
