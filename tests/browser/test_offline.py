"""The site without a network: what was loaded once is there, what is not right never gets in, and a new version comes when it is wanted.

The server forbids to store on every answer, so that nothing can come from anywhere but the service worker's cache.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
from etiquette_kit.hosts.site.offline import SERVICE_WORKER, write_service_worker
from playwright.sync_api import BrowserContext, BrowserType, Locator, Page, expect
from site_server import PREFIX, SiteServer
from tests.support.chromium import FLAGS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Browser = Callable[..., AbstractContextManager[BrowserContext]]

_KEPT = """async () => {
  const kept = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const bytes = await (await cache.match(request)).arrayBuffer();
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
      kept[new URL(request.url).search] = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    }
  }
  return kept;
}"""
_IS_COMPLETE = f"""async () => {{
  const {{ active }} = (await navigator.serviceWorker.getRegistration()) ?? {{}};
  const version = /VERSION = "(\\w+)"/.exec(active ? await (await fetch(active.scriptURL)).text() : "")?.[1];
  return version && Boolean(await (await caches.open("etiquette-kit {PREFIX}")).match(`./?complete=${{version}}`));
}}"""


@pytest.fixture
def server(built_site: Path, tmp_path: Path) -> Iterator[SiteServer]:
    shutil.copytree(built_site, tmp_path / "site")
    write_service_worker(tmp_path / "site")
    serving = SiteServer(tmp_path / "site")
    yield serving
    serving.stop()


@pytest.fixture
def browser(chromium: tuple[BrowserType, str], tmp_path: Path) -> Browser:
    """Return a function that starts the browser; what it keeps is there the next time."""
    kind, path = chromium

    @contextmanager
    def started(*flags: str) -> Iterator[BrowserContext]:
        context = kind.launch_persistent_context(tmp_path / "profile", executable_path=path, args=[*FLAGS, *flags], timeout=60_000)
        context.set_default_timeout(60_000)
        try:
            yield context
        finally:
            context.close()

    return started


def _files(server: SiteServer) -> dict[str, str]:
    """Return the hash of each file that the service worker has to keep, by its path."""
    found = {path.relative_to(server.folder).as_posix(): path for path in server.folder.rglob("*") if path.is_file()}
    return {name: sha256(path.read_bytes()).hexdigest() for name, path in found.items() if name != SERVICE_WORKER}


def _python(server: SiteServer) -> set[str]:
    return {name for name in _files(server) if name.startswith("app/python/")}


def _change(server: SiteServer, *paths: str) -> None:
    """Let the site be another: these files differ from what they were."""
    for path in paths:
        file = server.folder / path
        remark = "<!-- new -->" if path.endswith(".html") else "/* new */"
        file.write_text(f"{file.read_text(encoding='utf-8')}{remark}\n", encoding="utf-8")
    write_service_worker(server.folder)


def _word(page: Page, name: str) -> str:
    word = page.evaluate(
        "(name) => JSON.parse(document.getElementById('settings').textContent).words[document.documentElement.lang][name]", name
    )
    assert isinstance(word, str)
    return word


def _until(page: Page, script: str) -> None:
    """Wait until a script's result is true; Playwright's own way is one that the page's rules forbid."""
    end = time.monotonic() + 60
    while not page.evaluate(script):
        assert time.monotonic() < end, script
        page.wait_for_timeout(50)


def _ready(page: Page) -> None:
    """Wait until this page's version is there as a whole, for which it asks once Python runs."""
    _until(page, _IS_COMPLETE)


def _begin(page: Page) -> None:
    page.locator(".ek-primary:visible").first.click()
    expect(page.locator(".ek-stem")).to_be_visible()


def _answer(page: Page) -> None:
    page.locator(".ek-main input[type=radio]").first.check()
    page.locator(".ek-primary:visible").first.click()
    expect(page.locator(".ek-answered")).to_be_visible()


def _to_the_end(page: Page) -> None:
    """Answer what is left of the round; the question on the page has been answered."""
    while True:
        page.locator(".ek-primary:visible").first.click()
        expect(page.locator(".ek-answered")).to_have_count(0)
        if not page.locator(".ek-main input[type=radio]").count():
            break
        _answer(page)
    expect(page.locator(".ek-result-line")).to_be_visible()


