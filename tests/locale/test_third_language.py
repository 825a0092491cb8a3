"""A third language works without a line of code, for everyone who learns, writes or leads: see `tests/support/third_language.py`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from good_scenario import GOOD
from third_language import LANG, MARK, Kit, Page, assert_told, unmarked, with_language

pytestmark = pytest.mark.slow

FACTS = ["--event", "friend_request", "--relation", "client", "--network", "private", "--wanted", "no"]


def test_it_is_the_copy_that_runs_and_it_knows_three_languages(kit: Kit):
    told = kit.python("import etiquette_kit; from etiquette_kit.locale import languages; print(etiquette_kit.__file__, *languages())")
    assert told.split() == [str(kit.folder / "etiquette_kit" / "__init__.py"), "de", "en", LANG]


def test_the_shipped_scenarios_are_checked_in_it(kit: Kit):
    done = kit.run("check", "--lang", LANG)
    assert_told(done)
    assert f"{MARK}66 scenarios playable" in done.stdout


def test_a_scenario_that_lacks_it_is_told_and_in_which_language(kit: Kit, tmp_path: Path):
    text = with_language(GOOD)
    begin, end = text.index(f"[scenario.text.{LANG}]"), text.index("[[scenario.option]]")
    (tmp_path / "one.toml").write_text(text[:begin] + text[end:], encoding="utf-8")
    done = kit.run("check", str(tmp_path), "--lang", LANG)
    assert_told(done, 1)
    assert f"{MARK}The text in the language “{LANG}” is missing." in done.stdout
    assert_told(kit.run("check", str(tmp_path), "--lang", LANG, "--languages", "de,en"))


def test_the_checks_go_by_its_own_words(kit: Kit, tmp_path: Path):
    label = f'text.{LANG}.label = "{MARK}I choose a. That is how I do it."'
    text = with_language(GOOD)
    assert text.count(label) == 1

    def with_label(said: str) -> str:
        return text.replace(label, f'text.{LANG}.label = "{MARK}{said}"')

    bad = {
        "absolute": ("absolute_words", with_label("I xnever choose a. That is how I do it.")),
        "english-absolute": (None, with_label("I never choose a. That is how I do it.")),
        "voice": ("other_voice", with_label("She chooses a. That is how she does it.")),
        "own-voice": (None, with_label("It is a for xme. That is how it is done.")),
        "word": ("long_word", with_label("I choose opportunities. That is how I do it.")),
    }
    for name, (_, changed) in bad.items():
        (tmp_path / f"{name}.toml").write_text(changed.replace("first-request", f"first-{name}"), encoding="utf-8")
    found = json.loads(kit.run("check", str(tmp_path), "--lang", LANG, "--format", "json").stdout)
    own = ("absolute_words", "other_voice", "long_word")
    kinds = {(Path(entry["file"]).stem, entry["kind"]) for entry in found if entry["kind"] in own}
    assert kinds == {(name, kind) for name, (kind, _) in bad.items() if kind}
    assert all(entry["message"].startswith(MARK) for entry in found)


def test_a_slip_is_put_right_with_its_quotation_marks(kit: Kit, tmp_path: Path):
    (tmp_path / "slip.toml").write_text(with_language(GOOD).replace(f"{MARK}I choose a.", 'I say "yes".'), encoding="utf-8")
    assert f'text.{LANG}.label = "I say «yes».' in kit.run("check", str(tmp_path), "--lang", LANG).stdout


@pytest.mark.parametrize("output", ["text", "json"])
def test_the_article_s_advice_is_told_in_it(kit: Kit, output: str):
    assert_told(kit.run("advise", *FACTS, "--lang", LANG, "--format", output))


def test_its_scenarios_are_listed(kit: Kit):
    done = kit.run("scenarios", "--lang", LANG)
    assert_told(done)
    assert len([line for line in done.stdout.splitlines() if line.startswith("  ")]) == 66


@pytest.mark.parametrize("form", ["table", "html"])
def test_a_report_is_written_in_it(kit: Kit, form: str):
    done = kit.run("report", "--synthetic", "40", "--lang", LANG, "--format", form)
    assert done.returncode == 0, done.stderr
    if form == "table":
        assert_told(done)
        assert re.search(r"\d·\d\d", done.stdout)
    else:
        page = Page(done.stdout)
        assert page.lang == LANG
        assert len(page.texts) > 100
        assert unmarked(page.texts) == []


def test_a_quiz_is_played_to_its_end_and_what_is_kept_is_handed_out(kit: Kit, tmp_path: Path):
    told = json.loads(
        kit.python(f"""
import json
import msgspec
from etiquette_kit.bank import load_bank
from etiquette_kit.cards.quiz import QuizCard
from etiquette_kit.store.sql.sql_answers import SqlAnswers
from etiquette_kit.store.sql.store import Store
from third_language import unmarked

bank = load_bank()
names = frozenset(scenario.person.name for scenario in bank)
store = Store({str(kit.store)!r})
quiz = QuizCard(bank, lang={LANG!r}, seed=1, length=3, store=SqlAnswers(store), key="k" * 32, keeps_driven=True)
seen = []

def look():
    seen.append(msgspec.to_builtins([quiz.scene, quiz.standing, quiz.feedback, quiz.words, quiz.save_status, quiz.notice]))

look()
while quiz.question is not None:
    look()
    quiz.answer(quiz.question.options[0])
    look()
    quiz.next()
