"""What a report prints tells about nobody: attacks with what it says, and an audit of everything in it by a second implementation."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
import two_people
from disclosure_audit import Given, Records, exposed, figures_of, untrue
from etiquette_kit.analysis.reports.group import SmallGroupError, group_results
from etiquette_kit.analysis.reports.tidy import as_json
from etiquette_kit.bank import load_bank
from etiquette_kit.cli import app
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.formats import register
from etiquette_kit.store.sql.store import Store
from random_cohorts import Played, cohort, item_of, items, keep, versions
from typer.testing import CliRunner

BANK = load_bank()
LEAST = 7
COHORTS = 1000
CLOSE = 1e-9

Play = tuple[int, int, Scenario, int]
"""A person, a session, a scenario, and which of its options was chosen."""


def where(relation: str, theme: str) -> list[Scenario]:
    return [scenario for scenario in BANK if (scenario.facts.relation, scenario.theme) == (relation, theme)]


def worth(scenario: Scenario, option: int) -> float:
    return (list(scenario.key().values())[option] - 1) / 3


def printed(path: Path, plays: Sequence[Play]) -> dict[str, Any]:
    """What the command prints about a group that played so."""
    store = Store(path)
    scenarios = list({item_of(scenario): scenario for _, _, scenario, _ in plays}.values())
    given = [
        Given(person, 10 * person + session, at, item_of(scenario), list(scenario.key())[option])
        for at, (person, session, scenario, option) in enumerate(plays)
    ]
    keep(store, "attacked", given, scenarios, random.Random(1))  # noqa: S311  no secret
    store.close()
    done = CliRunner().invoke(app, ["report", "--store", str(path), "--cohort", "attacked", "--format", "json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def figure(report: dict[str, Any], table: str, name: str, what: str) -> float | None:
    return next((entry[what] for entry in report["report"][table] if entry["name"] == name), None)


def test_a_relation_less_a_theme_is_not_one_persons_difference(tmp_path: Path):
    """Seven people answer one of the client's and the boss's in the same themes; the eighth the other way about."""
    seen, network = where("client", "audience"), where("boss", "professional-networks")
    plays: list[Play] = []
    for person in range(1, 8):
        plays += [(person, 1, seen[person % len(seen)], person % 3), (person, 1, network[person % 3], 0)]
    mine, other = where("client", "professional-networks")[0], where("boss", "audience")[0]
    wrong, right = (min(range(4), key=lambda option: worth(mine, option)), max(range(3), key=lambda option: worth(other, option)))
    plays += [(8, 1, mine, wrong), (8, 1, other, right)]
    told = printed(tmp_path / "store.sqlite3", plays)
    client, audience = figure(told, "by_relation", "client", "credit"), figure(told, "by_theme", "audience", "credit")
    secret = worth(mine, wrong) - worth(other, right)
    assert secret != 0
    assert client is not None
    assert audience is None or 8 * (client - audience) != pytest.approx(secret, abs=CLOSE)


def test_the_gain_of_all_less_that_of_a_relation_is_not_one_persons(tmp_path: Path):
    """Nine people repeat what is about clients only; the tenth something about the boss as well."""
    client, boss = where("client", "client-requests")[0], where("boss", "boss-requests")[0]
    plays: list[Play] = [(person, session, client, person % 3) for person in range(1, 11) for session in (1, 2)]
    best = max(range(len(boss.options)), key=lambda option: worth(boss, option))
    plays += [(10, 1, boss, best), (10, 2, boss, best)]
    told = printed(tmp_path / "store.sqlite3", plays)
    everything, some = figure(told, "gains", "all", "before"), figure(told, "gains", "client", "before")
    secret = (worth(boss, best) - worth(client, 10 % 3)) / 2
    assert secret != 0
    assert None in {everything, some} or 10 * (everything - some) != pytest.approx(secret, abs=CLOSE)
    assert {everything, some} != {None}, "one of them may be shown"


def test_the_item_rest_correlation_does_not_tell_two_peoples_credits(tmp_path: Path):
    """Of what else nine people answered only one situation varies, which two of them met: the covariance is over these two."""
    shown, withheld, *others = where("client", "client-requests")[:9]
    low, high = (pick(range(4), key=lambda option: worth(shown, option)) for pick in (min, max))
    apart, together = (pick(range(4), key=lambda option: worth(withheld, option)) for pick in (min, max))
    plays: list[Play] = [(person, 1, shown, low if person % 2 else high) for person in range(1, 10)]
    plays += [(1, 1, withheld, apart), (2, 1, withheld, together)]
    plays += [(person, 1, other, 0) for person, other in zip(range(3, 10), others, strict=True)]
    told = printed(tmp_path / "store.sqlite3", plays)
    (item,) = [item for item in told["items"] if item["name"] == item_of(shown)]
    difference = worth(shown, high) - worth(shown, low)
    assert item["item_rest"] is None or item["item_rest"] * item["sd"] * math.sqrt(2) != pytest.approx(difference, abs=CLOSE)


def test_who_chose_an_option_that_left_the_bank_is_counted_like_everybody(tmp_path: Path):
    """Eleven people answer a version of which the bank has lost an option, which one of them chose."""
    scenario = where("client", "client-requests")[0]
    gone = msgspec.structs.replace(scenario.options[0], id="gone")
    old = msgspec.structs.replace(scenario, options=(*scenario.options, gone))
    kept = where("client", "client-requests")[1]
    plays: list[Play] = [(person, 1, entry, person % 3) for person in range(1, 11) for entry in (old, kept)]
    plays += [(11, 1, old, len(old.options) - 1), (11, 1, kept, 0)]
    told = printed(tmp_path / "store.sqlite3", plays)
    counts = {item["name"]: item["persons"] for item in told["items"]}
    assert counts == {item_of(old): 11, item_of(kept): 11}
    assert {area["persons"] for area in told["report"]["by_relation"]} == {11}
    assert told["report"]["unknown"] is None


def test_what_is_withheld_does_not_push_what_is_shown_out_of_a_list(tmp_path: Path):
    """Eleven people are divided on eight situations, of which five are listed; two of them met one more."""
    scenarios = where("client", "client-requests")[:8]
    plays: list[Play] = [(person, 1, scenario, person % 3) for person in range(1, 12) for scenario in scenarios]
    rare = where("boss", "boss-requests")[0]
    plays += [(person, 1, rare, person % 4) for person in (1, 2)]
    told = printed(tmp_path / "store.sqlite3", plays)
    assert len(told["report"]["divisive"]) == 5
    assert item_of(rare) not in {item["name"] for item in told["items"]}


Audited = Callable[[int, Sequence[Played]], tuple[Records, dict[str, Any]] | None]


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Audited:
    """Return what says of a random cohort what was answered and what the command prints."""
    store = Store(tmp_path_factory.mktemp("random") / "store.sqlite3")

    def one(number: int, materials: Sequence[Played]) -> tuple[Records, dict[str, Any]] | None:
        rng = random.Random(number)  # noqa: S311  no secret
        known = items(materials)
        given = list(cohort(rng, materials, 100 * number + 1, 1000 * number))
        keep(store, str(number), given, materials, rng)
        try:
            results = group_results(store, str(number), BANK, least=LEAST)
        except SmallGroupError:
            return None
        told = json.loads(json.dumps(as_json(results)))
        return Records(given, known, told), told

    return one


def test_a_thousand_random_cohorts_tell_about_no_one(audited: Audited):
    scenarios = versions(BANK)
    assert _checked(audited, range(COHORTS), scenarios) > COHORTS * 0.9


@pytest.mark.parametrize(("first", "scenarios"), [(2000, []), (3000, versions(BANK)[::12]), (4000, where("client", "audience"))])
def test_cohorts_with_items_that_are_not_scored_tell_about_no_one(audited: Audited, first: int, scenarios: list[Scenario]):
    register(two_people)
    pairs = [two_people.TwoPeople(f"pair-{number}", "Client", "Boss", ("yes", "no")[number % 2]) for number in range(18)]
    cohorts = range(first, first + 150)
    assert _checked(audited, cohorts, [*scenarios, *pairs]) > len(cohorts) * 0.9


def _checked(audited: Audited, cohorts: Sequence[int], materials: Sequence[Played]) -> int:
    """Check what is printed about cohorts; return of how many any area is shown."""
    telling = 0
    for number in cohorts:
        found = audited(number, materials)
        if found is None:
            continue
        records, told = found
        figures = figures_of(told, records)
        assert untrue(figures, records) == [], number
        assert len(records.people) >= LEAST, number
        assert exposed([entry.row for entry in figures], records.people, LEAST) is None, number
        _check_what_is_not_linear(told, records)
        telling += bool(told["report"]["by_relation"] or told["report"]["by_theme"])
    return telling


def _check_what_is_not_linear(told: dict[str, Any], records: Records) -> None:
    """What compares items is there only for people who all answered the same items, all of which are shown."""
    answered = {person: frozenset(item for other, item in records.first if other == person) for person in records.people}
    shown = frozenset(item["name"] for item in told["items"])
    compares = [told["alpha"]["alpha"]] + [
        item[what] for item in told["items"] for what in ("item_rest", "upper_lower", "alpha_if_dropped")
    ]
    if any(value is not None for value in compares):
        assert set(answered.values()) == {shown}
    assert all(item["upper_lower"] is None for item in told["items"]), "27 % of twelve people are too few"
    assert all(item["flags"] == "" for item in told["items"])
    assert all(entry["pairs"] is None for entry in told["report"]["gains"])
    assert (told["report"]["answers"], told["report"]["unknown"]) == (None, None)
