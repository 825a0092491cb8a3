"""`etiquette export`: what it writes, what it says, and how it fails."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from commands import run
from etiquette_kit.analysis.synthetic import synthetic_store
from etiquette_kit.bank import load_bank
from etiquette_kit.exchange import TARGETS
from etiquette_kit.locale import catalog, languages
from etiquette_kit.store.sql.store import Store
from exported import moodle_questions
from good_scenario import GOOD, written

SCENARIOS = [scenario.id for scenario in load_bank()]


def test_a_folder_gets_a_file_for_each_language(tmp_path: Path):
    told = run("export", "moodle-xml", str(tmp_path / "new"), "--lang", "en").stdout
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["etiquette-moodle-xml-en.xml"]
    assert f"{tmp_path / 'new' / 'etiquette-moodle-xml-en.xml'}: {len(SCENARIOS)} questions, English" in told
    run("export", "moodle-xml", str(tmp_path / "both"))
    names = sorted(path.name for path in (tmp_path / "both").iterdir())
    assert names == [f"etiquette-moodle-xml-{lang}.xml" for lang in sorted(languages())]


def test_a_file_is_in_one_language_that_of_the_system_where_none_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    run("export", "moodle-xml", str(tmp_path / "a.xml"))
    run("export", "moodle-xml", str(tmp_path / "b.xml"), "--lang", "de")
    english, german = (moodle_questions((tmp_path / name).read_bytes()) for name in ("a.xml", "b.xml"))
    assert [question.id for question in english] == [question.id for question in german]
    assert {question.name for question in english} == {scenario.title("en") for scenario in load_bank()}
    assert {question.name for question in german} == {scenario.title("de") for scenario in load_bank()}


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_every_target_says_what_it_leaves_out_and_what_to_do_next(tmp_path: Path, target: str):
    for lang in languages():
        told = run("export", target, str(tmp_path), "--lang", lang).stdout
        words = catalog(lang)
        assert words(f"exchange.next.{target.replace('-', '_')}") in told
        for name in {"inbox", "sharing", "note", "rating"} - set(TARGETS[target].formats):
            assert f" {name}" in told
        assert f"{target}" in words("help.export.target")


def test_formats_and_scenarios_are_chosen(tmp_path: Path):
    told = run(
        "export", "gift", str(tmp_path), "--formats", "choice", "--scenarios", f"{SCENARIOS[3]},{SCENARIOS[0]}", "--lang", "en"
    ).stdout
    text = (tmp_path / "etiquette-gift-en.gift").read_text(encoding="utf-8")
    assert "2 questions" in told
    assert "Left out" not in told
    assert all(f"[id:choice-{name}]" in text for name in (SCENARIOS[3], SCENARIOS[0]))
    told = run("export", "gift", str(tmp_path / "more"), "--scenarios", SCENARIOS[0], "--lang", "en").stdout
    assert f"Left out: one exercise of the format rating, because gift cannot hold it: {SCENARIOS[0]}" in told
    assert "inbox" not in told  # a list names situations alone


def test_a_bank_of_ones_own_is_exported(tmp_path: Path):
    run("export", "moodle-xml", str(tmp_path / "own.xml"), "--bank", str(written(tmp_path, GOOD)), "--lang", "en")
    (question,) = moodle_questions((tmp_path / "own.xml").read_bytes())
    assert (question.id, question.name) == ("choice-first-request", "A request")


def test_a_file_with_something_else_stays_unless_it_may_be_replaced(tmp_path: Path):
    path = tmp_path / "mine.xml"
    path.write_text("my own", encoding="utf-8")
    failed = run("export", "moodle-xml", str(path), "--lang", "en", code=2)
    assert "--force" in failed.stderr
    assert str(path) in failed.stderr
    assert path.read_text(encoding="utf-8") == "my own"
    run("export", "moodle-xml", str(path), "--lang", "en", "--force")
    assert moodle_questions(path.read_bytes())
    run("export", "moodle-xml", str(path), "--lang", "en")  # the same once more
    assert sorted(tmp_path.iterdir()) == [path]


def test_nothing_is_written_to_a_folder_in_which_one_file_is_somebody_else_s(tmp_path: Path):
    last = max(languages())
    (tmp_path / f"etiquette-gift-{last}.gift").write_text("my own", encoding="utf-8")
    run("export", "gift", str(tmp_path), code=2)
    assert [path.name for path in tmp_path.iterdir()] == [f"etiquette-gift-{last}.gift"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["moodle", "out"], 2, ["moodle-xml", "gift"]),
        (["gift", "out", "--formats", "choices"], 2, ["choices", "choice", "rating"]),
        (["gift", "out", "--formats", ","], 2, ["choice"]),
        (["gift", "out", "--formats", "inbox"], 1, ["choice"]),
        (["gift", "out", "--bank", "nowhere"], 2, ["nowhere"]),
        (["gift", "out", "--scenarios", "no-such"], 1, ["no-such"]),
        (["gift", "pyproject.toml/out"], 2, ["pyproject.toml"]),
        (["gift"], 2, ["export --help"]),
    ],
)
def test_a_wrong_call_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, words: list[str]):
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    failed = run("export", *arguments, "--lang", "en", code=code)
    assert all(word in failed.stderr for word in words), failed.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["pyproject.toml"]


def test_a_language_in_which_nothing_is_written_is_refused(tmp_path: Path):
    german = written(tmp_path, "\n".join(line for line in GOOD.splitlines() if not line.startswith("text.en.")))
    start, end = german.read_text("utf-8").index("[scenario.text.en]"), german.read_text("utf-8").index("[[scenario.option]]")
    german.write_text(german.read_text("utf-8")[:start] + german.read_text("utf-8")[end:], encoding="utf-8")
    failed = run("export", "gift", str(tmp_path / "out"), "--bank", str(german), "--languages", "de", "--lang", "en", code=1)
    assert "Deutsch (de)" in failed.stderr


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with the answers of seven people of a group."""
    path = tmp_path_factory.mktemp("answers") / "answers.sqlite3"
    with closing(Store(path)) as store:
        synthetic_store(store, load_bank(), 7, "autumn", seed=1)
    return path


def test_answers_are_written_as_statements_with_a_word_of_caution(tmp_path: Path, answers: Path):
    out = tmp_path / "new" / "a.jsonl"
    given = ["--cohort", "autumn", "--store", str(answers), "--home", "https://example.org"]
    told = run("export", "xapi", str(out), *given, "--lang", "en").stdout
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert f"{out}: {len(lines)} statements about 7 people" in told
    assert "Pass it on only if the group knows about it." in told
    assert {line["actor"]["account"]["homePage"] for line in lines} == {"https://example.org"}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["a.jsonl"], 2, ["--cohort"]),
        (["a.json", "--cohort", "autumn"], 2, [".jsonl"]),
        (["a.jsonl", "--cohort", "autumn", "--home", "example.org"], 2, ["https://"]),
        (["a.jsonl", "--cohort", "autumn", "--formats", "choice"], 2, ["--formats"]),
        (["a.jsonl", "--cohort", "spring"], 1, ["spring"]),
    ],
)
def test_what_cannot_be_said_about_answers_is_told(tmp_path: Path, answers: Path, arguments: list[str], code: int, words: list[str]):
    name, *rest = arguments
    failed = run("export", "xapi", str(tmp_path / name), *rest, "--store", str(answers), "--lang", "en", code=code)
    assert all(word in failed.stderr for word in words), failed.stderr
    assert list(tmp_path.iterdir()) == []
    assert "xapi" in run("export", "gift", str(tmp_path), "--cohort", "autumn", "--lang", "en", code=2).stderr
