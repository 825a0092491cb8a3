"""docs/scenarios.md: what it has people copy plays, what it has them break is found as it says, and its tables are those of the code."""

import re
from pathlib import Path
from typing import get_args

import pytest
from doc_pages import blocks, read, section, table
from etiquette_kit import Quiz, load_bank
from etiquette_kit.bank import Bank, read_bank
from etiquette_kit.cli import app
from etiquette_kit.content.platforms import PLATFORMS
from etiquette_kit.content.scenario import LIMITS, OPTION_COUNT, STEM_WORDS
from etiquette_kit.content.shipped import shipped
from etiquette_kit.content.toml.toml_file import read_toml
from etiquette_kit.formats.inbox.material import ANSWER_NOW, MESSAGE_MINUTES, REQUEST_MINUTES
from etiquette_kit.formats.sharing.profile import Kind
from etiquette_kit.rules import ASKED, IN_LINE, VALUES, all_cells, decide
from typer.testing import CliRunner

PAGE = read("docs/scenarios.md")
TOML = [block.text for block in blocks(PAGE) if block.lang == "toml"]
(EXAMPLE,) = [text for text in TOML if "[[scenario]]" in text]
(INBOX,) = [text for text in TOML if "[[inbox]]" in text]
(PROFILE,) = [text for text in TOML if "[[profile]]" in text]
SLIPS = re.findall(r"^- Before: `([^`\n]+)`\n- After: `([^`\n]+)`\n[^`]*```text\n([^`]*)```", PAGE, re.MULTILINE)


def _bank(folder: Path, text: str) -> Bank:
    file = folder / "my-scenarios" / "first.toml"
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    return load_bank(file.parent)


def _checked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(folder)
    return CliRunner().invoke(app, ["check", "my-scenarios", "--lang", "en"]).output


def test_every_block_of_toml_can_be_read(tmp_path: Path):
    for number, text in enumerate(TOML):
        file = tmp_path / f"block-{number}.toml"
        file.write_text(text, encoding="utf-8")
        assert read_toml(file).is_readable, text


def test_the_example_plays_and_nothing_is_found_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    bank = _bank(tmp_path, EXAMPLE)
    assert bank.findings == []
    assert _checked(tmp_path, monkeypatch) in PAGE
    for lang in ("de", "en"):
        quiz = Quiz(bank, lang=lang)
        (scenario,) = bank
        best = next(option for option, grade in bank.key(scenario.id).items() if grade == 4)
        assert quiz.answer(best).credit == 1
        quiz.next()
        assert quiz.summary()["answered"] == 1


def test_the_inbox_plays_and_nothing_is_found_in_it(tmp_path: Path):
    bank = _bank(tmp_path, INBOX)
    assert bank.findings == []
    (inbox,) = bank.materials("inbox").values()
    quiz = Quiz(bank, lang="en", formats=["inbox"])
    result = quiz.answer([[name, min(entry.minutes, key=entry.minutes.__getitem__)] for name, entry in inbox.key().items()])
    assert result.credit < 1
    assert set(result.items) == {item.id for item in inbox.items}


def test_the_minutes_of_each_decision_are_those_of_the_table():
    told = {action: minutes for actions, minutes in table(section(PAGE, "### An inbox")) for action in re.findall(r"`(\w+)`", actions)}
    known = {**REQUEST_MINUTES, **MESSAGE_MINUTES}
    assert told == {**{action: str(minutes) for action, minutes in known.items()}, ANSWER_NOW: told[ANSWER_NOW]}
    assert "`minutes`" in told[ANSWER_NOW]


def test_the_profile_plays_and_nothing_is_found_in_it(tmp_path: Path):
    bank = _bank(tmp_path, PROFILE)
    assert bank.findings == []
    (profile,) = bank.materials("profile").values()
    for lang in ("de", "en"):
        result = Quiz(bank, lang=lang, formats=["sharing"]).answer(dict.fromkeys(profile.post_ids, ("friends",)))
        assert result.credit == 1


