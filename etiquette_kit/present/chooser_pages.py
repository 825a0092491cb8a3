"""The page on which the situations of a workshop are chosen, as values with their texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from etiquette_kit.bank import Bank
from etiquette_kit.content.material import spoken_language
from etiquette_kit.content.platforms import PLATFORMS
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.formats.choice import Choice, ChoiceQuestion, ChoiceReveal, fingerprint, suits
from etiquette_kit.locale import catalog, plural
from etiquette_kit.rules import VALUES
from etiquette_kit.workshop import PLANS, SituationList, plan_of

FILTERS = ("relation", "event", "platform", "theme")
"""By what the situations can be filtered."""


class FilterValue(msgspec.Struct, frozen=True):
    """A value of a filter."""

    code: str
    text: str


class Filter(msgspec.Struct, frozen=True):
    """A filter, with the values that occur in the bank."""

    name: str
    label: str
    values: tuple[FilterValue, ...]


class SituationEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """A situation in a list: its title, who it is and what happened, the same in short, and which half of a pair it is."""

    id: str
    title: str
    about: str
    short: str
    pair: str = ""


class FoldedPage(msgspec.Struct, frozen=True, tag_field="kind", tag="folded"):
    """What is chosen, in a line, and the way to change it."""

    line: str
    change: str


class ChooserPage(msgspec.Struct, frozen=True, tag_field="kind", tag="chooser"):
    """All situations with their filters; ``folds`` if the page can be closed again."""

    title: str
    filters: tuple[Filter, ...]
    entries: tuple[SituationEntry, ...]
    folds: bool


class ReadSituation(msgspec.Struct, frozen=True):
    """The situation that is being read; ``keyed`` if its key is shown, which is the page's feedback then."""

    question: ChoiceQuestion
    pair: str
    keyed: bool


class ChooserStanding(msgspec.Struct, frozen=True):
    """The state of the page.

    Attributes
    ----------
    chosen_filters : dict of str to str
        The chosen value of each filter; empty where all are shown.
    search : str
        The text that is searched for.
    shown : tuple of str
        The ids of the situations that fit.
    found : str
        How many these are.
    chosen : tuple of SituationEntry
        What is chosen, in order.
    summary : str
        How many these are, and how long they take.
    hint : str
        What to consider; empty where there is nothing.
    name : str
        What the choice is called.
    said : str
        What the last action did.
    read : ReadSituation or None
        The situation that is being read.
    origin : str
        What was chosen when the page was made; a browser keeps a choice for each.
    touched : bool
        Whether the choice was changed since.
    """

    chosen_filters: dict[str, str]
    search: str
    shown: tuple[str, ...]
    found: str
    chosen: tuple[SituationEntry, ...]
    summary: str
    hint: str
    name: str
    said: str
    read: ReadSituation | None
    origin: str
    touched: bool


@dataclass(frozen=True)
class Wanted:
    """Which situations are shown: those with all values of the filters, in whose texts every word of the search occurs."""

    filters: Mapping[str, str]
    search: str = ""


def choosable(bank: Bank, lang: str) -> list[Scenario]:
    """Return the situations that can be put to a group in a language, in the order of the bank."""
    return [scenario for scenario in bank if lang in scenario.languages and suits(scenario)]


def matching_situations(scenarios: Sequence[Scenario], wanted: Wanted, lang: str) -> list[Scenario]:
    """Return the situations that fit filters and search."""
    found = [entry for entry in scenarios if all(not value or _value(entry, name) == value for name, value in wanted.filters.items())]
    words = wanted.search.casefold().split()
    return [entry for entry in found if all(word in _texts(entry, lang) for word in words)] if words else found


def _value(scenario: Scenario, name: str) -> str:
    return str(getattr(scenario, name) if name in ("platform", "theme") else getattr(scenario.facts, name))


def _texts(scenario: Scenario, lang: str) -> str:
    text = scenario.text(lang)
    parts = [text.title, text.role, text.stem, scenario.person.name, scenario.place.name(lang), *scenario.labels(lang).values()]
    return " ".join(" ".join(parts).split()).casefold()


def filters_of(bank: Bank, scenarios: Sequence[Scenario], lang: str) -> tuple[Filter, ...]:
    """Return the filters with the values that occur in some situations."""
    words = catalog(lang)
    known: dict[str, dict[str, str]] = {
        "relation": {str(value): words(f"values.relation.{value}") for value in VALUES["relation"]},
        "event": {str(value): words(f"short.event.{value}") for value in VALUES["event"]},
        "platform": {name: platform.name(lang) for name, platform in PLATFORMS.items()},
        "theme": {theme: bank.theme_title(theme, lang) for theme in bank.themes},
    }
    found = []
    for name in FILTERS:
        occurring = {_value(scenario, name) for scenario in scenarios}
        values = tuple(FilterValue(code, text) for code, text in known[name].items() if code in occurring)
        found.append(Filter(name, words(f"chooser.filters.{name}"), values))
    return tuple(found)


