"""Every command in the docs is one that the project has, with its options and files. None is run."""

import re
from pathlib import Path

import pytest
from command_check import all_commands, commands, is_command, missing_import, mistake
from doc_pages import PAGES, blocks, inline_code, name, read, shell_lines


def _typed(text: str) -> list[list[str]]:
    """Return the commands in the code blocks and in code within a line."""
    lines = [line for line in [*shell_lines(text), *inline_code(text)] if is_command(line)]
    return [words for line in lines for words in commands(line)]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_exists_with_its_options_and_files(page: Path):
    for words in _typed(page.read_text(encoding="utf-8")):
        assert mistake(words) == "", words


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/scenarios.md", "docs/findings.md"])
def test_the_docs_show_commands_at_all(page: str):
    assert _typed(read(page))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("etiquette gossip", "no command 'gossip'"),
        ("uv run etiquette check --gossip", "no option '--gossip'"),
        ("etiquette check --bank x", "no option '--bank'"),
        ("etiquette advise --event", "needs a value"),
        ("etiquette data gossip", "no command 'gossip'"),
        ("etiquette data purge --gossip", "no option '--gossip'"),
        ("etiquette quiz my-scenarios", "takes no 'my-scenarios'"),
        ("uv gossip", "uv is not used with"),
        ("uv run gossip", "brings no 'gossip'"),
        ("uv run --group gossip python -m benchmarks", "no dependency group 'gossip'"),
        ("uv run --group bench python -m gossip", "no module 'gossip'"),
        ("uv run jupyter gossip", "jupyter has no 'gossip'"),
        ("uv run python -m gossip", "no module 'gossip'"),
        ("uv run python -c 'from etiquette_kit import gossip'", "no 'gossip'"),
        ("uv run pytest tests/test_gossip.py", "no file 'tests/test_gossip.py'"),
        ('uv run pytest -m "not gossip"', "no marker ['gossip']"),
        ("uv run jupyter nbconvert --execute notebooks/*/*.gossip.ipynb", "no file"),
        ("etiquette quiz --no-browser --port 0 --bank x", ""),
        ("etiquette check a b --format json --lang en", ""),
        ("etiquette quiz --help", ""),
        ("etiquette data --help", ""),
        ("etiquette --version", ""),
        ("etiquette --gossip", "no command '--gossip'"),
        ("etiquette data purge --older-than 180 --dry-run", ""),
        ("python -m pip install uv", ""),
        ('uv run pytest -q -m "not slow" tests/cli/test_cli.py::test_anything', ""),
        ("uv run --group bench python -m benchmarks", ""),
        ("uv run ruff format --check", ""),
        ("uv run jupyter nbconvert --execute notebooks/*/*.ipynb", ""),
        ("uv run python -c 'from etiquette_kit.bank.schema import schema_text' > scenarios/schema.json", ""),
    ],
)
def test_mistakes_are_seen(line: str, says: str):
    ((words),) = commands(line)
    found = mistake(words)
    assert says in found
    assert bool(found) == bool(says)


def test_a_line_is_split_into_its_commands():
    found = list(commands('python -m pip install uv && uv run pytest -m "not slow" > out.txt  # quick'))
    assert found == [["python", "-m", "pip", "install", "uv"], ["uv", "run", "pytest", "-m", "not slow", "out.txt"]]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_option_named_alone_belongs_to_a_command(page: Path):
    known = {spelled for command in all_commands().values() for param in command.params for spelled in param.opts} | {"--help"}
    named = re.findall(r"`(--[a-z-]+)[^`\n]*`", page.read_text(encoding="utf-8"))
    assert [option for option in named if option not in known] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_what_python_code_imports_from_the_kit_exists(page: Path):
    for block in blocks(page.read_text(encoding="utf-8")):
        if block.lang == "python" and not block.text.startswith("%"):  # a magic of a notebook
            assert missing_import(block.text) == "", block.text