def test_the_kinds_of_posts_are_those_of_the_code():
    told = section(PAGE, "### A profile")
    kinds = re.findall(r"`(\w+)`", told[told.index("its `kind`: one of") :].partition(".")[0])
    assert set(kinds) - {"kind"} == set(get_args(Kind))


def test_the_example_goes_with_the_shipped_scenarios_without_a_finding(tmp_path: Path):
    _bank(tmp_path, EXAMPLE)
    files = [*(tmp_path / "my-scenarios").iterdir(), *sorted(shipped("scenarios").glob("*.toml"))]
    bank = read_bank([read_toml(file) for file in files])
    assert bank.findings == []
    assert len(bank) == len(load_bank()) + 1


@pytest.mark.parametrize(("before", "after", "says"), SLIPS, ids=[after for _, after, _ in SLIPS])
def test_each_slip_is_found_as_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str, says: str):
    assert EXAMPLE.count(before) == 1
    _bank(tmp_path, EXAMPLE.replace(before, after))
    assert _checked(tmp_path, monkeypatch) == says


def test_the_page_shows_a_slip_of_the_keyboard_a_silence_and_a_warning():
    told = [says for _, _, says in SLIPS]
    assert len(told) == 3
    for says, sign in zip(told, ("Did you mean", "the article is silent", "warning"), strict=True):
        assert sign in says


# ---- the tables -----------------------------------------------------------------------------------------------------------


def _code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_the_parts_have_the_limits_of_the_code():
    rows = table(section(PAGE, "### The parts of a scenario"))
    told = {_code(part)[0]: int(most.replace(",", "").removesuffix(" characters")) for part, _, most in rows}
    assert told == {("person" if part == "name" else part): most for part, most in LIMITS.items()}
    assert f"{STEM_WORDS[0]} to {STEM_WORDS[1]} words" in section(PAGE, "### The parts of a scenario")
    assert OPTION_COUNT == (3, 5)
    assert "three to five reactions" in PAGE


def test_the_facts_are_those_of_the_code():
    rows = {_code(fact)[0]: (_code(values), _code(asked)) for fact, values, asked in table(section(PAGE, "### Facts"))}
    assert {fact: set(values) for fact, (values, _) in rows.items()} == {
        fact: {str(value).lower() if isinstance(value, bool) else value for value in values} for fact, values in VALUES.items()
    }
    for event, asked in ASKED.items():
        told = {fact for fact, (_, when) in rows.items() if event in when or not when}
        assert told == {"event", *asked}


def test_the_platforms_are_those_of_the_code():
    told = {}
    for names, kind, events in table(section(PAGE, "### Platforms")):
        for platform in _code(names):
            told[platform] = (kind, tuple(_code(events)) or ("friend_request", "message", "audience"))
    assert told == {platform.id: (platform.network, platform.events) for platform in PLATFORMS.values()}


def test_the_actions_are_those_of_the_code():
    told = {_code(event)[0]: set(_code(actions)) for event, actions in table(section(PAGE, "### Actions"))}
    for event, actions in told.items():
        assert actions == {action for cell in all_cells() if cell.event == event for action in decide(cell).basis}


def test_every_action_is_explained_once():
    explained = [_code(action)[0] for action, _ in table(section(PAGE, "### Actions").partition("In words:")[2])]
    assert sorted(explained) == sorted({action for cell in all_cells() for action in decide(cell).basis})


def test_a_wish_that_the_stem_does_not_tell_is_asked_for():
    assert "with `wanted = false`, that you would rather not have this person there" in PAGE
    assert "niemanden aus der Firma haben" in EXAMPLE
    assert "“You don’t want\n  anyone from work there”" in PAGE
    assert "You don’t want anyone from work there." in EXAMPLE


def test_the_situations_without_a_choice_are_those_of_the_code():
    without = {decide(cell).rule for cell in all_cells() if not decide(cell).grades or min(decide(cell).grades.values()) >= IN_LINE}
    assert without == {"R11", "R13", "R14"}
    assert "On three kinds of situation there is nothing to choose" in PAGE
