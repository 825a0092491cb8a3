"""What is wrong with one scenario as it stands in its file."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping, Sequence

from etiquette_kit.content.finding import Problem
from etiquette_kit.content.platforms import PLATFORMS
from etiquette_kit.content.scenario import LIMITS, OPTION_COUNT, STEM_WORDS, Scenario, is_identifier
from etiquette_kit.lint.shape import fills, shape_problems
from etiquette_kit.locale import DEVELOPER_LANGUAGE
from etiquette_kit.locale.legible import value_text
from etiquette_kit.locale.nearest import nearest
from etiquette_kit.rules import FITS_BEST, IN_LINE, Facts, article_table, decide, facts_problems

# Unicode's Cc but for line ends and tabs; Cs, which cannot be encoded, so that it must not reach a file or a browser; and
# what turns the direction of writing.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")

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
    yield from _identifier_problems(raw.get("id"), ("id",))
    yield from _identifier_problems(raw.get("twin"), ("twin",))
    yield from _person_problems(raw.get("person"))
    yield from _language_problems(raw.get("text"), ("text",), required, known, _SCENE_TEXTS)
    facts = yield from _read_facts(raw.get("facts"))
    yield from _platform_problems(raw.get("platform"), facts)
    yield from _option_problems(raw, facts, required, known)


def _brackets_named(problem: Problem) -> Problem:
    """Name the brackets where a single option stands in one pair of them: TOML reads it, but as no list."""
    lone = problem.kind == "wrong_type" and problem.where == ("option",) and problem.values.get("given") == "table"
    return Problem("single_brackets", problem.where, {"right": "[[scenario.option]]"}) if lone else problem


# ---- texts ----------------------------------------------------------------------------------------------------------------

_SCENE_TEXTS = ("title", "role", "stem")
_OPTION_TEXTS = ("label", "feedback")


def _identifier_problems(value: object, where: Path) -> Iterator[Problem]:
    if isinstance(value, str) and not is_identifier(value):
        yield Problem("bad_id", where, {"value": value[:80]})


def _person_problems(person: object) -> Iterator[Problem]:
    if isinstance(person, Mapping):
        yield from _text_problems(person.get("name"), "name", ("person", "name"))


def _language_problems(
    texts: object, where: Path, required: Sequence[str], known: Sequence[str], names: Sequence[str]
) -> Iterator[Problem]:
    if not isinstance(texts, Mapping):
        return
    for lang in required:
        if lang not in texts:
            yield Problem("missing_language", where, {"language": lang})
    for lang, words in texts.items():
        if lang not in known:
            yield Problem("unknown_language", (*where, lang), {"language": str(lang), "allowed": ", ".join(known)})
        if isinstance(words, Mapping):
            for name in names:
                yield from _text_problems(words.get(name), name, (*where, lang, name))


def control_problems(text: str, name: str, where: Path) -> Iterator[Problem]:
    """Yield what cannot be seen in a text and must not reach a screen."""
    if found := _CONTROL.search(text):
        yield Problem("control_character", where, {"key": name, "code": f"U+{ord(found[0]):04X}"})


def _text_problems(text: object, name: str, where: Path) -> Iterator[Problem]:
    if not isinstance(text, str):
        return
    if not text.strip():
        yield Problem("empty_text", where, {"key": name})
        return
    yield from control_problems(text, name, where)
    if len(text) > LIMITS[name]:
        yield Problem("long_text", where, {"key": name, "length": str(len(text)), "limit": str(LIMITS[name])})
    if name == "stem":
        words = len(text.split())
        values = {"words": str(words), "least": str(STEM_WORDS[0]), "most": str(STEM_WORDS[1])}
        if words > STEM_WORDS[1]:
            yield Problem("stem_long", where, values)
        elif words < STEM_WORDS[0]:
            yield Problem("stem_short", where, values)


# ---- facts and platform ---------------------------------------------------------------------------------------------------


def _read_facts(raw: object) -> Generator[Problem, None, Facts | None]:
    """Yield the problems of the facts; the generator's value is the facts, or None where they make no sense."""
    if not isinstance(raw, Mapping):
        if raw is not None:
            yield Problem("wrong_type", ("facts",), {"key": "facts", "expected": "table", "given": "other"})
        return None
    problems = list(facts_problems(raw))
    for problem in problems:
        where: Path = ("facts", problem.fact) if problem.fact in raw else ("facts",)
        allowed = ("true", "false") if problem.allowed == ("yes", "no") else problem.allowed
        kind = "missing_sensitive" if (problem.kind, problem.fact) == ("missing_fact", "sensitive") else problem.kind
        near = {"yes": "true", "no": "false"}.get(problem.nearest or "", problem.nearest or "")
        value = "" if problem.value is None else value_text(problem.value)
        yield Problem(kind, where, {"fact": problem.fact, "value": value, "allowed": ", ".join(allowed), "nearest": near})
    return None if problems else Facts.from_mapping(raw)


def _platform_problems(value: object, facts: Facts | None) -> Iterator[Problem]:
    if not isinstance(value, str):
        return
    platform = PLATFORMS.get(value)
    if platform is None:
        near = nearest(value, PLATFORMS) or ""
        yield Problem("unknown_platform", ("platform",), {"value": value, "allowed": ", ".join(PLATFORMS), "nearest": near})
        return
    if facts is None:
        return
    if facts.network is not None and facts.network != platform.network:
        values = {"platform": platform.name(DEVELOPER_LANGUAGE), "network": platform.network, "given": facts.network}
        yield Problem("platform_network", ("facts", "network"), values)
    if facts.event not in platform.events:
        values = {"platform": platform.name(DEVELOPER_LANGUAGE), "event": facts.event, "allowed": ", ".join(platform.events)}
        yield Problem("platform_event", ("facts", "event"), values)


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
        yield from _identifier_problems(name, (*where, "id"))
        yield from _language_problems(option.get("text"), (*where, "text"), required, known, _OPTION_TEXTS)
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
