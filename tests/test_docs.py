"""What the docs name exists: kinds of findings, files, commands and options."""

import re
import shlex
from pathlib import Path

import pytest
import typer.main
from etiquette_kit.cli import app
from etiquette_kit.locale import catalog
from etiquette_kit.review.fairness import balance, clues, length, likeness, position, reading, warning
from etiquette_kit.review.toml_file import MAX_BYTES
from etiquette_kit.scenario import LIMITS, STEM_WORDS

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FINDINGS = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
SECTIONS = {part.partition("\n")[0]: part.partition("\n")[2].partition("\n## ")[0] for part in FINDINGS.split("\n### ")[1:]}
COMMANDS = typer.main.get_command(app).commands


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


# ---- findings -------------------------------------------------------------------------------------------------------------


def test_every_kind_of_finding_has_its_section_and_no_section_is_of_another():
    headings = re.findall(r"^### (.+)$", FINDINGS, re.MULTILINE)
    assert sorted(headings) == sorted(set(catalog("en").table("findings")) - {"nearest"})


@pytest.mark.parametrize("kind", SECTIONS)
def test_a_section_says_something_in_whole_sentences(kind: str):
    prose = "\n".join(line for line in SECTIONS[kind].splitlines() if not line.startswith(("- ", "  "))).strip()
    assert prose.endswith(".")
    assert 2 <= len(re.findall(r"[.?](?=\s|$)", prose)) <= 6


@pytest.mark.parametrize(
    ("kind", "figures"),
    [
        ("too_large", [f"{MAX_BYTES / 1e6:.0f} MB"]),
        ("bad_id", [f"{LIMITS['id']} characters"]),
        ("long_text", [f"{LIMITS[name]:,}" for name in ("name", "title", "role", "label", "feedback", "stem")]),
        ("stem_short", [f"{STEM_WORDS[0]} words"]),
        ("stem_long", [f"{STEM_WORDS[1]} words"]),
        ("best_longest", [f"{length.BEST_LONGEST:.0%}"]),
        ("best_position", [f"{position.TOO_OFTEN:.0%}", f"{warning.WHOLE_BANK}"]),
        ("unequal_options", [f"{length.UNEQUAL}"]),
        ("languages_apart", [f"{length.APART}"]),
        ("hard_to_read", [f"{reading.HARD}", "Björnsson 1968", "Anderson 1981"]),
        ("absolute_words", ["Haladyna & Downing 1989"]),
        ("similar_stems", [f"{likeness.SIMILAR_STEMS:.0%}", f"{likeness._COMMON}", "Jaccard (1901)"]),
        ("similar_options", [f"{likeness.SIMILAR_OPTIONS:.0%}", "Jaccard 1901"]),
        ("lopsided_relation", [f"{share:.0%}" for share in balance.RELATION_SHARES]),
        ("lopsided_gender", [f"{share:.0%}" for share in balance.GENDER_SHARES]),
        ("lopsided_platform", [f"{balance.PLATFORM_SHARE:.0%}"]),
    ],
)
def test_a_section_states_the_threshold_and_the_source(kind: str, figures: list[str]):
    told = " ".join(SECTIONS[kind].split())
    assert [figure for figure in figures if figure not in told] == []


def test_thresholds_that_are_words_are_those_of_the_code():
    assert (balance.PER_CELL, clues.TELLING) == (3, 7)
    assert "fewer than three scenarios" in SECTIONS["thin_cell"]
    assert "seven letters or more" in SECTIONS["shared_words"]


# ---- links ----------------------------------------------------------------------------------------------------------------


def _without_code(text: str) -> str:
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))


def _relative_links(text: str) -> list[str]:
    links = re.findall(r"\]\(([^()\s]+)\)", _without_code(text))
    return [link for link in links if not re.match(r"[a-z]+:", link)]


def _anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub gives to a page's headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_relative_link_points_to_a_file_and_to_a_heading_in_it(page: Path):
    for link in _relative_links(page.read_text(encoding="utf-8")):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        assert not anchor or anchor in _anchors(target), link


def test_links_are_found_but_not_those_in_code():
    text = "[a](b.md) ![c](d/e.png) [web](https://example.org)\n`[f](g.md)`\n```\n[h](i.md)\n```\n[j](#k)"
    assert _relative_links(text) == ["b.md", "d/e.png", "#k"]


# ---- commands -------------------------------------------------------------------------------------------------------------


def _commands(text: str) -> list[list[str]]:
    """Return the words that follow `etiquette` in each command of the code blocks and in code within a line."""
    blocks = re.findall(r"^```[^\n]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    inline = re.findall(r"`((?:uv run )?etiquette [^`\n]*)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    found = [re.search(r"uv run etiquette\b(.*)$", line) for line in lines]
    spoken = [match[1] for match in found if match] + [line.removeprefix("uv run ").removeprefix("etiquette ") for line in inline]
    return [shlex.split(line, comments=True) for line in spoken if line.strip() != "…"]


def _mistake(arguments: list[str]) -> str:
    """Return what is wrong with a command; empty where nothing is. Nothing is run."""
    name, *rest = arguments
    if name not in COMMANDS:
        return f"there is no command {name!r}"
    command = COMMANDS[name]
    options = {spelled: param for param in command.params for spelled in param.opts if spelled.startswith("-")}
    takes_paths = any(param.param_type_name == "argument" for param in command.params)
    waiting = iter(rest)
    for word in waiting:
        if word in ("-h", "--help"):
            continue
        if not word.startswith("-"):
            if not takes_paths:
                return f"{name} takes no {word!r}"
            continue
        option = options.get(word)
        if option is None:
            return f"{name} has no option {word!r}"
        if not option.is_flag and next(waiting, None) is None:
            return f"{word} of {name} needs a value"
    return ""


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_command_in_the_docs_exists_with_its_options(page: Path):
    for arguments in _commands(page.read_text(encoding="utf-8")):
        assert _mistake(arguments) == "", arguments


def test_the_docs_show_commands_at_all():
    assert all(_commands((ROOT / name).read_text(encoding="utf-8")) for name in ("README.md", "docs/scenarios.md", "docs/findings.md"))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("gossip", "no command 'gossip'"),
        ("check --gossip", "no option '--gossip'"),
        ("check --bank x", "no option '--bank'"),
        ("advise --event", "needs a value"),
        ("quiz my-scenarios", "takes no 'my-scenarios'"),
        ("quiz --no-browser --port 0 --bank x", ""),
        ("check a b --format json --lang en", ""),
        ("quiz --help", ""),
    ],
)
def test_mistakes_in_commands_are_seen(line: str, says: str):
    mistake = _mistake(line.split())
    assert says in mistake
    assert bool(mistake) == bool(says)


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_option_named_alone_belongs_to_a_command(page: Path):
    known = {spelled for command in COMMANDS.values() for param in command.params for spelled in param.opts} | {"--help"}
    named = re.findall(r"`(--[a-z-]+)[^`\n]*`", page.read_text(encoding="utf-8"))
    assert [option for option in named if option not in known] == []
