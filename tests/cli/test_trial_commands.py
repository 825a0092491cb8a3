"""`etiquette trial new` and `read`."""

import json
import re
from pathlib import Path

import pytest
from commands import run
from etiquette_kit.content.trial import PAGE_MARK
from etiquette_kit.locale import catalog, plural
from etiquette_kit.workshop import SituationList
from good_scenario import HEAD, scenario, written
from trial_examples import BANK, IDS, SCENARIOS, answer, answers
from trial_examples import written as saved

NEW = ["trial", "new"]


def form_of(path: Path) -> dict[str, object]:
    page = path.read_text(encoding="utf-8")
    start = page.index('id="form">') + len('id="form">')
    told = json.loads(page[start : page.index("</script>", start)])
    assert isinstance(told, dict)
    return told


def ids(path: Path) -> list[str]:
    return [each["id"] for each in form_of(path)["situations"]]  # type: ignore[attr-defined]


def test_a_page_of_chosen_situations_in_order(tmp_path: Path):
    out = tmp_path / "trial.html"
    told = run(*NEW, str(out), "--scenarios", ",".join(IDS), "--lang", "en").stdout
    assert f"{out}, 3 situations, about 11 minutes" in told
    assert ids(out) == list(IDS)
    assert form_of(out)["guess"] is False


def test_guessing_is_asked_for_and_takes_longer(tmp_path: Path):
    out = tmp_path / "trial.html"
    assert "about 6 minutes" in run(*NEW, str(out), "--scenarios", IDS[0], "--guess", "--lang", "en").stdout
    assert form_of(out)["guess"] is True


def test_a_list_sets_the_language_unless_another_is_asked_for(tmp_path: Path):
    listed = tmp_path / "list.toml"
    listed.write_text(SituationList("Friday", IDS, None, "en").toml(), encoding="utf-8")
    for options, lang in (([], "en"), (["--lang", "de"], "de")):
        run(*NEW, str(tmp_path / "trial.html"), "--scenarios", str(listed), *options)
        assert form_of(tmp_path / "trial.html")["lang"] == lang


def test_without_a_choice_it_has_all_and_says_that_this_is_long(tmp_path: Path):
    out = tmp_path / "trial.html"
    told = run(*NEW, str(out), "--lang", "de")
    assert ids(out) == [entry.id for entry in BANK]
    assert catalog("de")("trial.long") in told.stderr


def test_its_own_page_is_replaced_and_no_other_file(tmp_path: Path):
    out = tmp_path / "trial.html"
    for name in IDS[:2]:
        run(*NEW, str(out), "--scenarios", name, "--lang", "en")
    assert ids(out) == [IDS[1]]
    other = tmp_path / "letter.html"
    other.write_text("<p>Dear Jo</p>", encoding="utf-8")
    told = run(*NEW, str(other), "--scenarios", IDS[0], "--lang", "en", code=2).stderr
    assert told == f"etiquette: {catalog('en')('trial.no_other_file', path=other)}\n"
    assert other.read_text(encoding="utf-8") == "<p>Dear Jo</p>"
    assert "trial" in run(*NEW, str(tmp_path), "--scenarios", IDS[0], "--lang", "en", code=2).stderr


def test_a_folder_that_is_not_there_is_named(tmp_path: Path):
    out = tmp_path / "nowhere" / "trial.html"
    assert str(out) in run(*NEW, str(out), "--scenarios", IDS[0], code=2).stderr


def test_a_list_that_is_not_written_in_the_language_is_refused(tmp_path: Path):
    german = re.sub(r"\[scenario\.text\.en\].*?(?=\n\[\[)|\n(text\.)?text\.en\.[^\n]*", "", scenario("two"), flags=re.DOTALL)
    bank = written(tmp_path, HEAD + scenario("one") + german)
    options = ["--bank", str(bank), "--languages", "de", "--scenarios", "one,two"]
    run(*NEW, str(tmp_path / "trial.html"), *options, "--lang", "de")
    assert ids(tmp_path / "trial.html") == ["one", "two"]
    told = run(*NEW, str(tmp_path / "other.html"), *options, "--lang", "en", code=1).stderr
    assert plural(catalog("en"), "trial.unwritten", 1, names="two") in told
    assert not (tmp_path / "other.html").exists()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "answers"
    folder.mkdir()
    for number in (1, 2, 3):
        saved(folder / f"{number}.json", answers(number))
    (folder / "4.txt").write_text("see you tomorrow", encoding="utf-8")
    return folder


def test_a_folder_is_read_and_reported(folder: Path):
    told = run("trial", "read", str(folder), "--lang", "en").stdout
    assert told.startswith(catalog("en")("trial_report.title", language="English", count=3, situations=3))
    assert catalog("en")("trial_problems.not_answers", file=folder / "4.txt") in told


def test_other_forms_of_the_report(folder: Path, tmp_path: Path):
    figures = json.loads(run("trial", "read", str(folder), "--format", "json", "--lang", "en").stdout)
    assert (figures["results"][0]["readers"], len(figures["left_out"])) == (3, 1)
    out = tmp_path / "report.html"
    told = run("trial", "read", str(folder), "--format", "html", "--to", str(out), "--lang", "de")
    assert catalog("de")("report.written", path=out) in told.stdout
    assert "4.txt" in told.stderr
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert PAGE_MARK not in out.read_text(encoding="utf-8")


def test_where_nothing_counts_it_ends_with_1_and_says_why(folder: Path):
    told = run("trial", "read", str(folder / "4.txt"), "--lang", "en", code=1).stdout
    assert catalog("en")("trial.nothing") in told
    assert "4.txt" in told


def test_answers_to_other_texts_are_named(folder: Path, tmp_path: Path):
    bank = written(tmp_path, HEAD + scenario("one"))
    told = run("trial", "read", str(folder), "--bank", str(bank), "--lang", "en", code=1).stdout
    assert catalog("en")("trial_problems.unknown", file=folder / "1.json", scenario=", ".join(IDS)) in told


def test_a_path_that_is_not_there_is_wrong_usage(tmp_path: Path):
    assert "nothing" in run("trial", "read", str(tmp_path / "nothing"), "--lang", "en", code=2).stderr


def test_a_file_that_cannot_be_written_is_named(folder: Path, tmp_path: Path):
    told = run("trial", "read", str(folder), "--to", str(tmp_path / "no" / "x.txt"), "--lang", "en", code=2)
    assert "x.txt" in told.stderr


def test_a_remark_cannot_steer_the_terminal(tmp_path: Path):
    path = saved(tmp_path / "a.json", answers(given=[answer(SCENARIOS[0], remark="\x1b[31mred")]))
    for form in ("text", "json"):
        assert "\x1b" not in run("trial", "read", str(path), "--format", form, "--lang", "en").stdout
