"""Reading scenarios from files, and choosing among them."""

from __future__ import annotations

import os
import random
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeVar, cast

import msgspec

from etiquette_kit.content.finding import Finding, Problem
from etiquette_kit.content.material import Material, twin_of
from etiquette_kit.content.scenario import LIMITS, Scenario, ThemeHead, is_identifier
from etiquette_kit.content.shipped import shipped
from etiquette_kit.content.toml.toml_file import TomlFile, read_path
from etiquette_kit.lint import control_problems, scenario_problems, shape_problems
from etiquette_kit.lint.house_problems import is_house
from etiquette_kit.locale import catalog, languages
from etiquette_kit.locale.legible import legible, path_shown
from etiquette_kit.locale.nearest import nearest
from etiquette_kit.rules import VALUES

_TRAITS = ("relation", "event", "theme")
"""What scenarios are chosen by."""

Refusal = Literal["absent", "unknown", "empty", "no_choice", "length"]


class SelectionError(ValueError):
    """A choice of scenarios that leaves none, or one that names something the bank does not have.

    Parameters
    ----------
    message : str
        What is wrong, in English, for whoever calls.
    refusal : {"absent", "unknown", "empty", "no_choice", "length"}
        Why; its words for the page are in the locale under ``selection``.
    **values : str
        What these words leave open; ``relation``, ``event`` and ``theme`` are what was asked for.

    Attributes
    ----------
    lang : str or None
        The language of the page; None where nobody has set it.
    """

    def __init__(self, message: str, refusal: Refusal = "empty", **values: str) -> None:
        super().__init__(message)
        self.refusal = refusal
        self.values = values
        self.lang: str | None = None

    def text(self, lang: str) -> str:
        """Return what a page says in place of the exercise: what is missing, and what to do."""
        words = catalog(lang)
        asked = {name: value for name, value in self.values.items() if name in _TRAITS}
        kind = ", ".join(words.get(f"short.{name}.{value}") or value for name, value in asked.items())
        facts = ", ".join(f'{name} = "{value}"' for name, value in asked.items())
        said = words(f"selection.{self.refusal}", **self.values, kind=kind, facts=facts)
        near = self.values.get("nearest")
        return f"{said} {words('findings.nearest', nearest=near)}" if near else said

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows instead of a traceback: the course's notebooks meet banks that lack what they choose."""
        return [str(self) if self.lang is None else self.text(self.lang)]


