"""What is wrong with one scenario as it stands in its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from etiquette_kit.content.finding import Problem
from etiquette_kit.content.scenario import LIMITS, OPTION_COUNT, STEM_WORDS, Scenario
from etiquette_kit.lint.facts_and_platform import platform_problems, read_facts
from etiquette_kit.lint.shape import fills, shape_problems
from etiquette_kit.lint.text_problems import identifier_problems, language_problems, text_problems
from etiquette_kit.locale.nearest import nearest
from etiquette_kit.rules import FITS_BEST, IN_LINE, Facts, article_table, decide

Raw = Mapping[str, object]
Path = tuple[str | int, ...]


def scenario_problems(raw: object, required: Sequence[str], known: Sequence[str]) -> Iterator[Problem]:
    """Yield everything that is wrong with a scenario; where no error is among it, the scenario can be played.

    Parameters
    ----------
    raw : object
        One element of a file's ``scenario`` array, as parsed.
    required : sequence of str
        The languages in which it must be written.
    known : sequence of str
        The languages that there are.
    """
    if not fills(raw, Scenario):
        yield from map(_brackets_named, shape_problems(raw, Scenario))
    if not isinstance(raw, Mapping):
        return
    if "theme" in raw:
        # The reader adds the theme; in a file the key means nothing.
        yield Problem("unknown_key", ("theme",), {"key": "theme", "allowed": "id, platform, person, facts, text, option, twin"})
    yield from identifier_problems(raw.get("id"), ("id",))
    yield from identifier_problems(raw.get("twin"), ("twin",))
    yield from _person_problems(raw.get("person"))
    yield from _written_problems(raw.get("text"), ("text",), required, known, _SCENE_TEXTS)
    facts = yield from read_facts(raw.get("facts"))
    yield from platform_problems(raw.get("platform"), facts)
    yield from _option_problems(raw, facts, required, known)


def _brackets_named(problem: Problem) -> Problem:
    """Name the brackets where a single option stands in one pair of them: TOML reads it, but as no list."""
    lone = problem.kind == "wrong_type" and problem.where == ("option",) and problem.values.get("given") == "table"
    return Problem("single_brackets", problem.where, {"right": "[[scenario.option]]"}) if lone else problem


# ---- texts ----------------------------------------------------------------------------------------------------------------

_SCENE_TEXTS = ("title", "role", "stem")
_OPTION_TEXTS = ("label", "feedback")


def _person_problems(person: object) -> Iterator[Problem]:
    if isinstance(person, Mapping):
        yield from text_problems(person.get("name"), "name", LIMITS["name"], ("person", "name"))


def _written_problems(texts: object, where: Path, required: Sequence[str], known: Sequence[str], names: Sequence[str]) -> Iterator[Problem]:
    if not isinstance(texts, Mapping):
        return
    yield from language_problems(texts, where, required, known)
    for lang, written in texts.items():
        if isinstance(written, Mapping):
            for name in names:
                yield from text_problems(written.get(name), name, LIMITS[name], (*where, lang, name))
            if "stem" in names:
                yield from _stem_problems(written.get("stem"), (*where, lang, "stem"))


def _stem_problems(stem: object, where: Path) -> Iterator[Problem]:
    if not isinstance(stem, str) or not stem.strip():
        return
    words = len(stem.split())
    values = {"words": str(words), "least": str(STEM_WORDS[0]), "most": str(STEM_WORDS[1])}
    if words > STEM_WORDS[1]:
        yield Problem("stem_long", where, values)
    elif words < STEM_WORDS[0]:
        yield Problem("stem_short", where, values)


# ---- options --------------------------------------------------------------------------------------------------------------


def _option_problems(raw: Raw, facts: Facts | None, required: Sequence[str], known: Sequence[str]) -> Iterator[Problem]:
    options = raw.get("option")
    if not isinstance(options, list):
        return
    least, most = OPTION_COUNT
    if not least <= len(options) <= most:
        yield Problem("option_count", ("option",), {"count": str(len(options)), "least": str(least), "most": str(most)})
    ids: set[str] = set()
    actions: dict[str, str] = {}
    for position, option in enumerate(options):
        if not isinstance(option, Mapping):
            continue
        where: Path = ("option", position)
        name, action = option.get("id"), option.get("action")
        yield from identifier_problems(name, (*where, "id"))
        yield from _written_problems(option.get("text"), (*where, "text"), required, known, _OPTION_TEXTS)
        if isinstance(name, str):
            if name in ids:
                yield Problem("doubled_option", (*where, "id"), {"option": name})
            ids.add(name)
        if isinstance(action, str):
            value_text = name if isinstance(name, str) else str(position + 1)
            if action in actions:
                yield Problem("doubled_action", (*where, "action"), {"option": value_text, "action": action, "other": actions[action]})
            actions.setdefault(action, value_text)
            yield from _action_problems(action, value_text, facts, (*where, "action"))
    if facts is not None:
        yield from _choice_problems(list(actions), facts)


def _action_problems(action: str, option: str, facts: Facts | None, where: Path) -> Iterator[Problem]:
    table = article_table()
    every = {entry.id: entry for entry in table.actions}
    values = {"option": option, "action": action}
    if action not in every:
        candidates = table.actions_for(facts) if facts else tuple(every)
        near = _longer(action, candidates) or nearest(action, candidates) or ""
        yield Problem("unknown_action", where, {**values, "allowed": ", ".join(candidates), "nearest": near})
    elif facts is not None:
        allowed = table.actions_for(facts)
        if every[action].event != facts.event:
            yield Problem("action_event", where, {**values, "event": facts.event, "allowed": ", ".join(allowed)})
        elif action not in allowed:
            yield Problem("action_network", where, {**values, "network": str(facts.network), "allowed": ", ".join(allowed)})
        elif decide(facts).basis[action] == "silent":
            yield Problem("silent_action", where, {**values, "rule": decide(facts).rule})


def _longer(action: str, candidates: Sequence[str]) -> str | None:
    """Return the first action that the given one is the beginning of: `decline` most likely meant `decline_with_note`."""
    return next((candidate for candidate in candidates if candidate.startswith(f"{action}_")), None)


def _choice_problems(actions: Sequence[str], facts: Facts) -> Iterator[Problem]:
    grades = decide(facts).grades
    given = [grades[action] for action in actions if action in grades]
    if not grades:
        yield Problem("silent_cell", ("facts",), {"rule": decide(facts).rule})
    elif FITS_BEST not in given:
        yield Problem("no_best_option", ("option",), {"best": ", ".join(decide(facts).best)})
    elif min(given) >= IN_LINE:
        yield Problem("no_choice", ("option",), {"rule": decide(facts).rule})
