"""What stands in a site that was built: each page by itself, and all files together."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import pytest
from etiquette_kit.bank import load_bank
from etiquette_kit.hosts.site.build import Contents, build, first_visit
from etiquette_kit.hosts.site.lessons import LEFT_OUT, lessons
from etiquette_kit.present.sheets import handout, sheet_style
from etiquette_kit.workshop import Round, situations
from good_scenario import HEAD, scenario, written
from tests.support.built_site import shipped_contents

pytestmark = pytest.mark.slow

PAGES = ["index.html", *(f"{lang}/{lesson.name}.html" for lang in ("de", "en") for lesson in lessons(lang) if lesson.name != "00_start")]
_VOID = {"br", "hr", "img", "input", "link", "meta"}


class Tag(NamedTuple):
    """A tag, with what stands in it and is text."""

    name: str
    attributes: dict[str, str]
    text: list[str]


class _Reader(HTMLParser):
    """Reads a page as strictly as a person does: what is opened is closed, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self._open: list[Tag] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        self.tags.append(Tag(tag, {name: value or "" for name, value in attrs}, []))
        if tag not in _VOID:
            self._open.append(self.tags[-1])

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().name == tag, (tag, self.getpos())

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1].text.append(data)


def _tags(site: Path, page: str) -> list[Tag]:
    return _Reader((site / page).read_text(encoding="utf-8")).tags


def _data(tags: list[Tag]) -> list[str]:
    """Return what stands in a page about its cards."""
    return ["".join(tag.text) for tag in tags if tag.attributes.get("type") == "application/json" and "id" not in tag.attributes]


def _digests(site: Path) -> dict[str, str]:
    files = (path for path in sorted(site.rglob("*")) if path.is_file())
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_it_has_the_pages_of_the_course_and_lists_its_files(built_site: Path):
    assert {path.relative_to(built_site).as_posix() for path in built_site.rglob("*.html")} == set(PAGES)
    listed = json.loads((built_site / "app" / "files.json").read_text(encoding="utf-8"))["files"]
    assert listed == {name: digest for name, digest in _digests(built_site).items() if name != "app/files.json"}


def test_a_second_build_is_the_same_byte_for_byte(built_site: Path, tmp_path: Path):
    build(tmp_path / "again", shipped_contents())
    assert _digests(tmp_path / "again") == _digests(built_site)


def test_a_first_visit_loads_no_more_than_seven_megabytes(built_site: Path):
    loaded = {path.relative_to(built_site).as_posix(): len(gzip.compress(path.read_bytes(), 6)) for path in first_visit(built_site)}
    assert sum(loaded.values()) <= 7_000_000, loaded
    assert loaded["index.html"] <= 12_000


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_whole_and_says_its_language_and_title(built_site: Path, page: str):
    tags = _tags(built_site, page)
    whole = [tag.name for tag in tags]
    for name in ("html", "head", "title", "body", "main", "header"):
        assert whole.count(name) == 1, name
    (title,) = (tag for tag in tags if tag.name == "title")
    assert "".join(title.text).strip()
    assert next(tag for tag in tags if tag.name == "html").attributes["lang"] == (page[:2] if "/" in page else "de")
    ids = [tag.attributes["id"] for tag in tags if "id" in tag.attributes]
    assert len(ids) == len(set(ids))
    headings = [tag.name for tag in tags if tag.name == "h1"]
    assert len(headings) == (2 if page == "index.html" else 1)
    assert whole.count("noscript") == (2 if page == "index.html" else 1)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_has_a_script_or_a_style_in_it_or_anything_from_elsewhere(built_site: Path, page: str):
    tags = _tags(built_site, page)
    for tag in tags:
        assert tag.name not in {"style", "iframe", "base", "object", "form"}
        assert not [name for name in tag.attributes if name == "style" or name.startswith("on")], tag
        if tag.name == "script" and tag.attributes.get("type") != "application/json":
            assert tag.attributes["src"]
            assert not tag.text
    policy = next(tag.attributes["content"] for tag in tags if tag.attributes.get("http-equiv") == "Content-Security-Policy")
    allowed = {name: rest.split() for name, _, rest in (part.strip().partition(" ") for part in policy.split(";"))}
    assert allowed["default-src"] == ["'none'"]
    assert allowed["script-src"] == ["'self'", "'wasm-unsafe-eval'"]
    assert "'unsafe-inline'" not in policy
    assert "http" not in policy
    assert ("frame-src" in allowed) == ("workshop" in page)


@pytest.mark.parametrize("page", PAGES)
def test_all_addresses_are_relative_and_lead_somewhere(built_site: Path, page: str):
    tags = _tags(built_site, page)
    ids = {tag.attributes["id"] for tag in tags if "id" in tag.attributes}
    found = [tag.attributes[name] for tag in tags for name in ("href", "src") if name in tag.attributes]
    assert len(found) > 10
    for address in found:
        if address.startswith("data:"):
            continue
        path, _, anchor = address.partition("#")
        assert not re.match(r"[a-z]+:|/", path), address
        assert path.endswith(".html") or path.startswith(("app/", "../app/")) or not path, address
        target = ((built_site / page).parent / path).resolve() if path else built_site / page
        assert target.is_file(), address
        assert target.is_relative_to(built_site.resolve()), address
        assert not anchor or anchor in (ids if not path else {"de", "en"}), address


