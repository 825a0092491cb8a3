"""The rounds of a quiz: the pool of exercises, and the sessions drawn from it."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import msgspec

from etiquette_kit.bank import Bank, SelectionError, UnwrittenError, draw
from etiquette_kit.bank.selection import is_about, selected
from etiquette_kit.content.material import shared_languages, twin_of
from etiquette_kit.formats import Exercise, FormatError, Material, format_named, formats
from etiquette_kit.quiz.events import Mode
from etiquette_kit.quiz.session import Clock, Session

DEFAULT_FORMATS = ("choice",)


def checked_formats(given: Sequence[str]) -> tuple[str, ...]:
    """Return the formats of a quiz, each once.

    Raises
    ------
    FormatError
        When a format does not exist, or none was given.
    """
    names = (given,) if isinstance(given, str) else tuple(dict.fromkeys(given))
    for name in names:
        format_named(name)
    if not names:
        message = f"a quiz has at least one format; there are: {', '.join(formats())}"
        raise FormatError(message, "no_format", allowed=", ".join(formats()))
    return names


class Candidate(msgspec.Struct, frozen=True):
    """Material and a format for it."""

    format_name: str
    material: Material


class Rounds:
    """Draws the sessions of a quiz.

    Parameters
    ----------
    bank : Bank
        The scenarios.
    topic : mapping of str to (str or None)
        ``relation``, ``event`` and ``theme``; None means any.
    mode : {"practice", "test"}
        The mode of every session.
    seed : int, str or None
        Makes the selection and the order reproducible.
    length : int or None
        The number of scenarios; None means all.
    clock : callable
        Returns the time, in UTC.
    lang : str
        The initial language.
    chosen : sequence of str
        The formats.

    Attributes
    ----------
    length : int or None
        The number of scenarios that was asked for; where there are fewer, all are drawn.
    pool : list of Candidate
        The material that may be drawn, written in the language at the start.
    count : int
        The number of rounds so far, including those resumed from a store.

    Raises
    ------
    FormatError
        When there is no such format.
    SelectionError
        When no scenario matches in the language, or a relation, event or theme does not exist.
    """

    def __init__(
        self,
        bank: Bank,
        topic: Mapping[str, str | None],
        mode: Mode,
        seed: int | str | None,
        length: int | None,
        clock: Clock,
        lang: str,
        chosen: Sequence[str] = DEFAULT_FORMATS,
    ) -> None:
        self.topic, self.mode, self.seed = topic, mode, seed
        self.length = length
        self._bank, self._clock = bank, clock
        self._formats = tuple(chosen)
        self._sessions: list[Session] = []
        try:
            self.pool = self._choose(lang)
            self.begin(lang)
        except SelectionError as error:
            error.lang = lang  # the page also shows what is missing
            raise

    @property
    def session(self) -> Session:
        """The current session."""
        return self._sessions[-1]

    @property
    def count(self) -> int:
        """The number of rounds so far, including those resumed from a store."""
        return len(self._sessions)

    def begin(self, lang: str) -> None:
        """Start a new session with material drawn from the pool."""
        self._begin(self.pool, lang, self.length)

    def start_now(self, lang: str) -> None:
        """Set the start of the current session to now: its page may have been open long before a learner came."""
        self._sessions[-1] = Session.start(self.session.exercises, self.mode, lang, self._clock)

    def repeat(self, lang: str) -> None:
        """Start a session with the exercises of the current one that were not answered, or with less than full credit."""
        session = self.session
        weak = (session.exercises[position] for position in session.weak())
        self._begin([Candidate(exercise.format_name, exercise.material) for exercise in weak], lang, None)

    def twin(self, exercise: Exercise) -> Exercise | None:
        """Return the other half of a pair, with its options in the same order; None where the pool has none."""
        name, wanted = exercise.format_name, twin_of(exercise.material)
        found = next((entry.material for entry in self.pool if (entry.format_name, entry.material.id) == (name, wanted)), None)
        if found is None:
            return None
        exercise_format = format_named(name)
        return exercise_format.rebuild(found, exercise_format.revise(found, exercise.shown))

    def adopt(self, session: Session) -> None:
        """Continue with a session from a store or another window."""
        self._sessions.append(session)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which all material of the pool is complete."""
        return shared_languages(entry.material for entry in self.pool)

    @property
    def name(self) -> str:
        """A name that identifies the quiz, independent of the learner and the language."""
        others = None if self._formats == DEFAULT_FORMATS else ",".join(self._formats)
        parts = {**self.topic, "formats": others, "length": self.length, "seed": self.seed}
        return " ".join([self.mode, *(f"{name}={value}" for name, value in parts.items() if value is not None)])

    def _choose(self, lang: str) -> list[Candidate]:
        """Return what is drawn from: of what was asked for, all that is written in the language."""
        wanted = {name: value for name, value in self.topic.items() if value is not None}
        pool = []
        every: list[Material] = []
        for name in self._formats:
            found = format_named(name)
            materials = list(found.materials(self._bank).values())
            pool += [Candidate(name, material) for material in materials if is_about(material, wanted) and found.suits(material)]
            every += materials
        if not pool:
            if not every and len(self._bank):
                message = f"the bank has no material for: {', '.join(self._formats)}"
                raise SelectionError(message, "no_material")
            if not every:
                raise SelectionError("the bank has no scenarios")
            selected(every, self.topic)  # raises an error that names what the bank lacks
            message = "in none of the chosen scenarios can one go wrong, so that there is nothing to choose"
            raise SelectionError(message, "no_choice")
        written = [entry for entry in pool if lang in entry.material.languages]
        if not written:
            raise UnwrittenError(lang, (entry.material for entry in pool))
        return written

    def _begin(self, candidates: Sequence[Candidate], lang: str, length: int | None) -> None:
        seed = None if self.seed is None else f"{self.seed}/{self.count + 1}".encode(errors="surrogatepass")
        rng = random.Random(seed)  # noqa: S311  no secret
        drawn = draw(candidates, length, rng, lambda candidate: candidate.material)
        exercises = [format_named(entry.format_name).build(entry.material, rng) for entry in drawn]
        self.adopt(Session.start(exercises, self.mode, lang, self._clock))
