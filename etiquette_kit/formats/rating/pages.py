"""The content of the page of a rating, before and after the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from etiquette_kit.content.material import short_hash
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.formats.choice import fingerprint as choice_fingerprint
from etiquette_kit.formats.choice.pages import ChoiceQuestion
from etiquette_kit.formats.choice.pages import question as choice_question
from etiquette_kit.formats.choice.pages import question_lines as choice_lines
from etiquette_kit.formats.choice.pages import reveal as choice_reveal
from etiquette_kit.formats.protocol import Recap
from etiquette_kit.formats.rating.response import RATINGS
from etiquette_kit.locale import Catalog, catalog, plural
from etiquette_kit.locale.numbers import percent
from etiquette_kit.rules import FITS_BEST
from etiquette_kit.rules.passages import CitedPassage


class ScaleWord(msgspec.Struct, frozen=True):
    """A rating, 1..4, its word, and the word's meaning."""

    value: int
    word: str
    meaning: str


class RatingQuestion(ChoiceQuestion, frozen=True):
    """A situation with its reactions in the order shown, and the words to rate them with.

    Attributes
    ----------
    ask, hint, meanings : str
        What to do, how, and the title of the words' meanings.
    scale : tuple of ScaleWord
        The words, from the lowest rating to the highest.
    unrated : str
        Marks a reaction without a rating.
    missing : tuple of str
        What is said while one, two … reactions have no rating.
    """

    ask: str
    hint: str
    meanings: str
    scale: tuple[ScaleWord, ...]
    unrated: str
    missing: tuple[str, ...]


class RatedReaction(msgspec.Struct, frozen=True):
    """A reaction after the answer.

    Attributes
    ----------
    id : str
        The option's id.
    rating, grade : int
        The learner's rating and the article's grade, 1..4.
    compared : str
        Both in words.
    tag, source, reason, feedback : str
        The basis of the grade, its source and reason, and the effect of the reaction.
    passages : list of str
        The ids of the passages that support the grade.
    """

    id: str
    rating: int
    grade: int
    compared: str
    tag: str
    source: str
    reason: str
    feedback: str
    passages: list[str]


class RatingReveal(msgspec.Struct, frozen=True):
    """All reactions after the answer, the largest difference first, and the passages that support them.

    Attributes
    ----------
    id : str
        The scenario's id.
    summary, best : str
        How many ratings are the article's, and what fits best, each in a sentence.
    credit : float
        0..1.
    fit : str
        The credit in words.
    you, article : str
        The names of the two marks on a scale.
    reactions : tuple of RatedReaction
        The reactions.
    passages : dict of str to CitedPassage
        By the passage's id.
    """

    id: str
    summary: str
    best: str
    credit: float
    fit: str
    you: str
    article: str
    reactions: tuple[RatedReaction, ...]
    passages: dict[str, CitedPassage]


def question(scenario: Scenario, order: Sequence[str], lang: str) -> RatingQuestion:
    """Return person, place, stem, the reactions in the order shown, and the four words."""
    words = catalog(lang)
    situation = {**msgspec.structs.asdict(choice_question(scenario, order, lang)), "format": "rating"}
    return RatingQuestion(
        **situation,
        ask=words("rating.ask"),
        hint=words("rating.hint"),
        meanings=words("rating.meanings"),
        scale=tuple(ScaleWord(rating, words(f"grades.{rating}"), words(f"grade_meanings.{rating}")) for rating in RATINGS),
        unrated=words("rating.unrated"),
        missing=tuple(plural(words, "rating.missing", count + 1) for count in range(len(order))),
    )


def reveal(scenario: Scenario, order: Sequence[str], ratings: Mapping[str, int], credit: float, lang: str) -> RatingReveal:
    """Return every reaction with its rating and the article's grade.

    The largest difference comes first; of equal ones that which fits best.
    """
    words, grades = catalog(lang), scenario.key()
    told = choice_reveal(scenario, order, lang)
    reactions = [
        RatedReaction(
            name,
            ratings[name],
            grades[name],
            _compared(ratings[name], grades[name], words),
            told.options[name].tag,
            told.options[name].source,
            told.options[name].reason,
            told.options[name].feedback,
            told.options[name].passages,
        )
        for name in _largest_difference_first(order, ratings, grades)
    ]
    return RatingReveal(
        scenario.id,
        _alike(ratings, grades, words),
        _best(scenario, order, words),
        credit,
        words("rating.fit", credit=percent(credit, words)),
        words("rating.you"),
        words("rating.article"),
        tuple(reactions),
        told.passages,
    )


