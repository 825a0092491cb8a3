"""docs/first-steps.md: its commands, names and places are those of the kit."""

import re
import tomllib

from command_check import commands, mistake
from doc_pages import blocks, read, section, table
from etiquette_kit.locale import catalog
from etiquette_kit.workshop import PLANS, SituationList

PAGE = read("docs/first-steps.md")
CHOICE = section(PAGE, "## Choose the situations of a workshop")


def test_each_system_starts_the_quiz_in_its_own_way():
    for system, once, always in table(section(PAGE, "## 4. Start the quiz")):
        assert system in ("Windows", "macOS", "Linux")
        assert "install uv" in once
        (start,) = re.findall(r"`([^`]+)`", always)
        (words,) = commands(re.sub(r"^(py -m |python3 -m |my-uv/bin/)", "", start))
        assert words == ["uv", "run", "etiquette", "quiz"]
        assert mistake(words) == ""


def test_the_version_of_python_is_the_one_that_is_required():
    required = tomllib.loads(read("pyproject.toml"))["project"]["requires-python"].removeprefix(">=")
    assert f"version {required} or later" in PAGE


def test_the_choice_is_made_in_a_page_and_used_by_both_workshops():
    typed = [words for line in re.findall(r"`(uv run etiquette [^`]+)`", CHOICE) for words in commands(line)]
    assert [words[3] for words in typed] == ["choose", "quiz", "room"]
    assert typed[0][4:] == ["--lang", "en"]
    for words in typed[1:]:
        assert words[-2:] == ["--scenarios", "my-friday.toml"]
        assert mistake(words) == ""


def test_what_is_to_be_pressed_stands_on_the_page_and_the_situations_fill_the_plan():
    card = catalog("en").table("chooser_card")
    for name in ("read", "show_key", "save"):
        assert f"*{card[name]}*" in " ".join(CHOICE.split())
    assert "`friday.toml`" in CHOICE
    assert SituationList("Friday").file_name("any") == "friday.toml"
    assert "Four fill 60 minutes, six fill 90" in CHOICE
    assert (PLANS[60].situations, PLANS[90].situations) == (4, 6)


def test_no_block_of_code_stands_on_the_page():
    assert blocks(PAGE) == []
