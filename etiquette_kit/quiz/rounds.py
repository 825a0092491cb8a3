"""The rounds of a quiz: what is drawn from, and the sessions one after the other."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import msgspec

from etiquette_kit.bank import Bank, SelectionError, UnwrittenError, draw
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
        When there is no such format, or none was given.
    """
    names = (given,) if isinstance(given, str) else tuple(dict.fromkeys(given))
    for name in names:
        format_named(name)
    if not names:
        message = f"a quiz has at least one format; there are: {', '.join(formats())}"
        raise FormatError(message)
    return names


class Candidate(msgspec.Struct, frozen=True):
    """Some material, and the format in which it can be practised."""

    format_name: str
    material: Material


class Rounds:
    """Draws the sessions of a quiz.

    Parameters
    ----------
    bank : Bank
        Where the scenarios come from.
    topic : mapping of str to (str or None)
        ``relation``, ``event`` and ``theme``; None takes all.
    mode : {"practice", "test"}
        Of every session.
    seed : int, str or None
        Makes scenarios and orders the same in every run.
    length : int or None
        How many scenarios; None takes all.
    clock : callable
        Returns the time, in UTC.
    lang : str
        The language to begin with.
    chosen : sequence of str
        The formats to draw from.

    Attributes
    ----------
    pool : list of Candidate
        What is drawn from: material that is written in the language to begin with.
    count : int
        How many rounds there were, those taken up from a store included.

    Raises
    ------
    FormatError
        When there is no such format.
    SelectionError
        When nothing is left to play in the language, or a relation, event or theme does not exist.
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
        self._bank, self._length, self._clock = bank, length, clock
        self._formats = tuple(chosen)
        self._sessions: list[Session] = []
        try:
            self.pool = self._choose(lang)
            self.begin(lang)
        except SelectionError as error:
            error.lang = lang  # the page, too, says what is missing
            raise

    @property
    def session(self) -> Session:
        """The session that is running."""
        return self._sessions[-1]

    @property
    def count(self) -> int:
        """How many rounds there were, those taken up from a store included."""
        return len(self._sessions)

    def begin(self, lang: str) -> None:
        """Begin a session anew with what is drawn."""
        self._begin(self.pool, lang, self._length)

    def start_now(self, lang: str) -> None:
        """Let the session that was built begin now: its page may have stood ready for long before anybody came."""
        self._sessions[-1] = Session.start(self.session.exercises, self.mode, lang, self._clock)

    def repeat(self, lang: str) -> None:
        """Begin a session with what did not fit best in the one that is running."""
        session = self.session
        weak = (session.exercises[position] for position in session.weak())
        self._begin([Candidate(exercise.format_name, exercise.material) for exercise in weak], lang, None)

    def twin(self, exercise: Exercise) -> Exercise | None:
        """Return the other half of a pair, laid out as the first one; None where there is none that may be drawn."""
        name, wanted = exercise.format_name, twin_of(exercise.material)
        found = next((entry.material for entry in self.pool if (entry.format_name, entry.material.id) == (name, wanted)), None)
        if found is None:
            return None
        of = format_named(name)
        return of.rebuild(found, of.revise(found, exercise.shown))

    def adopt(self, session: Session) -> None:
        """Go on with a session from elsewhere."""
        self._sessions.append(session)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which all that may be drawn is written."""
        return shared_languages(entry.material for entry in self.pool)

    @property
    def name(self) -> str:
        """What tells this quiz from others, whoever plays it and in whichever language."""
        others = None if self._formats == DEFAULT_FORMATS else ",".join(self._formats)
        parts = {**self.topic, "formats": others, "length": self._length, "seed": self.seed}
        return " ".join([self.mode, *(f"{name}={value}" for name, value in parts.items() if value is not None)])

    def _choose(self, lang: str) -> list[Candidate]:
        """Return what is drawn from: of what was asked for, all that is written in the language."""
        wanted = {name: value for name, value in self.topic.items() if value is not None}
        pool = []
        for name in self._formats:
            found = format_named(name)
            materials = (material for material in found.materials(self._bank).values() if _is_about(material, wanted))
            pool += [Candidate(name, material) for material in materials if found.suits(material)]
        if not pool:
            self._bank.select(**self.topic)  # says what the bank lacks
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


def _is_about(material: Material, wanted: Mapping[str, str]) -> bool:
    return not wanted or any(all(getattr(found, name) == value for name, value in wanted.items()) for found in material.situations)
