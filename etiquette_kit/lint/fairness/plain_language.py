"""Whether texts are as short and plain as somebody needs who reads them once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from etiquette_kit.content.scenario import Scenario
from etiquette_kit.lint.fairness.sentences import sentences_of
from etiquette_kit.lint.fairness.twins import are_twins
from etiquette_kit.lint.fairness.warning import FairnessWarning
from etiquette_kit.lint.fairness.words import counted_words, quoted

SENTENCE_WORDS = 20
"""How many words a sentence may have; about 15 are the aim, and only a clear excess is warned of."""

SENTENCE_AVERAGE = 14
"""How many words the sentences of a stem may have on average."""

LABEL_WORDS = (8, 20)
"""How many words an option has, least and most."""

FEEDBACK_WORDS = 25
"""How many words the feedback on an option may have."""

TITLE_WORDS = (2, 6)
"""How many words a title has, least and most."""

OPTIONS = 4
"""How many options can be kept in mind; one more can be played."""


def long_sentence(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of the longest sentence of a stem where it is too long, and of sentences that are long on the whole."""
    for scenario in scenarios:
        for lang, text in scenario.texts.items():
            yield from long_sentence_in(text.stem, scenario.id, ("text", lang, "stem"))


def long_sentence_in(text: str, name: str, where: tuple[str | int, ...], *, averaged_from: int = 1) -> Iterator[FairnessWarning]:
    """Warn of the longest sentence of a text, and of sentences that are long on the whole where there are at least `averaged_from`."""
    lengths = {sentence: counted_words(sentence) for sentence in sentences_of(text)}
    if not lengths:
        return
    longest = max(lengths, key=lengths.__getitem__)
    if lengths[longest] > SENTENCE_WORDS:
        values = {"words": str(lengths[longest]), "most": str(SENTENCE_WORDS), "text": quoted(longest)}
        yield FairnessWarning(name, "long_sentence", where, values)
    elif len(lengths) >= averaged_from and sum(lengths.values()) > SENTENCE_AVERAGE * len(lengths):
        average = str(ceil(sum(lengths.values()) / len(lengths)))
        yield FairnessWarning(name, "long_sentences", where, {"average": average, "most": str(SENTENCE_AVERAGE)})


def option_words(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of an option that is too short to be concrete or too long to be compared, and of long feedback."""
    least, most = LABEL_WORDS
    for scenario in scenarios:
        for position, option in enumerate(scenario.options):
            for lang, text in option.texts.items():
                where = ("option", position, "text", lang)
                count = len(text.label.split())
                if not least <= count <= most:
                    values = {"words": str(count), "least": str(least), "most": str(most), "text": quoted(text.label)}
                    yield FairnessWarning(scenario.id, "option_short" if count < least else "option_long", (*where, "label"), values)
                count = len(text.feedback.split())
                if count > FEEDBACK_WORDS:
                    values = {"words": str(count), "most": str(FEEDBACK_WORDS), "text": quoted(text.feedback)}
                    yield FairnessWarning(scenario.id, "feedback_long", (*where, "feedback"), values)


def title_words(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of a title by which a situation cannot be chosen from a list, or that tells a story itself."""
    least, most = TITLE_WORDS
    for scenario in scenarios:
        for lang, text in scenario.texts.items():
            count = len(text.title.split())
            if not least <= count <= most:
                values = {"words": str(count), "least": str(least), "most": str(most), "text": quoted(text.title)}
                yield FairnessWarning(scenario.id, "title_words", ("text", lang, "title"), values)


def doubled_title(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of a title that an earlier scenario has, unless the two are twins."""
    twins = {scenario.id: scenario.twin for scenario in scenarios}
    first: dict[tuple[str, str], str] = {}
    for scenario in scenarios:
        for lang, text in scenario.texts.items():
            earlier = first.setdefault((lang, " ".join(text.title.casefold().split())), scenario.id)
            if earlier != scenario.id and not are_twins(earlier, scenario.id, twins):
                values = {"text": quoted(text.title), "other": earlier}
                yield FairnessWarning(scenario.id, "doubled_title", ("text", lang, "title"), values)


def many_options(scenarios: Sequence[Scenario]) -> Iterator[FairnessWarning]:
    """Warn of more options than can be kept in mind."""
    for scenario in scenarios:
        if len(scenario.options) > OPTIONS:
            values = {"count": str(len(scenario.options)), "most": str(OPTIONS)}
            yield FairnessWarning(scenario.id, "many_options", ("option", OPTIONS), values)
