"""Statements about stored sessions: only with consent, only under the pseudonym, and valid for software by others."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from etiquette_kit.analysis.synthetic import synthetic_store
from etiquette_kit.bank import load_bank
from etiquette_kit.exchange.stored_sessions import consenting, records
from etiquette_kit.exchange.xapi import ADL, HOME, statements
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.store import Store

from foreign import asked_of_node, asked_of_python, installed

RALPH = "ralph-malph==5.1.0"
BANK = load_bank()
SCENARIO = next(iter(BANK))
CONTENTS = {SCENARIO.content: SCENARIO.record().decode()}
OWN_TEXT = "Dear Ada Example, I would rather not."


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    filled = Store(tmp_path_factory.mktemp("xapi") / "answers.sqlite3")
    synthetic_store(filled, BANK, 7, "g", seed=1)
    synthetic_store(filled, BANK, 3, "others", seed=2)
    yield filled
    filled.close()


@pytest.fixture(scope="module")
def said(store: Store) -> list[dict[str, Any]]:
    contents = records(store)
    return [statement for person in consenting(store, "g") for statement in statements(person, "g", contents)]


def person(**session: Any) -> dict[str, Any]:
    """Return somebody who agreed for the group g, with one session of a choice, a rating and a note."""
    given = {
        "name": "s1", "quiz": "my quiz/1", "cohort": "g", "kit": "0.1.0",
        "events": [
            {"event": "started", "at": "2026-03-02T09:00:00+00:00", "lang": "de"},
            *({"event": "answered", "at": "2026-03-02T09:01:00+00:00"} for _ in range(3)),
            {"event": "finished", "at": "2026-03-02T09:02:00+00:00"},
        ],
        "answers": [
            answer(1, "choice", SCENARIO.options[0].id, 0.0, 12.345),
            answer(2, "rating", " ".join(f"{option.id}4" for option in SCENARIO.options), 2 / 3, None),
            answer(3, "note", f'd+ "{OWN_TEXT}"', None, 60.0),
        ],
    }  # fmt: skip
    return {"pseudonym": "0123456789abcdef", "consents": [{"cohort": "g"}], "keys": ["browser"], "sessions": [{**given, **session}]}


def answer(seq: int, format_name: str, response: str, credit: float | None, seconds: float | None) -> dict[str, Any]:
    described = {"material": SCENARIO.id, "content": SCENARIO.content, "format": format_name}
    return {
        "seq": seq,
        **described,
        "response": response,
        "credit": credit,
        "seconds": seconds,
        "at": "2026-03-02T09:01:00+00:00",
        "lang": "en",
    }


def test_every_statement_about_a_store_is_valid_for_software_by_others(said: list[dict[str, Any]]):
    installed("xapi-validation")
    given = [*said, *statements(person(), "g", CONTENTS, "https://example.org/lms/")]
    assert asked_of_node("xapi.mjs", given) == [[]] * len(given)
    assert asked_of_python(RALPH, "xapi_models.py", given) == [""] * len(given)


def test_software_by_others_refuses_statements_that_are_broken(said: list[dict[str, Any]]):
    installed("xapi-validation")
    broken = [copy.deepcopy(next(one for one in said if "result" in one)) for _ in range(3)]
    broken[0]["verb"]["id"] = "answered"
    broken[1]["result"]["score"]["scaled"] = 1.5
    del broken[2]["actor"]["account"]["homePage"]
    assert all(asked_of_node("xapi.mjs", broken))
    assert all(asked_of_python(RALPH, "xapi_models.py", broken))


def test_each_answer_is_said_once_with_its_credit(store: Store, said: list[dict[str, Any]]):
    with store.reading() as connection:
        wanted = tables.answers.select().where(tables.answers.c.cohort == "g").order_by("participant", "session", "seq")
        answers = connection.execute(wanted).all()
    answered = [one for one in said if one["verb"]["id"] == f"{ADL}/verbs/answered"]
    assert [one["result"]["score"]["scaled"] for one in answered] == [row.credit for row in answers]
    assert [one["result"]["response"] for one in answered] == [row.response for row in answers]
    assert [one["object"]["id"] for one in answered] == [f"{HOME}/choice/{row.material}" for row in answers]
    assert len({one["id"] for one in said}) == len(said)


def test_the_same_store_gives_the_same_statements(store: Store, said: list[dict[str, Any]]):
    contents = records(store)
    assert said == [statement for one in consenting(store, "g") for statement in statements(one, "g", contents)]


def test_nobody_is_in_it_without_consent_and_no_other_session():
    assert list(statements({**person(), "consents": []}, "g", CONTENTS)) == []
    assert list(statements({**person(), "consents": [{"cohort": "h"}]}, "g", CONTENTS)) == []
    assert list(statements(person(cohort=None), "g", CONTENTS)) == []
    assert list(statements(person(cohort="h"), "g", CONTENTS)) == []


def test_the_store_names_those_who_agreed_alone(store: Store):
    with store.writing() as connection:
        first = connection.execute(tables.consents.select().where(tables.consents.c.cohort == "others")).first()
        assert first is not None
        connection.execute(tables.consents.delete().where(tables.consents.c.participant == first.participant))
    assert len(list(consenting(store, "others"))) == 2


def test_who_it_is_is_the_pseudonym_and_no_text_of_ones_own_goes_along():
    found = list(statements(person(), "g", CONTENTS))
    assert {json.dumps(one["actor"], sort_keys=True) for one in found} == {
        json.dumps({"objectType": "Agent", "account": {"homePage": HOME, "name": "0123456789abcdef"}}, sort_keys=True)
    }
    whole = json.dumps(found)
    assert OWN_TEXT not in whole
    assert "browser" not in whole
    assert "s1" not in {part for one in found for part in json.dumps(one).split('"')}


def test_a_session_is_begun_answered_and_completed():
    found = list(statements(person(), "g", CONTENTS, "https://example.org/"))
    assert [one["verb"]["id"].rsplit("/", 1)[1] for one in found] == ["initialized", "answered", "answered", "answered", "completed"]
    assert len({one["context"]["registration"] for one in found}) == 1
    assert found[0]["object"]["id"] == "https://example.org/quiz/my%20quiz%2F1"
    choice, rating, note = found[1:4]
    key = SCENARIO.key()
    assert choice["object"]["definition"]["correctResponsesPattern"] == [name for name, grade in key.items() if grade == 4]
    assert choice["result"] == {"response": SCENARIO.options[0].id, "completion": True, "score": {"scaled": 0.0}, "duration": "PT12.35S"}
    assert rating["object"]["definition"]["correctResponsesPattern"] == ["[,]".join(f"{name}[.]{grade}" for name, grade in key.items())]
    assert rating["result"]["response"] == "[,]".join(f"{option.id}[.]4" for option in SCENARIO.options)
    assert "duration" not in rating["result"]
    assert note["result"] == {"completion": True, "duration": "PT60.00S"}
    assert found[-1]["result"]["score"]["scaled"] == pytest.approx(1 / 3)


def test_material_that_is_no_longer_known_is_said_without_its_texts():
    found = list(statements(person(), "g", {}))
    assert found[1]["object"]["definition"] == {"type": f"{ADL}/activities/cmi.interaction", "interactionType": "other"}
