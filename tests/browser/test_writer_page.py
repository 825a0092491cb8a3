"""A situation is written, found wanting, mended, looked at, played and saved in a page, without a text editor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from author_folder import FIRST, written_folder
from author_page import DE, Desk, Writer, write_situation
from etiquette_kit import load_bank
from playwright.sync_api import Page, expect
from test_connection import kernel_of
from watch import Watch

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    served = Desk(written_folder(tmp_path_factory.mktemp("writing")))
    yield served
    served.command.end()


@pytest.fixture
def folder(desk: Desk) -> Path:
    """Return the folder, with the two situations that it has at first and nothing else."""
    for path in [*desk.folder.glob("*.toml"), *(desk.folder.parent / "drafts").rglob("*.json")]:
        path.unlink()
    (desk.folder / "first.toml").write_text(FIRST, encoding="utf-8", newline="")
    return desk.folder


@pytest.mark.parametrize(("lang", "size", "scheme"), [("de", (1366, 768), "light"), ("en", (375, 667), "dark")])
def test_a_situation_is_written_mended_looked_at_played_and_saved(
    open_apart: Open, desk: Desk, folder: Path, lang: str, size: tuple[int, int], scheme: str
) -> None:
    page = open_apart("about:blank")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme)
    page.goto(desk.address(lang))
    writer = Writer(page, lang)
    expect(writer.rows).to_have_count(2)
    expect(page.locator("#ek-loading")).to_have_count(0)
    writer.assert_usable()
    writer.button("new").click()
    expect(writer.title).to_be_focused()
    write_situation(writer, same_action=True)
    same = writer.words("writer.findings.doubled_action", action=writer.words("actions.accept_open"))
    expect(writer.notes("option.2.action")).to_contain_text(same)
    expect(writer.field("option.2.action")).to_have_attribute("aria-invalid", "true")
    expect(writer.button("play")).to_have_attribute("aria-disabled", "true")
    writer.assert_usable()
    # Mended: nothing is missing any more, and the checklist has ticked itself.
    writer.field("option.2.action").select_option("decline_silently")
    expect(writer.summary).to_have_text(writer.words("writer.summary.fine"))
    expect(writer.root.locator('[data-group="text.de"] .ek-checklist [data-told="yes"]')).to_have_count(4)
    expect(writer.field("text.de.stem")).to_have_value(DE["text.de.stem"].replace('"Am', "„Am").replace('."', ".“"))
    # Looked at.
    writer.button("preview").click()
    view = writer.root.locator(".ek-learner-view")
    expect(view.locator('[data-part="before"] .ek-option')).to_have_count(3)
    expect(view.locator('[data-part="after"] .ek-message')).to_be_visible()
    writer.button("narrow").click()
    expect(writer.button("narrow")).to_have_attribute("aria-pressed", "true")
    writer.assert_usable()
    # Played, on the same page.
    writer.button("play").click()
    expect(writer.options).to_have_count(3)
    writer.answer(0)
    expect(writer.results.first).to_be_visible()
    writer.button("play_end").click()
    expect(writer.field("person.name")).to_have_value("Vera Sommer")
    # Saved: the situations that were there are as they were.
    writer.button("save").click()
    expect(writer.said).to_have_text(writer.words("writer.saved", file="first.toml"))
    bank = load_bank(folder)
    assert bank["a-request-after-a-delivery"].languages == ("de", "en")
    assert [finding for finding in bank.findings if finding.id == "a-request-after-a-delivery"] == []
    assert (folder / "first.toml").read_text(encoding="utf-8").startswith(FIRST)
    writer.button("to_list").click()
    expect(writer.rows).to_have_count(3)


@pytest.mark.usefixtures("folder")
def test_by_keyboard_a_field_keeps_the_focus_while_findings_come_and_go(open_apart: Open, desk: Desk) -> None:
    page = open_apart(desk.address("de"))
    writer = Writer(page, "de")
    expect(writer.rows).to_have_count(2)
    writer.tab_to('[data-control="open-one"]')
    page.keyboard.press("Enter")
    expect(writer.title).to_be_focused()
    writer.tab_to('[data-control="facts.event-friend_request"]')
    page.keyboard.press("ArrowDown")
    expect(writer.field("facts.event-message")).to_be_focused()
    expect(writer.field("facts.personal-true")).to_be_visible()
    expect(writer.field("facts.event-message")).to_be_focused()  # the questions were drawn anew
    page.keyboard.press("ArrowUp")
    expect(writer.field("facts.wanted-true")).to_be_visible()
    writer.tab_to('[data-control="text.de.title"]')
    page.keyboard.press("End")
    page.keyboard.type(" und noch sehr viel mehr, das hier steht")
    expect(writer.notes("text.de.title")).to_contain_text("Wörter")
    expect(writer.field("text.de.title")).to_be_focused()
    expect(writer.field("text.de.title")).to_have_value("Eine Anfrage und noch sehr viel mehr, das hier steht")
    writer.tab_to('[data-control="undo"]')
    page.keyboard.press("Enter")
    expect(writer.field("text.de.title")).to_have_value("Eine Anfrage")
    expect(writer.field("undo")).to_be_focused()


def test_what_word_brings_along_is_tidied_and_hostile_text_is_text(open_apart: Open, desk: Desk, folder: Path) -> None:
    page = open_apart(desk.address("de"))
    writer = Writer(page, "de")
    expect(writer.rows).to_have_count(2)
    writer.open("Eine Anfrage")
    stem = writer.field("text.de.stem")
    stem.fill("Vorher.  Nachher.")
    writer.await_kept()
    pasted = "Frau\u00a0Bei\u00adspiel sagt:\r\n“Guten\u202fTag!”"
    stem.evaluate(
        """(area, text) => {
            area.focus();
            area.setSelectionRange(8, 8);
            const data = new DataTransfer();
            data.setData("text/plain", text);
            data.setData("text/html", "<p class=MsoNormal><b>fett</b></p>");
            if (area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))) {
                document.execCommand("insertText", false, text);
            }
        }""",
        pasted,
    )
    expect(stem).to_have_value("Vorher. Frau Beispiel sagt:\n„Guten Tag!“ Nachher.")
    assert stem.evaluate("(area) => area.value.slice(area.selectionStart)") == " Nachher."
    hostile = "<img src=x onerror=\"document.title='!'\"> ]] [[scenario]]"
    writer.field("text.de.title").fill(hostile)
    writer.await_kept()
    writer.button("preview").click()
    expect(writer.root.locator('[data-part="before"] h4')).to_contain_text("<img src=x")
    writer.button("save").click()
    expect(writer.said).to_have_text(writer.words("writer.saved", file="first.toml"))
    writer.button("to_list").click()
    expect(writer.rows.first).to_contain_text("<img src=x")
    assert page.locator(".ek img").count() == 0
    assert len(load_bank(folder)) == 2


def test_what_is_typed_outlives_a_reload_and_a_killed_kernel(open_apart: Open, desk: Desk, folder: Path, watch: Watch) -> None:
    page = open_apart(desk.address("de"))
    writer = Writer(page, "de")
    expect(writer.rows).to_have_count(2)
    writer.open("Eine Anfrage")
    writer.field("person.name").fill("Eva Beispiel")
    writer.await_kept()
    page.reload()
    expect(writer.field("person.name")).to_have_value("Eva Beispiel")
    expect(writer.state).to_have_text(writer.words("writer.state.changed"))
    # The kernel is killed while one types; what it did not take any more, the tab knows.
    stem = writer.field("text.de.stem")
    stem.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Das ist noch angekommen.")
    writer.await_kept()
    kernel = kernel_of(page)
    kernel.kill()
    kernel.wait(30)
    page.keyboard.type(" Das nicht mehr.")
    (text,) = {path.read_text(encoding="utf-8") for path in (folder.parent / "drafts").rglob("*.json")}
    assert "Das ist noch angekommen." in text
    page.reload()
    expect(writer.field("person.name")).to_have_value("Eva Beispiel")
    expect(stem).to_have_value(f"{load_bank(folder)['one'].text('de').stem.strip()} Das ist noch angekommen. Das nicht mehr.")
    writer.button("save").click()
    expect(writer.state).to_have_text(writer.words("writer.state.saved", file="first.toml"))
    assert load_bank(folder)["one"].text("de").stem.endswith("Das nicht mehr.\n")
    # Jupyter's own promise to a kernel that was killed
    watch.wrong = [entry for entry in watch.wrong if not entry.endswith("Kernel connection disconnected")]


def test_two_pages_on_one_folder_neither_lose_nor_overwrite(open_apart: Open, desk: Desk, folder: Path) -> None:
    mine = Writer(open_apart(desk.address("de")), "de")
    other = Writer(open_apart(desk.address("de")), "de")
    for writer, name in ((mine, "Eva Beispiel"), (other, "Ida Beispiel")):
        expect(writer.rows).to_have_count(2)
        writer.open("Eine Anfrage")
        writer.field("person.name").fill(name)
        writer.await_kept()
    other.button("save").click()
    expect(other.said).to_have_text(other.words("writer.saved", file="first.toml"))
    mine.button("save").click()
    clash = mine.root.locator(".ek-clash")
    expect(clash.locator(".ek-version")).to_have_text(["Eva Beispiel", "Ida Beispiel"])
    assert load_bank(folder)["one"].person.name == "Ida Beispiel"
    expect(clash.locator("h3")).to_be_focused()
    mine.assert_usable()
    mine.button("mine").click()
    expect(clash).to_have_count(0)
    expect(mine.state).to_have_text(mine.words("writer.state.saved", file="first.toml"))
    assert load_bank(folder)["one"].person.name == "Eva Beispiel"
