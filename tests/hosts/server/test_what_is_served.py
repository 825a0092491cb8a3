"""What is served keeps to itself: texts stay text, no name and no path leads elsewhere, and no code is found by guessing."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from typing import Any

import pytest
from etiquette_kit.formats.choice import Choice
from etiquette_kit.hosts.server.limits import Limits
from etiquette_kit.quiz.codes import _ALPHABET
from msgspec.structs import replace
from room_examples import exercises, until
from room_guests import Control, Phone, Wire, answers, phones, served, token, upgrade

pytestmark = pytest.mark.usefixtures("quiet")

SCRIPTS = ("<script>alert(1)</script>", '"onload=alert(1) x="', "{{ 7 * 7 }}", "</style><img src=x onerror=a()>", "{% raw %}${1}")


def poisoned(exercise: Choice) -> Choice:
    """Return a situation with scripts in all of its texts."""
    scenario = exercise.scenario
    parts = "".join(SCRIPTS)
    words = {"title": SCRIPTS[0] + SCRIPTS[2], "role": SCRIPTS[1] + SCRIPTS[3], "stem": parts}
    texts = {lang: replace(text, **words) for lang, text in scenario.texts.items()}
    options = tuple(
        replace(option, texts={lang: replace(text, label=parts, feedback=parts) for lang, text in option.texts.items()})
        for option in scenario.options
    )
    person = replace(scenario.person, name=SCRIPTS[3])
    return Choice(replace(scenario, texts=texts, options=options, person=person), exercise.order)


async def test_scripts_in_texts_stay_text(tmp_path: Path):
    situations = [poisoned(exercise) for exercise in exercises(2)]
    async with served(tmp_path, situations=situations) as room, Control(room) as control, phones(room, 7) as everyone:
        await control.go("next")
        for phone in everyone:
            await phone.vote(0)
        await control.go("reveal")
        shown = await everyone[0].shows("reveal")
        assert shown["question"]["title"] == SCRIPTS[0] + SCRIPTS[2]
        for page_kind in ("", "screen/", "control/"):
            page = (await room.get(f"/{room.code}/{page_kind}")).body.decode()
            assert "alert" not in page
            assert "onerror" not in page
        answer = await room.get(f"/{room.code}/poll", method="POST", body=json.dumps([{"do": "hello", "token": token()}]))
        assert answer.headers["Content-Type"] == "application/json"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        await control.go("next", "next")
        sheets = [(await room.get(f"/{room.code}/handout.html?lang={lang}")).body.decode() for lang in ("de", "en", "<script>")]
        for which in ("run_sheet", "handout"):
            await control.say({"do": "sheet", "which": which})
            sheets.append((await control.hears("sheet"))["html"])
        for sheet in sheets:
            assert "&lt;script&gt;alert(1)" in sheet
            assert "{{ 7 * 7 }}" in sheet
            for part in ("<script", "<img", "</style><", '"onload'):
                assert part not in sheet


async def test_a_name_that_was_made_up_gets_nowhere(tmp_path: Path):
    async with served(tmp_path, limits=Limits(guess_seconds=0.0)) as room:
        for name in ("evil.example; script-src *", 'a"b', "a b", "<script>", "a;b", "a,b", "*", "'unsafe-inline'", "a/b", "a?b"):
            (raw,) = await answers(room, [f"GET /{room.code}/ HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n".encode()])
            head = raw.partition(b"\r\n\r\n")[0].decode()
            assert f"ws://{name}" not in head
            assert "script-src 'self';" in head or head.startswith("HTTP/1.1 400")
            assert "unsafe-inline" not in head
            assert "connect-src 'self';" in head or head.startswith("HTTP/1.1 400")
        (raw,) = await answers(room, [f"GET /?code={room.code} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".encode()])
        assert f"\r\nLocation: {room.code}/\r\n".encode() in raw
        for target in (f"/?code={room.code}%0d%0aSet-Cookie:%20a=b", f"/{room.code}%0d%0aSet-Cookie:%20a=b", f"//evil.example/{room.code}"):
            (raw,) = await answers(room, [f"GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode()])
            assert b"\r\nSet-Cookie" not in raw
            assert b"Location: //" not in raw


TRICKS = [
    "/static/../handlers.py",
    "/static/../../../../../../etc/passwd",
    "/static/%2e%2e/handlers.py",
    "/static/%2e%2e%2fhandlers.py",
    "/static/..%2fhandlers.py",
    "/static/..%5chandlers.py",
    "/static/..\\handlers.py",
    "/static/phone/../../handlers.py",
    "/static/phone/%2e%2e/control/control.js",
    "/static/phone/../control/control.js",
    "/static//etc/passwd",
    "/static/%00",
    "/static/control/control.js%00",
    "/static/control/control.js%00.css",
    "/static/control/control.js/",
    "/static/phone",
    "/static/phone/",
    "/static/phone/phone.html",
    "/static/projector/projector.html",
    "/static/control/control.html",
    "/static/phone/entry.html",
    "/static/__init__.py",
    "/static/card/quiz.js",
    "/static/voila/templates/etiquette/page.js",
    "/static/control/CONTROL.JS",
    "/static/control/control.js;a=b",
    "/static/./control/control.js",
    "//static/control/control.js",
    "/../static/control/control.js",
    "/etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/\x7f",
    "/%",
    "/%zz",
    "/%ff%fe",
    "/static/control/control.js?../../x",
]


async def test_no_path_leads_to_other_files(tmp_path: Path):
    async with served(tmp_path, limits=Limits(guess_seconds=0.0)) as room:
        requests = [f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode("latin-1") for path in TRICKS]
        told = dict(zip(TRICKS, await answers(room, requests), strict=True))
        assert told.pop("/static/control/control.js?../../x").startswith(b"HTTP/1.1 200")
        for path, answer in told.items():
            assert answer[:12] in (b"HTTP/1.1 404", b"HTTP/1.1 400"), (path, answer[:200])
            assert b"import " not in answer
            assert b"root:" not in answer
        assert (await room.get("/static/control/control.js")).code == 200
        assert (await room.get("/static/phone/phone.js")).code == 200


async def test_guessing_a_code_is_slow_and_keeps_nobody_out(tmp_path: Path):
    assert len(_ALPHABET) ** 9 > 2**40
    async with served(tmp_path, limits=Limits(guesses=5, guess_seconds=0.4)) as room:
        begun = time.perf_counter()

        async def guess(path: str, **options: Any) -> tuple[int, float]:
            answer = await room.get(path, **options)
            return answer.code, time.perf_counter() - begun

        wrong = "A" * 9
        paths = [f"/{wrong}/", f"/?code={wrong}", f"/{wrong}/screen/", f"/{wrong}/handout.html", f"/{wrong}", f"/{wrong}/ws"] * 2
        guesses = [asyncio.create_task(guess(path)) for path in paths]
        guesses += [asyncio.create_task(guess(f"/{wrong}/poll", method="POST", body="[]")) for _ in range(3)]
        await until(lambda: any(task.done() for task in guesses))
        for path in (f"/{room.code}/", f"/?code={room.code}", f"/{room.code}/control/"):
            assert (await room.get(path)).code in (200, 303)
        async with Phone(room) as phone:
            assert phone.hello["seat"] == 0
        reader, writer = await asyncio.open_connection("127.0.0.1", room.server.port, local_addr=("127.0.0.2", 0))
        writer.write(f"GET /{room.code}/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
        assert (await asyncio.wait_for(reader.read(), 10)).startswith(b"HTTP/1.1 200")
        writer.close()
        told = [await task for task in guesses]
        assert {code for code, _ in told} == {404, 429}
        assert all(seconds >= 0.4 for code, seconds in told if code == 404)
        assert sum(code == 404 for code, _ in told) >= 5
        assert (await room.get(f"/{wrong}/")).code == 404  # and it is heard again


async def test_every_answer_has_the_headers_that_keep_a_browser_in(tmp_path: Path):
    async with served(tmp_path, limits=Limits(guess_seconds=0.0)) as room:
        inside = ["", "/", "/screen/", "/control/", "/ws", "/poll", "/handout.html"]
        outside = ["/", "/?code=A", "/?code=%ff", f"/?code={room.code}", "/AAAAAAAAA/", "/AAAAAAAAA/ws", "/no/such/place"]
        for path in [f"/{room.code}{end}" for end in inside] + outside + ["/static/control/control.js", "/static/no.js"]:
            for method in ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"):
                request = f"{method} {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".encode()
                (answer,) = await answers(room, [request])
                head = answer.partition(b"\r\n\r\n")[0].decode()
                assert "Content-Security-Policy: default-src 'none'" in head, (method, path, head)
                assert "X-Content-Type-Options: nosniff" in head
                assert "Referrer-Policy: no-referrer" in head
                assert "Server: etiquette" in head
                assert "Set-Cookie" not in head
                assert "Traceback" not in answer.decode()
                assert "tornado" not in answer.decode().lower()
        async with Wire(room) as wire:
            await wire.send(upgrade(room))
            head = await wire.head()
            assert b"Set-Cookie" not in head
            assert b"Content-Security-Policy" in head
