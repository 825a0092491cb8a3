"""The address that `etiquette quiz` prints, in a browser: it opens, nobody else's page opens anything, and what is refused says why."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from card import Card
from etiquette_kit.locale import catalog
from playwright.sync_api import Browser, Page, expect
from running_quiz import OTHER_PAGE, PAGE, TOKEN, RunningQuiz, running_quiz
from served_course import bare_address

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def quiz() -> Iterator[RunningQuiz]:
    """Serve the quiz for two pages at once."""
    with running_quiz("--PageKernelManager.max_pages=2") as running:
        running.await_kernels(1)
        yield running


@pytest.fixture
def other_site(quiz: RunningQuiz) -> Iterator[int]:
    """Serve a page of somebody else's, which tries what such a page can; return its port."""
    page = f"http://{quiz.host}/voila/render/{OTHER_PAGE}"
    html = f"""<!doctype html><a href="{quiz.server.url}">with</a> <a href="{page}">without</a>
    <img src="{page}"><iframe src="{page}"></iframe>
    <script>
      const tried = [
        fetch("{page}", {{ mode: "no-cors", credentials: "include" }}),
        fetch("{page}", {{ mode: "no-cors", method: "POST", credentials: "include" }}),
        new Promise((done) => (document.images[0].onerror = document.images[0].onload = done)),
        new Promise((done) => (document.querySelector("iframe").onload = done)),
      ];
      Promise.allSettled(tried).then(() => document.body.append("All is tried."));
    </script>"""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: object) -> None:
            """Be quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture
def unwatched(_unused: Browser) -> Iterator[Page]:
    """Open a page that may go to another site."""
    context = _unused.new_context()
    yield context.new_page()
    context.close()


def started(page: Page) -> Card:
    card = Card(page)
    expect(card.primary).to_be_visible()
    return card


def test_the_address_loses_its_token_and_the_page_can_be_reloaded_left_and_come_back_to(quiz: RunningQuiz, open_apart: Open) -> None:
    for address in (quiz.server.browser_url, quiz.server.url):
        page = open_apart(address)
        started(page)
        assert page.url == bare_address(quiz.server.url)
        assert page.evaluate("history.length") == 2, "about:blank and this page"
        page.reload()
        started(page)
        page.goto("about:blank")
        page.go_back()
        started(page)
        page.goto("about:blank")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_page_of_somebody_else_starts_no_kernel_but_its_link_with_the_token_opens(
    quiz: RunningQuiz, unwatched: Page, other_site: int, host: str
) -> None:
    page = unwatched
    page.goto(quiz.server.url)
    started(page)
    page.goto("about:blank")
    (waiting,) = quiz.await_kernels(1)
    page.goto(f"http://{host}:{other_site}/")
    expect(page.locator("body")).to_contain_text("All is tried.")
    page.get_by_role("link", name="without").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(catalog("de")("page.refused_title"))
    assert quiz.kernels() == {waiting}
    page.goto(f"http://{host}:{other_site}/")
    page.get_by_role("link", name="with", exact=True).click()
    started(page)
    assert TOKEN not in page.url
    page.go_back()
    expect(page.locator("body")).to_contain_text("All is tried.")


@pytest.mark.parametrize(("lang", "scheme"), [("de", "light"), ("en", "dark")])
def test_who_is_refused_is_told_what_to_do_without_barriers(quiz: RunningQuiz, open_apart: Open, lang: str, scheme: str) -> None:
    page = open_apart("about:blank")
    page.emulate_media(color_scheme=scheme)
    page.goto(f"http://{quiz.host}/voila/render/{lang}/00_start.ipynb")
    assert_notice(page, "refused", lang)


@pytest.mark.parametrize(("lang", "scheme"), [("de", "light"), ("en", "dark")])
def test_where_too_many_pages_are_open_a_notice_says_so_and_those_that_are_open_go_on(
    quiz: RunningQuiz, open_apart: Open, lang: str, scheme: str
) -> None:
    first = open_apart(quiz.server.url)
    second = open_apart(quiz.server.url)
    started(first)
    started(second)
    third = open_apart("about:blank", beside=first)
    third.emulate_media(color_scheme=scheme)
    third.goto(f"http://{quiz.host}/voila/render/{lang}/00_start.ipynb")
    assert_notice(third, "full", lang)
    second.reload()
    started(second)
    second.goto(f"http://{quiz.host}/voila/render/{OTHER_PAGE}")
    started(second)
    first.goto("about:blank")
    third.reload()
    started(third)


def assert_notice(page: Page, name: str, lang: str) -> None:
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.get_by_role("heading", level=1)).to_have_text(catalog(lang)(f"page.{name}_title"))
    expect(page.get_by_text(catalog(lang)(f"page.{name}_help"))).to_be_visible()
    expect(page.locator("section[lang]")).to_have_count(2)
    card = Card(page)
    assert card.violations() == []
    card.resize(320, 640)
    assert not card.is_wider_than_screen()


def test_two_servers_of_one_machine_do_not_share_a_cookie(quiz: RunningQuiz, open_apart: Open) -> None:
    page = open_apart(quiz.server.url)
    started(page)
    with running_quiz() as another:
        beside = open_apart(another.server.url, beside=page)
        started(beside)
        page.reload()
        started(page)
        beside.goto(f"http://{another.host}/voila/render/{PAGE}")
        started(beside)
        beside.goto("about:blank")