class Bank:
    """Scenarios, in the order of their files, and what was found wrong with those left out.

    Parameters
    ----------
    scenarios : sequence of Scenario
        The scenarios that can be played.
    titles : mapping of str to mapping of str to str
        Theme to its titles by language.
    files : sequence of TomlFile
        The files they came from.
    left_out : int
        How many scenarios cannot be played; a file that cannot be read, and a folder without any, counts as one.
    places : mapping of str to (TomlFile, int)
        Scenario to its file and its position there.

    Raises
    ------
    ValueError
        When a scenario or an option has an id that the reader of files would not let through.
    """

    def __init__(
        self,
        scenarios: Sequence[Scenario],
        titles: Mapping[str, Mapping[str, str]] | None = None,
        files: Sequence[TomlFile] = (),
        left_out: int = 0,
        places: Mapping[str, tuple[TomlFile, int]] | None = None,
    ) -> None:
        for scenario in scenarios:
            for name in (scenario.id, *(option.id for option in scenario.options)):
                if not is_identifier(name):
                    message = f"{name[:80]!r} cannot be an id: it has up to {LIMITS['id']} lower-case letters, digits and hyphens"
                    raise ValueError(message)
        self._scenarios = {scenario.id: scenario for scenario in scenarios}
        self._titles = dict(titles or {})
        self._files = tuple(files)
        self._places = dict(places or {})
        self.left_out = left_out

    def __iter__(self) -> Iterator[Scenario]:
        return iter(self._scenarios.values())

    def __len__(self) -> int:
        return len(self._scenarios)

    def __getitem__(self, scenario_id: str) -> Scenario:
        try:
            return self._scenarios[scenario_id]
        except KeyError:
            near = nearest(scenario_id, self._scenarios)
            hint = f"; did you mean {near!r}?" if near else ""
            message = f"there is no scenario {scenario_id!r} in the bank{hint}"
            raise KeyError(message) from None

    def __contains__(self, scenario_id: object) -> bool:
        return scenario_id in self._scenarios

    def __repr__(self) -> str:
        return f"<Bank: {len(self)} scenarios, {self.left_out} left out>"

    @property
    def scenarios(self) -> Mapping[str, Scenario]:
        """The scenarios by id."""
        return MappingProxyType(self._scenarios)

    @cached_property
    def findings(self) -> list[Finding]:
        """What review found in the files, by file and line; then what concerns the bank as a whole."""
        from etiquette_kit.lint.fairness import fairness_warnings  # only who asks needs it

        problems: dict[int, list[tuple[str, Problem]]] = {id(file): list(file.problems) for file in self._files}
        whole: list[tuple[str, Problem]] = []
        for name, kind, where, values in fairness_warnings(list(self)):
            file, position = self._places.get(name, (None, 0))
            found = (name, Problem(kind, ("scenario", position, *where), values))
            (whole if file is None else problems[id(file)]).append(found)
        own = [finding for file in self._files for finding in file.findings(problems[id(file)])]
        folder = _common_folder([file.path for file in self._files]) if whole else ""
        return own + [Finding(folder, 1, name, problem.kind, problem.severity, problem.values) for name, problem in whole]

    @property
    def themes(self) -> tuple[str, ...]:
        """The themes, in the order of their files."""
        return tuple(dict.fromkeys(scenario.theme for scenario in self))

    def theme_title(self, theme: str, lang: str) -> str:
        """Return a theme's title; one without a title is called by its file's name."""
        return self._titles.get(theme, {}).get(lang, theme)

    def key(self, scenario_id: str) -> dict[str, int]:
        """Return the grade of each option of a scenario, derived from the decision table."""
        return self[scenario_id].key()

    def select(self, *, relation: str | None = None, event: str | None = None, theme: str | None = None) -> list[Scenario]:
        """Return the scenarios of a relation, an event and a theme, in the order of the bank.

        Raises
        ------
        SelectionError
            When one of them does not occur, or all together leave nothing.
        """
        if not len(self):
            raise SelectionError("the bank has no scenarios")
        given = dict(zip(_TRAITS, (relation, event, theme), strict=True))
        wanted = {name: value for name, value in given.items() if value is not None}
        found = list(self)
        for name, value in wanted.items():
            _require(name, tuple(dict.fromkeys(_trait(scenario, name) for scenario in self)), wanted)
            found = [scenario for scenario in found if value == _trait(scenario, name)]
        if not found:
            asked = " and ".join(f"{name} {value!r}" for name, value in wanted.items())
            message = f"the bank has no scenario with {asked}"
            raise SelectionError(message, "absent", **wanted)
        return found


_Entry = TypeVar("_Entry")


def _itself(entry: Any) -> Material:
    found: Material = entry
    return found


def _trait(scenario: Scenario, name: str) -> str:
    return scenario.theme if name == "theme" else str(getattr(scenario.facts, name))


def _common_folder(paths: Sequence[Path]) -> str:
    parents = [path.parent for path in paths] or [Path()]
    try:
        return os.path.commonpath(parents) or "."
    except ValueError:  # some are named from here, some from the root
        return os.path.commonpath([parent.absolute() for parent in parents])


def _require(name: str, known: Sequence[str], wanted: Mapping[str, str]) -> None:
    """Refuse what no scenario of the bank has, and tell what only this bank lacks from what there is nowhere."""
    value = wanted[name]
    if value in known:
        return
    near = nearest(value, known)
    hint = f"; did you mean {near!r}?" if near else ""
    message = f"the bank has no {name} {value!r}; it has: {', '.join(known)}{hint}"
    if value in VALUES.get(name, ()):
        raise SelectionError(message, "absent", **wanted)
    raise SelectionError(message, "unknown", given=f'{name} = "{value}"', allowed=", ".join(known), nearest=near or "")


