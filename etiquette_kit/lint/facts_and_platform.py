"""What is wrong with the facts of a situation, and with the platform that it happens on."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping

from etiquette_kit.content.finding import Problem
from etiquette_kit.content.platforms import PLATFORMS
from etiquette_kit.locale import DEVELOPER_LANGUAGE
from etiquette_kit.locale.legible import value_text
from etiquette_kit.locale.nearest import nearest
from etiquette_kit.rules import Facts, facts_problems

Path = tuple[str | int, ...]


def read_facts(raw: object, where: Path = ("facts",)) -> Generator[Problem, None, Facts | None]:
    """Yield the problems of facts; the generator's value is the facts, or None where they make no sense.

    Parameters
    ----------
    raw : object
        The facts, as parsed.
    where : tuple of str and int
        The path to them.
    """
    if not isinstance(raw, Mapping):
        if raw is not None:
            yield Problem("wrong_type", where, {"key": "facts", "expected": "table", "given": "other"})
        return None
    problems = list(facts_problems(raw))
    for problem in problems:
        place = (*where, problem.fact) if problem.fact in raw else where
        allowed = ("true", "false") if problem.allowed == ("yes", "no") else problem.allowed
        kind = "missing_sensitive" if (problem.kind, problem.fact) == ("missing_fact", "sensitive") else problem.kind
        near = {"yes": "true", "no": "false"}.get(problem.nearest or "", problem.nearest or "")
        value = "" if problem.value is None else value_text(problem.value)
        yield Problem(kind, place, {"fact": problem.fact, "value": value, "allowed": ", ".join(allowed), "nearest": near})
    return None if problems else Facts.from_mapping(raw)


def platform_problems(value: object, facts: Facts | None, where: Path = ()) -> Iterator[Problem]:
    """Yield what is wrong with a platform, alone and with the facts.

    Parameters
    ----------
    value : object
        The platform, as parsed.
    facts : Facts or None
        The facts; None where they make no sense.
    where : tuple of str and int
        The path to the table that has ``platform`` and ``facts``.
    """
    if not isinstance(value, str):
        return
    platform = PLATFORMS.get(value)
    if platform is None:
        near = nearest(value, PLATFORMS) or ""
        yield Problem("unknown_platform", (*where, "platform"), {"value": value, "allowed": ", ".join(PLATFORMS), "nearest": near})
        return
    if facts is None:
        return
    if facts.network is not None and facts.network != platform.network:
        values = {"platform": platform.name(DEVELOPER_LANGUAGE), "network": platform.network, "given": facts.network}
        yield Problem("platform_network", (*where, "facts", "network"), values)
    if facts.event not in platform.events:
        values = {"platform": platform.name(DEVELOPER_LANGUAGE), "event": facts.event, "allowed": ", ".join(platform.events)}
        yield Problem("platform_event", (*where, "facts", "event"), values)
