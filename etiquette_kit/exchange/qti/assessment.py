"""All questions of a package as one test, with a section for each theme."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from etiquette_kit.exchange.collection import Collection
from etiquette_kit.exchange.item import Item
from etiquette_kit.exchange.qti.elements import add, document, root
from etiquette_kit.exchange.qti.identifiers import item_identifier, item_path
from etiquette_kit.exchange.qti.item_xml import declare_scores
from etiquette_kit.exchange.qti.version import Version

ASSESSMENT_PATH = "assessment.xml"


def assessment_identifier(collection: Collection) -> str:
    """Return the identifier of the test."""
    return f"etiquette-{collection.lang}"


def assessment_xml(collection: Collection, version: Version) -> bytes:
    """Return the file of the test in a version of QTI.

    Within a section the choices come before the ratings, whose feedback tells the grade of every option.
    """
    test = root("qti-assessment-test", identifier=assessment_identifier(collection), title=collection.title)
    declare_scores(test, len(collection.items))
    part = add(test, "qti-test-part", identifier="questions", navigation_mode="nonlinear", submission_mode="individual")
    add(part, "qti-item-session-control", show_feedback="true")
    for number, (theme, title) in enumerate(collection.themes.items(), 1):
        section = add(part, "qti-assessment-section", identifier=f"section-{number}", title=title, visible="true")
        for item in sorted(collection.of_theme(theme), key=lambda item: item.format):
            add(section, "qti-assessment-item-ref", identifier=item_identifier(item), href=item_path(item), category=_category(item))
    score = add(add(test, "qti-outcome-processing"), "qti-set-outcome-value", identifier="SCORE")
    _add_sum(score)
    return document(test, version, version.questions)


def _add_sum(parent: Element) -> None:
    add(add(parent, "qti-sum"), "qti-test-variables", variable_identifier="SCORE")


def _category(item: Item) -> str:
    """Return the tags of a question as categories, each with the name of what it tells; the theme is the section."""
    return " ".join(f"{name}-{value}" for name, value in {"format": item.format, **item.tags}.items())
