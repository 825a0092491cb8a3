"""A question as any software can use it: its texts in one language, and what each response is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from etiquette_kit.content.scenario import Paragraph, Scenario, paragraphs
from etiquette_kit.formats.choice.pages import OptionFeedback, reveal
from etiquette_kit.formats.rating.response import RATINGS
from etiquette_kit.locale import catalog
from etiquette_kit.rules import FITS_BEST
from etiquette_kit.rules.passages import source

_STEPS = max(RATINGS) - min(RATINGS)


@dataclass(frozen=True)
class ItemOption:
    """A reaction.

    Attributes
    ----------
    id, label : str
        Its id, and its text.
    grade : int
        4 fits the article best, 3 in line with it, 2 does not quite fit, 1 against it.
    feedback : tuple of str
        Paragraphs: how it fits and what the grade is based on; the reason; what happens on the other side.
    """

    id: str
    label: str
    grade: int
    feedback: tuple[str, ...]

    @property
    def credit(self) -> Fraction:
        """What choosing it is worth: ``(grade - 1) / 3``, exactly."""
        return Fraction(self.grade - 1, 3)

    def rating_credit(self, rating: int) -> Fraction:
        """Return what a rating of it, 1..4, is worth: ``1 - |rating - grade| / 3``, exactly."""
        return 1 - Fraction(abs(rating - self.grade), _STEPS)


@dataclass(frozen=True)
class Item:
    """A question in one language.

    Attributes
    ----------
    id : str
        The scenario's id; the same in each language and each format.
    lang : str
        The language of its texts.
    format : str
        ``"choice"``: one reaction is chosen. ``"rating"``: each reaction gets one of four words.
    title : str
        Its title.
    about : str
        Who the person is, and what happens where.
    stem : tuple of Paragraph
        The situation; a paragraph may be what the person writes.
    prompt : str
        What to do.
    options : tuple of ItemOption
        The reactions, in the order of the file.
    scale : mapping of int to str
        For a rating: the four words by their value, 1..4. Empty for a choice.
    general : tuple of str
        Paragraphs for after the answer, whatever it is: what fits best, and the passages of the article.
    tags : mapping of str to str
        ``rule``, ``relation``, ``event`` and ``platform``: identifiers, the same in each language.
    theme : str
        The theme's id.
    """

    id: str
    lang: str
    format: str
    title: str
    about: str
    stem: tuple[Paragraph, ...]
    prompt: str
    options: tuple[ItemOption, ...]
    scale: Mapping[int, str]
    general: tuple[str, ...]
    tags: Mapping[str, str]
    theme: str

    @property
    def identifier(self) -> str:
        """The id with its format: unique among the items of a language."""
        return f"{self.format}-{self.id}"

    def credit(self, ratings: Mapping[str, int]) -> Fraction:
        """Return what ratings are worth: the mean over the options of their rating's credit, exactly."""
        worth = [option.rating_credit(ratings[option.id]) for option in self.options]
        return sum(worth, Fraction()) / len(worth)


def item_of(scenario: Scenario, format_name: str, lang: str) -> Item:
    """Return a scenario as a question.

    Parameters
    ----------
    scenario : Scenario
        A scenario that is written in the language.
    format_name : str
        ``"choice"`` or ``"rating"``.
    lang : str
        The language.
    """
    words, text = catalog(lang), scenario.text(lang)
    told = reveal(scenario, [option.id for option in scenario.options], lang)
    is_rating = format_name == "rating"
    best = [
        words("quiz.action", action=scenario.place.action_name(option.action, lang))
        for option in scenario.options
        if told.options[option.id].grade == FITS_BEST
    ]
    fits = [words("quiz.best", actions=words("end.or").join(best))] if best else []
    return Item(
        scenario.id,
        lang,
        format_name,
        text.title,
        f"{scenario.person.name}, {text.role} · {scenario.place.occasion(scenario.facts.event, lang)}",
        paragraphs(text.stem),
        words("rating.ask") if is_rating else words("exchange.ask"),
        tuple(
            ItemOption(option.id, option.text(lang).label, told.options[option.id].grade, _feedback(told.options[option.id], lang))
            for option in scenario.options
        ),
        {rating: words(f"grades.{rating}") for rating in RATINGS} if is_rating else {},
        (*fits, *(words("exchange.article", text=passage.text, source=source([name], lang)) for name, passage in told.passages.items())),
        {
            "rule": scenario.advice.rule,
            "relation": scenario.facts.relation,
            "event": scenario.facts.event,
            "platform": scenario.platform,
        },
        scenario.theme,
    )


def _feedback(told: OptionFeedback, lang: str) -> tuple[str, ...]:
    words = catalog(lang)
    return words("exchange.fits", verdict=told.verdict, basis=told.tag), told.reason, told.feedback