def draw(
    entries: Sequence[_Entry], length: int | None, rng: random.Random, material: Callable[[_Entry], Material] = _itself
) -> list[_Entry]:
    """Shuffle material and draw some, evenly over who it is about and which rules answer.

    Of a pair one half is drawn as long as anything else is left, and the halves do not stand next to each other where that can be.

    Parameters
    ----------
    entries : sequence
        What to draw from: material, or entries that have some.
    length : int or None
        How many; None or more than there are: all.
    rng : random.Random
        The source of chance.
    material : callable, optional
        Returns the material of an entry. Default: the entries are material.

    Returns
    -------
    list
        Of the entries, in random order, without repetition.

    Raises
    ------
    SelectionError
        When `length` is less than one.
    """
    if length is not None and length < 1:
        message = f"length = {length}: at least one scenario must be drawn"
        raise SelectionError(message, "length", given=f"length = {length}")
    groups: dict[tuple[str, str], list[_Entry]] = defaultdict(list)
    for entry in entries:
        groups[_cell(material(entry))].append(entry)
    for group in groups.values():
        rng.shuffle(group)
    order = list(groups)
    rng.shuffle(order)
    drawn: list[_Entry] = []
    taken: dict[str, int] = defaultdict(int)
    pairs: set[frozenset[str]] = set()
    wanted = len(entries) if length is None else min(length, len(entries))
    while len(drawn) < wanted:
        # Whom it was about least so far comes next, and of that the rule that waited longest; the second half of a pair only at last.
        left = [cell for cell in order if groups[cell]]
        places = {cell: _last_without_twin([_pair(material(entry)) for entry in groups[cell]], pairs) for cell in left}
        cell = min([cell for cell in left if places[cell] is not None] or left, key=lambda cell: taken[cell[0]])
        entry = groups[cell].pop(-1 if (place := places[cell]) is None else place)
        drawn.append(entry)
        pairs.add(_pair(material(entry)))
        taken[cell[0]] += 1
        order.remove(cell)
        order.append(cell)
    rng.shuffle(drawn)
    return _apart(drawn, [_pair(material(entry)) for entry in drawn])


def _pair(material: Material) -> frozenset[str]:
    """Return the ids of a pair, the same for both halves; of what stands alone, its own."""
    return frozenset({material.id, twin_of(material) or material.id})


def _last_without_twin(group: Sequence[frozenset[str]], pairs: Container[frozenset[str]]) -> int | None:
    return next((place for place in reversed(range(len(group))) if group[place] not in pairs), None)


def _apart(drawn: Sequence[_Entry], pairs: Sequence[frozenset[str]]) -> list[_Entry]:
    """Move what stands next to its twin to the nearest place where it does not, as far as there is one."""

    def met(order: Sequence[int]) -> int:
        return sum(len(pairs[one]) > 1 and pairs[one] == pairs[other] for one, other in pairwise(order))

    order = list(range(len(drawn)))
    for mover in range(len(drawn)):
        place = order.index(mover)
        if not met(order[max(place - 1, 0) : place + 2]):
            continue
        rest = order[:place] + order[place + 1 :]
        tried = [[*rest[:at], mover, *rest[at:]] for at in sorted(range(len(drawn)), key=lambda at: abs(at - place))]
        order = min(tried, key=met)
    return [drawn[place] for place in order]


def _cell(material: Material) -> tuple[str, str]:
    """Return whom some material is about, and which rules answer it."""
    relations, rules = ({getattr(found, name): None for found in material.situations} for name in ("relation", "rule"))
    return " ".join(relations), " ".join(rules)


def load_bank(path: str | Path | None = None, *, required: Sequence[str] | None = None) -> Bank:
    """Read the shipped scenarios, or those of a folder or file.

    Whatever is wrong in a file is told in ``bank.findings``; it never raises, and never takes other scenarios with it.

    Parameters
    ----------
    path : str or Path, optional
        A folder (all ``.toml`` files in it and below) or one file. Default: the one that the environment variable
        ``ETIQUETTE_BANK`` names, else the shipped bank.
    required : sequence of str
        The languages in which a scenario must be written. Default: those that the environment variable ``ETIQUETTE_LANGUAGES`` names,
        divided by commas, else those in which anything in the files is written; for the shipped bank German and English.

    Raises
    ------
    FileNotFoundError
        When there is no such folder or file.
    """
    named = path or os.environ.get("ETIQUETTE_BANK")
    if not named:
        return read_bank(read_path(shipped("scenarios")), required=required or _BOTH)
    given = tuple(lang.strip() for lang in os.environ.get("ETIQUETTE_LANGUAGES", "").split(",") if lang.strip())
    return read_bank(read_path(Path(named)), required=required if required is not None else given or None)


