"""`etiquette report`: shows, suppresses and refuses as it says."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from html import escape
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from etiquette_kit.analysis import StoredResults
from etiquette_kit.analysis.synthetic import synthetic_store
from etiquette_kit.bank import load_bank
from etiquette_kit.cli import app
from etiquette_kit.locale import catalog
from etiquette_kit.store.sql.store import Store
from typer.testing import CliRunner, Result
from version_2_store import make


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "store.sqlite3"
    store = Store(path)
    for people in (12, 6, 3):
        synthetic_store(store, load_bank(), people, f"group {people}")
    store.close()
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["report", "--lang", "en", *map(str, arguments)])


def test_a_group_is_told_in_words(kept: Path):
    shown = run("--store", kept, "--cohort", "group 12")
    assert shown.exit_code == 0
    assert "Report: 12 people" in shown.output
    assert "fewer than 7 people" in shown.output
    shown_items = shown.output.partition("How well the scenarios measure")[2].splitlines()[3:]
    assert 0 < len(shown_items) < 40, "twelve people played 20 of 60 scenarios each"


def test_smaller_groups_are_refused(kept: Path):
    for people, least in ((6, 7), (3, 7), (3, 5)):
        refused = run("--store", kept, "--cohort", f"group {people}", "--least", least)
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert f"fewer than {least}" in refused.stderr
    assert run("--store", kept, "--cohort", "group 6", "--least", 5).exit_code == 0


def test_a_threshold_below_five_is_wrong_usage(kept: Path):
    refused = run("--store", kept, "--cohort", "group 12", "--least", 4)
    assert (refused.exit_code, refused.stdout) == (2, "")


def test_which_group_must_be_said_where_there_are_several(kept: Path):
    asked = run("--store", kept)
    assert asked.exit_code == 2
    assert "group 12, group 3, group 6" in asked.stderr
    wrong = run("--store", kept, "--cohort", "group 13")
    assert wrong.exit_code == 2
    assert "group 12" in wrong.stderr


def test_csv_and_json_can_be_read_again(kept: Path, tmp_path: Path):
    assert run("--store", kept, "--cohort", "group 12", "--format", "csv", "--to", tmp_path / "r.csv").exit_code == 0
    table = pd.read_csv(tmp_path / "r.csv")
    told = json.loads(run("--store", kept, "--cohort", "group 12", "--format", "json").stdout)
    assert len(told["items"]) == (table["table"] == "item").sum()
    assert (table["persons"] >= 7).all()


def test_every_format_and_the_notebook_name_only_what_the_json_shows(kept: Path):
    bank = load_bank()
    told = json.loads(run("--store", kept, "--cohort", "group 12", "--format", "json").stdout)
    shown = {item["name"].partition("@")[0] for item in told["items"]}
    titles = {bank[name].text("en").title for name in shown}
    hidden = {scenario.text("en").title for scenario in bank} - titles  # twins have one title
    assert shown
    assert hidden
    store = Store(kept)
    notebook = StoredResults("en", store=store, bank=bank)
    written = [run("--store", kept, "--cohort", "group 12", "--format", form).stdout for form in ("table", "csv", "html")]
    for text in (*written, repr(notebook), *(page for _, page in notebook.parts())):
        assert [title for title in hidden if escape(title) in text or title in text] == []
    store.close()
    areas = {area["name"]: (area["persons"], area["credit"]) for name in ("by_relation", "by_theme") for area in told["report"][name]}
    rows = pd.read_csv(StringIO(written[1]))
    rows = rows[rows["table"] != "item"]
    assert {row.name: (row.persons, pytest.approx(row.credit)) for row in rows.itertuples(index=False)} == areas


def test_the_page_is_whole_and_loads_nothing(kept: Path):
    page = run("--store", kept, "--cohort", "group 12", "--format", "html").stdout
    assert page.startswith("<!doctype html>")
    assert "<script" not in page
    assert page.count("<img alt=") >= 1
    assert 'src="http' not in page


def test_a_made_up_group_shows_what_a_report_looks_like():
    shown = run("--synthetic", 8)
    assert shown.exit_code == 0
    assert "made-up answers" in shown.output
    assert run("--synthetic", 6).exit_code == 1


def test_ones_own_answers_need_no_group(kept: Path):
    store = Store(kept)
    with store.reading() as connection:
        pseudonym = connection.exec_driver_sql("SELECT pseudonym FROM participants ORDER BY id DESC LIMIT 1").scalar_one()
    store.close()
    assert "40 answers of your own" in run("--store", kept, "--pseudonym", pseudonym).output
    assert json.loads(run("--store", kept, "--pseudonym", pseudonym, "--format", "json").stdout)["answers"] == 40
    assert len(run("--store", kept, "--pseudonym", pseudonym, "--format", "csv").stdout.splitlines()) == 41
    assert run("--store", kept, "--pseudonym", "nobody").exit_code == 2


def test_where_nothing_is_stored_it_says_so(tmp_path: Path):
    said = run("--store", tmp_path / "none.sqlite3")
    assert (said.exit_code, said.stdout) == (1, "")
    assert "Nothing has been stored" in said.stderr


def _told_in_a_process(store: Path) -> tuple[subprocess.CompletedProcess[str], bool]:
    """Run the command, and return whether it has imported what only a report needs."""
    code = (
        "import sys, atexit; from etiquette_kit.cli import main\n"
        "atexit.register(lambda: print([name in sys.modules for name in ('pandas', 'matplotlib', 'scipy', 'numpy')]))\nmain()"
    )
    arguments = [sys.executable, "-c", code, "report", "--lang", "en", "--store", str(store)]
    told = subprocess.run(arguments, capture_output=True, text=True, check=False)
    return told, "True" in told.stdout


def test_a_store_without_answers_is_answered_at_once(tmp_path: Path):
    path = tmp_path / "store.sqlite3"
    store = Store(path)
    with store.reading():
        pass
    store.close()
    told, heavy = _told_in_a_process(path)
    assert (told.returncode, heavy) == (1, False)
    assert told.stderr == f"etiquette: No answers have been stored in {path} yet.\n"


def test_a_group_that_is_too_small_is_answered_at_once(tmp_path: Path):
    path = tmp_path / "store.sqlite3"
    store = Store(path)
    synthetic_store(store, load_bank(), 3, "few")
    store.close()
    told, heavy = _told_in_a_process(path)
    assert (told.returncode, heavy) == (1, False)
    assert "fewer than 7" in told.stderr


def test_a_room_of_an_earlier_reading_is_told_in_words(tmp_path: Path):
    file = make(tmp_path / "store.sqlite3")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE rooms SET code = 'BCDFGH'")  # a code that can be typed
        connection.commit()
    told = run("--store", file, "--room", "BCDFGH")
    assert told.exit_code == 1
    assert told.stderr.strip() == f"etiquette: {catalog('en')('room.results.earlier', code='BCDFGH')}"
