"""What stands in the form of a situation at the moment: values, findings, and what can be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from etiquette_kit.authoring.review import FieldFinding
from etiquette_kit.authoring.stem_parts import stem_parts
from etiquette_kit.content.finding import Finding
from etiquette_kit.formats.choice import ChoiceQuestion
from etiquette_kit.locale import catalog, plural
from etiquette_kit.present.writer.form import FieldValue, GradedAction


class Note(msgspec.Struct, frozen=True):
    """What is found in a field; ``weight`` is ``missing``, ``error`` or ``warning``."""

    weight: str
    text: str


class CheckedPart(msgspec.Struct, frozen=True):
    """A part of a stem: what belongs there, and whether it is told: ``yes``, ``no`` or ``unsure``."""

    told: str
    mark: str
    text: str


class Difference(msgspec.Struct, frozen=True):
    """A field that differs between two versions."""

    label: str
    mine: str
    theirs: str


class Clash(msgspec.Struct, frozen=True):
    """Somebody else has changed the situation, or it is gone."""

    text: str
    differences: tuple[Difference, ...]
    gone: bool


class OtherDraft(msgspec.Struct, frozen=True):
    """What another page has written in this situation and not saved."""

    name: str
    text: str


class Preview(msgspec.Struct, frozen=True):
    """The situation as the learner sees it; its answers are in the feedback of the page, by the option that is chosen."""

    lang: str
    languages: tuple[FieldValue, ...]
    question: ChoiceQuestion | None
    narrow: bool
    chosen: str
    missing: str


class FormStanding(msgspec.Struct, frozen=True):
    """What stands in the form.

    Attributes
    ----------
    values : dict of str to str
        By the field's name.
    counts : dict of str to str
        How many words a text has, by the field's name.
    notes : dict of str to tuple of Note
        What is found, by the name of a field, of a group, ``option`` (all of them together) or ``situation``.
    checklists : dict of str to tuple of CheckedPart
        The parts of the stem, by language.
    actions : tuple of GradedAction
        The actions that there are, with their grades.
    summary : str
        What is missing or found in all.
    state : str
        Whether it is saved.
    heading : str
        The title of the situation.
    can_undo, can_save, can_play, can_drop : bool
        What can be done.
    said : str
        What the last action did.
    clash : Clash or None
        What somebody else has changed meanwhile.
    others : tuple of OtherDraft
        What other pages have written.
    preview : Preview or None
        The preview, where it is open.
    """

    values: dict[str, str]
    counts: dict[str, str]
    notes: dict[str, tuple[Note, ...]]
    checklists: dict[str, tuple[CheckedPart, ...]]
    actions: tuple[GradedAction, ...]
    summary: str
    state: str
    heading: str
    can_undo: bool
    can_save: bool
    can_play: bool
    can_drop: bool
    said: str
    clash: Clash | None
    others: tuple[OtherDraft, ...]
    preview: Preview | None


def notes_of(findings: Iterable[FieldFinding], places: Sequence[str], lang: str) -> dict[str, tuple[Note, ...]]:
    """Return what is found as notes, each at the nearest of some places: its field, its group, or the situation."""
    found: dict[str, list[Note]] = {}
    for finding in findings:
        parts = finding.field.split(".")
        above = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
        place = next((name for name in above if name in places), "situation")
        found.setdefault(place, []).append(Note(finding.weight, finding_text(finding, lang)))
    return {place: tuple(notes) for place, notes in found.items()}


def finding_text(finding: FieldFinding, lang: str) -> str:
    """Return a finding as text: in the words of the form where it has its own, else in those of `etiquette check`."""
    words = catalog(lang)
    kind, values = finding.problem.kind, dict(finding.problem.values)
    own = words.get(f"writer.findings.{kind}")
    if own is None:
        return Finding("", 1, "", kind, finding.problem.severity, values).text(lang)
    if kind == "no_best_option":
        values["best"] = ", ".join(words(f"actions.{action}") for action in values["best"].split(", "))
    if kind in ("doubled_action", "silent_action"):
        values["action"] = words(f"actions.{values['action']}")
    return words(f"writer.findings.{kind}", **values)


def summary_text(findings: Sequence[FieldFinding], lang: str) -> str:
    """Return in a line what is missing and what is found."""
    words = catalog(lang)
    counts = [(weight, sum(finding.weight == weight for finding in findings)) for weight in ("missing", "error", "warning")]
    parts = [plural(words, f"writer.summary.{weight}", count) for weight, count in counts if count]
    return " · ".join(parts) if parts else words("writer.summary.fine")


def checklist(raw: Mapping[str, object], lang: str, page_lang: str) -> tuple[CheckedPart, ...]:
    """Return the parts of the stem in a language, with whether they are told, in the words of the page."""
    words = catalog(page_lang)
    return tuple(
        CheckedPart(part.told, words(f"writer.told.{part.told}"), words(f"writer.parts.{part.name}")) for part in stem_parts(raw, lang)
    )