_BOTH = ("de", "en")


def written_languages(files: Sequence[TomlFile]) -> tuple[str, ...]:
    """Return the languages in which anything in some files is written, a theme's title or a situation; where nothing is, both."""
    found: set[str] = set()
    for file in files:
        scenarios = file.document.get("scenario")
        parts = [file.document.get("theme"), *(scenarios if isinstance(scenarios, list) else ())]
        for part, name in zip(parts, ("title", *("text" for _ in parts[1:])), strict=True):
            texts = part.get(name) if isinstance(part, Mapping) else None
            found.update(texts if isinstance(texts, Mapping) else ())
    return tuple(lang for lang in languages() if lang in found) or _BOTH


def read_bank(files: Sequence[TomlFile], *, required: Sequence[str] | None = None) -> Bank:
    """Build a bank from files that were read; their problems grow by what is found in the scenarios.

    Without `required`, scenarios must be written in the languages in which anything in the files is.
    """
    required = written_languages(files) if required is None else required
    scenarios: dict[str, Scenario] = {}
    places: dict[str, tuple[TomlFile, int]] = {}
    titles: dict[str, dict[str, str]] = {}
    left_out = 0
    for file in files:
        if is_house(file.document):
            continue  # the rules of a house, which may lie beside its scenarios
        if not file.is_readable:
            left_out += 1
            continue
        theme = legible(file.path.stem)
        titles.setdefault(theme, _read_head(file, required))
        tables = _scenario_tables(file)
        for position, raw in enumerate(tables):
            name = raw.get("id") if isinstance(raw, Mapping) else None
            name = name if isinstance(name, str) else ""
            found = chain(scenario_problems(raw, required, languages()), _doubled_id(name, places))
            problems = file.add(name[:80], found, ("scenario", position))
            if problems is None:
                left_out += len(tables) - position
                break
            if any(problem.severity == "error" for problem in problems):
                left_out += 1
                continue
            scenarios[name] = msgspec.convert(cast("dict[str, object]", raw) | {"theme": theme}, Scenario)
            places[name] = (file, position)
    return Bank(list(scenarios.values()), titles, files, left_out, places)


def _doubled_id(name: str, places: Mapping[str, tuple[TomlFile, int]]) -> Iterator[Problem]:
    if name in places:
        yield Problem("doubled_id", ("id",), {"id": name, "other": path_shown(places[name][0].path)})


def _read_head(file: TomlFile, required: Sequence[str]) -> dict[str, str]:
    """Note what is wrong at the top of a file, and return the theme's titles."""
    head = file.document.get("theme", {})
    titles = head.get("title", {}) if isinstance(head, Mapping) else {}
    given = {lang: text for lang, text in titles.items() if isinstance(text, str) and text.strip()} if isinstance(titles, Mapping) else {}
    file.add("", _head_problems(file.document, given, required))
    return {lang: text for lang, text in given.items() if not any(control_problems(text, "title", ()))}


def _head_problems(document: Mapping[str, object], given: Mapping[str, str], required: Sequence[str]) -> Iterator[Problem]:
    for key in document:
        if key not in ("theme", "scenario"):
            near = nearest(key, ("theme", "scenario")) or ""
            yield Problem("unknown_key", (key,), {"key": key, "allowed": "theme, scenario", "nearest": near})
    yield from (problem for problem in shape_problems(document.get("theme", {}), ThemeHead, ("theme",)) if problem.kind != "missing_key")
    for lang in required:
        if lang not in given:
            yield Problem("theme_title", ("theme",), {"language": lang})
    for lang, text in given.items():
        yield from control_problems(text, "title", ("theme", "title", lang))


def _scenario_tables(file: TomlFile) -> list[object]:
    """Return the scenarios of a file as they stand there."""
    raw = file.document.get("scenario", [])
    if isinstance(raw, Mapping):
        file.add("", [Problem("single_brackets", ("scenario",), {"right": "[[scenario]]"})])
        return []
    if not isinstance(raw, list):
        values = {"key": "scenario", "expected": "array", "given": "other"}
        file.add("", [Problem("wrong_type", ("scenario",), values)])
        return []
    if not raw:
        file.add("", [Problem("no_scenarios")])
    return raw
