"""The static site in Chromium, handed out below a path by a server that does no more than that."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from barriers import violations
from card import Card
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route, expect
from tests.support.built_site import served_below

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_PREFIX = "/a/b/"


@pytest.fixture(scope="module")
def address(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served_below(built_site, tmp_path_factory.mktemp("web-space"), _PREFIX) as found:
        yield found


@pytest.fixture
def scriptless(_unused: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that opens an address in a browser that runs no scripts."""
    apart = []

    def opened(url: str, **options: object) -> Page:
        context = _unused.new_context(java_script_enabled=False, locale="de-DE", **options)  # type: ignore[arg-type]
        apart.append(context)
        page = context.new_page()
        page.goto(url)
        return page

    yield opened
    for context in apart:
        context.close()


@pytest.fixture
def visitor(_unused: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page in a browser nobody has used; what goes wrong there, or beyond the site, fails the test."""
    wrong: list[str] = []
    apart = []

    def asked(request: Request) -> None:
        if not request.url.startswith((address, "blob:", "data:")):
            wrong.append(f"a request to {request.url}")

    def logged(message: ConsoleMessage) -> None:
        if message.type == "error":
            wrong.append(f"an error in the log: {message.text}")

    def opened(
        page_of_site: str = "", *, locale: str = "de-DE", may_log_errors: bool = False, service_worker: bool = True, **options: object
    ) -> Page:
        context = _unused.new_context(locale=locale, reduced_motion="reduce", **options)  # type: ignore[arg-type]
        if not service_worker:  # it would answer in the place of a route
            context.add_init_script("delete Navigator.prototype.serviceWorker")
        context.set_default_timeout(60_000)
        apart.append(context)
        page = context.new_page()
        page.on("request", asked)
        page.on("pageerror", lambda error: wrong.append(f"an error on the page: {error}"))
        if not may_log_errors:
            page.on("console", logged)
        page.goto(address + page_of_site)
        return page

    yield opened
    for context in apart:
        context.close()
    assert wrong == []


def _ready(page: Page) -> None:
    """Wait until Python runs."""
    expect(page.locator(".site-heard")).to_have_text(
        "Die Übung ist bereit." if page.locator("html").get_attribute("lang") == "de" else "The exercise is ready."
    )


def _answer(page: Page, name: str) -> None:
    page.locator(".ek input[type=radio]").first.check()
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator(".ek-answered")).to_be_visible()


@pytest.mark.parametrize(("locale", "start", "answer"), [("de-AT", "Los geht’s", "Antworten"), ("en-GB", "Let’s start", "Answer")])
def test_what_is_pressed_before_python_runs_is_done_when_it_does(visitor: Callable[..., Page], locale: str, start: str, answer: str):
    page = visitor("index.html", locale=locale)
    expect(page.locator("html")).to_have_attribute("lang", locale[:2])
    expect(page.get_by_role("button", name=start)).to_have_count(1)
    page.get_by_role("button", name=start).click()
    expect(page.locator(".ek-status.ek-urgent:not(:empty)")).to_have_count(0)
    expect(page.locator(".ek-stem")).to_be_visible()
    _answer(page, answer)
    expect(page.locator(".site-progress")).to_be_hidden()
    stem = page.locator(".ek-stem").inner_text()
    page.reload()
    expect(page.locator(".ek-answered")).to_be_visible()
    assert page.locator(".ek-stem").inner_text() == stem


def test_what_is_pressed_before_any_script_is_there_is_done_too(visitor: Callable[..., Page]):
    page = visitor("index.html", locale="en-GB", service_worker=False)
    held: list[Route] = []
    page.context.route("**/card_model.js", lambda route: held.append(route))  # noqa: PLW0108  Playwright writes on it
    page.reload(wait_until="commit")
    page.get_by_role("button", name="Let’s start").click()
    while not held:
        page.wait_for_timeout(50)
    held.pop().continue_()
    expect(page.locator(".ek-stem")).to_be_visible()


def test_while_python_is_loading_nobody_is_said_to_be_gone(visitor: Callable[..., Page], address: str):
    page = visitor("index.html", service_worker=False)
    held: list[Route] = []
    page.context.route("**/pyodide.asm.wasm", lambda route: held.append(route))  # noqa: PLW0108  Playwright writes on it
    page.reload()
    page.clock.install()
    page.get_by_role("button", name="Los geht’s").click()
    page.clock.run_for(20_000)
    expect(page.locator(".site-progress p")).to_contain_text("MB")
    expect(page.locator(".site-progress progress")).to_have_attribute("aria-label", "Die Übung wird geladen.")
    assert page.locator(".ek-status.ek-urgent:not(:empty)").count() == 0
    for route in held:
        route.continue_()
    page.clock.resume()
    expect(page.locator(".ek-stem")).to_be_visible()
    assert urlsplit(page.url).path == urlsplit(address).path + "index.html"


def test_python_that_cannot_be_loaded_is_said_and_the_text_stays(visitor: Callable[..., Page]):
    page = visitor("index.html", may_log_errors=True, service_worker=False)
    _ready(page)
    page.context.route("**/kit.zip", lambda route: route.fulfill(body="no zip file", content_type="application/zip"))
    page.reload()
    expect(page.locator(".site-heard")).to_contain_text("konnte nicht geladen werden")
    expect(page.get_by_role("button", name="Los geht’s")).to_be_visible()


def test_the_first_page_goes_over_to_another_language_and_remembers_it(visitor: Callable[..., Page]):
    page = visitor("index.html")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("button", name="Let’s start")).to_be_visible()
    expect(page.get_by_role("button", name="Los geht’s")).to_be_hidden()
    expect(page).to_have_title("Private or professional?")
    page.get_by_role("button", name="Let’s start").click()
    expect(page.locator(".ek-stem")).to_be_visible()
    page.reload()
    expect(page.locator("section.ek:visible")).to_have_attribute("lang", "en")
    expect(page.locator(".ek-stem")).to_be_visible()
    page.get_by_role("link", name="Deutsch").click()
    expect(page.locator("section.ek:visible")).to_have_attribute("lang", "de")
    expect(page.locator(".ek-stem")).to_be_visible()


def test_without_scripts_both_languages_are_there(scriptless: Callable[..., Page], address: str):
    page = scriptless(address)
    assert page.locator("h1:visible").all_inner_texts() == ["Privat oder beruflich?", "Private or professional?"]
    assert page.get_by_role("button", name="Los geht’s").is_visible()
    assert page.locator(".site-note:visible").count() == 2


def test_two_cards_on_a_page_each_go_their_own_way(visitor: Callable[..., Page]):
    page = visitor("en/02_clients.html", locale="de-DE")
    cards = page.locator("section.ek")
    expect(cards).to_have_count(2)
    cards.nth(1).get_by_role("button", name="Let’s start").click()
    expect(cards.nth(1).locator(".ek-stem")).to_be_visible()
    expect(cards.nth(0).locator(".ek-lead")).to_be_visible()
    _answer(page, "Answer")
    page.get_by_role("link", name="Deutsch").click()
    expect(page).to_have_url(re.compile(r"/de/02_clients\.html$"))
    _ready(page)
    expect(page.locator("section.ek").nth(1)).to_have_attribute("lang", "de")


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_reaction_is_rated_and_the_ratings_are_there_after_a_reload(visitor: Callable[..., Page], lang: str):
    card = Card(visitor(f"{lang}/10_rating.html", viewport={"width": 375, "height": 667}))
    card.start()
    card.answer(1)
    said = card.root.locator(".ek-rated .ek-verdict").all_inner_texts()
    assert len(said) >= 3
    expect(card.saved).to_contain_text("1")
    card.page.reload()
    expect(card.root.locator(".ek-rated .ek-verdict")).to_have_text(said)
    assert not card.is_wider_than_screen()
    card.primary.click()
    card.play(6, first=2)
    expect(card.root.locator(".ek-item")).to_have_count(6)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_morning_is_decided_and_its_day_is_there_after_a_reload(visitor: Callable[..., Page], lang: str):
    card = Card(visitor(f"{lang}/11_inbox.html", viewport={"width": 375, "height": 667}))
    card.start()
    card.answer(1)
    said = card.root.locator(".ek-judged .ek-verdict").all_inner_texts()
    assert len(said) >= 6
    expect(card.saved).to_contain_text("1")
    card.page.reload()
    expect(card.root.locator(".ek-judged .ek-verdict")).to_have_text(said)
    assert not card.is_wider_than_screen()
    card.primary.click()
    card.play(3, first=2)
    expect(card.root.locator(".ek-item")).to_have_count(3)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_who_sees_what_is_decided_and_is_there_after_a_reload(visitor: Callable[..., Page], lang: str):
    card = Card(visitor(f"{lang}/12_sharing.html", viewport={"width": 375, "height": 667}))
    card.start()
    card.answer(1)
    said = card.root.locator(".ek-outcome").all_inner_texts()
    assert len(said) == 4
    expect(card.saved).to_contain_text("1")
    card.page.reload()
    expect(card.root.locator(".ek-outcome")).to_have_text(said, use_inner_text=True)
    assert not card.is_wider_than_screen()
    card.primary.click()
    card.play(4, first=2)
    expect(card.root.locator(".ek-item")).to_have_count(4)


def test_the_advisor_answers(visitor: Callable[..., Page]):
    page = visitor("de/01_article.html")
    _ready(page)
    expect(page.locator(".site-table").first).to_be_visible()
    page.locator("[data-fact=event] input[value=message]").check()
    expect(page.locator("[data-fact=personal]")).to_be_visible()
    expect(page.locator(".ek-results > li")).to_have_count(3)


def test_the_workshop_comes_to_its_answer_and_has_its_sheets(visitor: Callable[..., Page]):
    page = visitor("de/07_workshop.html")
    page.get_by_role("button", name="Handzettel").click()
    expect(page.locator(".ek-sheet a")).to_have_attribute("download", "handzettel.html")
    with page.expect_event("frameattached"):
        page.get_by_role("button", name="Drucken", exact=True).click()
    frame = page.frame_locator("iframe")
    expect(frame.locator("h1")).to_be_attached()
    assert frame.locator(".sheet").evaluate("(sheet) => getComputedStyle(sheet).maxWidth") != "none", "the sheet has its style"
    page.get_by_role("button", name="Los geht’s").click()
    expect(page.get_by_role("button", name="Los geht’s")).to_have_count(0)
    workshop = page.locator(".ek-hall .ek-main")
    for _ in range(12):
        if page.locator(".ek-overview").count():
            break
        for field in page.locator("input.ek-hands:visible").all():
            field.fill("3")
        phase = workshop.inner_text()
        page.locator(".ek-ways .ek-primary").click()
        expect(workshop).not_to_have_text(phase, use_inner_text=True)
    expect(page.locator(".ek-overview > li").first).to_be_visible()


_LOOK = """(node) => {
  const { width, height } = node.getBoundingClientRect();
  const { color, fontSize } = getComputedStyle(node);
  return [width, height, color, fontSize];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_jumps_when_the_scripts_take_over(visitor: Callable[..., Page], scriptless: Callable[..., Page], address: str, scheme: str):
    before = scriptless(f"{address}de/04_boss.html", color_scheme=scheme)
    page = visitor("de/04_boss.html", color_scheme=scheme)
    expect(page.locator(".ek[data-theme]")).to_be_visible()
    for part in (".ek h2", ".ek-lead", ".ek-primary"):
        assert page.locator(part).evaluate(_LOOK) == before.locator(part).evaluate(_LOOK), part


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page_of_site", ["index.html", "de/01_article.html", "en/07_workshop.html", "de/16_choose.html"])
def test_a_page_of_the_site_is_free_of_barriers_and_fits_a_narrow_phone(visitor: Callable[..., Page], page_of_site: str, scheme: str):
    page = visitor(page_of_site, viewport={"width": 320, "height": 640}, color_scheme=scheme)
    _ready(page)
    page.locator("summary:visible").first.click()
    assert not page.evaluate("() => document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_while_it_loads_a_page_of_the_site_is_free_of_barriers(visitor: Callable[..., Page], scheme: str):
    page = visitor("index.html", color_scheme=scheme, service_worker=False)
    held: list[Route] = []
    page.context.route("**/pyodide.asm.wasm", lambda route: held.append(route))  # noqa: PLW0108  Playwright writes on it
    page.reload()
    expect(page.locator(".site-progress p")).to_contain_text("MB")
    assert violations(page) == []
    page.goto("about:blank")
