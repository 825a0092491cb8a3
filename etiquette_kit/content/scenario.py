"""What a scenario is: a situation with its facts, a platform and options."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal, TypeVar

import msgspec

from etiquette_kit.content.material import Situation, content_hash
from etiquette_kit.content.opening import opening
from etiquette_kit.content.platforms import PLATFORMS, Platform
from etiquette_kit.locale import LanguageError
from etiquette_kit.rules import Advice, Facts, decide

LIMITS = {"id": 60, "name": 60, "role": 80, "title": 80, "stem": 1200, "label": 300, "feedback": 400}
"""The maximum number of characters of a text."""

STEM_WORDS = (50, 80)
"""The recommended minimum and maximum number of words of a stem."""

OPTION_COUNT = (3, 5)
"""The minimum and maximum number of options of a scenario."""

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def _text(limit: str, description: str) -> msgspec.Meta:
    return msgspec.Meta(min_length=1, max_length=LIMITS[limit], description=description)


_T = TypeVar("_T")


def _in_language(texts: Mapping[str, _T], lang: str, what: str) -> _T:
    try:
        return texts[lang]
    except KeyError:
        message = f"{what} is not written in {lang!r}; there are: {', '.join(texts)}"
        raise LanguageError(message) from None


Identifier = Annotated[
    str, msgspec.Meta(pattern=ID_PATTERN, max_length=LIMITS["id"], description="Lower-case letters, digits and hyphens.")
]


def is_identifier(text: str) -> bool:
    """Return whether a text can be the id of a scenario or an option."""
    return len(text) <= LIMITS["id"] and re.fullmatch(ID_PATTERN, text) is not None


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a scenario file; an unknown key is an error."""


class Person(_Part, frozen=True):
    """The person who sends a request, writes a message or can see the profile."""

    name: Annotated[str, _text("name", "First and last name.")]
    gender: Literal["female", "male", "diverse"]

    @property
    def initials(self) -> str:
        """The first letters of the first and the last name, as every page shows them; the first letter of a single name."""
        names = self.name.split()
        return "".join(name[0] for name in (*names[:1], *names[1:][-1:]))


class SceneText(_Part, frozen=True):
    """The situation in one language."""

    title: Annotated[str, _text("title", "Two to six words that do not give the answer away.")]
    role: Annotated[str, _text("role", "Who the person is to the learner.")]
    stem: Annotated[
        str, _text("stem", "50 to 80 words: who it is to you, on which platform, what they write, and literally what you want.")
    ]


class OptionText(_Part, frozen=True):
    """An option in one language."""

    label: Annotated[str, _text("label", "A concrete reaction in the first person.")]
    feedback: Annotated[str, _text("feedback", "What happens on the other side, in this situation.")]


class Option(_Part, frozen=True):
    """One reaction. It has an action; its grade follows from the decision table."""

    id: Identifier
    action: Annotated[str, msgspec.Meta(description="What this reaction amounts to.")]
    texts: dict[str, OptionText] = msgspec.field(name="text")

    def text(self, lang: str) -> OptionText:
        """Return the option's text.

        Raises
        ------
        LanguageError
            When it is not written in that language.
        """
        return _in_language(self.texts, lang, f"option {self.id!r}")


