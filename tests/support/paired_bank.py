"""A bank with pairs: the shipped scenarios that can be wanted or not, each with a twin."""

from etiquette_kit import Bank, Facts, load_bank
from etiquette_kit.content.scenario import Scenario
from msgspec.structs import replace


def pair_of(scenario: Scenario) -> tuple[Scenario, Scenario]:
    """Return a scenario and the same with the opposite wish, as each other's twin."""
    facts = {name: getattr(scenario.facts, name) for name in ("event", "relation", "network")}
    wanted, unwanted = Facts(**facts, wanted=True, sensitive=False), Facts(**facts, wanted=False)
    other = f"{scenario.id[:50]}-twin"
    one = replace(scenario, facts=wanted, twin=other)
    return one, replace(scenario, id=other, facts=unwanted, twin=scenario.id)


def paired_bank(pairs: int = 3, singles: int = 4) -> Bank:
    """Return a bank with pairs of private requests, and scenarios that stand alone."""
    requests = [entry for entry in load_bank() if entry.facts.network == "private" and {"accept_open"} <= {o.action for o in entry.options}]
    kept = [replace(entry, options=tuple(o for o in entry.options if o.action != "ignore"), twin=None) for entry in requests]
    fitting = [entry for entry in kept if len(entry.options) >= 3]
    half = [half for entry in fitting[:pairs] for half in pair_of(entry)]
    alone = [entry for entry in load_bank() if entry.facts.event != "friend_request"][:singles]
    return Bank([*half, *(replace(entry, twin=None) for entry in alone)])
