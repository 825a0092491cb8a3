"""The page of a trial, as a file in the browser: three readers fill it in and send their answers, and the answers are read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from barriers import is_wider_than_screen, violations
from etiquette_kit import load_bank
from etiquette_kit.analysis import TrialReport
from etiquette_kit.analysis.synthetic import synthetic_readers
from etiquette_kit.content.trial import READING_QUESTIONS
from etiquette_kit.present.trial_form import TrialForm, trial_form
from etiquette_kit.web.trial_page import trial_page
from playwright.sync_api import Browser, Page, expect
from trial_examples import SCENARIOS
from trial_reader import fill_in, group, press, save, words
from watch import Watch

pytestmark = pytest.mark.browser

Reader = Callable[..., Page]
FORMS = {lang: trial_form(SCENARIOS[:2], lang) for lang in ("de", "en")}


class OnFiles(Watch):
    """The page comes from a file; anything else it asks for is wrong, as everywhere."""

    def _requested(self, request: object) -> None:
        url = request.url  # type: ignore[attr-defined]
        if not url.startswith(("file:", "blob:", "data:")):
            self.wrong.append(f"a request left this machine: {url}")


@pytest.fixture
def reader(_unused: Browser, tmp_path: Path) -> Iterator[Reader]:
    """Return a function that opens the page in a browser that nobody has used before."""
    watch, contexts = OnFiles(), []

    def opened(form: TrialForm | str, *, width: int = 375, scheme: str = "light", without_storage: bool = False) -> Page:
        path = tmp_path / "trial.html"
        path.write_text(form if isinstance(form, str) else trial_page(form), encoding="utf-8")
        context = _unused.new_context(
            viewport={"width": width, "height": 667}, color_scheme=scheme, reduced_motion="reduce", accept_downloads=True
        )
        contexts.append(context)
        if without_storage:
            context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('SecurityError'); } });")
        page = context.new_page()
        watch.follow(page)
        watch.hear(page)
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not watch.wrong, "\n".join(watch.wrong)


def test_three_readers_fill_it_in_and_their_answers_are_read(reader: Reader, tmp_path: Path) -> None:
    form, folder = FORMS["en"], tmp_path / "answers"
    folder.mkdir()
    for clear in (4, 1):  # two send a file
        page = reader(form)
        press(page, "begin")
        for number in range(2):
            fill_in(page, number, form, clear=clear, remark="Who is “she”? </script>" if clear == 1 else "")
            press(page, "next")
        save(page, folder)
    page = reader(form)  # and one pastes text into a mail, after the first situation
    press(page, "begin")
    fill_in(page, 0, form)
    press(page, "next")
    press(page, "skip")
    press(page, "copy")
    expect(page.get_by_role("status").filter(has_text=words("copied"))).to_be_visible()
    mail = "\n".join(f"> {line}" for line in page.get_by_label(words("block")).input_value().split("\n"))
    (folder / "mail.txt").write_text(f"Dear Jo,\n\n{mail}\n\nBest wishes", encoding="utf-8")
    report = TrialReport.of_files([folder], load_bank(), "en")
    (result,) = report.results
    assert report.read.left_out == ()
    assert (result.readers, result.agreement.same) == (3, 1)
    by_id = {found.scenario.id: found for found in result.situations}
    first, second = (by_id[situation.id] for situation in form.situations)
    assert (first.read, first.skipped, second.read, second.skipped) == (3, 0, 2, 1)
    assert [answers.right == answers.total for answers in first.understood.values()] == [True] * len(first.understood)
    assert (first.scales["clear"].agree, first.scales["realistic"].agree) == (2, 3)
    assert first.remarks == ("Who is “she”? </script>",)


def test_each_reader_has_an_order_of_her_own_and_a_code_that_says_nothing(reader: Reader) -> None:
    pages = [reader(FORMS["en"]) for _ in range(2)]
    told = [json.loads(page.evaluate(f"localStorage.getItem('etiquette-trial-{FORMS['en'].id}')")) for page in pages]
    assert told[0]["reader"] != told[1]["reader"]
    for state in told:
        for situation in FORMS["en"].situations:
            assert sorted(state["answers"][situation.id]["order"]) == sorted(option.id for option in situation.options)


def test_a_reload_loses_nothing_and_somebody_else_begins_anew(reader: Reader, tmp_path: Path) -> None:
    form = FORMS["de"]
    page = reader(form)
    press(page, "begin", "de")
    fill_in(page, 0, form, remark="Grüße")
    labels = page.locator(".trial-reactions legend").all_inner_texts()
    page.reload()
    expect(page.get_by_label(words("remark", "de"))).to_have_value("Grüße")
    expect(page.get_by_role("status")).to_have_text(words("complete", "de"))
    assert page.locator(".trial-reactions legend").all_inner_texts() == labels
    press(page, "next", "de")
    press(page, "to_end", "de")
    first = json.loads(save(page, tmp_path, "de").read_bytes())
    press(page, "restart", "de")
    press(page, "restart_no", "de")
    press(page, "restart", "de")
    press(page, "restart_yes", "de")
    expect(page.get_by_role("button", name=words("begin", "de")).first).to_be_visible()
    press(page, "begin", "de")
    press(page, "to_end", "de")
    second = json.loads(save(page, tmp_path, "de").read_bytes())
    assert first["reader"] != second["reader"]
    assert first["answers"][0]["remark"] == "Grüße"
    assert [each["grades"] for each in second["answers"]] == [{}, {}]


def test_where_the_browser_keeps_nothing_it_says_so_and_works(reader: Reader, tmp_path: Path) -> None:
    form = FORMS["en"]
    page = reader(form, without_storage=True)
    expect(page.get_by_role("note")).to_have_text(words("not_kept"))
    assert words("pause") not in page.inner_text("main")
    press(page, "begin")
    fill_in(page, 0, form)
    press(page, "to_end")
    told = json.loads(save(page, tmp_path).read_bytes())
    assert len(told["answers"][0]["understood"]) == len(READING_QUESTIONS)
    page.on("dialog", lambda dialog: dialog.accept())  # it asks before the answers are lost
    page.goto("about:blank")


def test_the_guess_comes_before_the_text_and_stays(reader: Reader, tmp_path: Path) -> None:
    form = trial_form(SCENARIOS[:2], "en", guess=True)
    page = reader(form)
    press(page, "begin")
    opening = SCENARIOS[0].text("en").stem.strip()[:40]
    expect(page.get_by_role("radio")).to_have_count(len(SCENARIOS[0].options))
    assert opening not in page.inner_text("main")
    page.get_by_label(SCENARIOS[0].option("b").text("en").label).check()
    press(page, "show_text")
    expect(page.locator(".ek-stem")).to_contain_text(opening)
    press(page, "skip")
    press(page, "back")
    expect(page.locator(".ek-stem")).to_contain_text(opening)
    press(page, "to_end")
    assert [each["guess"] for each in json.loads(save(page, tmp_path).read_bytes())["answers"]] == ["b", None]


def test_the_keyboard_alone_is_enough(reader: Reader, tmp_path: Path) -> None:
    form = FORMS["en"]
    page = reader(form)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    chosen = form.questions[0].values[1]
    expect(group(page, form.questions[0].text).get_by_label(chosen[1], exact=True)).to_be_checked()
    page.get_by_role("button", name=words("to_end")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert json.loads(save(page, tmp_path).read_bytes())["answers"][0]["understood"] == {form.questions[0].id: chosen[0]}


@pytest.mark.parametrize(("lang", "scheme", "width"), [("de", "dark", 375), ("en", "light", 375), ("de", "light", 1366)])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(reader: Reader, lang: str, scheme: str, width: int) -> None:
    page = reader(trial_form(SCENARIOS[:2], lang, guess=True), width=width, scheme=scheme)
    assert violations(page) == []
    assert not is_wider_than_screen(page)
    for key in ("begin", "show_text", "skip", "show_text", "to_end", "restart"):
        press(page, key, lang)
        if key == "show_text":
            page.locator("summary").first.click()
        assert violations(page) == [], key
        assert not is_wider_than_screen(page), key


def test_the_report_is_free_of_barriers_and_fits_a_phone(reader: Reader) -> None:
    page = reader(TrialReport.of_answers(synthetic_readers(SCENARIOS, 7, "de"), load_bank(), "de").page())
    assert violations(page) == []
    assert not is_wider_than_screen(page)
