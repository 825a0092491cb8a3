"""What is found in a situation while it is written, by the field that it concerns; the same code as `etiquette check`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import msgspec

from etiquette_kit.content.finding import Problem
from etiquette_kit.content.platforms import PLATFORMS
from etiquette_kit.content.scenario import OPTION_COUNT, Person, Scenario, SceneText
from etiquette_kit.lint.fairness import FairnessWarning, scene_warnings, warnings_about
from etiquette_kit.lint.scenario_problems import scenario_problems
from etiquette_kit.locale import languages
from etiquette_kit.rules import Facts, FactsError

Weight = Literal["missing", "error", "warning"]

_MISSING = frozenset({"missing_key", "empty_text", "missing_fact", "missing_sensitive", "missing_language", "no_best_option"})
"""Kinds that only say that something is not written yet."""

_WITHOUT_FACTS = frozenset(
    {"title_words", "telling_title", "long_sentence", "long_sentences", "long_word", "hard_to_read", "languages_apart"}
)
"""Kinds of findings about texts that do not depend on what the situation is about."""

_NOWHERE = "situation"


class FieldFinding(NamedTuple):
    """What is found.

    Attributes
    ----------
    field : str
        The field concerned, as a form names it, for example ``"text.de.stem"``; ``"situation"`` where it is none.
    weight : {"missing", "error", "warning"}
        Whether something is still to be written, keeps the situation from being played, or makes it less fair.
    problem : Problem
        What it is.
    """

    field: str
    weight: Weight
    problem: Problem


class Review(NamedTuple):
    """What is found in a situation, and the situation as it is played; None where it cannot be."""

    findings: tuple[FieldFinding, ...]
    scenario: Scenario | None


def review(raw: Mapping[str, Any], others: Sequence[Scenario] | None, required: Sequence[str], taken: Collection[str]) -> Review:
    """Look for what is wrong with a situation.

    Parameters
    ----------
    raw : mapping
        The situation as it stands in a file, or is going to.
    others : sequence of Scenario or None
        The other situations of the folder that can be played; None if it is not compared with any.
    required : sequence of str
        The languages in which it must be written.
    taken : collection of str
        The ids of everything else.
    """
    undecided = any("action" not in option for option in raw.get("option", ()))  # whether there is a choice is not known yet
    problems = [found for found in scenario_problems(raw, required, languages()) if not (undecided and found.kind == "no_choice")]
    if raw.get("id") in taken:
        problems.append(Problem("doubled_id", ("id",), {"id": str(raw["id"]), "other": ""}))
    playable = not any(problem.severity == "error" for problem in problems)
    scenario = msgspec.convert(dict(raw), Scenario) if playable else None
    found = [_in_field(problem) for problem in problems]
    if scenario is not None:
        warnings = warnings_about(scenario, others or ())
        found += [_warning(warning) for warning in warnings if others is not None or warning.kind != "twin_missing"]
    else:
        found += _text_findings(raw)
    return Review(tuple(_once(found)), scenario)


def _text_findings(raw: Mapping[str, Any]) -> Iterator[FieldFinding]:
    """Yield what is found in title and stem of an unfinished situation; nothing of texts that are not there yet."""
    empty = {field for field, text in _texts(raw) if not text.strip()}
    complete = stand_in(raw)
    unfinished = complete or stand_in({**raw, "facts": {"event": "audience", "relation": "boss"}, "platform": "facebook"})
    for warning in scene_warnings(unfinished) if unfinished else ():
        finding = _warning(warning)
        if finding.field not in empty and warning.values.get("name") != "" and (complete or warning.kind in _WITHOUT_FACTS):
            yield finding


def stand_in(raw: Mapping[str, Any]) -> Scenario | None:
    """Return an unfinished situation without its options, for checks of its texts; None while its facts make no sense."""
    person = raw.get("person", {})
    try:
        facts = Facts.from_mapping(raw.get("facts", {}))
    except FactsError:
        return None
    texts = {
        lang: SceneText(*(str(text.get(name, "")) for name in ("title", "role", "stem")))
        for lang, text in raw.get("text", {}).items()
        if lang in languages()
    }
    if raw.get("platform") not in PLATFORMS:
        return None
    who = Person(str(person.get("name", "")), person.get("gender", "diverse"))
    return Scenario(str(raw.get("id", "")), str(raw["platform"]), who, facts, texts, ())


def _in_field(problem: Problem) -> FieldFinding:
    few = problem.kind == "option_count" and int(problem.values["count"]) < OPTION_COUNT[0]
    weight: Weight = "missing" if few or problem.kind in _MISSING else problem.severity
    where = (*problem.where, problem.values["key"]) if problem.kind == "missing_key" else problem.where
    if problem.kind in ("missing_fact", "missing_sensitive"):
        where = ("facts", problem.values["fact"])
    if problem.kind == "missing_language":
        where = (*problem.where, problem.values["language"])
    return FieldFinding(_field(where), weight, problem)


def _warning(warning: FairnessWarning) -> FieldFinding:
    return FieldFinding(_field(warning.where), "warning", Problem(warning.kind, warning.where, warning.values))


def _field(where: Sequence[str | int]) -> str:
    """Return the field that a path leads to; the network follows from the platform."""
    name = ".".join(map(str, where))
    return {"": _NOWHERE, "facts.network": "platform"}.get(name, name)


def _texts(raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for lang in raw.get("text", {}):
        for name in ("title", "role", "stem"):
            yield f"text.{lang}.{name}", str(raw["text"][lang].get(name, ""))


def _once(found: Sequence[FieldFinding]) -> Iterator[FieldFinding]:
    """Leave out what follows from something that is missing anyway, and what is said of a field already."""
    missing = {finding.field for finding in found if finding.weight == "missing"} - {"option"}  # too few are no reason not to look at them
    said = {(finding.field, finding.problem.kind): finding for finding in reversed(found)}
    for finding in found:
        if said[finding.field, finding.problem.kind] is not finding:
            continue
        parts = finding.field.split(".")
        above = {".".join(parts[:length]) for length in range(1, len(parts))}
        if not above & missing:
            yield finding
