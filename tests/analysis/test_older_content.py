"""A report on a store of an older version calls and grades everything as it was, whatever the bank and the table are today."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import version_2_store
from etiquette_kit.analysis.reports.group import group_results
from etiquette_kit.analysis.reports.own_results import own_results
from etiquette_kit.analysis.reports.tidy import as_json
from etiquette_kit.bank import Bank, load_bank
from etiquette_kit.cli import app
from etiquette_kit.store.sql import tables
from etiquette_kit.store.sql.store import Store
from typer.testing import CliRunner

TODAY = load_bank()


def stored(path: Path) -> dict[str, dict[str, Any]]:
    """What the store holds of each content."""
    with Store(path).reading() as connection:
        return {row.hash: json.loads(row.body) for row in connection.execute(tables.contents.select())}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return version_2_store.make(tmp_path / "answers.sqlite3")


@pytest.fixture
def nothing(tmp_path: Path) -> Path:
    folder = tmp_path / "scenarios"
    folder.mkdir()
    return folder


@pytest.fixture(params=["today's", "none"])
def bank(request: pytest.FixtureRequest, nothing: Path) -> Bank:
    return TODAY if request.param == "today's" else load_bank(nothing)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_titles_and_credits_are_those_of_the_stored_content(path: Path, bank: Bank, lang: str):
    kept = stored(path)
    results = group_results(Store(path), version_2_store.COHORT, bank, lang)
    told = as_json(results)
    assert (results.report.persons, len(told["items"])) == (8, 4)
    with Store(path).reading() as connection:
        rows = connection.execute(tables.answers.select().where(tables.answers.c.cohort == version_2_store.COHORT)).all()
    for item in told["items"]:
        _, _, content = item["name"].partition("@")
        assert item["label"] == kept[content]["scenario"]["text"][lang]["title"]
        grades = [kept[content]["key"][row.response] for row in rows if row.content == content]
        assert item["credit"] == pytest.approx(sum((grade - 1) / 3 for grade in grades) / len(grades))
    relations = {area["name"] for area in told["report"]["by_relation"]}
    assert relations == {kept[row.content]["scenario"]["facts"]["relation"] for row in rows}


@pytest.mark.parametrize("form", ["table", "csv", "json", "html"])
def test_every_form_of_the_report_needs_no_bank(path: Path, nothing: Path, form: str):
    titles = [kept["scenario"]["text"]["en"]["title"] for kept in stored(path).values()]
    arguments = ["report", "--store", path, "--cohort", version_2_store.COHORT, "--bank", nothing, "--lang", "en", "--format", form]
    done = CliRunner().invoke(app, [*map(str, arguments)])
    assert done.exit_code == 0, done.output
    assert sum(title in done.stdout for title in titles) >= 4


def test_an_option_whose_action_is_no_longer_known_has_its_words_and_its_credit(path: Path, bank: Bank):
    kept = stored(path)
    content, scenario, key, gone = next(
        (content, found["scenario"], found["key"], option["id"])
        for content, found in kept.items()
        for option in found["scenario"]["option"]
        if option["action"] == "unfriend"
    )
    store = Store(path)
    with store.writing() as connection:  # as it would be when the table and the facts have changed
        raw = {"scenario": json.loads(json.dumps(scenario)), "key": dict.fromkeys(key, 4) | {gone: 2}}
        raw["scenario"]["facts"] = {"relation": raw["scenario"]["facts"]["relation"]}
        connection.execute(tables.contents.update().where(tables.contents.c.hash == content).values(body=json.dumps(raw)))
    others = [option for option in key if option != gone]
    version_2_store.answered_by(store, "spring", content, [gone] * 7 + others[:1] * 5)
    results = group_results(store, "spring", bank, "en")
    (situation,) = results.report.divisive
    assert (situation.scenario, situation.content, situation.persons) == (scenario["id"], content, 12)
    chosen = next(choice for choice in situation.choices if choice.option == gone)
    words = next(option["text"]["en"]["label"] for option in scenario["option"] if option["id"] == gone)
    assert (chosen.label, chosen.persons, chosen.credit) == (words, 7, pytest.approx(1 / 3))
    assert situation.credit == pytest.approx((7 / 3 + 5) / 12)
    assert results.report.to_discuss == (situation,)


def test_ones_own_results_are_those_of_then(path: Path, bank: Bank):
    kept = stored(path)
    own = own_results(Store(path), 1, bank, "en")
    assert (own["answers"], own["unknown"]) == (8, 0)
    titles = {found["scenario"]["id"]: found["scenario"]["text"]["en"]["title"] for found in kept.values()}
    assert [item["title"] for item in own["items"]] == [titles[item["scenario"]] for item in own["items"]]
    assert sum(area["answers"] for area in own["by_relation"]) == 8
