"""Reports say how many wrote a note and what they ticked, and nothing of any text."""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest
from etiquette_kit.cli import app
from etiquette_kit.formats import note
from etiquette_kit.formats.note.assessment import CRITERIA
from etiquette_kit.locale import catalog
from etiquette_kit.locale.numbers import percent
from etiquette_kit.store.sql.people import People
from etiquette_kit.store.sql.store import Store
from note_examples import BANK, PEOPLE, SECRET, played, quiz
from typer.testing import CliRunner


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which twelve people who agreed wrote the same notes; half of them ticked the reason, and all agreed to keep the text."""
    path = tmp_path_factory.mktemp("note") / "answers.sqlite3"
    store = Store(path)
    for person in range(PEOPLE):
        one = quiz(store, f"{person:032}", cohort="autumn", length=2, seed=5)
        one.agree()
        played(one, keep=True, ticks=("declines", *(("reason",) if person % 2 else ())))
    store.close()
    return path


def run(path: Path, *arguments: object) -> str:
    done = CliRunner().invoke(app, ["report", "--lang", "en", "--store", str(path), *map(str, arguments)])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_report_says_how_many_wrote_one_and_what_they_ticked_but_no_text(path: Path):
    told = run(path, "--cohort", "autumn", "--format", "json")
    assert SECRET not in told
    items = {item["name"].partition("@")[0]: item for item in json.loads(told)["items"]}
    assert len(items) == 2 * len(CRITERIA)
    assert {item["persons"] for item in items.values()} == {PEOPLE}
    assert {item["credit"] for item in items.values()} == {None}
    ticked = {
        entry["scenario"]: {choice["option"]: choice["share"] for choice in entry["choices"]}
        for entry in json.loads(told)["report"]["unscored"]
    }
    assert ticked == {
        name: {"ticked": share, "open": 1 - share}
        for name in items
        for share in [{"declines": 1.0, "reason": 0.5}.get(name.rpartition("/")[2], 0.0)]
    }
    assert all(item["label"].endswith(f" · {name.rpartition('/')[2]}") for name, item in items.items())


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("form", ["table", "csv", "html"])
def test_every_form_of_the_report_names_the_requests_and_no_text(path: Path, lang: str, form: str):
    told = run(path, "--cohort", "autumn", "--format", form, "--lang", lang)
    titles = {request.title(lang) for request in note.materials(BANK).values()}
    assert len([title for title in titles if title in told]) == 2
    if form != "csv":
        share = percent(0.5, catalog(lang))
        assert f"{share} {catalog(lang)('note.ticked')}: " in html.unescape(told)
    assert SECRET not in told


def test_one_s_own_results_have_it(path: Path):
    store = Store(path)
    person = People(store).participant(f"{1:032}")
    assert person is not None
    own = json.loads(run(path, "--pseudonym", person.pseudonym, "--format", "json"))
    assert own["unknown"] == 0
    assert own["answers"] == 2 * len(CRITERIA) or own["answers"] == 2
