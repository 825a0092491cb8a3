"""The pages that servers give out speak a third language as well."""

from __future__ import annotations

import asyncio
import http.client
import json
from urllib.parse import urlsplit

import pytest
from third_language import LANG, MARK, Kit, Page, serving, unmarked
from tornado.websocket import websocket_connect

pytestmark = pytest.mark.slow


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


def test_projector_and_facilitator_start_in_it_and_a_phone_in_its_own_language(kit: Kit):
    with serving(kit, "room", "--lang", LANG, "--new") as (urls, _):
        for lang, own in (("de", "de"), ("en", "en"), ("fr", LANG)):
            pages = [Page(ask(url, Accept_Language=lang)[2]) for url in urls[:3]]
            assert [page.lang for page in pages] == [own, LANG, LANG]
            for page in pages[1:]:
                assert [found for found in page.texts if "…" in found] == [f"{MARK}Connecting …"]


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