look()
quiz.take({{"do": "mine", "n": "1"}})
look()
who = quiz.persistence.recorder.person.pseudonym
print(json.dumps({{"pages": len(seen), "unmarked": sorted(set(unmarked(seen, names))), "text": quiz.text(), "who": who}}))
store.close()
""")
    )
    assert told["pages"] == 1 + 3 * 2 + 2
    assert told["unmarked"] == []
    assert unmarked(told["text"].splitlines()) == []
    who = told["who"]
    for command in (
        ["data", "verify"],
        ["report", "--pseudonym", who],
        ["data", "export", who, "--to", str(tmp_path)],
        ["data", "purge"],
        ["data", "erase", who],
        ["data", "export", who],
    ):
        done = kit.run(*command, "--lang", LANG)
        assert_told(done, 2 if command == ["data", "export", who] else 0)


def test_the_advisor_and_the_workshop_with_its_sheets_speak_it(kit: Kit):
    told = json.loads(
        kit.python(f"""
import json
import msgspec
from etiquette_kit.bank import load_bank
from etiquette_kit.cards.advisor import AdvisorCard
from etiquette_kit.cards.workshop import WorkshopCard
from etiquette_kit.rules import Facts
from third_language import Page, unmarked

bank = load_bank()
names = frozenset(scenario.person.name for scenario in bank)
advisor = AdvisorCard(lang={LANG!r}, facts=Facts("friend_request", "client", "private", wanted=True, sensitive=True))
workshop = WorkshopCard(bank, lang={LANG!r}, minutes=60)
seen = [advisor.scene, advisor.words, workshop.scene, workshop.words]
while (round := workshop.round) is not None:
    counts = {{option: 3 for option in round.exercise.order}}
    workshop.count(counts)
    seen += [workshop.scene, workshop.standing]
    for phase in ("discuss", "revote"):
        workshop.go(phase)
        seen += [workshop.scene, workshop.standing]
    workshop.count(counts)
    workshop.go("reveal")
    seen += [workshop.scene, workshop.standing, workshop.feedback]
    workshop.next()
seen += [workshop.scene, workshop.standing]
sheets = [Page(workshop.handout()), Page(workshop.run_sheet())]
print(json.dumps({{
    "unmarked": sorted(set(unmarked(msgspec.to_builtins(seen), names))),
    "text": unmarked(workshop.text().splitlines()) + unmarked(advisor.text().splitlines()),
    "sheets": [[page.lang, len(page.texts), unmarked(page.texts, names)] for page in sheets],
}}))
""")
    )
    assert told["unmarked"] == []
    assert told["text"] == []
    for lang, count, left in told["sheets"]:
        assert lang == LANG
        assert count > 60
        assert left == []


def test_what_a_room_shows_is_in_it_from_the_lobby_to_the_end(kit: Kit):
    told = json.loads(
        kit.python(f"""
import json
import msgspec
from etiquette_kit.present.control_page import control_page
from etiquette_kit.present.room_pages import phone_page, screen_page
from etiquette_kit.live.room import Room
from room_examples import AT, BANK, at_vote, go, opened, played, seated, vote
from third_language import unmarked

names = frozenset(scenario.person.name for scenario in BANK)
over = played([0] * 9, [1] * 9)
while over.phase != "end":
    over.apply(over.next(AT))
rooms = [Room(opened()), at_vote(9), go(at_vote(9), "closed", "discuss"), played([0, 1, 2] * 3, [1] * 9), over]
pages = [page(room, {LANG!r}, AT) for room in rooms for page in (phone_page, screen_page, control_page)]
print(json.dumps([len(pages), sorted(set(unmarked(msgspec.to_builtins(pages), names)))]))
""")
    )
    assert told == [15, []]


@pytest.mark.parametrize(
    ("environment", "begins"),
    [
        ({"LANG": f"{LANG}_XX.UTF-8"}, MARK),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": LANG}, MARK),
        ({"LANG": LANG, "LC_MESSAGES": "en_GB.UTF-8"}, "66 scenarios playable"),
        ({"LANG": "de_AT"}, "66 Situationen"),
        ({"LANG": "fr_FR.UTF-8"}, "66 Situationen"),
        ({"LANG": "C.UTF-8"}, "66 Situationen"),
        ({"LANG": ""}, "66 Situationen"),
    ],
)
def test_the_commands_speak_the_system_s_language_where_they_have_it(kit: Kit, environment: dict[str, str], begins: str):
    assert kit.run("check", **environment).stdout.splitlines()[-1].startswith(begins)


def test_the_commands_name_it_among_the_languages(kit: Kit):
    listed = f"Deutsch (de), English (en), {MARK}Xish ({LANG})"
    assert f"Language: {listed}." in " ".join(kit.run("advise", "--help").stdout.split())
    assert f"There are: {listed}." in kit.run("advise", "--lang", "yy").stderr


def test_the_help_of_every_command_is_in_it(kit: Kit):
    for command in ("", "quiz", "room", "data", "data export"):
        told = kit.run(*command.split(), "--help", LANG=LANG).stdout
        paragraphs = [part for part in told.split("\n\n") if part.strip()]
        assert [part for part in paragraphs if MARK not in part.partition("\n")[0]] == []
    assert kit.run("room", "--port", "x", LANG=LANG).stderr.startswith(f"etiquette: {MARK}After --port")


def test_its_own_plural_rule_holds(kit: Kit):
    code = f"from etiquette_kit.locale import catalog, plural; print([plural(catalog({LANG!r}), 'check.errors', n) for n in (0, 1, 2)])"
    assert kit.python(code).strip() == str([f"{MARK}1 error", f"{MARK}1 error", f"{MARK}2 errors"])
