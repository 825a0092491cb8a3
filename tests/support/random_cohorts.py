"""Cohorts made up at random: shared rounds, rounds of one's own, repeats, people who stop early, and scenarios that were changed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import groupby

import msgspec
import two_people
from disclosure_audit import Given, Item
from etiquette_kit.bank import Bank
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.store import Store
from sqlalchemy import insert

Played = Scenario | two_people.TwoPeople
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


def item_of(material: Played, situation: str = "") -> str:
    return f"{material.id}/{situation}@{material.content}" if situation else f"{material.id}@{material.content}"


def items(materials: Sequence[Played]) -> dict[str, Item]:
    """What the audit needs to know of them."""
    found = {}
    for material in materials:
        if isinstance(material, Scenario):
            credits_ = {option: Fraction(grade - 1, 3) for option, grade in material.key().items()}
            found[item_of(material)] = Item(material.facts.relation, material.theme, credits_)
        else:
            said = {said: Fraction(said == material.key) for said in ("yes", "no")}
            found[item_of(material, "client")] = Item("client", "pairs", said)
            found[item_of(material, "boss")] = Item("boss", "pairs", dict.fromkeys(said))
    return found


def cohort(rng: random.Random, materials: Sequence[Played], first_person: int, first_session: int) -> Iterator[Given]:
    """Yield the answers of 7 to 12 people."""
    kind = rng.choice(["shared", "random", "random", "mixed"])
    pool = rng.sample(materials, rng.randint(4, len(materials) if kind == "random" else 16))
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
            for material in once:
                clock += rng.randint(1, 9)
                if isinstance(material, Scenario):
                    yield Given(person, session, clock, item_of(material), rng.choice(list(material.key())))
                    continue
                for who in ("client", "boss"):
                    yield Given(person, session, clock, item_of(material, who), rng.choice(["yes", "no"]))


def keep(store: Store, name: str, given: Sequence[Given], materials: Sequence[Played], rng: random.Random) -> None:
    """Write a cohort's answers; an analysis reads nothing else."""
    known = {item_of(material): material for material in materials}
    rows = []
    for seq, ((person, session, at, item), answers) in enumerate(groupby(given, _exercise)):
        material = known[item]
        rows.append(
            {
                "session": session,
                "seq": seq,
                "participant": person,
                "cohort": name,
                "material": material.id,
                "content": material.content,
                **_answer(material, list(answers)),
                "shown": "[]",
                "seconds": None if rng.random() < 0.01 else rng.randint(1, 900) / 10,
                "at": BEGIN + timedelta(minutes=at),
                "lang": "de",
                "kit": "0",
            }
        )
    with store.writing() as connection:
        there = set(connection.execute(tables.contents.select().with_only_columns(tables.contents.c.hash)).scalars())
        new = [material for material in known.values() if material.content not in there]
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


def _exercise(answer: Given) -> tuple[int, int, int, str]:
    """Whose, when, and to which material, as an item of it that stands for all of it."""
    front, _, content = answer.item.partition("@")
    return answer.person, answer.session, answer.at, f"{front.partition('/')[0]}@{content}"


def _answer(material: Played, answers: Sequence[Given]) -> dict[str, object]:
    if isinstance(material, Scenario):
        (option,) = (answer.option for answer in answers)
        return {"format": "choice", "response": option, "credit": (material.key()[option] - 1) / 3}
    said = {answer.item.partition("@")[0].partition("/")[2]: answer.option for answer in answers}
    return {"format": two_people.NAME, "response": json.dumps(dict(sorted(said.items()))), "credit": float(said["client"] == material.key)}