def _alert(page: Page) -> Locator:
    """Return what says why Python is not there."""
    return page.locator("#loading:has(button)")


def _opened(context: BrowserContext, server: SiteServer) -> Page:
    page = context.new_page()
    page.goto(server.url)
    return page


def _visited(context: BrowserContext, server: SiteServer) -> Page:
    page = _opened(context, server)
    _begin(page)
    _ready(page)
    return page


def _kept(page: Page) -> set[str]:
    """Return the hashes of the files that are kept, each of which is that of what it stands for."""
    kept: dict[str, str] = page.evaluate(_KEPT)
    named = {key.removeprefix("?sha256="): digest for key, digest in kept.items() if key.startswith("?sha256=")}
    assert {key: digest for key, digest in named.items() if key != digest} == {}
    return set(named)


def _is_new(page: Page) -> bool:
    return bool(page.evaluate("async () => (await (await fetch(location.href)).text()).includes('<!-- new -->')"))


def test_the_first_visit_loads_python_once_and_the_second_nothing(browser: Browser, server: SiteServer):
    with browser() as context:
        page = _visited(context, server)
        files = _files(server)
        assert {name: server.asked[name] for name in _python(server)} == dict.fromkeys(_python(server), 1)
        # What the page itself consists of came before there was a service worker, and this server lets nothing be stored.
        assert {server.asked[name] for name in files} <= {1, 2}
        assert sum(len((server.folder / name).read_bytes()) for name in files if server.asked[name] == 2) < 150_000
        assert _kept(page) == set(files.values())
        server.forget()
        page.reload()
        expect(page.locator(".ek-stem")).to_be_visible()
        _answer(page)
    with browser() as context:
        page = context.new_page()
        page.goto(f"{server.url}index.html?a=b#c")
        expect(page.locator(".ek-answered")).to_be_visible()
        assert set(server.asked) <= {SERVICE_WORKER}


def test_without_a_server_and_after_a_restart_everything_opens_and_a_quiz_goes_on(browser: Browser, server: SiteServer):
    with browser() as context:
        page = _visited(context, server)
        _answer(page)
        answered = page.locator(".ek-main:visible").inner_text()
    server.stop()
    server.forget()
    try:
        with browser() as context:
            page = _opened(context, server)
            expect(page.locator(".ek-answered")).to_be_visible()
            assert page.locator(".ek-main:visible").inner_text() == answered
            page.locator(".ek-primary:visible").first.click()
            expect(page.locator(".ek-answered")).to_have_count(0)
            _answer(page)
            pages = [name for name in _files(server) if name.endswith(".html")]
            for name in ("", "?from=mail#top", "index.html", "index.html?a=b", *pages):
                answer = page.goto(server.url + name)
                assert answer is not None
                assert answer.ok
                assert answer.from_service_worker
            page.goto(f"{server.url}nothing/of/the/kind")
            assert page.url == server.url
        assert not server.asked
    finally:
        server.start()


def test_a_new_version_is_offered_outside_a_round_and_loaded_when_it_is_wanted(browser: Browser, server: SiteServer):
    with browser() as context:
        page = _visited(context, server)
        _answer(page)
        _change(server, "index.html", "app/card/quiz.js")
        server.forget()
        page.reload()
        expect(page.locator(".ek-answered")).to_be_visible()
        _until(page, "async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting)")
        assert {name for name in server.asked if name != SERVICE_WORKER} == {"index.html", "app/card/quiz.js"}
        assert not _is_new(page)
        offer = page.locator(".site-update")
        expect(offer).to_be_empty()

        _to_the_end(page)
        expect(offer).to_contain_text(_word(page, "update"))
        result = page.locator(".ek-result-line").inner_text()
        other = _opened(context, server)
        expect(other.locator(".ek-result-line")).to_be_visible()
        offer.get_by_role("button").click()
        expect(offer).to_contain_text(_word(page, "update_tabs"))
        assert not _is_new(other)
        other.close()
        with page.expect_navigation():
            offer.get_by_role("button").click()
        expect(page.locator(".ek-result-line")).to_have_text(result)
        assert _is_new(page)
        expect(offer).to_be_empty()
        _ready(page)
        assert _kept(page) == set(_files(server).values())
        assert {name for name in server.asked if name != SERVICE_WORKER} == {"index.html", "app/card/quiz.js"}


