"""Names and texts that could do harm: kept and handed out exactly, harmless in a table, or refused in words."""

import csv
import io
import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from etiquette_kit import Quiz
from etiquette_kit.analysis.synthetic import synthetic_store
from etiquette_kit.bank import Bank, load_bank
from etiquette_kit.cli import app
from etiquette_kit.locale.legible import cell, legible
from etiquette_kit.quiz.store_errors import StoreError
from etiquette_kit.store.answers_csv import as_csv
from etiquette_kit.store.sql import personal_data as privacy
from etiquette_kit.store.sql.people import People
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.verify import verify
from good_scenario import GOOD, bank_of, found, written
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from session_examples import BANK
from store_examples import KEY, Tab, counts
from typer.testing import CliRunner, Result

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x.invalid","a")')
KEPT = (
    *FORMULAS[:4],
    FORMULAS[5],
    "'; DROP TABLE answers; --",
    '"quoted", and; more',
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "a\\b|c",
    "%s {0} $\\frac{$",
    "☕ אב",
    "x" * 80,
)
REFUSED = ("a\0b", "\ud800", "a\nb", "\t=1", "\u202eb", "\u200fb", "x" * 101)


def answered(store: Store, cohort: str) -> tuple[Quiz, int]:
    """Return a quiz with an answer that counts for a cohort, and whose it is."""
    quiz = Quiz(BANK, length=2, store=store, key=KEY, cohort=cohort)
    quiz.agree()
    quiz.answer(quiz.question.options[0])
    assert quiz.save_status["saved"] == 1
    person = People(store).participant(KEY)
    assert person is not None
    return quiz, person.id


class TestCohorts:
    @pytest.mark.parametrize("name", KEPT)
    def test_a_name_is_kept_and_handed_out_exactly(self, store: Store, name: str):
        quiz, person = answered(store, name)
        told = json.loads(json.dumps(privacy.export(store, person)))
        assert [consent["cohort"] for consent in told["consents"]] == [name]
        assert [session["cohort"] for session in told["sessions"]] == [name]
        assert Quiz(BANK, length=2, store=store, key=KEY, cohort=name).session.state == quiz.session.state
        assert list(verify(store)) == []
        (line,) = csv.DictReader(io.StringIO(as_csv(told)))
        assert line["cohort"].removeprefix("'" if name in FORMULAS else "") == name
        assert not any(value.startswith(("=", "+", "-", "@")) for value in line.values())

    @pytest.mark.parametrize("name", REFUSED)
    def test_a_name_that_cannot_be_shown_is_refused(self, name: str):
        with pytest.raises(ValueError, match="a cohort's name"):
            Quiz(BANK, cohort=name)

    @pytest.mark.parametrize("name", ["\udcff", "a\nb", "x" * 101])
    @pytest.mark.parametrize("command", ["quiz", "lab"])
    def test_the_commands_refuse_it_before_they_start_a_server(self, command: str, name: str):
        refused = CliRunner().invoke(app, [command, "--cohort", name, "--no-browser", "--lang", "en"])
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert "100 characters" in refused.stderr


def test_what_a_database_cannot_take_is_a_trouble_of_the_store_and_no_crash(store: Store, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.ERROR, logger="etiquette_kit.store.sql")
    tab = Tab(store, cohort="autumn")
    tab.recorder.consent_text = "half a character: \ud800"
    tab.answer()
    assert (tab.problem, tab.recorder.status.unsaved) == ("other", 1)
    assert counts(store)["consents"] == 0
    tab.recorder.consent_text = "the words"
    tab.keep()
    assert (tab.problem, tab.saved) == ("", 1)
    with pytest.raises(StoreError) as caught, store.reading() as connection:
        connection.exec_driver_sql("SELECT '\ud800'")
    assert caught.value.kind == "other"


@pytest.mark.parametrize("key", [*FORMULAS, *KEPT, *REFUSED])
def test_any_token_from_python_is_somebody_s(store: Store, key: str):
    people = People(store)
    assert people.admit(key) == people.participant(key)


@pytest.mark.parametrize("seed", [*KEPT, *REFUSED])
def test_a_quiz_of_any_seed_is_taken_up_again(tmp_path: Path, seed: str):
    quiz = Quiz(BANK, seed=seed, store=tmp_path / "answers.sqlite3", key=KEY)
    quiz.answer(quiz.question.options[0])
    assert Quiz(BANK, seed=seed, store=tmp_path / "answers.sqlite3", key=KEY).session.state == quiz.session.state


class TestPaths:
    @pytest.mark.parametrize("name", ["\udcff.sqlite3", "\u202e.sqlite3", "a\nb", "<script>", "=1", "[a]*?", "x" * 200])
    def test_a_store_in_a_file_of_any_name_is_told_in_words_that_can_be_sent(self, tmp_path: Path, name: str):
        quiz, person = answered(Store(tmp_path / name), "autumn")
        (consent,) = privacy.export(Store(tmp_path / name), person)["consents"]
        told = Store(tmp_path / name).name
        assert told.isprintable()
        assert told == str(tmp_path / legible(name))
        assert consent["cohort"] == "autumn"
        assert quiz.save_status["saved"] == 1

    def test_where_a_damaged_file_went_can_be_sent_as_well(self, tmp_path: Path):
        path = tmp_path / "\udcff"
        path.write_bytes(b"SQLite format 3\0" + b"This is a letter and no database.")
        quiz, _ = answered(Store(path), "autumn")
        assert "damaged" in str(quiz.card.persistence.recorder.store.set_aside)
        assert quiz.notice == "" or quiz.notice.isprintable()

    def test_a_name_that_is_too_long_is_a_trouble_of_the_store(self, tmp_path: Path):
        with pytest.raises(StoreError) as caught:
            Store(tmp_path / ("x" * 300)).prepare()
        assert caught.value.kind == "gone"