def entry_of(scenario: Scenario, bank: Bank, lang: str) -> SituationEntry:
    """Return a situation as it stands in a list."""
    spoken = spoken_language(scenario, lang)
    words = catalog(lang)
    relation = words(f"short.relation.{scenario.facts.relation}")
    about = words("chooser.about", relation=relation, occasion=scenario.place.occasion(scenario.facts.event, lang))
    short = words("chooser.about", relation=relation, occasion=scenario.place.name(lang))
    return SituationEntry(scenario.id, scenario.title(spoken), about, short, _pair(scenario, bank, lang))


def _pair(scenario: Scenario, bank: Bank, lang: str) -> str:
    """Return which half of a pair a situation is, by the fact that differs; both have one title."""
    if scenario.twin is None or scenario.twin not in bank:
        return ""
    own, other = dict(scenario.facts.items()), dict(bank[scenario.twin].facts.items())
    words = catalog(lang)
    for fact in ("wanted", "sensitive"):
        if fact in own and own[fact] != other.get(fact):
            return words(f"chooser.pairs.{fact}_{str(own[fact]).lower()}")
    return words("chooser.pairs.other")


def chooser_page(bank: Bank, scenarios: Sequence[Scenario], lang: str, *, folds: bool) -> ChooserPage:
    """Describe the page with all situations that can be chosen."""
    words = catalog(lang)
    return ChooserPage(
        title=words("chooser.title"),
        filters=filters_of(bank, scenarios, lang),
        entries=tuple(entry_of(scenario, bank, lang) for scenario in scenarios),
        folds=folds,
    )


def folded_page(chosen: SituationList, lang: str) -> FoldedPage:
    """Describe what is chosen in a line."""
    words = catalog(lang)
    if not chosen.scenarios:
        return FoldedPage(words("chooser.drawn"), words("chooser.unfold"))
    length = length_text(chosen, lang)
    line = words("chooser.folded", title=chosen.title, length=length) if chosen.title else words("chooser.folded_untitled", length=length)
    return FoldedPage(line, words("chooser.change"))


def minutes_of(chosen: SituationList) -> int:
    """Return how long a workshop with these situations takes."""
    return plan_of(chosen.plan_minutes).of(len(chosen.scenarios)).minutes


def length_text(chosen: SituationList, lang: str) -> str:
    """Return how many situations are chosen and how long they take, or how many are needed."""
    words = catalog(lang)
    if not chosen.scenarios:
        (short, few), *_, (long, many) = ((minutes, plan.situations) for minutes, plan in PLANS.items())
        return words("chooser.empty", short=short, few=few, long=long, many=many)
    return plural(words, "chooser.length", len(chosen.scenarios), minutes=minutes_of(chosen))


def found_text(count: int, total: int, lang: str) -> str:
    """Return how many situations fit."""
    words = catalog(lang)
    return plural(words, "chooser.found", count, total=total) if count else words("chooser.found_none", total=total)


def pair_hint(chosen: SituationList, bank: Bank, lang: str) -> str:
    """Return that both halves of a pair are chosen; an empty string where that is not so."""
    for name in chosen.scenarios:
        scenario = bank[name]
        if scenario.twin in chosen.scenarios:
            return catalog(lang)("chooser.both", title=scenario.title(spoken_language(scenario, lang)))
    return ""


def read_situation(scenario: Scenario, bank: Bank, lang: str, *, keyed: bool) -> ReadSituation:
    """Describe a situation with its reactions; its key is not in it."""
    pair = catalog(lang)("chooser.pairs.hint") if scenario.twin in bank else ""
    return ReadSituation(_exercise(scenario).question(spoken_language(scenario, lang)), pair, keyed)


def key_of(scenario: Scenario, lang: str) -> ChoiceReveal:
    """Describe the key of a situation, for the facilitator."""
    return _exercise(scenario).key_page(spoken_language(scenario, lang))


def _exercise(scenario: Scenario) -> Choice:
    return Choice(scenario, tuple(option.id for option in scenario.options))


def chooser_text(bank: Bank, chosen: SituationList, lang: str, *, listed: bool) -> str:
    """Return the choice as reproducible text; with `listed`, all situations where none is chosen."""
    words, scenarios = catalog(lang), choosable(bank, lang)
    if chosen.scenarios:
        first = plural(words, "chooser.text", len(chosen.scenarios), total=len(scenarios), minutes=minutes_of(chosen))
        named = [bank[name] for name in chosen.scenarios]
    else:
        first, named = words("chooser.text_none", total=len(scenarios)), scenarios if listed else []
    return "\n".join([first, *(_line(scenario, lang) for scenario in named)])


def _line(scenario: Scenario, lang: str) -> str:
    spoken = spoken_language(scenario, lang)
    return f"  {fingerprint(scenario, spoken)} {scenario.title(spoken)}"
