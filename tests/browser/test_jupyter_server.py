"""The page inside a Jupyter server, as Binder serves it: same template, same quiz, nothing from the network."""

import json
import os
import runpy
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from card import Card
from etiquette_kit.hosts.launcher.course import course, page_resources, prose
from etiquette_kit.hosts.launcher.servers import free_port, voila
from etiquette_kit.locale import catalog
from playwright.sync_api import Page, expect
from repository import ROOT
from traitlets.config import Config

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PREFIX = "/user/somebody/"  # Binder serves below a path of its own


@pytest.fixture(scope="module")
def jupyter_server(tmp_path_factory: pytest.TempPathFactory, runtime: Path) -> Iterator[str]:
    prefix = tmp_path_factory.mktemp("prefix")
    subprocess.run([ROOT / "binder" / "postBuild", prefix], cwd=ROOT, check=True)
    port = free_port()
    log = prefix / "log"
    with log.open("w") as said:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root", f"--port={port}", "--ip=127.0.0.1"),
                *(f"--ServerApp.base_url={PREFIX}", "--IdentityProvider.token=", "--ServerApp.password="),
            ],
            cwd=ROOT,
            env={
                **os.environ,
                "JUPYTER_PATH": str(prefix / "share" / "jupyter"),
                "JUPYTER_CONFIG_PATH": os.pathsep.join(
                    filter(None, [str(prefix / "etc" / "jupyter"), os.environ.get("JUPYTER_CONFIG_PATH")])
                ),
                "JUPYTER_CONFIG_DIR": str(prefix / "config"),
                "JUPYTER_DATA_DIR": str(prefix / "data"),
                "JUPYTER_RUNTIME_DIR": str(runtime),
                "IPYTHONDIR": str(prefix / "ipython"),
            },
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}{PREFIX}"
    try:
        assert _answers(server, f"{address}api/status"), log.read_text()
        yield address
    finally:
        server.terminate()
        server.wait(30)


def _answers(server: subprocess.Popen[bytes], url: str) -> bool:
    """Wait until the server runs, and has no kernel yet; tell whether it does."""
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310  our own address
                return bool(json.load(answer)["kernels"] == 0)
        except OSError:
            time.sleep(0.2)
    return False


@pytest.mark.parametrize(("lang", "other"), [("de", "en"), ("en", "de")])
def test_the_quiz_plays(open_page: Callable[..., Page], jupyter_server: str, lang: str, other: str) -> None:
    page = open_page(f"{jupyter_server}voila/render/notebooks/{lang}/00_start.ipynb")
    card = Card(page)
    card.start()
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(card.root).to_have_attribute("lang", lang)
    card.answer(1)
    expect(card.results.first).to_be_visible()
    card.primary.click()
    card.await_question(2)
    page.locator(f".ek-page-languages [lang={other}]").click()
    expect(card.root).to_have_attribute("lang", other)
    expect(page.locator("html")).to_have_attribute("lang", other)
    card.await_question(2)


def test_the_course_and_the_words_are_those_of_the_pages_that_etiquette_quiz_serves(jupyter_server: str, tmp_path: Path) -> None:
    settings = runpy.run_path(str(ROOT / "binder" / "voila.py"), {"get_config": Config})["c"]["VoilaConfiguration"]
    own = voila(tmp_path, "de/00_start.ipynb", 1, "", {}, page_resources()).command
    kit = {
        lang: {name: part for name, part in found.items() if name != "prose"} for lang, found in settings["resources"]["etiquette"].items()
    }
    assert f"--VoilaConfiguration.resources={ {'etiquette': kit} }" in own
    assert {lang: found["prose"] for lang, found in settings["resources"]["etiquette"].items()} == {lang: prose(lang) for lang in kit}
    with urllib.request.urlopen(f"{jupyter_server}voila/render/notebooks/de/01_article.ipynb", timeout=600) as answer:  # noqa: S310
        html = answer.read().decode()
    assert catalog("de")("page.starting") in html
    assert all(lesson.title in html for lesson in course("de"))
