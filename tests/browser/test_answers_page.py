"""Answers outlive a reload, a killed kernel and a second window; and everyone rules over her own."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from card import Card
from playwright.sync_api import Page, expect
from served_course import Served
from test_connection import kernel_of
from watch import Watch

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Page]
Serve = Callable[..., str]


def half_played(page: Page) -> tuple[Card, str]:
    """Answer two questions and go on to the third; return its title."""
    card = Card(page)
    card.start()
    for number in (1, 2):
        card.await_question(number)
        card.answer(number)
        card.primary.click()
    card.await_question(3)
    expect(card.saved).to_contain_text("2 Antworten gespeichert")
    return card, card.title.inner_text()


@contextmanager
def own_server(*options: str) -> Iterator[Served]:
    """Serve pages over a store that a test may look into."""
    server = Served("quiz", "--lang", "de", *options)
    try:
        yield server
    finally:
        server.end()


def test_a_killed_kernel_and_a_reload_lead_back_to_the_same_question(open_apart: Open, served: Serve, watch: Watch) -> None:
    page = open_apart(served("de"))
    card, title = half_played(page)
    kernel = kernel_of(page)
    kernel.kill()
    kernel.wait(30)
    page.reload()
    card.await_question(3)
    expect(card.title).to_have_text(title)
    expect(card.saved).to_contain_text("2 Antworten gespeichert")
    card.root.get_by_role("button", name="Zurück").click()
    card.await_question(2)
    expect(card.root.locator(".ek-own")).to_have_count(1)
    # Jupyter's own promise to a kernel that was killed
    watch.wrong = [entry for entry in watch.wrong if not entry.endswith("Kernel connection disconnected")]


def test_two_windows_neither_lose_nor_double_an_answer(open_apart: Open, served: Serve) -> None:
    page = open_apart(served("de"))
    card, title = half_played(page)
    second = Card(open_apart(page.url, beside=page))
    second.await_question(3)
    expect(second.title).to_have_text(title)
    second.answer(0)
    card.answer(1)
    expect(card.status).to_contain_text("in einem anderen Fenster")
    expect(card.saved).to_contain_text("3 Antworten gespeichert")
    card.root.get_by_role("button", name="Weiter").click()
    card.await_question(4)
    card.answer(0)
    expect(card.saved).to_contain_text("4 Antworten gespeichert")


def test_my_answers_are_downloaded_taken_along_and_deleted(open_apart: Open, served: Serve) -> None:
    page = open_apart(served("de"))
    card, title = half_played(page)
    card.root.get_by_role("button", name="Meine Antworten", exact=True).click()
    expect(card.title).to_have_text("Meine Antworten")
    assert card.violations() == []
    assert card.small_targets() == []
    with page.expect_download() as handed:
        card.root.get_by_role("button", name="JSON").click()
    told = json.loads(Path(handed.value.path()).read_text(encoding="utf-8"))
    assert [len(session["answers"]) for session in told["sessions"]] == [2]
    card.root.get_by_role("button", name="Code anzeigen").click()
    code = card.root.locator(".ek-code").inner_text()

    elsewhere = Card(open_apart(served("de")))
    expect(elsewhere.primary).to_be_visible()
    elsewhere.root.get_by_role("button", name="Meine Antworten", exact=True).click()
    elsewhere.root.get_by_label("Code von woanders").fill("AAAAA-AAAAA")
    elsewhere.root.get_by_role("button", name="Übernehmen").click()
    expect(elsewhere.status).to_contain_text("keine Antworten")
    elsewhere.root.get_by_label("Code von woanders").fill(code.lower())
    elsewhere.root.get_by_role("button", name="Übernehmen").click()
    elsewhere.await_question(3)
    expect(elsewhere.title).to_have_text(title)

    card.root.get_by_role("button", name="Meine Antworten löschen").click()
    expect(card.root).to_contain_text("Wirklich löschen?")
    card.root.get_by_role("button", name="Ja, alles löschen").click()
    expect(card.status).to_contain_text("ist gelöscht")
    expect(card.primary).to_have_text("Los geht’s")
    elsewhere.answer(0)
    expect(elsewhere.trouble).to_contain_text("wird nichts mehr gespeichert")
    page.reload()
    expect(card.primary).to_have_text("Los geht’s")


def test_someone_else_sits_down(open_apart: Open, served: Serve) -> None:
    page = open_apart(served("de"))
    card, _ = half_played(page)
    card.root.get_by_role("button", name="Meine Antworten", exact=True).click()
    card.root.get_by_role("button", name="Den Platz übergeben").click()
    expect(card.primary).to_have_text("Los geht’s")
    page.reload()
    expect(card.primary).to_have_text("Los geht’s")
    card.start()
    card.answer()
    expect(card.saved).to_contain_text("1 Antwort gespeichert")


def test_a_store_that_is_gone_is_said_and_what_piled_up_is_saved_later(open_apart: Open) -> None:
    with own_server() as server:
        page = open_apart(server.url)
        card, _ = half_played(page)
        blocker = sqlite3.connect(server.store, isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        card.answer(0)
        expect(card.trouble).to_contain_text("nicht gespeichert")
        expect(card.trouble).to_contain_text("Eine Antwort ist noch nicht gespeichert")
        expect(card.results.first).to_be_visible()
        blocker.execute("ROLLBACK")
        blocker.close()
        expect(card.trouble).to_have_text("")
        expect(card.saved).to_contain_text("3 Antworten gespeichert")


def test_a_group_is_collected_only_from_who_agreed(open_apart: Open) -> None:
    with own_server("--cohort", "Herbst") as server:
        for name, cohort in (("Einverstanden", "Herbst"), ("Ohne Zustimmung", None)):
            page = open_apart(server.url)
            card = Card(page)
            expect(card.root).to_contain_text("Dürfen Ihre Antworten gesammelt werden?")
            expect(card.root).to_contain_text("Gruppen ab 7 Personen")
            assert card.violations() == []
            card.root.get_by_role("button", name=name).click()
            card.await_question(1)
            card.answer()
            expect(card.saved).to_contain_text("1 Antwort gespeichert")
            copy = shutil.copytree(server.store.parent, server.store.parent.with_suffix(f".{name}"))
            with sqlite3.connect(copy / server.store.name) as kept:
                assert kept.execute("SELECT cohort FROM answers ORDER BY session DESC").fetchone() == (cohort,)
            kept.close()
            shutil.rmtree(copy)
