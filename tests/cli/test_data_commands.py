"""`etiquette data`: each command says what it would do, and does it."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from etiquette_kit import Quiz
from etiquette_kit.analysis.synthetic import synthetic_store
from etiquette_kit.bank import load_bank
from etiquette_kit.cli import app
from etiquette_kit.store.sql.store import Store
from stored_bytes import any_with
from typer.testing import CliRunner, Result


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    store = Store(tmp_path / "store.sqlite3")
    synthetic_store(store, list(load_bank())[:6], 3, "made up")
    store.close()
    return tmp_path / "store.sqlite3"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["data", *map(str, arguments), "--lang", "en"])


def pseudonyms(path: Path) -> list[str]:
    store = Store(path)
    with store.reading() as connection:
        found = list(connection.exec_driver_sql("SELECT pseudonym FROM participants ORDER BY id").scalars())
    store.close()
    return found


def change(path: Path, statement: str) -> None:
    store = Store(path)
    with store.writing() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        connection.exec_driver_sql(statement)
    store.close()


def faults(path: Path) -> list[str]:
    found = run("verify", "--store", path, "--format", "json")
    kinds = [fault["kind"] for fault in json.loads(found.stdout)]
    assert found.exit_code == (1 if kinds else 0)
    return kinds


def test_export_hands_out_one_person_and_no_other(kept: Path, tmp_path: Path):
    first, second, _ = pseudonyms(kept)
    dry = run("export", first, "--store", kept, "--to", tmp_path / "out", "--dry-run")
    assert dry.exit_code == 0
    assert not (tmp_path / "out").exists()
    assert run("export", first, "--store", kept, "--to", tmp_path / "out").exit_code == 0
    told = json.loads((tmp_path / "out" / f"{first}.json").read_text(encoding="utf-8"))
    assert [len(session["answers"]) for session in told["sessions"]] == [6, 6]
    assert len((tmp_path / "out" / f"{first}.csv").read_text(encoding="utf-8").splitlines()) == 13
    assert second not in json.dumps(told)


def test_erase_says_first_and_then_does(kept: Path):
    first, *others = pseudonyms(kept)
    dry = run("erase", first, "--store", kept, "--dry-run")
    assert "people 1, sessions 2, answers 12" in dry.output
    assert pseudonyms(kept) == [first, *others]
    assert "people 1, sessions 2, answers 12" in run("erase", first, "--store", kept).output
    assert pseudonyms(kept) == others
    assert faults(kept) == []
    assert run("erase", first, "--store", kept).exit_code == 2


def test_purge_removes_what_is_older_and_nothing_else(kept: Path):
    assert "people 0, sessions 0, answers 0" in run("purge", "--older-than", 36500, "--store", kept).output
    assert "people 3, sessions 6, answers 36" in run("purge", "--older-than", 0, "--store", kept, "--dry-run").output
    assert len(pseudonyms(kept)) == 3
    run("purge", "--older-than", 0, "--store", kept)
    assert pseudonyms(kept) == []


@contextmanager
def locked(path: Path) -> Iterator[None]:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield
    other.execute("ROLLBACK")
    other.close()


@pytest.fixture
def copies(kept: Path) -> tuple[Path, Path]:
    """A copy such as a migration makes, and a damaged file."""
    found = Path(f"{kept}.version-1"), Path(f"{kept}.damaged-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}")
    for copy in found:
        shutil.copyfile(kept, copy)
    return found


def test_erase_tells_of_the_copies_and_reaches_them(kept: Path, copies: tuple[Path, Path]):
    first, second, _ = pseudonyms(kept)
    dry = run("erase", first, "--store", kept, "--dry-run")
    assert "would also be removed" in dry.output
    assert "would be deleted as a whole" in dry.output
    assert all(str(copy) in dry.output for copy in copies)
    assert set(any_with(kept.parent, [first])) == {kept.name, *(copy.name for copy in copies)}
    done = run("erase", first, "--store", kept)
    assert (done.exit_code, dry.exit_code) == (0, 0)
    assert all(str(copy) in done.output for copy in copies)
    assert any_with(kept.parent, [first]) == []
    assert any_with(kept.parent, [second]) == [kept.name, copies[0].name]


def test_a_copy_that_is_not_reached_is_an_error_and_erase_can_be_repeated(kept: Path, copies: tuple[Path, Path]):
    first, *_ = pseudonyms(kept)
    with locked(copies[0]):
        missed = run("erase", first, "--store", kept)
    assert (missed.exit_code, str(copies[0]) in missed.stderr) == (1, True)
    assert "could not be reached" in missed.stderr
    assert "people 1, sessions 2, answers 12" in missed.stdout
    again = run("erase", first, "--store", kept)
    assert (again.exit_code, str(copies[0]) in again.stdout) == (0, True)
    assert any_with(kept.parent, [first]) == []
    assert run("erase", first, "--store", kept).exit_code == 2


def test_what_is_not_yet_out_of_the_file_is_an_error_and_purge_finishes_it(kept: Path):
    first, *_ = pseudonyms(kept)
    reader = sqlite3.connect(kept, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM participants").fetchall()
    busy = run("erase", first, "--store", kept)
    assert (busy.exit_code, "not yet out of the file" in busy.stderr) == (1, True)
    assert any_with(kept.parent, [first]) != []
    reader.execute("COMMIT")
    assert run("purge", "--store", kept, "--older-than", 36500).exit_code == 0
    assert any_with(kept.parent, [first]) == []
    reader.close()


def test_purge_tells_of_the_copies_and_reaches_them(kept: Path, copies: tuple[Path, Path]):
    everybody = pseudonyms(kept)
    dry = run("purge", "--older-than", 0, "--store", kept, "--dry-run")
    assert all(str(copy) in dry.output and copy.exists() for copy in copies)
    assert run("purge", "--older-than", 0, "--store", kept).exit_code == 0
    assert any_with(kept.parent, everybody) == []
    assert not any(copy.exists() for copy in copies)


def test_a_sound_store_is_called_so(kept: Path):
    sound = run("verify", "--store", kept)
    assert (sound.exit_code, "All is well" in sound.output) == (0, True)


@pytest.mark.parametrize(
    ("statement", "kinds"),
    [
        ("UPDATE answers SET credit = 0.5 WHERE session = 1 AND seq = 2", {"differs", "credit"}),
        ("UPDATE answers SET response = 'zz' WHERE session = 1 AND seq = 2", {"differs", "response"}),
        ("DELETE FROM answers WHERE session = 1 AND seq = 2", {"missing"}),
        ("DELETE FROM events WHERE session = 1 AND seq = 3", {"gap", "replay"}),
        ("UPDATE events SET body = '{' WHERE session = 1 AND seq = 1", {"unreadable"}),
        ("UPDATE contents SET body = replace(body, 'stem', 'stam')", {"content", "unknown_content"}),
        ("DELETE FROM consents", {"consent"}),
        ("DELETE FROM events WHERE session = 2", {"empty", "extra"}),
    ],
)
def test_what_does_not_fit_is_named(kept: Path, statement: str, kinds: set[str]):
    change(kept, statement)
    assert set(faults(kept)) == kinds
    assert run("verify", "--store", kept).output.count("\n") > 1


def test_a_store_of_another_kind_is_wrong_usage():
    assert run("verify", "--store", "mysql://x/y").exit_code == 2


PAGE = 4096


@pytest.mark.parametrize("seed", range(10))
def test_random_bytes_in_the_file_are_told_in_words(kept: Path, seed: int):
    chance = random.Random(seed)  # noqa: S311  no secret
    with kept.open("r+b") as file:
        size = kept.stat().st_size
        page = chance.randrange(size // PAGE)
        file.seek(page * PAGE)
        used = [place for place, byte in enumerate(file.read(PAGE)) if byte]
        place = page * PAGE + chance.choice(used)  # not where nothing is written
        file.seek(min(place, size - 200))
        file.write(chance.randbytes(200))
    before = kept.read_bytes()
    done = run("verify", "--store", kept)
    assert (done.exit_code, type(done.exception)) == (1, SystemExit), (place, done.output)
    assert "All is well" not in done.output
    assert kept.read_bytes() == before
    assert list(kept.parent.glob("*.damaged-*")) == []
    for command in (["purge", "--dry-run"], ["erase", "x", "--dry-run"], ["export", "x", "--dry-run"]):
        assert isinstance(run(*command, "--store", kept).exception, SystemExit | None)
    assert isinstance(CliRunner().invoke(app, ["report", "--store", str(kept)]).exception, SystemExit | None)


UNREADABLE = [
    "UPDATE meta SET value = 'abc' WHERE key = 'version'",
    "UPDATE meta SET value = x'ff' WHERE key = 'version'",
    "UPDATE participants SET pseudonym = CAST(x'ff41' AS TEXT) WHERE id = 2",
    "UPDATE events SET body = CAST(x'7bff' AS TEXT)",
    "UPDATE events SET body = x'7b'",
    "UPDATE events SET body = '{'",
    'UPDATE events SET body = \'{"type":"answered"}\'',
    "UPDATE answers SET shown = '{'",
    "UPDATE answers SET shown = CAST(x'ff' AS TEXT)",
    "UPDATE answers SET format = 'nonsense'",
    "UPDATE answers SET credit = 'nonsense'",
    "UPDATE answers SET at = 'nonsense'",
    "UPDATE sessions SET at = 9000000000000000000",
    "UPDATE contents SET body = x'00'",
]


@pytest.mark.parametrize("statement", UNREADABLE)
def test_what_cannot_be_read_is_told_in_words(kept: Path, tmp_path: Path, statement: str):
    first = pseudonyms(kept)[0]
    connection = sqlite3.connect(kept)
    connection.execute(statement)
    connection.commit()
    connection.close()
    done = run("verify", "--store", kept)
    assert (done.exit_code, type(done.exception)) == (1, SystemExit), done.output
    for command in (["export", first, "--to", tmp_path], ["erase", first], ["purge"]):
        done = run(*command, "--store", kept)
        assert done.exit_code in (0, 1, 2)
        assert isinstance(done.exception, SystemExit | None), (command, done.exception)
    for arguments in ([], ["--pseudonym", first], ["--least", "5"]):
        done = CliRunner().invoke(app, ["report", "--store", str(kept), *arguments])
        assert isinstance(done.exception, SystemExit | None), (arguments, done.exception)
    quiz = Quiz(load_bank(), store=kept, key="k" * 32, length=2)
    quiz.answer(quiz.question.options[0])


def test_what_was_set_aside_is_named(kept: Path):
    aside = kept.with_name(f"{kept.name}.damaged-20260101-000000-000000")
    aside.write_bytes(b"something")
    done = run("verify", "--store", kept)
    assert (done.exit_code, str(aside) in done.output) == (0, True)
