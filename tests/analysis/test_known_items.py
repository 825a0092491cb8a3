"""Items are what they were when they were answered: read from the stored content, whatever the bank and the table say today."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import msgspec
import numpy as np
import pytest
import two_people
from etiquette_kit.analysis.reports.known_items import KnownItem, areas, known_answers
from etiquette_kit.analysis.reports.own_results import own_results
from etiquette_kit.analysis.reports.stored_answers import answer_batches, stored_answers
from etiquette_kit.analysis.reports.summaries import Summaries
from etiquette_kit.analysis.synthetic import synthetic_store
from etiquette_kit.bank import Bank, load_bank
from etiquette_kit.formats import ItemAnswer, ItemOption, register
from etiquette_kit.formats.choice import read
from etiquette_kit.formats.choice.stored import StoredScenario
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.store import Store

BANK = load_bank()
FIRST, SECOND, THIRD = list(BANK)[:3]
PAIR = two_people.PAIRS[0]
register(two_people)


def body(content: bytes, **changed: object) -> str:
    return json.dumps({**json.loads(content), **changed})


def known(bodies: Mapping[str, str], *given: tuple[str, str, str], bank: Bank = BANK, lang: str = "en") -> dict[str, KnownItem]:
    return known_answers(given, Summaries(bodies), bank, lang).items


def test_an_item_is_named_and_graded_by_the_content_that_was_stored():
    raw = json.loads(FIRST.record())
    raw["key"] = dict.fromkeys(raw["key"], 1) | {"a": 2}
    raw["scenario"]["text"]["en"]["title"] = "As it was called then"
    raw["scenario"]["facts"] = {"relation": "colleague", "event": "no longer known"}
    for option in raw["scenario"]["option"]:
        option["action"] = "no longer known"
        option["text"]["en"]["label"] = f"Reaction {option['id']}"
    (item,) = known({"old": json.dumps(raw)}, ("old", "choice", "a")).values()
    assert (item.id, item.content, item.name) == (FIRST.id, "old", f"{FIRST.id}@old")
    assert (item.title, item.relation) == ("As it was called then", "colleague")
    assert item.options[0] == ItemOption("a", pytest.approx(1 / 3), "Reaction a")
    assert {option.credit for option in item.options[1:]} == {0}
    assert (item.theme, item.rule) == (FIRST.theme, FIRST.advice.rule), "these are not stored, and come from the bank"


def test_what_the_bank_does_not_have_is_an_item_without_theme_and_rule(tmp_path: Path):
    nothing = load_bank(tmp_path)
    (item,) = known({"old": FIRST.record().decode()}, ("old", "choice", "a"), bank=nothing, lang="de").values()
    assert (item.title, item.relation, item.theme, item.rule) == (FIRST.text("de").title, FIRST.facts.relation, "", "")


def test_content_that_was_not_written_in_the_language_keeps_its_own():
    raw = json.loads(FIRST.record())
    for part in (raw["scenario"], *raw["scenario"]["option"]):
        del part["text"]["en"]
    (item,) = known({"old": json.dumps(raw)}, ("old", "choice", "a"), lang="en").values()
    assert item.title == FIRST.text("de").title
    assert item.options[0].label == FIRST.options[0].text("de").label


def test_each_situation_is_an_item_and_one_that_is_not_scored_has_no_credit():
    response = '{"boss": "no", "client": "yes"}'
    found = known_answers([(PAIR.content, two_people.NAME, response)], Summaries({PAIR.content: PAIR.record().decode()}), BANK, "en")
    client, boss = found.items.values()
    assert (client.name, boss.name) == (f"{PAIR.id}/client@{PAIR.content}", f"{PAIR.id}/boss@{PAIR.content}")
    assert (client.relation, boss.relation, client.is_scored, boss.is_scored) == ("client", "boss", True, False)
    assert client.title != boss.title
    ((first, second),) = found.answers.values()
    assert (first.item, first.option, first.credit) == (client.name, "yes", float(PAIR.key == "yes"))
    assert (second.item, second.option, second.credit) == (boss.name, "no", None)


@pytest.mark.parametrize(
    ("bodies", "given"),
    [
        ({}, ("gone", "choice", "a")),
        ({"c": "{"}, ("c", "choice", "a")),
        ({"c": body(FIRST.record(), key={"a": 9})}, ("c", "choice", "a")),
        ({"c": FIRST.record().decode()}, ("c", "choice", "never there")),
        ({"c": FIRST.record().decode()}, ("c", "no such format", "a")),
        ({"c": PAIR.record().decode()}, ("c", two_people.NAME, "{")),
    ],
)
def test_what_cannot_be_read_is_left_out_for_everybody(bodies: dict[str, str], given: tuple[str, str, str]):
    same = (given[0], given[1], "a")
    found = known_answers([same, given], Summaries(bodies), BANK, "en")
    assert (found.items, found.answers, found.left_out) == ({}, {}, {given[0]})


class _Rating:
    """Another format over scenarios: it uses the same content as a choice."""

    NAME = "test_rating"

    @staticmethod
    def read(content: str, record: bytes) -> StoredScenario:
        return read(content, record)

    @staticmethod
    def materials(bank: Bank) -> Mapping[str, object]:
        return bank.scenarios

    @staticmethod
    def summarise(material: StoredScenario, response: str) -> list[ItemAnswer]:
        return [ItemAnswer("", response, float(response), material.situations[0].relation)]

    @staticmethod
    def item_options(material: StoredScenario, lang: str) -> Mapping[str, list[ItemOption]]:  # noqa: ARG004  the interface
        return {}


def test_two_formats_on_the_same_material_are_two_items_whichever_came_first(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("etiquette_kit.formats._registered", {})  # the other tests do not know it
    register(_Rating)  # type: ignore[arg-type]
    given = [("c", "choice", "a"), ("c", "test_rating", "0.5")]
    names = [f"{FIRST.id}@c", f"test_rating:{FIRST.id}@c"]
    for some in (given, given[::-1]):
        assert list(known({"c": FIRST.record().decode()}, *some)) == names
    assert known({"c": FIRST.record().decode()}, *given)[names[1]].options == ()


def test_an_answer_without_credit_counts_in_an_area_only_where_nothing_is_scored():
    def item(name: str, relation: str, *, is_scored: bool) -> KnownItem:
        return KnownItem(name, "c", name, relation, "", "", (), is_scored)

    items = {
        item.name: item
        for item in (
            item("a", "client", is_scored=True),
            item("b", "client", is_scored=False),
            item("d", "boss", is_scored=False),
            item("e", "", is_scored=True),
        )
    }
    assert areas(items, "relation") == {"a@c": "client", "d@c": "boss"}
    assert areas(items, "theme") == {}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store.sqlite3")


def test_one_answer_that_cannot_be_read_leaves_its_item_out_for_everybody(store: Store):
    synthetic_store(store, [FIRST, SECOND, THIRD], 9, "old", seed=3)
    with store.writing() as connection:
        first = tables.answers.c.material == FIRST.id, tables.answers.c.participant == 1
        connection.execute(tables.answers.update().where(*first).values(response="never there"))
        connection.execute(tables.contents.update().where(tables.contents.c.material == SECOND.id).values(body="{"))
    found = stored_answers(store, None, BANK, "en")
    assert set(found.items) == {f"{THIRD.id}@{THIRD.content}"}
    assert found.left_out == {FIRST.id, SECOND.id}
    assert set(found.frame["item"]) == set(found.items)
    assert len(found.frame) == 18
    own = own_results(store, 1, BANK, "en")
    assert (own["answers"], own["unknown"]) == (2, 4)


def test_credits_are_those_of_the_stored_key_not_those_beside_the_answer_or_of_today(store: Store):
    synthetic_store(store, [FIRST], 9, "old", seed=3)
    turned = {option: 5 - grade for option, grade in FIRST.key().items()}
    with store.writing() as connection:
        connection.execute(tables.contents.update().values(body=body(FIRST.record(), key=turned)))
    frame = stored_answers(store, None, BANK, "en").frame
    assert [round(3 * credit) + 1 for credit in frame["credit"]] == [turned[option] for option in frame["option"]]
    assert [answer[3] for batch in answer_batches(store) for answer in batch] == frame["credit"].tolist()


def test_an_answer_to_several_items_is_several_rows_that_share_no_time(store: Store):
    synthetic_store(store, [FIRST], 3, "mixed", seed=3, sessions=1)
    rows = [dict(row._mapping) for batch in store.rows(tables.answers.select()) for row in batch]
    with store.writing() as connection:
        connection.execute(tables.contents.insert().values(hash=PAIR.content, material=PAIR.id, body=PAIR.record().decode()))
        more = {"material": PAIR.id, "content": PAIR.content, "format": two_people.NAME, "response": '{"boss": "no", "client": "yes"}'}
        connection.execute(tables.answers.insert(), [row | more | {"seq": row["seq"] + 2} for row in rows])
    frame = stored_answers(store, None, BANK, "en").frame
    pair = [f"{PAIR.id}/client", f"{PAIR.id}/boss"]
    assert frame["scenario"].tolist() == [FIRST.id, *pair] * 3
    assert frame["option"].tolist()[1:3] == ["yes", "no"]
    assert frame["seconds"].notna().tolist() == [True, False, False] * 3
    np.testing.assert_array_equal(frame["credit"][1::3], float(PAIR.key == "yes"))
    assert frame["credit"][2::3].isna().all()
    assert frame["participant"].tolist() == [number for number in (1, 2, 3) for _ in range(3)]
    streamed = [answer[1] for batch in answer_batches(store) for answer in batch]
    assert streamed == [f"{FIRST.id}@{FIRST.content}", f"{pair[0]}@{PAIR.content}"] * 3


def test_an_option_that_left_the_bank_leaves_an_ordinary_item(store: Store):
    gone = msgspec.structs.replace(FIRST.options[0], id="gone")
    old = msgspec.structs.replace(FIRST, options=(*FIRST.options, gone))
    synthetic_store(store, [old, SECOND], 9, "old", seed=3)
    found = stored_answers(store, None, BANK, "en")
    item = found.items[f"{old.id}@{old.content}"]
    assert [option.option for option in item.options] == [option.id for option in old.options]
    assert not found.left_out
    assert "gone" in set(found.frame["option"])