class Scenario(_Part, frozen=True, dict=True):
    """A situation to react to.

    Attributes
    ----------
    id : str
        Unique in a bank.
    platform : str
        A key of ``PLATFORMS``.
    person : Person
        The person who sends a request, writes a message or can see the profile.
    facts : Facts
        The situation as input of the decision table.
    texts : dict of str to SceneText
        Title, role and stem by language.
    options : tuple of Option
        The reactions, in the order of the file; each has a different action.
    twin : str or None
        The id of the other scenario of the pair: one sentence differs, and another reaction fits best.
    theme : str
        The theme it belongs to: the file's name. Set by the reader, not written in the file.
    """

    id: Identifier
    platform: Annotated[str, msgspec.Meta(description="The network in which it happens.")]
    person: Person
    facts: Facts
    texts: dict[str, SceneText] = msgspec.field(name="text")
    options: Annotated[tuple[Option, ...], msgspec.Meta(min_length=OPTION_COUNT[0], max_length=OPTION_COUNT[1])] = msgspec.field(
        name="option"
    )
    twin: Annotated[
        Identifier | None,
        msgspec.Meta(description="The id of the other of a pair: the same title, options and actions; another reaction fits best."),
    ] = None
    theme: str = ""

    def text(self, lang: str) -> SceneText:
        """Return the situation's text.

        Raises
        ------
        LanguageError
            When it is not written in that language.
        """
        return _in_language(self.texts, lang, f"scenario {self.id!r}")

    def title(self, lang: str) -> str:
        """Return the situation's title.

        Raises
        ------
        LanguageError
            When it is not written in that language.
        """
        return self.text(lang).title

    def opening(self, lang: str) -> str:
        """Return how the situation begins.

        Raises
        ------
        LanguageError
            When it is not written in that language.
        """
        return opening(self.text(lang).stem)

    def labels(self, lang: str) -> dict[str, str]:
        """Return the label of each option by its id.

        Raises
        ------
        LanguageError
            When one is not written in that language.
        """
        return {option.id: option.text(lang).label for option in self.options}

    @property
    def situations(self) -> tuple[Situation, ...]:
        """The scenario as its only situation."""
        return (Situation(self.id, self.facts.relation, self.facts.event, self.advice.rule, self.theme, self.place.network),)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it is complete, including its options."""
        return tuple(lang for lang in self.texts if all(lang in option.texts for option in self.options))

    def option(self, option_id: str) -> Option:
        """Return the option with this id.

        Raises
        ------
        KeyError
            When there is none.
        """
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)

    @property
    def advice(self) -> Advice:
        """The article's advice for the facts."""
        return decide(self.facts)

    @property
    def place(self) -> Platform:
        """The platform object."""
        return PLATFORMS[self.platform]

    @cached_property
    def content(self) -> str:
        """A hash of all its text and its key; answers with different hashes cannot be compared."""
        return content_hash(self.record())

    def record(self) -> bytes:
        """Return all its text and its key as JSON; the same for the same content, whatever file it is in.

        The twin is left out: it is neither shown to the learner nor part of the key.

        Raises
        ------
        ValueError
            When a text has a lone surrogate, which is not allowed in files.
        """
        parts = {name: value for name, value in msgspec.to_builtins(self).items() if name not in ("theme", "twin")}
        # Facts that do not apply are left out, so that the hash does not change when a new fact is introduced.
        parts["facts"] = {name: value for name, value in parts["facts"].items() if value is not None}
        try:
            return msgspec.json.encode({"scenario": parts, "key": self.key()}, order="sorted")
        except UnicodeEncodeError as error:
            message = f"scenario {self.id!r}: {error.object[error.start : error.end]!r} is no character that can be kept"
            raise ValueError(message) from None

    def key(self) -> dict[str, int]:
        """Return each option's grade, derived from the decision table."""
        grades = self.advice.grades
        return {option.id: grades[option.action] for option in self.options}


class ThemeHead(_Part, frozen=True):
    """The head of a file: the theme's title by language."""

    titles: dict[str, str] = msgspec.field(name="title")


class ScenarioFile(_Part, frozen=True):
    """A scenario file: one theme with its scenarios."""

    theme: ThemeHead
    scenarios: tuple[Scenario, ...] = msgspec.field(name="scenario")


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph of a stem; ``quote`` marks what the person writes."""

    text: str
    quote: bool


_OPENING, _CLOSING = '„“"«»', '“”"«»'


def paragraphs(stem: str) -> tuple[Paragraph, ...]:
    """Split a stem at blank lines; a paragraph that is completely in quotation marks is what the person writes."""
    blocks = (" ".join(block.split()) for block in re.split(r"\n[ \t]*\n", stem.strip()))
    return tuple(Paragraph(text, quote=len(text) > 1 and text[0] in _OPENING and text[-1] in _CLOSING) for text in blocks if text)
