"""What a card shows of an exercise and asks of it: the one place in which a card knows that it is a choice about one scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from etiquette_kit.exercises import Exercise
from etiquette_kit.locale import catalog
from etiquette_kit.rules.passages import cited
from etiquette_kit.scenario import Scenario, paragraphs


class Question(msgspec.Struct, frozen=True):
    """The question on the screen, for who drives a quiz from Python.

    Attributes
    ----------
    id : str
        The scenario's id.
    options : tuple of str
        The option ids in the order shown.
    """

    id: str
    options: tuple[str, ...]


class Paragraph(msgspec.Struct, frozen=True, omit_defaults=True):
    """A paragraph of a stem; ``quote`` marks what the person writes."""

    text: str
    quote: bool = False


class OptionLabel(msgspec.Struct, frozen=True):
    """A reaction that can be chosen."""

    id: str
    label: str


class ChoiceQuestion(msgspec.Struct, frozen=True):
    """What the screen may show before the answer: no grade, no key, no feedback."""

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


class Passage(msgspec.Struct, frozen=True):
    """A passage of the article: its words, and in words where it stands there and how strongly it speaks."""

    text: str
    source: str


class GradedOption(msgspec.Struct, frozen=True):
    """A reaction after the answer: its grade, also in words, the reason, what happens on the other side, and the passages."""

    grade: int
    verdict: str
    basis: str
    reason: str
    feedback: str
    passages: Sequence[str]


class ChoiceFeedback(msgspec.Struct, frozen=True):
    """What the screen shows after the answer."""

    id: str
    options: dict[str, GradedOption]
    passages: dict[str, Passage]
    chosen: str
    grade: int
    summary: str


def driven_question(exercise: Exercise) -> Question:
    """Return the question for who drives a quiz from Python."""
    return Question(exercise.scenario.id, exercise.order)


def question_of(exercise: Exercise, lang: str) -> ChoiceQuestion:
    """Describe the question."""
    told = exercise.question(lang)
    return ChoiceQuestion(
        **{
            **told,
            "initials": exercise.scenario.person.initials,
            "stem": tuple(Paragraph(text, quote) for text, quote in told["stem"]),
            "options": tuple(OptionLabel(option, label) for option, label in told["options"]),
        }
    )


def feedback_of(exercise: Exercise, response: str, lang: str) -> ChoiceFeedback:
    """Describe the feedback to a response."""
    told = exercise.feedback(response, lang)
    return ChoiceFeedback(
        told["id"],
        graded_options(told),
        named_passages(told["passages"], lang),
        told["chosen"],
        told["grade"],
        catalog(lang)(f"quiz.summary.{told['grade']}"),
    )


def graded_options(revealed: Mapping[str, Mapping[str, Mapping[str, object]]]) -> dict[str, GradedOption]:
    """Return every reaction of an answer, by option."""
    return {name: msgspec.convert(option, GradedOption) for name, option in revealed["options"].items()}


def named_passages(passages: Mapping[str, Sequence[str]], lang: str) -> dict[str, Passage]:
    """Return passages with the names of their parts."""
    words = catalog(lang)
    return {name: Passage(text, f"{words(f'places.{place}')} · {strength}") for name, (text, place, strength) in passages.items()}


def cited_passages(ids: Sequence[str], lang: str) -> dict[str, Passage]:
    """Return the passages of some ids, each once."""
    return named_passages(cited(ids, lang), lang)


def question_id(exercise: Exercise) -> str:
    """Return the id by which a message names the question."""
    return exercise.scenario.id


def response_from(value: object) -> str | None:
    """Return the response that a message brings; None where it cannot be one."""
    return value if isinstance(value, str) else None


def title_of(exercise: Exercise, lang: str) -> str:
    """Return what the exercise is called in a list."""
    return exercise.scenario.text(lang).title


def summary_of(exercise: Exercise, response: str, best: Sequence[str], lang: str) -> tuple[str, str]:
    """Return for the end page, in words, what was answered with its grade, and what would have fitted best."""
    words, scenario = catalog(lang), exercise.scenario
    action = scenario.option(response).action
    yours = words("end.yours", action=scenario.place.action_name(action, lang), verdict=scenario.advice.verdict(action, lang))
    names = [scenario.place.action_name(scenario.option(name).action, lang) for name in best]
    return yours, words("end.best", actions=words("end.or").join(names))


def words_to_read(exercise: Exercise, lang: str) -> float:
    """Return how many words are read: stem and options in full, of the feedback about half."""
    scenario = exercise.scenario
    count = float(len(scenario.text(lang).stem.split()))
    for option in scenario.options:
        text = option.text(lang)
        reason = scenario.advice.reason(option.action, lang)
        count += len(text.label.split()) + len((text.feedback + " " + reason).split()) / 2
    return count


def material_of(exercise: Exercise) -> Scenario:
    """Return what the exercise was made of."""
    return exercise.scenario


def is_written_in(exercise: Exercise, lang: str) -> bool:
    """Tell whether the exercise can be shown in a language."""
    return lang in exercise.scenario.languages


def fingerprint(scenario: Scenario, lang: str) -> str:
    """Return a short hash of what learners read before they answer; it changes with any stem or option, and holds nothing of the key."""
    import hashlib  # loads OpenSSL, which only the text needs

    text = scenario.text(lang)
    labels = [option.text(lang).label for option in scenario.options]
    parts = [scenario.person.name, text.title, text.role, text.stem, *labels]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]


def contents_line(scenario: Scenario, lang: str) -> str:
    """Return a line for a list of contents: it changes with what learners read."""
    return f"{fingerprint(scenario, lang)} {scenario.text(lang).title}"


def text_lines(exercise: Exercise, lang: str) -> list[str]:
    """Return the question as lines of plain text."""
    scenario = exercise.scenario
    text = scenario.text(lang)
    lines = [f"{scenario.person.name}, {text.role} · {scenario.place.occasion(scenario.facts.event, lang)}"]
    lines += [f"  {paragraph.text}" for paragraph in paragraphs(text.stem)]
    lines += [f"  ({name}) {scenario.option(name).text(lang).label}" for name in exercise.order]
    return lines


def answer_line(exercise: Exercise, response: str, lang: str, *, revealed: bool) -> str:
    """Return a line of plain text that tells what was answered and, where it may be told, how that fits."""
    words, scenario = catalog(lang), exercise.scenario
    if not revealed:
        return words("text.kept", option=response)
    return words("text.chosen", option=response, verdict=scenario.advice.verdict(scenario.option(response).action, lang))
