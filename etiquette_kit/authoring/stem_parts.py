"""What a stem should tell, in order, and which of it a program finds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from etiquette_kit.authoring.review import stand_in
from etiquette_kit.content.scenario import Scenario, paragraphs
from etiquette_kit.lint.fairness.facts_in_text import no_role, unclear_sensitive, unclear_wish
from etiquette_kit.lint.fairness.stem import no_person, no_platform, no_wish

Told = Literal["yes", "no", "unsure"]
"""Whether it is told; ``unsure`` where only a reader can say."""

PARTS = ("who", "where", "writes", "profile", "wish", "against")


class StemPart(NamedTuple):
    """A part of a stem: its name, and whether it is told."""

    name: str
    told: Told


def stem_parts(raw: Mapping[str, Any], lang: str) -> tuple[StemPart, ...]:
    """Return the six parts of a stem in a language, each with whether it is told.

    Parameters
    ----------
    raw : mapping
        The situation; it may be unfinished.
    lang : str
        The language.
    """
    scenario = stand_in({**raw, "text": {lang: raw.get("text", {}).get(lang, {})}})
    if scenario is None or lang not in scenario.texts:
        return tuple(StemPart(name, "unsure") for name in PARTS)
    if not scenario.texts[lang].stem.strip():
        return tuple(StemPart(name, "no") for name in PARTS)
    return tuple(StemPart(name, _told(name, scenario, lang)) for name in PARTS)


def _told(name: str, scenario: Scenario, lang: str) -> Told:
    one, facts = [scenario], scenario.facts
    match name:
        case "who":
            told = not any(no_person(one)) and not any(no_role(one))
        case "where":
            told = not any(no_platform(one))
        case "writes":
            told = any(part.quote for part in paragraphs(scenario.texts[lang].stem))
        case "profile" if facts.sensitive is not None:
            told = not any(unclear_sensitive(one))
        case "wish" if any(no_wish(one)):
            told = False
        case "wish" if facts.wanted is not None:
            told = not any(unclear_wish(one))
        case _:
            return "unsure"
    return "yes" if told else "no"
