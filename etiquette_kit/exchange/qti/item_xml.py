"""A question as an assessment item: a choice as a choice interaction, a rating as a match interaction of options and words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from xml.etree.ElementTree import Element

from etiquette_kit.exchange.item import Item
from etiquette_kit.exchange.qti.elements import XML_LANG, add, document, root
from etiquette_kit.exchange.qti.identifiers import item_identifier, option_identifier, pair, rating_identifier
from etiquette_kit.exchange.qti.version import Version

_ANSWERED = "answered"
"""The value of the outcome ``ANSWERED`` after an answer.

What is shown then stands below the options, since a window may be too small for it.
"""


def item_xml(item: Item, version: Version) -> bytes:
    """Return the file of a question in a version of QTI."""
    is_rating = item.format == "rating"
    element = root(
        "qti-assessment-item",
        identifier=item_identifier(item),
        title=item.title,
        adaptive="false",
        time_dependent="false",
    )
    element.set(XML_LANG, item.lang)
    if is_rating:
        _declare_response(element, "multiple", "directedPair", _best_ratings(item), _rating_credits(item))
    else:
        _declare_response(element, "single", "identifier", _best_option(item), _option_credits(item))
    declare_scores(element, 1)
    for name in ("ANSWERED",) if is_rating else ("ANSWERED", "FEEDBACK"):
        add(element, "qti-outcome-declaration", identifier=name, cardinality="single", base_type="identifier")
    body = add(element, "qti-item-body")
    _add_stem(body, item)
    if is_rating:
        _add_match(body, item)
    else:
        _add_choice(body, item)
    _add_general_feedback(body, item, each_option=is_rating)
    _add_response_processing(element, is_rating=is_rating)
    if not is_rating:
        _add_option_feedback(element, item)
    return document(element, version, version.questions)


def declare_scores(element: Element, most: int) -> None:
    """Declare the outcomes ``SCORE``, from 0, and ``MAXSCORE``.

    Parameters
    ----------
    element : Element
        A question or a test.
    most : int
        The largest possible score.
    """
    add(
        element,
        "qti-outcome-declaration",
        identifier="SCORE",
        cardinality="single",
        base_type="float",
        normal_minimum="0",
        normal_maximum=str(most),
    )
    largest = add(element, "qti-outcome-declaration", identifier="MAXSCORE", cardinality="single", base_type="float")
    add(add(largest, "qti-default-value"), "qti-value", str(most))


def _option_credits(item: Item) -> dict[str, Fraction]:
    return {option_identifier(option.id): option.credit for option in item.options}


def _rating_credits(item: Item) -> dict[str, Fraction]:
    """Return the part of the credit that each pair is worth; the parts of one rating of each option add up to the item's credit."""
    return {pair(option.id, rating): option.rating_credit(rating) / len(item.options) for option in item.options for rating in item.scale}


def _best_option(item: Item) -> list[str]:
    """Return the option that fits best, where there is just one: a correct response can name no more."""
    best = [option_identifier(option.id) for option in item.options if option.credit == 1]
    return best if len(best) == 1 else []


def _best_ratings(item: Item) -> list[str]:
    return [pair(option.id, option.grade) for option in item.options]


def _declare_response(
    element: Element, cardinality: str, base_type: str, correct: Iterable[str], credits_of: Mapping[str, Fraction]
) -> None:
    response = add(element, "qti-response-declaration", identifier="RESPONSE", cardinality=cardinality, base_type=base_type)
    values = list(correct)
    if values:
        answer = add(response, "qti-correct-response")
        for value in values:
            add(answer, "qti-value", value)
    mapping = add(response, "qti-mapping", lower_bound="0", upper_bound="1", default_value="0")
    for key, credit in credits_of.items():
        add(mapping, "qti-map-entry", map_key=key, mapped_value=repr(float(credit)))


def _add_stem(body: Element, item: Item) -> None:
    add(add(body, "p"), "strong", item.about)
    for part in item.stem:
        add(add(body, "blockquote") if part.quote else body, "p", part.text)


def _add_choice(body: Element, item: Item) -> None:
    interaction = add(body, "qti-choice-interaction", response_identifier="RESPONSE", shuffle="true", max_choices="1", min_choices="1")
    add(interaction, "qti-prompt", item.prompt)
    for option in item.options:
        add(interaction, "qti-simple-choice", option.label, identifier=option_identifier(option.id))


def _add_match(body: Element, item: Item) -> None:
    """Add a table of options and words; nothing is shuffled, since the words have an order."""
    count = str(len(item.options))
    interaction = add(
        body,
        "qti-match-interaction",
        class_="qti-match-tabular",
        response_identifier="RESPONSE",
        shuffle="false",
        max_associations=count,
        min_associations=count,
    )
    add(interaction, "qti-prompt", item.prompt)
    options, scale = add(interaction, "qti-simple-match-set"), add(interaction, "qti-simple-match-set")
    for option in item.options:
        add(options, "qti-simple-associable-choice", option.label, identifier=option_identifier(option.id), match_max="1", match_min="1")
    for rating, word in item.scale.items():
        add(scale, "qti-simple-associable-choice", word, identifier=rating_identifier(rating), match_max=count)


def _add_general_feedback(body: Element, item: Item, *, each_option: bool) -> None:
    """Add what is shown after any answer; where that is feedback on each option as well, each is named."""
    block = add(body, "qti-feedback-block", outcome_identifier="ANSWERED", identifier=_ANSWERED, show_hide="show")
    content = add(block, "qti-content-body")
    for option in item.options if each_option else ():
        add(add(content, "p"), "strong", option.label)
        _add_paragraphs(content, option.feedback)
    _add_paragraphs(content, item.general)


def _add_option_feedback(element: Element, item: Item) -> None:
    """Add a window for each option, which is shown after its choice."""
    for option in item.options:
        identifier = option_identifier(option.id)
        window = add(element, "qti-modal-feedback", outcome_identifier="FEEDBACK", identifier=identifier, show_hide="show")
        _add_paragraphs(add(window, "qti-content-body"), option.feedback)


def _add_paragraphs(parent: Element, texts: Iterable[str]) -> None:
    for text in texts:
        add(parent, "p", text)


def _add_response_processing(element: Element, *, is_rating: bool) -> None:
    """Add what the standard template ``map_response`` does, and which feedback is shown."""
    condition = add(add(element, "qti-response-processing"), "qti-response-condition")
    unanswered = add(condition, "qti-response-if")
    add(add(unanswered, "qti-is-null"), "qti-variable", identifier="RESPONSE")
    add(add(unanswered, "qti-set-outcome-value", identifier="SCORE"), "qti-base-value", "0", base_type="float")
    answered = add(condition, "qti-response-else")
    add(add(answered, "qti-set-outcome-value", identifier="SCORE"), "qti-map-response", identifier="RESPONSE")
    add(add(answered, "qti-set-outcome-value", identifier="ANSWERED"), "qti-base-value", _ANSWERED, base_type="identifier")
    if not is_rating:
        add(add(answered, "qti-set-outcome-value", identifier="FEEDBACK"), "qti-variable", identifier="RESPONSE")
