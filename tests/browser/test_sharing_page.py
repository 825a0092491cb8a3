"""Deciding who sees what in Chromium over Voilà: by mouse, by keyboard, in both languages, on a phone, light and dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from card import Card
from etiquette_kit.locale import catalog, languages
from playwright.sync_api import Locator, Page, expect
from test_connection import kernel_of
from test_leak import Wire, bare, found
from watch import Watch

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LENGTH = 4
LISTS = ("friends", "family", "colleague", "boss", "client")
NOTEBOOK = "12_sharing"
DESKTOP, PHONE = (1366, 768), (375, 667)

UNCOVERED = """(box) => {
  const { left, top, width, height } = box.getBoundingClientRect();
  return box.closest("label").contains(document.elementFromPoint(left + width / 2, top + height / 2));
}"""

Open = Callable[..., Page]
Serve = Callable[..., str]


def opened(open_page: Open, served: Serve, lang: str = "de", size: tuple[int, int] = DESKTOP, **options: object) -> Card:
    card = Card(open_page(served(lang, NOTEBOOK), width=size[0], height=size[1], **options))
    expect(card.primary).to_be_visible()
    return card


def names_of(posts: Locator) -> list[str]:
    return posts.locator(".ek-post-name").all_inner_texts()


def previewed(card: Card) -> Locator:
    """The names of the posts in the preview."""
    return card.root.locator(".ek-profile-post .ek-post-name")


def check_feedback(card: Card, lang: str, summary: str) -> None:
    """The message has the focus, what each list sees follows, and advice is said to be the kit's own."""
    words = catalog(lang)
    expect(card.root.locator("h3.ek-summary")).to_have_text(words(f"sharing.{summary}"))
    expect(card.root.locator("h3.ek-summary")).to_be_focused()
    expect(card.root.locator("h3.ek-summary")).to_be_in_viewport()
    expect(card.root.locator(".ek-outcome")).to_have_count(4)
    expect(card.root.locator(".ek-note")).to_have_text(words("sharing.advice_note"))


@pytest.mark.parametrize(("lang", "size"), [("de", DESKTOP), ("en", PHONE)])
def test_it_is_decided_by_mouse_to_the_end(open_page: Open, served: Serve, lang: str, size: tuple[int, int]) -> None:
    card = opened(open_page, served, lang, size)
    card.start()
    for number in range(1, LENGTH + 1):
        card.await_question(number)
        expect(card.posts.first).to_be_visible()
        posts = names_of(card.posts)
        expect(previewed(card)).to_have_text(posts)
        card.respond(1)
        expect(previewed(card)).to_have_text(posts[:1])
        assert not card.is_wider_than_screen()
        card.primary.click()
        check_feedback(card, lang, "summary_apart")
        expect(previewed(card)).to_have_text(posts[:1])
        card.root.locator(".ek-view input").first.check()
        expect(previewed(card)).to_have_text(posts)
        assert not card.is_wider_than_screen()
        card.primary.click()
    expect(card.title).to_have_text(catalog(lang)("end.title_practice"))
    expect(card.root.locator(".ek-item")).to_have_count(LENGTH)
    card.root.locator(".ek-item button").first.click()
    expect(card.root.locator(".ek-outcome")).to_have_count(4)


