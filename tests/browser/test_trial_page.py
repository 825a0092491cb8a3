"""The page of a trial, as a file in the browser: three readers fill it in and send their answers, and the answers are read."""

from __future__ import annotations

import json
import re
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
from trial_reader import fill_in, group, press, save, status, words
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
    press(page, "next")
    press(page, "copy")
    expect(status(page, words("copied"))).to_be_visible()
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
    expect(status(page, words("complete", "de"))).to_be_visible()
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
    expect(page.locator(".ek-stem").first).to_contain_text(opening)
    press(page, "next")
    press(page, "back")
    expect(page.locator(".ek-stem").first).to_contain_text(opening)
    press(page, "to_end")
    assert [each["guess"] for each in json.loads(save(page, tmp_path).read_bytes())["answers"]] == ["b", None]


def test_the_keyboard_alone_is_enough(reader: Reader, tmp_path: Path) -> None:
    form = FORMS["en"]
    page = reader(form)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.keyboard.press("Tab")  # to the text that can be shown again
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    chosen = form.questions[0].values[1]
    expect(group(page, form.questions[0].text).get_by_label(chosen[1], exact=True)).to_be_checked()
    page.get_by_role("button", name=words("to_end")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert json.loads(save(page, tmp_path).read_bytes())["answers"][0]["understood"] == {form.questions[0].id: chosen[0]}


def test_the_second_click_of_a_double_click_hits_nothing_new(reader: Reader) -> None:
    form = FORMS["de"]
    page = reader(form, width=1366)
    page.get_by_role("button", name=words("begin", "de")).first.dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text(words("progress", "de", number=1, total=2))
    fill_in(page, 0, form)
    press(page, "back", "de")
    page.get_by_role("button", name=words("resume", "de")).first.dblclick()
    page.locator("h1").click()  # as soon as the pointer does something again
    expect(page.get_by_role("radio", checked=True)).to_have_count(len(form.questions) + len(form.situations[0].options) + len(form.scales))
    press(page, "to_end", "de")
    asking = page.get_by_role("button", name=words("restart", "de"))
    place = asking.bounding_box()
    assert place is not None
    page.evaluate("bottom => scrollTo(0, bottom - innerHeight)", place["y"] + place["height"])
    asking.dblclick(position={"x": 30, "y": 20})
    expect(page.get_by_role("button", name=words("restart_no", "de"))).to_be_focused()
    page.locator("h1").click()
    expect(page.get_by_role("button", name=words("restart_yes", "de"))).to_be_visible()
    assert json.loads(page.evaluate(f"localStorage.getItem('etiquette-trial-{form.id}')"))["answers"][form.situations[0].id]["clear"] == 4


def test_an_answer_is_taken_back(reader: Reader, tmp_path: Path) -> None:
    form = FORMS["en"]
    page = reader(form)
    press(page, "begin")
    fill_in(page, 0, form)
    texts = [form.questions[0].text, form.situations[0].options[0].label, form.scales[0].text]
    for count, text in enumerate(texts, 1):
        expect(group(page, text).locator(".trial-chosen")).to_have_count(1)
        group(page, text).get_by_role("button", name=words("take_back")).press("Enter")
        expect(status(page, words("open", count=count))).to_be_visible()
        expect(group(page, text).get_by_role("radio", checked=True)).to_have_count(0)
        expect(group(page, text).locator(".trial-chosen")).to_have_count(0)
        expect(group(page, text).get_by_role("button")).to_have_count(0)
        expect(group(page, text).get_by_role("radio").first).to_be_focused()
    press(page, "to_end")
    (answer, _) = json.loads(save(page, tmp_path).read_bytes())["answers"]
    assert form.questions[0].id not in answer["understood"]
    assert form.situations[0].options[0].id not in answer["grades"]
    assert (answer["clear"], answer["realistic"]) == (None, 4)


def test_the_start_knows_answers_without_a_reload(reader: Reader) -> None:
    form = FORMS["en"]
    page = reader(form)
    press(page, "begin")
    press(page, "back")
    expect(page.get_by_role("button", name=words("begin"), exact=True)).to_have_count(2)
    press(page, "begin")
    fill_in(page, 0, form)
    press(page, "back")
    expect(page.get_by_text(words("resumed"))).to_be_visible()
    expect(page.get_by_role("button", name=words("resume"), exact=True)).to_have_count(2)
    expect(page.get_by_role("button", name=words("begin"), exact=True)).to_have_count(0)


def test_the_end_says_what_is_open_what_to_do_next_and_when_the_file_is_old(reader: Reader, tmp_path: Path) -> None:
    form = FORMS["de"]
    page = reader(form)
    press(page, "begin", "de")
    fill_in(page, 0, form)
    press(page, "next", "de")
    expect(page.get_by_role("heading", level=1)).to_have_text(words("progress", "de", number=2, total=2))
    press(page, "next", "de")  # which is there although nothing is answered
    each = len(form.questions) + len(form.situations[1].options) + len(form.scales)
    expect(page.get_by_text(words("open", "de", count=each), exact=True)).to_be_visible()
    press(page, "to_open", "de")
    page.get_by_role("radio").first.check()
    press(page, "next", "de")
    overview = page.get_by_role("list").get_by_role("button")
    expect(overview).to_have_text([re.compile(words(key, "de", count=each - 1)) for key in ("complete", "open")])
    first = save(page, tmp_path, "de")
    assert first.name.startswith("antworten-")
    assert save(page, tmp_path, "de").name == first.name, "the same answers, saved twice, are one file"
    press(page, "back", "de")
    page.get_by_role("radio").nth(1).check()
    expect(status(page, words("outdated", "de"))).to_be_visible()
    page.reload()
    press(page, "next", "de")
    expect(status(page, words("outdated", "de"))).to_be_visible()
    press(page, "copy", "de")
    expect(status(page, words("copied", "de"))).to_be_visible()
    expect(status(page, words("outdated", "de"))).to_have_count(0)
    page.reload()
    expect(status(page, words("unchanged", "de"))).to_be_visible()


def test_the_text_is_at_hand_beside_every_question_of_a_phone(reader: Reader) -> None:
    form = FORMS["en"]
    page = reader(form)
    press(page, "begin")
    bars = [page.locator("progress").evaluate("bar => bar.position")]
    fill_in(page, 0, form)
    for place in (".trial-reactions", ".trial-remark"):
        page.locator(place).evaluate("part => part.scrollIntoView()")
        expect(page.get_by_text(words("text_again"))).to_be_in_viewport()
    page.get_by_text(words("text_again")).click()
    expect(page.get_by_role("region", name=words("text_label"))).to_be_in_viewport()
    bars.append(page.locator("progress").evaluate("bar => bar.position"))
    press(page, "next")
    expect(page.get_by_role("heading", level=1)).to_have_text(words("progress", number=2, total=2))
    bars.append(page.locator("progress").evaluate("bar => bar.position"))
    assert bars == [0, 0.5, 0.5]


@pytest.mark.parametrize(("lang", "scheme", "width"), [("de", "dark", 375), ("en", "light", 375), ("de", "light", 1366)])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(reader: Reader, lang: str, scheme: str, width: int) -> None:
    page = reader(trial_form(SCENARIOS[:2], lang, guess=True), width=width, scheme=scheme)
    assert violations(page) == []
    assert not is_wider_than_screen(page)
    for key in ("begin", "show_text", "next", "show_text", "to_end", "save", "restart"):
        press(page, key, lang)
        page.locator("details").evaluate_all("all => all.forEach(each => (each.open = true))")
        assert violations(page) == [], key
        assert not is_wider_than_screen(page), key


def test_the_report_is_free_of_barriers_and_fits_a_phone(reader: Reader) -> None:
    page = reader(TrialReport.of_answers(synthetic_readers(SCENARIOS, 7, "de"), load_bank(), "de").page())
    assert violations(page) == []
    assert not is_wider_than_screen(page)
