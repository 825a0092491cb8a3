"""The course over a bank of one's own that is too small for it: the page says what is missing, and the rest goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from card import Card
from good_scenario import GOOD, written
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("bank"), GOOD)


@pytest.mark.parametrize(
    ("lang", "scheme", "missing"),
    [("de", "light", "„Kundschaft, Wer sieht was“"), ("en", "dark", "“clients, who sees what”")],
)
def test_a_page_says_in_its_language_what_the_bank_lacks_and_plays_what_it_has(
    visit: Callable[..., Page], served: Callable[..., str], bank: Path, lang: str, scheme: str, missing: str
) -> None:
    page = visit(served(lang, "02_clients", bank), scheme=scheme)
    card = Card(page)
    notice = page.locator("[data-mime-type$='stderr']")
    expect(notice).to_have_count(1)
    expect(notice).to_contain_text(missing)
    expect(notice).to_contain_text('relation = "client", event = "audience"')
    expect(page.locator("body")).not_to_contain_text("Traceback")
    expect(page.locator("#ek-loading")).to_have_count(0)
    assert card.violations() == []
    card.resize(320, 640)
    assert not card.is_wider_than_screen()
    card.start()
    card.answer()
    card.primary.click()
    expect(card.root.locator(".ek-table")).to_have_count(2)