class TestCommands:
    @pytest.mark.parametrize("given", ["\udcff", "a\0b", "=1", "../x", "'; DROP TABLE answers; --", "x" * 10_000, "", "\u202e"])
    @pytest.mark.parametrize("command", [["data", "export"], ["data", "erase"], ["report", "--pseudonym"], ["report", "--cohort"]])
    def test_who_is_not_there_is_wrong_usage(self, store: Store, command: list[str], given: str):
        answered(store, "autumn")
        address = store.url.render_as_string(hide_password=False) if not store.is_own_file else store.name
        refused = run(*command, given, "--store", address)
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert counts(store)["answers"] == 1

    def test_bytes_that_are_no_text_are_told_all_the_same(self, tmp_path: Path):
        store = Store(tmp_path / "answers.sqlite3")
        answered(store, "autumn")
        command = [sys.executable, "-m", "etiquette_kit.cli", "data", "export", os.fsencode("\udcff"), "--store", store.name]
        done = subprocess.run(command, capture_output=True, check=False)
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"Traceback" not in done.stderr


class TestBanks:
    """A user's own scenarios, and what a report makes of their words."""

    @staticmethod
    def bank(folder: Path, text: str, name: str = "sample.toml") -> tuple[Bank, Path]:
        quoted = json.dumps(text, ensure_ascii=False)
        whole = GOOD
        for old in (
            '"Probe"',
            '"Sample"',
            '"Eine Anfrage"',
            '"A request"',
            '"Ich wähle a. So halte ich es auch sonst."',
            '"I choose a. That is how I do it."',
        ):
            whole = whole.replace(old, quoted)
        path = written(folder, whole, name)
        return load_bank(path), path

    @pytest.mark.parametrize("text", [text for text in KEPT if text != "x" * 80])
    def test_titles_and_labels_come_out_of_every_report_as_they_are_and_harmless(self, tmp_path: Path, text: str):
        bank, path = self.bank(tmp_path, text)
        assert bank["first-request"].text("en").title == text
        store = Store(tmp_path / "answers.sqlite3")
        synthetic_store(store, bank, 12, text)
        assert list(verify(store)) == []
        common = ("report", "--store", store.name, "--bank", path, "--format")
        written_as = {form: run(*common, form) for form in ("table", "csv", "json", "html")}
        store.close()
        assert [done.exit_code for done in written_as.values()] == [0] * 4
        assert text in written_as["table"].stdout
        assert text in json.dumps(json.loads(written_as["json"].stdout), ensure_ascii=False).replace("\\\\", "\\").replace('\\"', '"')
        assert "<script" not in written_as["html"].stdout
        lines = list(csv.DictReader(io.StringIO(written_as["csv"].stdout)))
        assert {line["label"] for line in lines if line["table"] != "relation"} == {cell(text)}
        assert not any(value.startswith(("=", "+", "@")) for line in lines for value in line.values())

    @pytest.mark.parametrize("text", ["a\0b", "\u202eb", "\x1b[31mred"])
    def test_what_cannot_be_seen_is_refused_with_its_line(self, tmp_path: Path, text: str):
        bank, _ = self.bank(tmp_path, text)
        assert (len(bank), bank.left_out) == (0, 1)
        assert {finding.kind for finding in bank.findings if finding.severity == "error"} == {"control_character"}
        assert bank.theme_title("sample", "de") == "sample"
        assert bank.findings[0].line == 2

    @pytest.mark.parametrize("name", ["\udcff", "=1", "<script>", "\u202e"])
    def test_a_theme_s_file_may_be_called_anything(self, tmp_path: Path, name: str):
        bank, path = self.bank(tmp_path, "A title", f"{name}.toml")
        assert bank.themes == (legible(name),)
        store = Store(tmp_path / "answers.sqlite3")
        synthetic_store(store, bank, 12, "autumn")
        store.close()
        done = run("report", "--store", store.name, "--bank", path, "--format", "csv", "--to", tmp_path / "r.csv")
        assert done.exit_code == 0
        assert cell(legible(name)) in (tmp_path / "r.csv").read_text(encoding="utf-8")

    @pytest.mark.parametrize("name", [*(text for text in KEPT if not text.startswith("x")), *REFUSED, "", "A", "a b", "a\n"])
    def test_an_id_that_could_do_harm_is_refused_from_a_file_and_from_python(self, tmp_path: Path, name: str):
        if "\ud800" not in name:
            bank = bank_of(tmp_path, GOOD.replace('"first-request"', json.dumps(name, ensure_ascii=True)))
            assert len(bank) == 0
            assert found(bank, "bad_id").line > 1
        one = next(iter(BANK))
        for other in (replace(one, id=name), replace(one, options=(replace(one.options[0], id=name), *one.options[1:]))):
            with pytest.raises(ValueError, match="cannot be an id"):
                Bank([other])

    def test_half_a_character_in_a_text_from_python_is_refused_by_name(self):
        one = next(iter(BANK))
        texts = {lang: replace(text, title="\ud800") for lang, text in one.texts.items()}
        with pytest.raises(ValueError, match=one.id):
            Quiz(Bank([replace(one, texts=texts)]))


@given(st.text())
def test_no_cell_is_a_formula_and_no_text_is_lost(text: str):
    written_out = cell(text)
    assert not written_out.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert written_out in (text, f"'{text}")


@given(st.text())
def test_what_is_legible_can_be_seen_and_sent(text: str):
    assert legible(text).isprintable()
    legible(text).encode()
    assert not text.isprintable() or legible(text) == text


def run(*arguments: Any) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments), "--lang", "en"])
