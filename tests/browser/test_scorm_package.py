"""The SCORM package in the page of a learning management system that plays it with scorm-again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from barriers import violations
from lms import NEW, FramedCard, Lms, ready, served_package
from playwright.sync_api import Browser, Page, expect
from watch import Watch

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_LENGTH = 10
_PATIENCE = 60_000  # milliseconds


@pytest.fixture(scope="module")
def address(scorm_package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served_package(scorm_package, tmp_path_factory.mktemp("lms")) as found:
        yield found


@pytest.fixture
def computer(_unused: Browser, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page on a computer that nobody has used."""
    apart = []

    def opened(lang: str = "en", *, may_log_errors: bool = False, **options: Any) -> Page:
        context = _unused.new_context(locale=lang, reduced_motion="reduce", **options)
        context.set_default_timeout(_PATIENCE)
        apart.append(context)
        page = context.new_page()
        watch.follow(page)
        if not may_log_errors:
            watch.hear(page)
        return page

    yield opened
    for context in apart:
        context.close()


def _play(card: FramedCard, first: int, last: int) -> None:
    for number in range(first, last + 1):
        card.await_question(number)
        card.answer(number % 3)
        card.primary.click()


def _state(lms: Lms) -> tuple[str, str, str]:
    return tuple(lms.set_values(f"cmi.core.{name}")[-1] for name in ("lesson_status", "lesson_location", "exit"))  # type: ignore[return-value]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_an_attempt_goes_on_where_it_was_left_and_ends_with_a_score(computer: Callable[..., Page], address: str, lang: str):
    lms = Lms(computer(lang), address)
    card = lms.launch()
    expect(card.root).to_have_attribute("lang", lang)
    card.start()
    _play(card, 1, 3)
    card.await_question(4)
    stem = card.root.locator(".ek-stem").text_content()
    lms.await_value("cmi.core.lesson_location", "4/10")
    assert _state(lms) == ("incomplete", "4/10", "suspend")
    expect(lms.note).to_be_empty()
    kept = lms.leave()
    assert lms.wrong() == []
    assert [call["name"] for call in lms.calls][-2:] == ["LMSCommit", "LMSFinish"]

    card = lms.launch(kept)
    card.await_question(4)
    assert card.root.locator(".ek-stem").text_content() == stem, "in the same browser"
    card.answer(0)
    lms.await_value("cmi.core.lesson_location", "4/10")
    kept = lms.leave()
    assert lms.wrong() == []

    elsewhere = Lms(computer("fr"), address)
    card = elsewhere.launch({"core": kept["core"], "suspend_data": kept["suspend_data"]})
    card.await_question(4)
    expect(card.root).to_have_attribute("lang", lang)
    assert card.root.locator(".ek-stem").text_content() == stem, "on another computer"
    expect(card.root.locator(".ek-answered")).to_be_visible()
    card.primary.click()
    _play(card, 5, _LENGTH)
    expect(card.root.locator(".ek-table")).to_have_count(2)
    elsewhere.await_value("cmi.core.lesson_status", "completed")
    percent = re.search(r"(\d+)\s?%", card.root.inner_text())
    assert percent
    assert elsewhere.set_values("cmi.core.score.raw") == [percent[1]]
    assert (elsewhere.set_values("cmi.core.score.min"), elsewhere.set_values("cmi.core.score.max")) == (["0"], ["100"])
    ended = elsewhere.leave()
    assert elsewhere.wrong() == []
    assert (ended["core"]["lesson_status"], ended["core"]["entry"]) == ("completed", "")
    assert all(re.fullmatch(r"\d{4}:\d\d:\d\d\.\d\d", time) for time in elsewhere.set_values("cmi.core.session_time"))
    longest = max(map(len, elsewhere.set_values("cmi.suspend_data")))
    assert longest < 1000, "of 4,096"


def test_a_second_attempt_begins_anew_and_the_first_can_be_opened_again(computer: Callable[..., Page], address: str):
    lms = Lms(computer(), address)
    card = lms.launch()
    card.start()
    _play(card, 1, _LENGTH)
    lms.await_value("cmi.core.lesson_status", "completed")
    done = lms.leave()

    card = lms.launch(done)
    expect(card.root.locator(".ek-table")).to_have_count(2)
    card.root.get_by_role("button", name="Start again", exact=False).first.click()
    card.await_question(1)
    again = lms.leave()
    assert lms.set_values("cmi.core.lesson_status") == []
    assert again["core"]["lesson_status"] == "completed"
    assert lms.wrong() == []

    core = {**NEW["core"]}
    card = lms.launch({"core": core, "suspend_data": done["suspend_data"]})
    card.start()
    lms.await_value("cmi.core.lesson_location", "1/10")
    assert lms.leave()["core"]["lesson_status"] == "incomplete"
    assert lms.wrong() == []


