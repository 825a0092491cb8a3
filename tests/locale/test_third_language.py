"""A third language works without a line of code, for everyone who learns, writes or leads: see `tests/support/third_language.py`."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from good_scenario import GOOD
from third_language import LANG, MARK, Kit, Page, unmarked, with_language
from tornado.websocket import websocket_connect

pytestmark = pytest.mark.slow

FACTS = ["--event", "friend_request", "--relation", "client", "--network", "private", "--wanted", "no"]


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Kit:
    """Return the kit with the language, its scenarios and its notebooks."""
    made = Kit(tmp_path_factory.mktemp("third"))
    made.translate_scenarios()
    made.copy_notebooks()
    return made


@pytest.fixture(scope="module")
def words_only(tmp_path_factory: pytest.TempPathFactory) -> Kit:
    """Return the kit with the language, in which no scenario and no notebook is written yet."""
    return Kit(tmp_path_factory.mktemp("words"))


def assert_told(done: subprocess.CompletedProcess[str], code: int = 0) -> None:
    """Make sure that a command ended as it should, and said what it said in the third language."""
    said = done.stdout + done.stderr
    assert done.returncode == code, said
    assert "Traceback" not in said
    assert MARK in said
    assert unmarked(said.splitlines()) == []


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


@contextlib.contextmanager
def serving(kit: Kit, *arguments: str) -> Iterator[tuple[list[str], list[str]]]:
    """Start a command that serves pages, and yield the addresses and the lines that it has told."""
    process = subprocess.Popen(
        [sys.executable, "-m", "etiquette_kit.cli", *arguments, "--no-browser", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        cwd=kit.folder,
        env=kit.environment,
    )
    assert process.stdout is not None
    said: list[str] = []
    try:
        for line in process.stdout:
            said.append(line.rstrip())
            if "Ctrl-C" in line:
                break
        yield re.findall(r"http://127\.0\.0\.1:\d+/\S*", "\n".join(said)), said
    finally:
        process.send_signal(signal.SIGINT)
        said += process.communicate(timeout=60)[0].splitlines()
    assert process.returncode == 0, said
    assert unmarked([line for line in said if line]) == []


def ask(url: str, path: str | None = None, **headers: str) -> tuple[int, dict[str, str], str]:
    """Send one request, and return the status, the headers and the page."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.netloc, timeout=120)
    try:
        where = f"{address.path}?{address.query}" if path is None else path
        connection.request("GET", where, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    finally:
        connection.close()


async def greeted(url: str, **hello: str) -> dict[str, object]:
    """Open a page's connection as the page does, and return what the room says first."""
    address = urlsplit(url)
    line = await websocket_connect(f"ws://{address.netloc}{address.path}ws")
    await line.write_message(json.dumps({"do": "hello", **hello}))
    told = await asyncio.wait_for(line.read_message(), 30)
    line.close()
    while await asyncio.wait_for(line.read_message(), 30) is not None:
        pass  # until the connection is closed
    assert told is not None
    message: dict[str, object] = json.loads(told)
    return message


def test_the_room_is_served_in_it(kit: Kit):
    with serving(kit, "room", "--lang", LANG, "--new") as (urls, _):
        phone, control, screen = urls[:3]
        hello = {phone: {"token": "0" * 32}, control: {"key": urlsplit(control).fragment}, screen: {}}
        for url, known in hello.items():
            status, _, html = ask(url, Accept_Language=f"{LANG}-XX,en;q=0.5")
            page = Page(html)
            assert (status, page.lang) == (200, LANG)
            assert f"{MARK}Connecting …" in page.texts
            if url != phone:  # a phone has what it says before in all of the room's languages
                assert unmarked(page.texts) == []
                assert len(page.texts) > 4
            message = asyncio.run(greeted(url, lang=LANG, **known))
            assert message["lang"] == LANG
            assert unmarked([message["words"], message["page"]]) == []
            assert {code for code, _ in message["languages"]} == {"de", "en", LANG}  # type: ignore[attr-defined]
        _, _, wrong = ask(phone, "/nothere/", Accept_Language=LANG)
        assert Page(wrong).lang == LANG
        assert unmarked(Page(wrong).texts) == []


def test_another_browser_gets_the_room_s_page_in_its_own_language(kit: Kit):
    with serving(kit, "room", "--lang", LANG, "--new") as (urls, _):
        for lang, text in (("de", "Die Verbindung wird hergestellt …"), ("en", "Connecting …"), ("fr", f"{MARK}Connecting …")):
            for url in urls[1:3]:
                texts = Page(ask(url, Accept_Language=lang)[2]).texts
                assert [found for found in texts if "…" in found] == [text]


def test_the_course_is_served_in_it(kit: Kit):
    with serving(kit, "quiz", "--lang", LANG) as (urls, _):
        assert f"/voila/render/{LANG}/00_start.ipynb" in urls[0]
        status, _, refused = ask(urls[0], f"/voila/render/{LANG}/00_start.ipynb")
        assert (status, Page(refused).lang) == (403, LANG)
        assert f"{MARK}This address is not enough" in Page(refused).texts
        cookie = ask(urls[0])[1]["Set-Cookie"].partition(";")[0]
        _, _, courses = ask(urls[0], "/", Cookie=cookie)
        assert f'<p lang="{LANG}"><a href="/voila/render/{LANG}/00_start.ipynb">{MARK}Go to the course in English</a></p>' in courses
        status, _, lost = ask(urls[0], "/voila/render/nothing.ipynb", Cookie=cookie)
        assert status == 404
        assert f"{MARK}This page could not be opened. Back to the <a" in lost
        status, _, page = ask(urls[0], f"/voila/render/{LANG}/00_start.ipynb", Cookie=cookie)
        assert (status, Page(page).lang) == (200, LANG)
        assert f"{MARK}Getting the exercise ready …" in page
        assert f">{MARK}Xish</button>" in page


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
    assert f"Language: de, en or {LANG}." in kit.run("advise", "--help").stdout
    assert f"there are: de, en, {LANG}" in kit.run("advise", "--lang", "yy").stderr


def test_its_own_plural_rule_holds(kit: Kit):
    code = f"from etiquette_kit.locale import catalog, plural; print([plural(catalog({LANG!r}), 'check.errors', n) for n in (0, 1, 2)])"
    assert kit.python(code).strip() == str([f"{MARK}1 error", f"{MARK}1 error", f"{MARK}2 errors"])


# ---- where scenarios and notebooks are not written in it yet ----------------------------------------------------------------


def test_scenarios_in_other_languages_are_listed_with_the_titles_that_they_have(words_only: Kit):
    done = words_only.run("scenarios", "--lang", LANG)
    assert done.returncode == 0
    assert done.stderr.strip() == f"{MARK}66 scenarios are not written in this language; their titles stand here in another."
    assert "Eine Chefin vom selben Campingplatz" in done.stdout
    listed = json.loads(words_only.run("scenarios", "--lang", LANG, "--format", "json").stdout)
    assert len(listed) == 66


@pytest.mark.parametrize("command", [["quiz"], ["lab"]])
def test_without_notebooks_there_is_no_course(words_only: Kit, command: list[str]):
    done = words_only.run(*command, "--lang", LANG, "--no-browser")
    assert_told(done, 1)
    assert done.stderr.strip() == f"etiquette: {MARK}There is no course in this language. There is one in: Deutsch (de), English (en)."


def test_a_room_needs_scenarios_in_its_language(words_only: Kit):
    done = words_only.run("room", "--lang", LANG, "--no-browser", "--port", "0")
    assert_told(done, 1)
    assert "They are written in: Deutsch (de), English (en)." in done.stderr
    named = words_only.run("room", "--lang", LANG, "--no-browser", "--port", "0", "--scenario", "boss-from-the-same-campsite")
    assert_told(named, 1)


def test_a_quiz_needs_them_too_and_says_so_in_a_notebook_in_place_of_the_exercise(words_only: Kit):
    told = words_only.python(f"""
from etiquette_kit import Quiz, Workshop
from etiquette_kit.bank import SelectionError
from etiquette_kit.locale import LanguageError

for exercise in (Quiz, Workshop):
    try:
        exercise(lang={LANG!r})
    except SelectionError as error:
        assert isinstance(error, LanguageError)
        print(*error._render_traceback_())
""").splitlines()
    said = f"{MARK}One exercise is missing here: none of its situations is written in this language."
    assert told == [f"{said} They are written in: Deutsch (de), English (en)."] * 2


def test_a_report_keeps_the_titles_of_what_was_answered(words_only: Kit):
    done = words_only.run("report", "--synthetic", "40", "--lang", LANG)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{MARK}Before and after" in done.stdout


def test_where_some_scenarios_are_written_in_it_those_are_played(tmp_path: Path):
    kit = Kit(tmp_path)
    kit.copy_notebooks()
    file = kit.folder / "scenarios" / "audience.toml"
    file.write_text(with_language(file.read_text(encoding="utf-8")), encoding="utf-8")
    counted = kit.python(f"""
from etiquette_kit import Quiz, load_bank

bank = load_bank()
written = sum({LANG!r} in scenario.languages for scenario in bank)
in_german = Quiz(bank, lang="de", seed=1).card
in_third = Quiz(bank, lang={LANG!r}, seed=1).card
print(len(bank), bank.left_out, written, len(in_german.rounds.pool), len(in_third.rounds.pool), *in_german.offered(), *in_third.offered())
""").split()
    assert counted[:2] == ["66", "0"]
    assert counted[5:] == ["de", "en", "de", "en", LANG]
    written, german, third = map(int, counted[2:5])
    assert 0 < third <= written < german
    with serving(kit, "room", "--lang", LANG) as (_, said):
        assert f"{MARK}{66 - written} scenarios are not written in this language and are left out." in said
