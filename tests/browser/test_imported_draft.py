"""Ten questions that a trainer has as a GIFT file become drafts, and one of them a situation, without a text editor."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from author_page import EN, FACTS, FEEDBACK, OPTIONS, Desk, Writer
from commands import run
from etiquette_kit import load_bank
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LABELS = {action: english for action, (_, english) in OPTIONS.items()}


def question(number: int) -> str:
    stem = EN["text.en.stem"].replace("\n", "\\n")
    best, *others = (LABELS[action] for action in ("decline_with_note", "accept_open", "decline_silently"))
    wrong = "".join(f"~{_escaped(label)}#{FEEDBACK[1]}\n" for label in others)
    return f"::Question {number}::{_escaped(stem)}{{\n={_escaped(best)}#{FEEDBACK[1]}\n{wrong}}}\n"


def _escaped(text: str) -> str:
    return text.replace(":", "\\:")


def test_a_draft_of_ten_questions_is_completed_in_the_page_for_authors(open_apart: Callable[..., Page], tmp_path: Path) -> None:
    folder, gift = tmp_path / "mine", tmp_path / "questions.gift"
    folder.mkdir()
    gift.write_text("\n".join(question(number) for number in range(1, 11)), encoding="utf-8")
    told = run("import", "gift", str(gift), str(folder / "questions.toml"), "--lang", "en").stdout
    assert f"etiquette write {folder}" in told
    assert not len(load_bank(folder, required=("en",)))
    desk = Desk(folder)
    try:
        writer = Writer(open_apart(desk.address("en")), "en")
        expect(writer.rows).to_have_count(10)
        writer.root.get_by_role("button", name=writer.words("writer_card.open", title="Question 3"), exact=True).click()
        expect(writer.field("text.en.title")).to_have_value("Question 3")
        expect(writer.button("play")).to_have_attribute("aria-disabled", "true")
        for name, value in FACTS.items():
            writer.choose(name, value)
        writer.field("person.name").fill("Vera Sommer")
        writer.choose("person.gender", "female")
        writer.field("text.en.title").fill(EN["text.en.title"])
        writer.field("text.en.role").fill(EN["text.en.role"])
        for place, action in enumerate(("decline_with_note", "accept_open", "decline_silently")):
            expect(writer.field(f"option.{place}.text.en.label")).to_have_value(LABELS[action])
            writer.field(f"option.{place}.action").select_option(action)
        expect(writer.summary).to_have_text(writer.words("writer.summary.fine"))
        writer.button("save").click()
        expect(writer.said).to_have_text(writer.words("writer.saved", file="questions.toml"))
    finally:
        desk.command.end()
    (found,) = load_bank(folder, required=("en",))
    assert (found.id, found.text("en").title, found.advice.rule) == ("question-3", EN["text.en.title"], "R3")
    assert (folder / "questions.toml").read_text(encoding="utf-8").count("[[scenario]]") == 10
