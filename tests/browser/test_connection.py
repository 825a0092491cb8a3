"""A kernel that is busy, gone, or cut off for a while: the page says so, and nothing answered is lost."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import psutil
import pytest
from card import Card
from frames import recorded, reported
from playwright.sync_api import Page, WebSocketRoute, expect
from served_course import Served

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def kernel_of(page: Page) -> psutil.Process:
    """Return the kernel behind a page; another one may be waiting for the next visitor."""
    name = page.evaluate("JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId")
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):  # it may have ended meanwhile
            if name in " ".join(process.cmdline()):
                return process
    pytest.fail(f"there is no process of the kernel {name}")


@contextmanager
def stopped(kernel: psutil.Process) -> Iterator[None]:
    """Let a kernel do nothing for a while."""
    kernel.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        kernel.send_signal(signal.SIGCONT)


def test_a_busy_kernel_is_announced_and_its_answer_arrives(open_page: Callable[..., Page], served: Callable[..., str]) -> None:
    page = open_page(served("de"))
    card = Card(page)
    card.start()
    with stopped(kernel_of(page)):
        card.options.nth(1).check()
        card.primary.click()
        expect(card.status).to_contain_text("Einen Moment")
        expect(card.root.locator(".ek-main[aria-busy] .ek-options")).to_be_visible()
        expect(card.root.locator("[aria-busy] .ek-status")).to_have_count(0)
    expect(card.results.first).to_be_visible()
    expect(card.status).to_have_text("")
    card.primary.click()
    card.await_question(2)


def test_what_is_clicked_while_an_answer_is_due_follows_it(open_page: Callable[..., Page], served: Callable[..., str]) -> None:
    page = open_page("about:blank")
    sent = recorded(page)
    page.goto(served("de"))
    card = Card(page)
    card.start()
    with stopped(kernel_of(page)):
        card.options.nth(1).check()
        for button in ("Antworten", "Antworten", "English", "English"):
            page.get_by_role("button", name=button, exact=True).click()
        expect(card.root.locator(".ek-main[aria-busy]")).to_be_visible()
    expect(card.root).to_have_attribute("lang", "en")
    expect(card.results.first).to_be_visible()
    card.await_question(1)
    assert reported(sent) == ["hello", "start", "answer", "language"]


def test_who_sits_down_while_an_answer_is_due_neither_loses_it_nor_hears_of_it_later(
    open_page: Callable[..., Page], served: Callable[..., str]
) -> None:
    page = open_page("about:blank")
    page.clock.install()
    page.goto(served("de"))
    card = Card(page)
    card.start()
    with stopped(kernel_of(page)):
        card.options.nth(1).check()
        card.primary.click()
        page.evaluate("dispatchEvent(new Event('etiquette-kit-key-changed'))")
    expect(card.saved).to_contain_text("1 Antwort gespeichert")
    expect(card.root.locator(".ek-main[aria-busy]")).to_have_count(0)
    page.clock.fast_forward(60_000)
    expect(card.status).to_have_text("", timeout=1)


def test_a_kernel_that_is_gone_is_announced(open_page: Callable[..., Page], served: Callable[..., str]) -> None:
    page = open_page(served("de"))
    card = Card(page)
    card.start()
    gone = kernel_of(page)
    gone.kill()
    gone.wait(10)
    card.options.nth(1).check()
    card.primary.click()
    expect(card.status).to_contain_text("Gerade antwortet niemand")
    expect(card.options.nth(1)).to_be_checked()


def test_a_lost_connection_that_comes_back_keeps_what_was_answered(open_page: Callable[..., Page], served: Callable[..., str]) -> None:
    sockets: list[WebSocketRoute] = []

    def through(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    page = open_page("about:blank")
    page.route_web_socket("**/channels*", through)
    page.goto(served("de"))
    card = Card(page)
    card.start()
    card.answer(1)
    before = len(sockets)
    for socket in sockets:
        socket.close(code=1012, reason="cut off by the test")
    card.primary.click()
    card.await_question(2)
    assert len(sockets) > before, "the page connected anew"
    card.answer(0)
    card.root.get_by_role("button", name="Zurück").click()
    expect(card.root.locator(".ek-own")).to_have_count(1)


def test_leaving_or_reloading_a_page_ends_its_kernel(open_page: Callable[..., Page], served: Callable[..., str]) -> None:
    page = open_page(served("de", "06_test"))
    expect(Card(page).primary).to_be_visible()
    first = kernel_of(page)
    page.reload()
    expect(Card(page).primary).to_be_visible()
    second = kernel_of(page)
    assert second != first
    page.goto("about:blank")
    _, alive = psutil.wait_procs([first, second], timeout=600)
    assert alive == []


def test_a_cookie_of_jupyterlab_does_not_keep_the_kernel_of_a_page_that_is_left(
    open_page: Callable[..., Page], served: Callable[..., str]
) -> None:
    page = open_page(served("de", "06_test"))
    expect(Card(page).primary).to_be_visible()
    kernel = kernel_of(page)
    page.context.add_cookies(
        [{"name": "_xsrf", "value": "2|462ec947|4658d06d96f96d2f931f0f434107e74f|1795597032", "domain": "127.0.0.1", "path": "/"}]
    )
    page.goto("about:blank")
    _, alive = psutil.wait_procs([kernel], timeout=600)
    assert alive == []


def test_ctrl_c_ends_all_that_was_started(open_page: Callable[..., Page]) -> None:
    server = Served("quiz", "--lang", "de")
    try:
        page = open_page(server.url)
        expect(Card(page).primary).to_be_visible()
        started = psutil.Process(server.process.pid).children(recursive=True)
        assert kernel_of(page) in started
    finally:
        code = server.end()
    assert code == 0
    _, alive = psutil.wait_procs(started, timeout=600)
    assert alive == []
