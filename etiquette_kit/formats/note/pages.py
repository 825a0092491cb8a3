"""The content of the page of a note: before it is written, as a comment on a draft, and after the answer."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from etiquette_kit.content.scenario import paragraphs
from etiquette_kit.formats.choice.pages import Paragraph
from etiquette_kit.formats.note.assessment import CRITERIA, MOST_WORDS, assess_note
from etiquette_kit.formats.note.request import NoteRequest
from etiquette_kit.formats.note.response import LETTERS, MOST_CHARACTERS, Response
from etiquette_kit.formats.protocol import Recap
from etiquette_kit.locale import Catalog, catalog
from etiquette_kit.rules.passages import CitedPassage, cited_passages, source

_PASSAGES = ("S3", "S4")

_MET = {True: "met", False: "not_met", None: "unsure"}


class Check(msgspec.Struct, frozen=True):
    """A line of the checklist; ``letter`` stands for it in a response."""

    id: str
    label: str
    letter: str


class NoteQuestion(msgspec.Struct, frozen=True):
    """A request to decline.

    Attributes
    ----------
    id, format, title, person, initials, role, platform, occasion, stem
        As in a choice.
    lang : str
        The language of the page, in which the note is judged.
    ask, hint, label, address : str
        What to do, what happens to the text, what the field is called, and how the two address each other.
    checklist : tuple of Check
        The criteria.
    checklist_title : str
        The heading of the checklist.
    check, check_again, empty, unchecked, keep, keep_hint : str
        The names of buttons and boxes, and what is said when something is missing.
    most : int
        The maximum number of characters.
    """

    id: str
    format: str
    title: str
    person: str
    initials: str
    role: str
    platform: str
    occasion: str
    stem: tuple[Paragraph, ...]
    lang: str
    ask: str
    hint: str
    label: str
    address: str
    checklist: tuple[Check, ...]
    checklist_title: str
    check: str
    check_again: str
    empty: str
    unchecked: str
    keep: str
    keep_hint: str
    most: int


class Cue(msgspec.Struct, frozen=True):
    """What was noticed by one criterion: ``met``, ``not_met`` or ``unsure``; in words; and where in the text."""

    id: str
    state: str
    text: str
    spans: list[tuple[int, int]]


class NoteComment(msgspec.Struct, frozen=True):
    """A comment on a draft, and what to compare it with.

    Attributes
    ----------
    title, intro : str
        The heading, and what the cues are worth.
    yours : str
        The heading of the learner's text.
    cues : tuple of Cue
        What was noticed.
    models_title : str
        The heading of the model notes.
    models : tuple of str
        The model notes.
    source : str
        Which part of the article they follow.
    passages : dict of str to CitedPassage
        The passages by id.
    """

    title: str
    intro: str
    yours: str
    cues: tuple[Cue, ...]
    models_title: str
    models: tuple[str, ...]
    source: str
    passages: dict[str, CitedPassage]


class Ticked(msgspec.Struct, frozen=True):
    """A line of the checklist after the answer."""

    label: str
    ticked: bool
    state: str


class NoteReveal(msgspec.Struct, frozen=True):
    """A note after the answer.

    Attributes
    ----------
    id, summary : str
        The request's id, and how much was ticked.
    unscored : str
        That there is no mark.
    checklist_title : str
        The heading of the checklist.
    checklist : tuple of Ticked
        The criteria.
    changed : str
        Whether the cues changed.
    yours, text : str
        The heading of the learner's text; the text itself, or that it was not stored.
    is_kept : bool
        Whether it was stored.
    models_title, models, source, passages
        As in `NoteComment`.
    """

    id: str
    summary: str
    unscored: str
    checklist_title: str
    checklist: tuple[Ticked, ...]
    changed: str
    yours: str
    text: str
    is_kept: bool
    models_title: str
    models: tuple[str, ...]
    source: str
    passages: dict[str, CitedPassage]


def question(request: NoteRequest, lang: str) -> NoteQuestion:
    """Return person, place, stem and what to do."""
    words, text = catalog(lang), request.text(lang)
    return NoteQuestion(
        id=request.id,
        format="note",
        title=text.title,
        person=request.person.name,
        initials=request.person.initials,
        role=text.role,
        platform=request.platform,
        occasion=request.place.occasion(request.facts.event, lang),
        stem=tuple(Paragraph(part.text, part.quote) for part in paragraphs(text.stem)),
        lang=lang,
        ask=words("note.ask"),
        hint=words("note.hint"),
        label=words("note.label"),
        address=words(f"note.address.{request.address}"),
        checklist=tuple(Check(name, label, LETTERS[name]) for name, label in checklist(words).items()),
        checklist_title=words("note.checklist_title"),
        check=words("note.check"),
        check_again=words("note.check_again"),
        empty=words("note.empty"),
        unchecked=words("note.unchecked"),
        keep=words("note.keep"),
        keep_hint=words("note.keep_hint"),
        most=MOST_CHARACTERS,
    )


def checklist(words: Catalog) -> dict[str, str]:
    """Return the lines of the checklist by criterion."""
    return {name: words(f"note.checklist.{name}", most=MOST_WORDS) for name in CRITERIA}


def comment(request: NoteRequest, draft: str, lang: str) -> NoteComment:
    """Return what was noticed in a draft, and the model notes."""
    words = catalog(lang)
    judged = assess_note(draft, lang).criteria
    return NoteComment(
        title=words("note.comment_title"),
        intro=words("note.comment_intro"),
        yours=words("note.yours"),
        cues=tuple(Cue(name, _MET[found.met], found.explanation, found.spans) for name, found in judged.items()),
        models_title=words("note.models_title"),
        models=request.text(lang).models,
        source=source(_PASSAGES, lang),
        passages=cited_passages(_PASSAGES, lang),
    )


def reveal(request: NoteRequest, response: Response, lang: str) -> NoteReveal:
    """Return what the learner ticked, and the model notes."""
    words = catalog(lang)
    lines = tuple(
        Ticked(label, name in response.ticks, words("note.ticked" if name in response.ticks else "note.not_ticked"))
        for name, label in checklist(words).items()
    )
    return NoteReveal(
        id=request.id,
        summary=_summary(response, words),
        unscored=words("note.unscored"),
        checklist_title=words("note.checklist_title"),
        checklist=lines,
        changed=words("note.changed" if response.changed else "note.unchanged"),
        yours=words("note.yours"),
        text=response.text or words("note.not_kept"),
        is_kept=bool(response.text),
        models_title=words("note.models_title"),
        models=request.text(lang).models,
        source=source(_PASSAGES, lang),
        passages=cited_passages(_PASSAGES, lang),
    )


def recap(request: NoteRequest, response: Response, lang: str) -> Recap:
    """Return how much was ticked."""
    words = catalog(lang)
    about = words("end.about", role=request.text(lang).role, occasion=request.place.occasion(request.facts.event, lang))
    return Recap(_summary(response, words), about=f"{request.person.name}, {about}")


def question_lines(request: NoteRequest, lang: str) -> list[str]:
    """Return the question as lines of text."""
    asked = question(request, lang)
    return [
        f"{asked.person}, {asked.role} · {asked.occasion}",
        *(f"  {paragraph.text}" for paragraph in asked.stem),
        f"{asked.ask} {asked.address}",
    ]


def response_line(response: Response, lang: str) -> str:
    """Return what the learner ticked as a line of text."""
    words = catalog(lang)
    ticked = [label for name, label in checklist(words).items() if name in response.ticks]
    return words("note.line", summary=_summary(response, words), ticked="; ".join(ticked) or words("note.nothing"))


def words_to_read(request: NoteRequest, lang: str) -> float:
    """Return how many words a learner reads; writing takes three times as long as reading."""
    text = request.text(lang)
    return float(sum(len(part.split()) for part in _read(request, lang)) + 3 * max(len(model.split()) for model in text.models))


def _read(request: NoteRequest, lang: str) -> Iterator[str]:
    asked, text = question(request, lang), request.text(lang)
    yield from (asked.title, asked.person, asked.role, asked.occasion, text.stem, asked.ask, asked.hint, asked.address)
    yield from (line.label for line in asked.checklist)
    yield from (cue.text for cue in comment(request, text.models[0], lang).cues)
    yield from text.models


def _summary(response: Response, words: Catalog) -> str:
    return words("note.summary", count=len(response.ticks), total=len(CRITERIA))