@pytest.mark.parametrize(("lang", "size"), [("en", DESKTOP), ("de", PHONE)])
def test_it_is_decided_by_keyboard_to_the_end(open_page: Open, served: Serve, lang: str, size: tuple[int, int]) -> None:
    card = opened(open_page, served, lang, size)
    page = card.page
    card.tab_to(".ek-primary")
    page.keyboard.press("Enter")
    for number in range(1, LENGTH + 1):
        card.await_question(number)
        expect(card.title).to_be_focused()
        posts = names_of(card.posts)
        card.tab_to(".ek-tick input")
        for place in range(len(posts)):
            boxes = card.posts.nth(place).locator("input")
            for position in range(len(LISTS)):
                expect(boxes.nth(position)).to_be_focused()
                expect(boxes.nth(position)).to_be_in_viewport()
                assert boxes.nth(position).evaluate(UNCOVERED), "what is said of the last box covers this one"
                if position > 1:
                    page.keyboard.press("Space")
                    expect(boxes.nth(position)).not_to_be_checked()
                page.keyboard.press("Tab")
        views = card.root.locator(".ek-view input")
        expect(views.nth(3)).to_be_focused()
        expect(previewed(card)).to_have_count(0)
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowLeft")
        expect(views.nth(1)).to_be_checked()
        expect(previewed(card)).to_have_text(posts)
        card.tab_to(".ek-primary")
        page.keyboard.press("Space")
        check_feedback(card, lang, "summary_apart")
        card.tab_to(".ek-primary")
        page.keyboard.press("Enter")
    expect(card.title).to_be_focused()
    expect(card.title).to_have_text(catalog(lang)("end.title_practice"))


def test_each_post_is_a_named_group_and_each_box_says_list_and_post(open_page: Open, served: Serve) -> None:
    card = opened(open_page, served)
    card.start()
    expect(card.posts.first).to_be_visible()
    lists = [catalog("de")(f"sharing_lists.{name}") for name in LISTS]
    names = names_of(card.posts)
    for name, text in zip(names, card.posts.locator(".ek-post-text").all_inner_texts(), strict=True):
        group = card.root.get_by_role("group", name=name, exact=True)
        expect(group).to_have_accessible_description(text)
        for entry in lists:
            expect(group.get_by_role("checkbox", name=f"{entry}: {name}", exact=True)).to_be_checked()
        expect(group.get_by_role("checkbox")).to_have_count(len(lists))
    views = card.root.get_by_role("group", name=catalog("de")("sharing.seen_by"), exact=True)
    expect(views.get_by_role("radio")).to_have_count(len(lists))
    status = card.root.locator(".ek-unseen")
    expect(status).to_have_attribute("role", "status")
    card.root.get_by_role("checkbox", name=f"{lists[3]}: {names[0]}", exact=True).uncheck()
    expect(status).to_have_text(f"{lists[3]}: {len(names) - 1} von {len(names)} Beiträgen zu sehen.")


def test_switching_the_language_keeps_what_was_decided_and_whose_view_it_is(open_page: Open, served: Serve) -> None:
    card = opened(open_page, served)
    card.start()
    card.respond(2)
    card.root.locator(".ek-view input").nth(4).check()
    checked = "(boxes) => boxes.map((box) => box.checked)"
    before = card.posts.locator("input").evaluate_all(checked)
    card.page.get_by_role("button", name="English").click()
    expect(card.root).to_have_attribute("lang", "en")
    expect(card.root).to_contain_text("Who should see which post?")
    assert card.posts.locator("input").evaluate_all(checked) == before
    expect(card.root.locator(".ek-view input").nth(4)).to_be_checked()
    expect(previewed(card)).to_have_count(2)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_nothing_scrolls_sideways_or_is_cut_off_and_targets_are_large_enough(open_page: Open, served: Serve, lang: str) -> None:
    card = opened(open_page, served, lang)
    card.start()
    cut = "(parts) => parts.filter((part) => part.scrollWidth > part.clientWidth + 1).map((part) => part.textContent)"
    broken = """(parts) => parts.filter((part) => !part.textContent.includes(' ') && part.getClientRects().length > 1)
        .map((part) => part.textContent)"""
    for state in ("open", "answered"):
        if state == "answered":
            card.answer(1)
            card.root.locator("details").evaluate_all("(all) => { for (const one of all) one.open = true; }")
        for width in (320, 640, 1280):
            card.resize(width, 800)
            assert not card.is_wider_than_screen(), f"{state} at {width}"
            assert card.small_targets() == []
            for part in (".ek-tick", ".ek-view", ".ek-outcome"):
                assert card.root.locator(part).evaluate_all(cut) == []
            assert card.root.locator(".ek-tick > span").evaluate_all(broken) == [], "no name of a list is broken within a word"