def test_a_new_version_comes_by_itself_when_no_page_is_open(browser: Browser, server: SiteServer):
    with browser() as context:
        _visited(context, server)
        _change(server, "index.html")
        page = _opened(context, server)
        _until(page, "async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting)")
    server.stop()
    try:
        with browser() as context:
            page = _opened(context, server)
            expect(page.locator(".ek-stem")).to_be_visible()
            assert _is_new(page)
    finally:
        server.start()


@pytest.mark.parametrize("name", ["pyodide.asm.wasm", "kit.zip", "pyodide.asm.mjs", "pyodide.mjs"])
def test_half_a_download_goes_on(browser: Browser, server: SiteServer, name: str):
    server.cut = {f"app/python/{name}"}
    with browser() as context:
        page = _opened(context, server)
        expect(_alert(page)).to_contain_text(_word(page, "cut"))
        server.stop()
        _alert(page).get_by_role("button", name=_word(page, "retry")).click()
        expect(_alert(page)).to_contain_text(_word(page, "still_cut"))
        server.start()
        with page.expect_navigation():
            _alert(page).get_by_role("button", name=_word(page, "retry")).click()
        _begin(page)
        _ready(page)
        assert {path: server.asked[path] for path in _python(server)} == {**dict.fromkeys(_python(server), 1), f"app/python/{name}": 2}
        assert _kept(page) == set(_files(server).values())


@pytest.mark.parametrize("name", ["kit.zip", "pyodide.asm.wasm"])
def test_another_page_in_the_place_of_a_file_is_not_kept(browser: Browser, server: SiteServer, name: str):
    server.replaced = {f"app/python/{name}": b"<p>Please accept the terms of this network.</p>"}
    with browser() as context:
        page = _opened(context, server)
        expect(_alert(page)).to_be_visible()
        assert _kept(page) <= set(_files(server).values())
        with page.expect_navigation():
            _alert(page).get_by_role("button", name=_word(page, "retry")).click()
        _begin(page)
        _ready(page)
        assert _kept(page) == set(_files(server).values())


def test_half_of_an_old_version_gives_way_to_a_new_page(browser: Browser, server: SiteServer):
    server.cut = {"app/python/kit.zip"}
    with browser() as context:
        page = _opened(context, server)
        expect(_alert(page)).to_be_visible()
        _change(server, "index.html", "app/card/quiz.js")
        page.reload()
        _begin(page)
        assert _is_new(page)
        assert "/* new */" in page.evaluate("async () => (await fetch('app/card/quiz.js')).text()")
    with browser() as context:
        page = _opened(context, server)
        expect(page.locator(".ek-stem")).to_be_visible()
        _ready(page)
        assert _kept(page) == set(_files(server).values())


def test_half_of_an_old_version_does_not_take_the_new_python(browser: Browser, server: SiteServer):
    server.cut = {"app/python/pyodide.mjs"}
    with browser() as context:
        page = _opened(context, server)
        expect(_alert(page)).to_be_visible()
        _change(server, "app/python/pyodide.mjs")
        page.reload()
        expect(_alert(page)).to_be_visible()
        with page.expect_navigation():
            _alert(page).get_by_role("button", name=_word(page, "retry")).click()
        _begin(page)
        _ready(page)
        assert _kept(page) == set(_files(server).values())


def test_where_there_are_no_service_workers_the_page_works_and_says_nothing(browser: Browser, server: SiteServer):
    with browser("--host-resolver-rules=MAP intranet.test 127.0.0.1") as context:
        page = context.new_page()
        page.goto(server.url.replace("127.0.0.1", "intranet.test"))
        assert page.evaluate("!navigator.serviceWorker && !window.isSecureContext")
        _begin(page)
        expect(page.locator("#loading")).to_be_hidden()
        expect(page.locator(".site-update")).to_be_empty()
        assert not server.asked[SERVICE_WORKER]
