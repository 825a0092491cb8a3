"""The pages of the docs, and the code that stands in them."""

import re
from pathlib import Path
from typing import NamedTuple

from repository import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")])

_BLOCK = re.compile(r"^```([^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A code block; ``lang`` is the word behind the opening fence."""

    lang: str
    text: str


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def blocks(text: str) -> list[Block]:
    return [Block(lang.strip(), content) for lang, content in _BLOCK.findall(text)]


def prose(text: str) -> str:
    """Return a page without its code blocks."""
    return _BLOCK.sub("", text)


def inline_code(text: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", prose(text))


def shell_lines(text: str) -> list[str]:
    """Return what a reader would type: the lines of the blocks that are in no language or in that of a shell."""
    typed = [block.text for block in blocks(text) if block.lang in ("", "sh", "bash")]
    return [line for block in typed for line in block.replace("\\\n", " ").splitlines() if line.strip()]


def section(text: str, heading: str) -> str:
    """Return what stands under a heading, up to the next of the same or a higher level."""
    level = re.match(r"#+", heading)
    assert level, heading
    _, found, rest = f"\n{text}".partition(f"\n{heading}\n")
    assert found, heading
    return re.split(rf"^#{{1,{len(level[0])}}} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def table(text: str) -> list[list[str]]:
    """Return the rows of the first table in a text, without its head."""
    lines = [line.strip() for line in text.splitlines()]
    start = next(index for index, line in enumerate(lines) if line.startswith("|"))
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows[2:]
