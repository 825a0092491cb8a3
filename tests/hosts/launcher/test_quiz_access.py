"""Whoever has not the token of a running quiz gets nothing from it: no kernel, no file, no socket; who has it, has it by a cookie."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from etiquette_kit.hosts.launcher import servers as serve
from etiquette_kit.locale import catalog
from running_quiz import OTHER_PAGE, PAGE, TOKEN, RunningQuiz, running_quiz
from websocket import WebSocketBadStatusException, create_connection

pytestmark = pytest.mark.slow

PAGES = [f"/voila/render/{PAGE}", f"/voila/render/{OTHER_PAGE}"]
PATHS = [
    *PAGES,
    *("/", "/voila/tree", "/voila/static/voila.js", "/voila/templates/etiquette/static/x.js", "/voila/files/de/00_start.ipynb"),
    *("/voila/api/contents/de", "/voila/labextensions/x.js", "/voila/api/themes/x.css", "/login", "/logout", "/no/such/page"),
    *("/api/kernels/00000000-0000-0000-0000-000000000000", "/voila/query/00000000-0000-0000-0000-000000000000"),
]
BLIND = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "image", "Referer": "https://example.org/"}


@pytest.fixture(scope="module")
def quiz() -> Iterator[RunningQuiz]:
    with running_quiz() as running:
        running.await_kernels(1)
        yield running


def test_blind_requests_start_no_kernel(quiz: RunningQuiz) -> None:
    before = quiz.kernels()
    with ThreadPoolExecutor(12) as threads:
        answers = list(threads.map(lambda number: quiz.ask(PAGES[number % 2], **BLIND), range(12)))
    assert quiz.kernels() == before
    assert {answer.status for answer in answers} == {403}


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_is_served_without_the_token(quiz: RunningQuiz, method: str) -> None:
    before = quiz.kernels()
    assert {path: quiz.ask(path, method).status for path in PATHS} == dict.fromkeys(PATHS, 403)
    assert {quiz.ask(f"{path}?token=wrong", method).status for path in PATHS} == {403}
    assert {quiz.ask(path, method, Authorization="token wrong").status for path in PATHS} == {403}
    assert {quiz.ask(path, method, Cookie=f"etiquette-quiz-{quiz.server.port}=x").status for path in PATHS} == {403}
    assert quiz.kernels() == before


def test_who_is_refused_reads_in_both_languages_what_to_do(quiz: RunningQuiz) -> None:
    for lang, other in (("de", "en"), ("en", "de")):
        html = quiz.ask(f"/voila/render/{lang}/00_start.ipynb").text
        assert f'<html lang="{lang}">' in html
        titles = [html.index(f">{catalog(each)('page.refused_title')}</h") for each in (lang, other)]
        assert titles == sorted(titles)
        assert all(catalog(each)("page.refused_help") in html for each in (lang, other))
        assert TOKEN not in html


def test_the_list_of_courses_leads_to_each_of_them_in_its_own_language(quiz: RunningQuiz) -> None:
    html = quiz.ask("/", Authorization=f"token {TOKEN}").text
    assert '<html lang="de">' in html
    assert "<title>Privat oder beruflich? · Private or professional?</title>" in html
    assert '<a href="/voila/render/de/00_start.ipynb">Zum Kurs auf Deutsch</a>' in html
    assert '<p lang="en"><a href="/voila/render/en/00_start.ipynb">Go to the course in English</a></p>' in html


def test_a_page_that_there_is_not_leads_back_to_each_course(quiz: RunningQuiz) -> None:
    answer = quiz.ask("/voila/render/de/99_nothing.ipynb", Authorization=f"token {TOKEN}")
    assert answer.status == 404
    assert 'Zurück zum <a href="/voila/render/de/00_start.ipynb">Kurs auf Deutsch</a>.' in answer.text
    assert 'Back to the <a href="/voila/render/en/00_start.ipynb">course in English</a>.' in answer.text


def test_the_token_gives_a_cookie_and_leads_on_to_an_address_without_it(quiz: RunningQuiz) -> None:
    answer = quiz.ask(f"{PAGES[1]}?token={TOKEN}&theme=light")
    assert answer.status == 303
    assert answer.headers["Location"] == f"{PAGES[1]}?theme=light"
    assert answer.headers["Cache-Control"] == "no-store"
    cookie, *attributes = answer.headers["Set-Cookie"].split("; ")
    assert cookie.startswith(f"etiquette-quiz-{quiz.server.port}="), "of two servers on this machine each has its own"
    assert set(attributes) == {"HttpOnly", "Path=/", "SameSite=Strict"}, "and it ends with the browser"
    assert TOKEN not in cookie
    page = quiz.ask(PAGES[1], Cookie=cookie)
    assert page.status == 200
    assert page.kernel in quiz.kernels()
    assert TOKEN not in page.text
    assert quiz.ask("/voila/static/voila.js", Cookie=cookie).status == 200
    assert quiz.ask(f"{PAGES[1]}?token=of-yesterday", Cookie=cookie).headers["Location"] == PAGES[1]


def test_a_path_that_looks_like_another_host_leads_nowhere_else(quiz: RunningQuiz) -> None:
    assert quiz.ask(f"//example.org/x?token={TOKEN}").headers["Location"] == "/example.org/x"


def test_a_link_on_another_site_leads_on_by_a_page_of_our_own(quiz: RunningQuiz) -> None:
    answer = quiz.ask(f"{PAGES[1]}?token={TOKEN}", Sec_Fetch_Site="cross-site")
    assert answer.status == 200
    assert f'<meta http-equiv="refresh" content="0; url={PAGES[1]}">' in answer.text
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert TOKEN not in answer.text


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_use_the_cookie(quiz: RunningQuiz, site: str) -> None:
    cookie, before = quiz.cookie(), quiz.kernels()
    assert quiz.ask(PAGES[1], Cookie=cookie, Sec_Fetch_Site=site).status == 403
    assert quiz.ask(f"{PAGES[1]}?token=wrong", Cookie=cookie, Sec_Fetch_Site=site).status == 403
    assert quiz.ask("/voila/static/voila.js", Cookie=cookie, Sec_Fetch_Site=site).status == 403
    assert quiz.ask("/voila/static/voila.js", Cookie=cookie, Sec_Fetch_Site="same-origin").status == 200
    assert quiz.kernels() == before


@pytest.mark.parametrize(
    "host", ["example.org", "example.org:{port}", "127.0.0.1.example.org:{port}", "192.0.2.1:{port}", "localhost.:{port}"]
)
def test_under_another_name_nothing_is_served_even_with_the_token(quiz: RunningQuiz, host: str) -> None:
    name, cookie, before = host.format(port=quiz.server.port), quiz.cookie(), quiz.kernels()
    assert quiz.ask(f"{PAGES[1]}?token={TOKEN}", Host=name).status == 403
    assert quiz.ask(PAGES[1], Host=name, Cookie=cookie).status == 403
    assert quiz.ask(PAGES[1], Host=name, Authorization=f"token {TOKEN}").status == 403
    assert quiz.ask("/voila/static/voila.js", Host=name, Cookie=cookie).status == 403
    assert quiz.kernels() == before


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LocalHost:{port}", "[::1]:{port}", "localhost"])
def test_the_names_of_this_machine_are_good(quiz: RunningQuiz, host: str) -> None:
    name = host.format(port=quiz.server.port)
    assert quiz.ask("/voila/static/voila.js", Host=name, Authorization=f"token {TOKEN}").status == 200


@pytest.mark.parametrize("path", ["/api/kernels/{kernel}/channels", "/voila/query/{kernel}"])
def test_a_socket_needs_the_cookie_and_its_own_origin(quiz: RunningQuiz, path: str) -> None:
    address = f"ws://{quiz.host}{path.format(kernel=quiz.open().kernel)}"
    own, cookie = f"http://{quiz.host}", quiz.cookie()
    create_connection(address, origin=own, cookie=cookie).close()
    if "channels" in path:  # the browser's; some browsers call their own page another site here
        create_connection(address, origin=own, cookie=cookie, header=["Sec-Fetch-Site: cross-site"]).close()
    for origin, known in ((own, None), ("https://example.org", cookie), ("http://127.0.0.1:9", cookie)):
        with pytest.raises(WebSocketBadStatusException, match="403"):
            create_connection(address, origin=origin, cookie=known)
    with pytest.raises(WebSocketBadStatusException, match="403"):
        create_connection(f"{address}?token=wrong", origin=own, cookie=cookie, host="example.org")


def test_the_browser_is_started_with_a_token_for_one_visit() -> None:
    with running_quiz() as quiz:
        first = urlsplit(quiz.server.browser_url)
        assert TOKEN not in quiz.server.browser_url
        assert TOKEN in quiz.server.url
        assert not any(TOKEN in word or serve.one_time_token(TOKEN) in word for word in quiz.process.cmdline())
        answer = quiz.ask(f"{first.path}?{first.query}")
        assert answer.status == 303
        assert quiz.ask(answer.headers["Location"], Cookie=answer.headers["Set-Cookie"].partition(";")[0]).status == 200
        assert quiz.ask(f"{first.path}?{first.query}").status == 403
        assert quiz.ask(f"{PAGES[0]}?token={TOKEN}").status == 303


def test_a_server_that_is_started_again_knows_no_old_cookie(quiz: RunningQuiz) -> None:
    old = quiz.cookie().partition("=")[2]
    with running_quiz() as another:
        name = another.cookie().partition("=")[0]
        assert another.ask(PAGES[1], Cookie=f"{name}={old}").status == 403


def test_kernels_do_not_have_the_token_in_their_environment(quiz: RunningQuiz) -> None:
    started = [child.environ() for child in quiz.process.children(recursive=True) if "ipykernel" in " ".join(child.cmdline())]
    assert started
    assert not any(re.search(TOKEN, value) for environment in started for value in environment.values())