def recap(scenario: Scenario, order: Sequence[str], ratings: Mapping[str, int], credit: float, lang: str) -> Recap:
    """Return how many ratings are the article's, with the credit; where not all are, the largest difference as well."""
    words, grades = catalog(lang), scenario.key()
    yours = words("rating.yours", alike=_alike(ratings, grades, words), credit=percent(credit, words))
    about = words("end.about", role=scenario.text(lang).role, occasion=scenario.place.occasion(scenario.facts.event, lang))
    about = f"{scenario.person.name}, {about}"
    first = _largest_difference_first(order, ratings, grades)[0]
    if ratings[first] == grades[first]:
        return Recap(yours, about=about)
    action = words("quiz.action", action=scenario.place.action_name(scenario.option(first).action, lang))
    return Recap(yours, words("rating.largest", action=action, compared=_compared(ratings[first], grades[first], words)), about)


def question_lines(scenario: Scenario, order: Sequence[str], lang: str) -> list[str]:
    """Return the question as lines of text."""
    words = catalog(lang)
    return [*choice_lines(scenario, order, lang), words("rating.scale", words=" · ".join(words(f"grades.{rating}") for rating in RATINGS))]


def response_line(scenario: Scenario, ratings: Mapping[str, int], lang: str, *, revealed: bool) -> str:
    """Return the ratings in words and, if `revealed`, the article's beside them."""
    words, grades = catalog(lang), scenario.key()
    told = [
        f"({name}) {_compared(ratings[name], grades[name], words) if revealed else words(f'grades.{ratings[name]}')}"
        for name in sorted(ratings)
    ]
    return words("rating.given", ratings="; ".join(told))


def words_to_read(scenario: Scenario, order: Sequence[str], lang: str) -> float:
    """Return how many words a learner reads: the text before the answer, and the longest that is expanded after it."""
    asked, told = question(scenario, order, lang), choice_reveal(scenario, order, lang)
    labels = {option.id: option.label for option in asked.options}
    before = [asked.title, asked.person, asked.role, asked.occasion, *(part.text for part in asked.stem), asked.ask, asked.hint]
    before += [*labels.values(), *(entry.word for entry in asked.scale)]
    expanded = [[labels[name], shown.verdict, shown.tag, shown.reason, shown.feedback] for name, shown in told.options.items()]
    return float(_count(before) + _count([_best(scenario, order, catalog(lang))]) + max(_count(texts) for texts in expanded))


def fingerprint(scenario: Scenario, lang: str) -> str:
    """Return a short hash of the text before the answer; it changes with the stem, any reaction or the four words, but not with the key."""
    words = catalog(lang)
    parts = [choice_fingerprint(scenario, lang), words("rating.ask"), *(words(f"grades.{rating}") for rating in RATINGS)]
    return short_hash(parts)


def _largest_difference_first(order: Sequence[str], ratings: Mapping[str, int], grades: Mapping[str, int]) -> list[str]:
    return sorted(order, key=lambda name: (-abs(ratings[name] - grades[name]), -grades[name]))


def _compared(rating: int, grade: int, words: Catalog) -> str:
    article = words(f"grades.{grade}")
    return (
        words("rating.same", article=article)
        if rating == grade
        else words("rating.differs", own=words(f"grades.{rating}"), article=article)
    )


def _alike(ratings: Mapping[str, int], grades: Mapping[str, int], words: Catalog) -> str:
    count, total = sum(ratings[name] == grade for name, grade in grades.items()), len(grades)
    if count in (0, total):
        return words("rating.alike_all" if count else "rating.alike_none")
    return plural(words, "rating.alike", count, total=total)


def _best(scenario: Scenario, order: Sequence[str], words: Catalog) -> str:
    """Return what fits best, in a sentence; empty where nothing does."""
    grades = scenario.key()
    names = [scenario.place.action_name(scenario.option(name).action, words.lang) for name in order if grades[name] == FITS_BEST]
    actions = [words("quiz.action", action=name) for name in names]
    return words("quiz.best", actions=words("end.or").join(actions)) if actions else ""


def _count(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)
