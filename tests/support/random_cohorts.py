"""Cohorts made up at random: shared rounds, rounds of one's own, repeats, people who stop early, and scenarios that were changed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import msgspec
from disclosure_audit import Given, Item
from etiquette_kit.bank import Bank
from etiquette_kit.records import tables
from etiquette_kit.records.store import Store
from etiquette_kit.scenario import Scenario
from sqlalchemy import insert

BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)


def versions(bank: Bank) -> list[Scenario]:
    """The scenarios of the bank; some also with another wording, and some with an option that has since left."""
    found = []
    for number, scenario in enumerate(bank):
        found.append(scenario)
        if number % 4 == 1:
            texts = {lang: msgspec.structs.replace(text, stem=f"{text.stem} …") for lang, text in scenario.texts.items()}
            found.append(msgspec.structs.replace(scenario, texts=texts))
        if number % 4 == 2:
            gone = msgspec.structs.replace(scenario.options[-1], id="gone")
            found.append(msgspec.structs.replace(scenario, options=(*scenario.options, gone)))
    return found


def item_of(scenario: Scenario) -> str:
    return f"{scenario.id}@{scenario.content}"


def items(bank: Bank, scenarios: Sequence[Scenario]) -> dict[str, Item]:
    """What the audit needs to know of them."""
    return {
        item_of(scenario): Item(
            scenario.facts.relation,
            scenario.theme,
            {option: Fraction(grade - 1, 3) for option, grade in scenario.key().items()},
            {option.id for option in scenario.options} <= {option.id for option in bank[scenario.id].options},
        )
        for scenario in scenarios
    }


def cohort(rng: random.Random, scenarios: Sequence[Scenario], first_person: int, first_session: int) -> Iterator[Given]:
    """Yield the answers of 7 to 12 people."""
    kind = rng.choice(["shared", "random", "random", "mixed"])
    pool = rng.sample(scenarios, rng.randint(4, len(scenarios) if kind == "random" else 16))
    most = min(10, len(pool))
    shared = rng.sample(pool, rng.randint(2, most))
    comes_back = rng.choice([0, 0.5, 1])
    session = first_session
    for person in range(first_person, first_person + rng.randint(7, 12)):
        clock = 0
        played = list(shared) if kind != "random" else rng.sample(pool, rng.randint(2, most))
        if kind == "mixed" and rng.random() < 0.4:
            played += rng.sample(pool, rng.randint(1, 3))
        if rng.random() < 0.15:
            played = played[: rng.randint(1, len(played))]
        rounds = [played]
        while rng.random() < comes_back and len(rounds) < 3:
            rounds.append(list(played) if rng.random() < 0.8 else rng.sample(pool, rng.randint(1, most)))
        for once in rounds:
            session += 1
            for scenario in once:
                clock += rng.randint(1, 9)
                yield Given(person, session, clock, item_of(scenario), rng.choice(list(scenario.key())))


def keep(store: Store, name: str, given: Sequence[Given], scenarios: Sequence[Scenario], rng: random.Random) -> None:
    """Write a cohort's answers; an analysis reads nothing else."""
    known = {item_of(scenario): scenario for scenario in scenarios}
    rows = []
    for seq, answer in enumerate(given):
        scenario = known[answer.item]
        rows.append(
            {
                "session": answer.session,
                "seq": seq,
                "participant": answer.person,
                "cohort": name,
                "material": scenario.id,
                "content": scenario.content,
                "format": "choice",
                "response": answer.option,
                "credit": (scenario.key()[answer.option] - 1) / 3,
                "shown": "[]",
                "seconds": None if rng.random() < 0.01 else rng.randint(1, 900) / 10,
                "at": BEGIN + timedelta(minutes=answer.at),
                "lang": "de",
                "kit": "0",
            }
        )
    with store.writing() as connection:
        there = set(connection.execute(tables.contents.select().with_only_columns(tables.contents.c.hash)).scalars())
        new = [scenario for scenario in known.values() if scenario.content not in there]
        if new:
            bodies = [{"hash": entry.content, "material": entry.id, "body": entry.record().decode()} for entry in new]
            connection.execute(insert(tables.contents), bodies)
        people = sorted({answer.person for answer in given})
        connection.execute(insert(tables.participants), [{"id": person, "pseudonym": f"p{person}", "at": BEGIN} for person in people])
        runs = sorted({(answer.session, answer.person) for answer in given})
        heads = [
            {"id": run, "name": f"s{run}", "participant": person, "quiz": "practice", "cohort": name, "kit": "0", "at": BEGIN}
            for run, person in runs
        ]
        connection.execute(insert(tables.sessions), heads)
        connection.execute(insert(tables.answers), rows)