def test_no_file_of_the_kit_names_another_server(built_site: Path):
    named = [*built_site.rglob("*.html"), *built_site.rglob("*.css"), *(built_site / "app" / "site").iterdir()]
    assert {path.name for path in named if re.search(rb"https?://", path.read_bytes())} == set()


@pytest.mark.parametrize("page", [page for page in PAGES if "/" in page])
def test_a_page_leads_to_itself_in_the_other_language(built_site: Path, page: str):
    other = f"{'en' if page.startswith('de') else 'de'}/{page[3:]}"
    (link,) = (tag for tag in _tags(built_site, page) if tag.attributes.get("hreflang") == other[:2] and tag.name == "a")
    assert link.attributes["href"] == f"../{other}"


def test_cards_begin_with_what_their_pages_show(built_site: Path):
    for page in PAGES:
        tags = _tags(built_site, page)
        told = [
            json.loads("".join(tag.text)) for tag in tags if tag.attributes.get("type") == "application/json" and "id" not in tag.attributes
        ]
        assert [opening["name"] for opening in told] == [tag.attributes["data-card"] for tag in tags if "data-card" in tag.attributes]
        shown = " ".join("".join(tag.text) for tag in tags)
        for opening in told:
            scene = opening["parts"]["scene"]
            assert (scene.get("title") or scene["line"]) in shown
            assert opening["parts"]["lang"] == opening["parameters"]["lang"]
    start = [json.loads(text) for text in _data(_tags(built_site, "index.html"))]
    assert [opening["parameters"] for opening in start] == [{"lang": "de", "length": 10}, {"lang": "en", "length": 10}]


def test_no_page_has_a_question_or_an_answer_in_it(built_site: Path):
    stems = [scenario.text(lang).stem[:60] for scenario in load_bank() for lang in ("de", "en")]
    for page in PAGES:
        text = (built_site / page).read_text(encoding="utf-8")
        assert [stem for stem in stems if stem in text] == []


def test_only_modules_that_a_page_can_reach_are_loaded(built_site: Path):
    with zipfile.ZipFile(built_site / "app" / "python" / "kit.zip") as kit:
        names = kit.namelist()
    assert "etiquette_kit/hosts/browser/start.pyc" in names
    assert len([name for name in names if name.startswith("bank/") and name.endswith(".toml")]) >= 3
    assert [name for name in names if name.startswith(("etiquette_kit/analysis", "etiquette_kit/cli", "etiquette_kit/hosts/server"))] == []
    assert [name for name in names if name.endswith(".py")] == []


def test_the_policy_lets_the_style_of_a_sheet_through_and_no_other(built_site: Path):
    bank = load_bank()
    sheet = handout([Round(exercise) for exercise in situations(bank, 22)[:2]], "de")
    assert re.findall(r"<style>(.*?)</style>", sheet, re.DOTALL) == [sheet_style()]
    assert not re.search(r"\sstyle=|<script|https?://", sheet)
    assert "sha256-" in (built_site / "de" / "07_workshop.html").read_text(encoding="utf-8")


def test_links_to_lessons_that_are_left_out_are_nowhere(built_site: Path):
    for page in PAGES:
        assert not any(name in (built_site / page).read_text(encoding="utf-8") for name in LEFT_OUT), page


def test_a_bank_in_one_language_has_pages_in_this_one_and_says_what_it_lacks(tmp_path: Path, built_site: Path):
    assert built_site  # what is needed to build is there
    text = HEAD + "".join(scenario(f"one-{number}") for number in range(3))
    text = re.sub(r'^\[scenario\.text\.en\].*?""".*?"""\n', "", text, flags=re.MULTILINE | re.DOTALL)
    bank = written(tmp_path, re.sub(r"^.*\.en\b.*\n", "", text, flags=re.MULTILINE))
    folder = tmp_path / "site"
    build(folder, Contents(load_bank(bank), bank))
    assert {path.relative_to(folder).parts[0] for path in folder.rglob("*.html")} == {"index.html", "de"}
    settings = json.loads(next("".join(tag.text) for tag in _tags(folder, "index.html") if tag.attributes.get("id") == "settings"))
    assert settings["environment"] == {"ETIQUETTE_BANK": "/kit/bank"}
    assert not [tag for tag in _tags(folder, "index.html") if tag.attributes.get("class") == "site-languages"]
    notes = [
        tag for tag in _tags(folder, "de/05_messages.html") if tag.attributes.get("class") == "site-note" and "id" not in tag.attributes
    ]
    assert len(notes) == 2, "that the browser is too old, that a script is needed, and that the bank has no messages"