def test_in_a_review_nothing_is_written(computer: Callable[..., Page], address: str):
    lms = Lms(computer(), address)
    card = lms.launch()
    card.start()
    _play(card, 1, 1)
    lms.await_value("cmi.core.lesson_location", "2/10")
    kept = lms.leave()
    kept["core"]["lesson_mode"] = "review"
    card = lms.launch(kept)
    card.await_question(2)
    card.answer(0)
    expect(lms.note).to_have_text("You are only looking here. Nothing new is reported.")
    assert lms.leave()["suspend_data"] == kept["suspend_data"]
    assert [call for call in lms.calls if call["name"] in ("LMSSetValue", "LMSCommit")] == []
    kept["core"]["lesson_mode"] = "normal"
    card = lms.launch(kept)
    card.await_question(2)
    ready(card)
    expect(card.options).not_to_have_count(0)


def test_going_to_another_page_of_the_site_ends_nothing(computer: Callable[..., Page], address: str):
    lms = Lms(computer(), address)
    card = lms.launch()
    card.start()
    card.answer(0)
    card.frame.get_by_role("link", name="The boss").click()
    expect(card.frame.locator("h1")).to_have_text("When the boss sends a request")
    ready(card)
    card.frame.get_by_role("link", name="Deutsch").click()
    expect(card.frame.locator("html")).to_have_attribute("lang", "de")
    card.frame.locator("summary:visible").first.click()
    card.frame.locator("nav.site-contents li:visible a").first.click()
    card.await_question(1)
    expect(card.root.locator(".ek-answered")).to_be_visible()
    lms.await_value("cmi.core.lesson_location", "1/10")
    kept = lms.leave()
    assert [call["name"] for call in lms.calls if call["name"] in ("LMSInitialize", "LMSFinish")] == ["LMSInitialize", "LMSFinish"]
    assert kept["suspend_data"].split(".")[2] == "de", "the language that was chosen goes along"
    assert lms.wrong() == []


@pytest.mark.parametrize("framed", [False, True])
def test_without_a_learning_platform_it_can_be_played_and_says_that_nothing_is_reported(
    computer: Callable[..., Page], address: str, *, framed: bool
):
    page = computer()
    lms = Lms(page, address)
    if framed:
        card = lms.launch(delay=-1)
        note = lms.note
    else:
        page.goto(f"{address}content/launch.html")
        card = FramedCard(page)
        note = page.locator(".ek-launch-note[role=status]")
    expect(note).to_have_text("This page was not opened from a learning platform. You can practise. Nothing is reported.")
    card.start()
    card.answer(0)
    expect(card.saved).to_contain_text("1 answer saved")
    if not framed:
        assert violations(page, ".ek-launch-note") == []


def test_an_api_that_comes_late_is_waited_for(computer: Callable[..., Page], address: str):
    lms = Lms(computer(), address)
    card = lms.launch(delay=2000)
    expect(lms.note).to_have_text("Connecting to the learning platform …")
    card.start()
    expect(lms.note).to_be_empty()
    lms.await_value("cmi.core.lesson_location", "1/10")
    lms.leave(removed=True)
    assert lms.calls[-1]["name"] == "LMSFinish"
    assert lms.wrong() == []


def test_a_platform_without_a_session_is_said_and_it_can_be_played(computer: Callable[..., Page], address: str):
    lms = Lms(computer(), address)
    card = lms.launch(fault="refuses", faulty=("LMSInitialize",))
    expect(lms.note).to_contain_text("The learning platform does not answer.")
    card.start()
    card.answer(0)
    assert {call["name"] for call in lms.calls} <= {"LMSInitialize"}


def test_what_is_not_taken_is_said_and_tried_again(computer: Callable[..., Page], address: str):
    lms = Lms(computer(), address)
    card = lms.launch(fault="throws", faulty=("LMSSetValue", "LMSCommit"))
    expect(lms.note).to_contain_text("The learning platform is not taking your result right now.")
    card.start()
    card.answer(0)
    expect(card.saved).to_contain_text("1 answer saved")
    lms.page.evaluate("Object.assign(lms, { fault: 'refuses', faulty: ['LMSCommit'] })")
    lms.page.wait_for_function("lms.calls.some(({ name, result }) => name === 'LMSCommit' && result === 'false')")
    expect(lms.note).not_to_be_empty()
    lms.page.evaluate("Object.assign(lms, { fault: '', faulty: [], calls: [] })")
    expect(lms.note).to_be_empty()
    lms.await_value("cmi.core.lesson_location", "1/10")
    kept = lms.leave()
    assert lms.wrong() == []
    assert kept["core"]["entry"] == "resume"
    elsewhere = Lms(computer(), address)
    expect(elsewhere.launch(kept).root.locator(".ek-answered")).to_be_visible()
