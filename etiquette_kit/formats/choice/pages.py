"""The content of the page of a choice, before and after the answer."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from etiquette_kit.content.scenario import Scenario, paragraphs
from etiquette_kit.formats.protocol import Recap, Result
from etiquette_kit.locale import catalog
from etiquette_kit.rules import FITS_BEST
from etiquette_kit.rules.passages import CitedPassage, cited_passages, source


class Paragraph(msgspec.Struct, frozen=True, omit_defaults=True):
    """A paragraph of a stem; ``quote`` marks what the person writes."""

    text: str
    quote: bool = False


class OptionLabel(msgspec.Struct, frozen=True):
    """An option before the answer."""

    id: str
    label: str


class ChoiceQuestion(msgspec.Struct, frozen=True):
    """A situation and its options in the order shown."""

    id: str
    format: str
    title: str
    person: str
    initials: str
    role: str
    platform: str
    occasion: str
    stem: tuple[Paragraph, ...]
    options: tuple[OptionLabel, ...]


class OptionFeedback(msgspec.Struct, frozen=True):
    """An option after the answer: its grade, also as text, the basis of the grade, its source and reason, and the effect."""

    grade: int
    verdict: str
    tag: str
    source: str
    reason: str
    feedback: str
    passages: list[str]


class ChoiceReveal(msgspec.Struct, frozen=True, omit_defaults=True):
    """All options after the answer, and the passages that support them.

    The first part is sufficient for a learner who reads nothing else: how the answer fits, what fits best, and why.

    Attributes
    ----------
    id : str
        The scenario's id.
    options : dict of str to OptionFeedback
        By the option's id.
    passages : dict of str to CitedPassage
        By the passage's id.
    chosen : str
        The chosen option; empty where there is no single learner.
    grade : int
        The grade of the chosen option; 0 where there is none.
    summary : str
        How the chosen option fits, in a sentence.
    best : str
        What fits best, in a sentence; if the chosen option does, what fits equally well, or nothing.
    why : str
        The option whose reason is shown.
    """

    id: str
    options: dict[str, OptionFeedback]
    passages: dict[str, CitedPassage]
    chosen: str = ""
    grade: int = 0
    summary: str = ""
    best: str = ""
    why: str = ""


def question(scenario: Scenario, order: Sequence[str], lang: str) -> ChoiceQuestion:
    """Return person, place, stem and options, in the order shown."""
    text = scenario.text(lang)
    return ChoiceQuestion(
        scenario.id,
        "choice",
        text.title,
        scenario.person.name,
        scenario.person.initials,
        text.role,
        scenario.platform,
        scenario.place.occasion(scenario.facts.event, lang),
        tuple(Paragraph(part.text, part.quote) for part in paragraphs(text.stem)),
        tuple(OptionLabel(option, scenario.option(option).text(lang).label) for option in order),
    )


def reveal(scenario: Scenario, order: Sequence[str], lang: str, chosen: str = "") -> ChoiceReveal:
    """Return every option with its grade, reason, feedback and passages; if one was chosen, how it fits."""
    advice = scenario.advice
    options: dict[str, OptionFeedback] = {}
    for name in order:
        option = scenario.option(name)
        action = option.action
        options[name] = OptionFeedback(
            advice.grades[action],
            advice.verdict(action, lang),
            advice.tag(action, lang),
            source(advice.passages[action], lang),
            advice.reason(action, lang),
            option.text(lang).feedback,
            advice.passages[action],
        )
    passages = cited_passages((passage for option in options.values() for passage in option.passages), lang)
    if not chosen:
        return ChoiceReveal(scenario.id, options, passages)
    words = catalog(lang)
    grade = options[chosen].grade
    fitting = [name for name in order if options[name].grade == FITS_BEST]
    actions = [scenario.place.action_name(scenario.option(name).action, lang) for name in fitting if name != chosen]
    others = [words("quiz.action", action=action) for action in actions]
    best = words("quiz.as_good" if chosen in fitting else "quiz.best", actions=words("end.or").join(others)) if others else ""
    why = chosen if chosen in fitting or not fitting else fitting[0]
    return ChoiceReveal(scenario.id, options, passages, chosen, grade, words(f"quiz.summary.{grade}"), best, why)


def recap(scenario: Scenario, result: Result, lang: str) -> Recap:
    """Return the action of the chosen reaction, and what fits best where that is another one."""
    words = catalog(lang)
    action = scenario.option(result.response).action
    yours = words("end.yours", action=scenario.place.action_name(action, lang), verdict=scenario.advice.verdict(action, lang))
    about = words("end.about", role=scenario.text(lang).role, occasion=scenario.place.occasion(scenario.facts.event, lang))
    about = f"{scenario.person.name}, {about}"
    if result.grade == FITS_BEST:
        return Recap(yours, about=about)
    best = [scenario.place.action_name(scenario.option(name).action, lang) for name in result.best]
    return Recap(yours, words("end.best", actions=words("end.or").join(best)), about)


def question_lines(scenario: Scenario, order: Sequence[str], lang: str) -> list[str]:
    """Return the question as lines of text."""
    text = scenario.text(lang)
    return [
        f"{scenario.person.name}, {text.role} · {scenario.place.occasion(scenario.facts.event, lang)}",
        *(f"  {paragraph.text}" for paragraph in paragraphs(text.stem)),
        *(f"  ({name}) {scenario.option(name).text(lang).label}" for name in order),
    ]


def response_line(scenario: Scenario, response: str, lang: str, *, revealed: bool) -> str:
    """Return the chosen option and, if `revealed`, how it fits."""
    words = catalog(lang)
    if not revealed:
        return words("text.kept", option=response)
    return words("text.chosen", option=response, verdict=scenario.advice.verdict(scenario.option(response).action, lang))


def words_to_read(scenario: Scenario, order: Sequence[str], lang: str) -> float:
    """Return how many words a learner reads: the text before the answer, and the longest that is expanded after it."""
    asked = question(scenario, order, lang)
    before = [asked.title, asked.person, asked.role, asked.occasion, *(part.text for part in asked.stem), *(o.label for o in asked.options)]
    return float(_count(before) + max(_count(_expanded(reveal(scenario, order, lang, option), asked)) for option in order))


def _expanded(shown: ChoiceReveal, asked: ChoiceQuestion) -> list[str]:
    own = shown.options[shown.chosen]
    label = next(option.label for option in asked.options if option.id == shown.chosen)
    reasons = {shown.options[name].reason for name in (shown.why, shown.chosen)}
    return [shown.summary, own.tag, shown.best, *reasons, label, own.feedback]


def _count(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)
