"""Every relative link of the docs leads somewhere."""

import re
import tomllib
from pathlib import Path

import pytest
from doc_pages import PAGES, ROOT, name, prose, read


def _relative_links(text: str) -> list[str]:
    links = re.findall(r"\]\(([^()\s]+)\)", re.sub(r"`[^`\n]*`", "", prose(text)))
    return [link for link in links if not re.match(r"[a-z]+:", link)]


def _anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub gives to a page's headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_pages_are_found():
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/scenarios.md"} <= {name(page) for page in PAGES}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_relative_link_points_to_a_file_and_to_a_heading_in_it(page: Path):
    for link in _relative_links(page.read_text(encoding="utf-8")):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        assert not anchor or anchor in _anchors(target), link


def test_the_source_distribution_carries_the_pages_and_what_they_link_to():
    hatch = tomllib.loads(read("pyproject.toml"))["tool"]["hatch"]["build"]["targets"]
    links = [(page, link.partition("#")[0]) for page in PAGES for link in _relative_links(page.read_text(encoding="utf-8"))]
    files = {*PAGES, *((page.parent / link).resolve() for page, link in links if link)}
    assert {file.relative_to(ROOT).parts[0] for file in files} <= set(hatch["sdist"]["include"])


def test_links_are_found_but_not_those_in_code():
    text = "[a](b.md) ![c](d/e.png) [web](https://example.org)\n`[f](g.md)`\n```\n[h](i.md)\n```\n[j](#k)"
    assert _relative_links(text) == ["b.md", "d/e.png", "#k"]