@pytest.mark.parametrize("options", [{"scheme": "light"}, {"scheme": "dark"}, {"forced_colors": "active"}, {"size": (320, 640)}])
def test_axe_finds_nothing(open_page: Open, served: Serve, options: dict[str, object]) -> None:
    card = opened(open_page, served, **options)  # type: ignore[arg-type]
    card.start()
    assert card.violations() == []
    card.respond(3)
    assert card.violations() == []
    card.answer(3)
    card.root.locator("details").evaluate_all("(all) => { for (const one of all) one.open = true; }")
    assert card.violations() == []


def test_a_killed_kernel_and_a_reload_lead_back_to_the_same_question(open_apart: Open, served: Serve, watch: Watch) -> None:
    page = open_apart(served("de", NOTEBOOK))
    card = Card(page)
    card.start()
    card.answer(2)
    said = card.root.locator(".ek-outcome").all_inner_texts()
    card.primary.click()
    card.await_question(2)
    title = card.title.inner_text()
    expect(card.saved).to_contain_text("1 Antwort gespeichert")
    kernel = kernel_of(page)
    kernel.kill()
    kernel.wait(30)
    page.reload()
    card.await_question(2)
    expect(card.title).to_have_text(title)
    expect(card.posts.first).to_be_visible()
    card.root.get_by_role("button", name="Zurück").click()
    card.await_question(1)
    expect(card.root.locator(".ek-outcome")).to_have_text(said, use_inner_text=True)
    # Jupyter's own promise to a kernel that was killed
    watch.wrong = [entry for entry in watch.wrong if not entry.endswith("Kernel connection disconnected")]


def test_nothing_of_the_feedback_arrives_before_the_answer(open_page: Open, served: Serve) -> None:
    page = open_page("about:blank")
    wire = Wire(page)
    page.goto(served("de", NOTEBOOK))
    card = Card(page)
    card.start()
    expect(card.posts.first).to_be_visible()
    received = wire.received()
    assert bare(card.title.inner_text()) in received, "the recording is blind"
    tables = ("sharing_advice", *(f"reasons.{rule}" for rule in ("R15", "R16", "R17")))
    secret = [bare(text) for lang in languages() for table in tables for text in catalog(lang).table(table).values()]
    assert found(secret, received) == []
    card.respond(2)
    assert found(secret, wire.received()) == [], "the preview needs nothing from the kernel"
    card.primary.click()
    expect(card.root.locator(".ek-outcome").first).to_be_visible()
    assert len(found(secret, wire.received())) >= 4, "the recording is blind to feedback"


def test_in_a_test_who_sees_what_is_kept_in_words_and_told_at_the_end(open_page: Open, served: Serve) -> None:
    card = Card(open_page(served("de", "06_test")))
    card.start()
    number = 1
    expect(card.asked.first).to_be_visible()
    while card.posts.count() == 0:
        card.respond()
        card.primary.click()
        number += 1
        card.await_question(number)
        expect(card.asked.first).to_be_visible()
    count = card.posts.count()
    title = card.title.inner_text()
    card.respond(1)
    card.primary.click()
    card.await_question(number + 1)
    card.root.get_by_role("button", name="Zurück").click()
    card.await_question(number)
    expect(card.root.locator(".ek-shared strong")).to_have_text(["alle", *["Enge Freunde, Familie"] * (count - 1)])
    expect(card.root.locator(".ek-outcome, .ek-preview")).to_have_count(0)
    assert card.violations() == []
    card.primary.click()
    card.play_test(12, first=number + 1)
    card.root.get_by_role("button", name=f"Ansehen: {title}").click()
    expect(card.root.locator(".ek-outcome")).to_have_count(4)
