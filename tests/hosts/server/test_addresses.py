"""The ways into a room: its code as it is typed, its pages and their files, and behind a proxy."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from etiquette_kit.hosts.server.limits import Limits
from room_guests import Page, Phone, proxy, served
from tornado.httpclient import AsyncHTTPClient, HTTPClientError

pytestmark = pytest.mark.usefixtures("quiet")


async def test_the_code_can_be_typed_as_people_do(tmp_path: Path):
    async with served(tmp_path) as room:
        code = room.code
        assert (await room.get("/")).code == 200
        spaced = f"{code[:3]}+{code[3:6]}+{code[6:]}"
        for typed in (code, code.lower(), spaced, f"+{code}%20", f"{code[:3]}-{code[3:]}", f"{code}%00%0d%0a"):
            answer = await room.get(f"/?code={typed}")
            assert (answer.code, answer.headers["Location"]) == (303, f"{code}/")
        for path in (f"/{code.lower()}/", f"/{code[:3]}%20{code[3:]}/screen/"):
            assert (await room.get(path)).code == 200
        places = {f"/{code}": f"{code}/", f"/{code.lower()}": f"{code}/", f"/{code}/screen": "screen/", f"/{code}/control": "control/"}
        for path, place in places.items():
            answer = await room.get(path)
            assert (answer.code, answer.headers["Location"]) == (303, place)


@pytest.mark.parametrize("typed", ["", "+", "ABC", "%C3%A4%F0%9F%99%82", "%FF", "A" * 5000, "%3Cscript%3E", "%00"])
async def test_a_wrong_code_is_told_in_words(tmp_path: Path, typed: str):
    async with served(tmp_path, limits=Limits(guess_seconds=0.01)) as room:
        answer = await room.get(f"/?code={typed}", headers={"Accept-Language": "en-GB,en;q=0.5"})
        assert answer.code == (400 if typed == "%FF" else 404)
        text = answer.body.decode()
        assert '<html lang="en">' in text
        assert 'aria-invalid="true"' in text
        assert "<script>" not in text
        assert room.code not in text


async def test_no_code_is_like_another(tmp_path: Path):
    async with served(tmp_path) as room, served(tmp_path) as other:
        assert room.code != other.code
        assert len(room.code) == 9
        assert (await room.get(f"/{other.code}/")).code == 404


async def test_all_that_a_page_asks_for_is_there(tmp_path: Path):
    async with served(tmp_path) as room:
        asked = [f"/{room.code}/", f"/{room.code}/screen/", f"/{room.code}/control/", "/"]
        seen: set[str] = set()
        while asked:
            path = asked.pop()
            if path in seen:
                continue
            seen.add(path)
            answer = await room.get(path)
            assert answer.code == 200, path
            if path.partition("?")[0].endswith((".js", "/")):
                found = re.findall(r'(?:src|href|from|import) ?=? ?"([^"#][^":]*\.(?:js|css)(?:\?[^"]*)?)"', answer.body.decode())
                asked += [urljoin(path, link) for link in found]
        assert len(seen) > 20


async def test_behind_a_proxy_with_a_path_all_addresses_hold(tmp_path: Path):
    async with served(tmp_path, public="https://training.example/rooms/") as room, proxy(room, "/rooms") as base:
        assert room.server.is_open
        assert room.server.control == f"https://training.example/rooms/{room.code}/control/#{room.server.opening.key}"
        ours = {"Origin": "https://training.example"}
        async with Phone(room, base=f"ws://{base}", **ours) as phone:
            assert phone.hello["seat"] == 0
            async with Page(room, "screen/", f"ws://{base}", **ours) as screen:
                await screen.say({"do": "hello"})
                assert (await screen.hears("page"))["page"]["address"] == "https://training.example/rooms/"
        for wrong in ("https://evil.example", "https://training.example.evil.example", "null"):
            with pytest.raises(HTTPClientError) as caught:
                async with Phone(room, base=f"ws://{base}", Origin=wrong):
                    pass
            assert caught.value.code == 403
        client = AsyncHTTPClient()
        for path in ("", "screen/", "control/"):
            page = (await client.fetch(f"http://{base}/{room.code}/{path}")).body.decode()
            for link in re.findall(r'(?:src|href)="([^":#]+)"', page):
                assert (await client.fetch(urljoin(f"http://{base}/{room.code}/{path}", link))).code == 200
        entry = (await client.fetch(f"http://{base}/")).body.decode()
        form = re.search(r'<form action="([^"]+)"', entry)
        assert form
        joined = await client.fetch(f"{urljoin(f'http://{base}/', form[1])}?code={room.code.lower()}")
        assert joined.effective_url == f"http://{base}/{room.code}/"


async def test_an_error_deep_in_the_paths_leads_back_to_the_form(tmp_path: Path):
    async with served(tmp_path) as room:
        for path in ("/no/such/place", "/a/b/c/d.e", "//", "/static/", "/static/none.js", "/x" * 50):
            answer = await room.get(path)
            assert answer.code == 404
            form = re.search(r'<form action="([^"]+)"', answer.body.decode())
            assert form
            assert urljoin(f"http://host{path}", form[1]) == "http://host/"
