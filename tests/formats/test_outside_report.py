"""Answers in a format that is no part of the kit are reported like its own: item by item, by the key they were stored with."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import two_people
from etiquette_kit import Quiz
from etiquette_kit.analysis import StoredResults
from etiquette_kit.analysis.plots import option_shares
from etiquette_kit.analysis.reports.group import group_results
from etiquette_kit.bank import load_bank
from etiquette_kit.cli import app
from etiquette_kit.formats import register
from etiquette_kit.store.sql import personal_data as privacy
from etiquette_kit.store.sql.people import People
from etiquette_kit.store.sql.store import Store
from typer.testing import CliRunner

PEOPLE = 12
register(two_people)


def said(person: int, number: int) -> dict[str, str]:
    """What a person says to the client and to the boss of a pair."""
    return {"client": "yes" if person % 3 else "no", "boss": "yes" if (person + number) % 4 else "no"}


def credit(number: int) -> float:
    return sum(said(person, number)["client"] == two_people.PAIRS[number].key for person in range(PEOPLE)) / PEOPLE


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which twelve people who agreed played all pairs."""
    path = tmp_path_factory.mktemp("outside") / "answers.sqlite3"
    store = Store(path)
    for person in range(PEOPLE):
        quiz = Quiz(lang="en", formats=[two_people.NAME], seed=3, store=store, key=f"{person:032}", cohort="pairs")
        quiz.agree()
        while quiz.question is not None:
            number = [pair.id for pair in two_people.PAIRS].index(quiz.question.id)
            quiz.answer(said(person, number))
            quiz.next()
    store.close()
    return path


def run(path: Path, *arguments: object) -> str:
    done = CliRunner().invoke(app, ["report", "--lang", "en", "--store", str(path), *map(str, arguments)])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture(scope="module")
def told(path: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(run(path, "--cohort", "pairs", "--format", "json"))
    return report


def test_each_situation_is_an_item_and_only_what_is_scored_has_a_credit(told: dict[str, Any]):
    items = {item["name"]: item for item in told["items"]}
    assert items.keys() == {f"{pair.id}/{who}@{pair.content}" for pair in two_people.PAIRS for who in ("client", "boss")}
    assert {item["persons"] for item in items.values()} == {PEOPLE}
    for number, pair in enumerate(two_people.PAIRS):
        client, boss = (items[f"{pair.id}/{who}@{pair.content}"] for who in ("client", "boss"))
        assert client["credit"] == pytest.approx(credit(number))
        assert client["label"].startswith(pair.title("en"))
        assert boss["label"].startswith(pair.title("en"))
        figures = ("credit", "sd", "item_rest", "upper_lower", "alpha_if_dropped")
        assert [boss[figure] for figure in figures] == [None] * 5
    assert told["counted"]["same_situations"]


def test_relations_and_themes_count_what_is_scored_or_say_that_nothing_is(told: dict[str, Any]):
    mean = pytest.approx(sum(credit(number) for number in range(4)) / 4)
    relations = {area["name"]: (area["credit"], area["persons"], area["is_scored"]) for area in told["report"]["by_relation"]}
    assert relations == {"client": (mean, PEOPLE, True), "boss": (None, PEOPLE, False)}
    assert [(area["name"], area["credit"], area["persons"]) for area in told["report"]["by_theme"]] == [("pairs", mean, PEOPLE)]


def test_what_is_not_scored_divides_a_group_and_is_no_mistake(told: dict[str, Any]):
    divisive = told["report"]["divisive"]
    assert {entry["scenario"].partition("/")[2] for entry in divisive} == {"client", "boss"}
    for entry in divisive:
        if entry["scenario"].endswith("/boss"):
            assert entry["credit"] is None
            assert {choice["credit"] for choice in entry["choices"]} == {None}
        assert sum(choice["persons"] for choice in entry["choices"]) == PEOPLE
    assert {entry["scenario"].partition("/")[2] for entry in told["report"]["to_discuss"]} == {"client"}


def test_the_table_the_csv_and_the_page_tell_the_same(path: Path, told: dict[str, Any]):
    table, csv, page = (run(path, "--cohort", "pairs", "--format", form) for form in ("table", "csv", "html"))
    for text in (table, page, repr(StoredResults("en", store=Store(path)))):
        for pair in two_people.PAIRS:
            assert pair.title("en") in text
        assert "not scored" in text.lower()
        assert "nan" not in text.lower().split()
        assert "None" not in text
    rows = pd.read_csv(StringIO(csv)).set_index("name")
    for item in told["items"]:
        assert rows.loc[item["name"], "persons"] == PEOPLE
        assert item["credit"] == pytest.approx(rows.loc[item["name"], "credit"]) or (
            item["credit"] is None and pd.isna(rows.loc[item["name"], "credit"])
        )
    assert page.count("Not scored.") == sum(entry["credit"] is None for entry in told["report"]["divisive"])


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_pictures_have_no_credit_where_there_is_none(path: Path, lang: str):
    report = group_results(Store(path), "pairs", load_bank(), lang).report
    unscored = next(entry for entry in report.divisive if entry.credit is None)
    plot = option_shares(unscored, lang)
    assert plot.figure.legends == []
    assert plot.alt.endswith(".")
    assert "None" not in plot.alt


def test_ones_own_answers_are_told_item_by_item(path: Path):
    store = Store(path)
    person = People(store).participant(f"{1:032}")
    assert person is not None
    assert privacy.participant_number(store, person.pseudonym) == person.id
    own = json.loads(run(path, "--pseudonym", person.pseudonym, "--format", "json"))
    right = [float(said(1, number)["client"] == pair.key) for number, pair in enumerate(two_people.PAIRS)]
    assert (own["answers"], own["unknown"], own["credit"]) == (4, 0, sum(right) / 4)
    assert {area["label"]: (area["credit"], area["answers"]) for area in own["by_relation"]} == {
        "bosses": (None, 4),
        "clients": (sum(right) / 4, 4),
    }
    assert len(own["items"]) == 8
    assert "–" in run(path, "--pseudonym", person.pseudonym)
