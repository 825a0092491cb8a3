"""From an idea to what colleagues say of it, without a text editor: written, played, voted on in a room, tried on three readers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from author_page import Desk, Writer, write_situation
from etiquette_kit import load_bank
from etiquette_kit.analysis import TrialReport
from etiquette_kit.cli import app
from etiquette_kit.present.trial_form import trial_form
from playwright.sync_api import Page, expect
from room_command import RoomCommand, press, vote
from trial_reader import fill_in, save
from trial_reader import press as press_trial
from typer.testing import CliRunner

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Open = Callable[..., Page]
NAME = "a-request-after-a-delivery"


def test_a_situation_is_written_played_voted_on_and_tried_without_a_text_editor(open_apart: Open, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    with ExitStack() as running:
        desk = Desk(folder)
        running.callback(desk.command.end)
        writer = Writer(open_apart(desk.address("en")), "en")
        writer.button("new").click()
        writer.button("add_language", language="Deutsch").click()
        expect(writer.field("text.de.title")).to_be_visible()
        write_situation(writer)
        expect(writer.summary).to_have_text(writer.words("writer.summary.fine"))
        writer.button("save").click()
        expect(writer.said).to_contain_text(".toml")
        writer.button("play").click()
        writer.answer(1)
        expect(writer.results.first).to_be_visible()

        room = RoomCommand(tmp_path / "room.sqlite3", "--bank", str(folder), scenarios=(NAME,))
        running.callback(room.end)
        control = open_apart(room.control)
        phones = [open_apart(room.url) for _ in range(3)]
        press(control, "Begin with the first situation", "First vote open")
        for number, phone in enumerate(phones):
            expect(phone.locator("main")).to_contain_text("Vera Sommer")
            vote(phone, number)

    page, answers = tmp_path / "trial.html", tmp_path / "answers"
    made = CliRunner().invoke(app, ["trial", "new", str(page), "--bank", str(folder), "--lang", "en"])
    assert made.exit_code == 0, made.output
    bank = load_bank(folder)
    form = trial_form(list(bank), "en")
    for number in range(3):
        reader = open_apart("about:blank")
        # The page is a file; the browser of a test asks for nothing but this machine.
        reader.set_content(page.read_text(encoding="utf-8"))
        press_trial(reader, "begin")
        fill_in(reader, 0, form, bank=bank)
        press_trial(reader, "next")
        (answers / str(number)).mkdir(parents=True)
        save(reader, answers / str(number))
    report = TrialReport.of_files(sorted(answers.iterdir()), bank, "en")
    (result,) = report.results
    assert report.read.left_out == ()
    assert (result.readers, result.agreement.same) == (3, 1)
    assert [situation.scenario.id for situation in result.situations] == [NAME]
