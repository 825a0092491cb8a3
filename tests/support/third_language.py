"""A third language, made as an author makes it: `locale/en` copied, its texts changed, and the scenarios' texts added; no code is touched.

Every text of it begins with `MARK`, so that one sees on any page what came from elsewhere.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from repository import ROOT

LANG = "xx"
MARK = "‡"

_LANGUAGE = f"""
[language]
name = "{MARK}Xish"
switch = "{MARK}Language"
quotes = "«»"

[plural]
one = "n = 0..1"

[numbers]
percent = "{{value}}{MARK}%"
points = "{MARK}{{value}} points"
decimal_mark = "·"
none = "{MARK}–"
"""

_LISTS = {
    "absolute": "xnever",
    "address": "xyou, you, your",
    "first_person": "xme, i",
    "bulk_mail": "xall",
    "greetings": "xdear",
    "titles": "xmr",
    "most": "4",
}


def marked(text: str) -> str:
    """Return a text in which every paragraph is marked; what a person writes keeps its quotation mark in front."""
    return "\n\n".join(re.sub(r"^([“„]?)", rf"\1{MARK}", part) for part in text.split("\n\n"))


def make_language(locale: Path) -> None:
    """Copy the English folder of a locale, and change its texts."""
    folder = locale / LANG
    shutil.copytree(locale / "en", folder)
    for file in folder.glob("*.toml"):
        text = file.read_text(encoding="utf-8")
        if file.name == "language.toml":
            text = _LANGUAGE
        elif file.name == "note_patterns.toml":  # a language can do without
            text = re.sub(r'^(\w+ = )("""\n.*?"""|".*?")$', r'\1""', text, flags=re.MULTILINE | re.DOTALL)
        elif file.name == "lint.toml":
            for name, words in _LISTS.items():
                text, found = re.subn(rf'^{name} = ".*"$', f'{name} = "{words}"', text, flags=re.MULTILINE)
                assert found == 1, name
        else:
            text = re.sub(r'^(\w+ = ")', rf"\1{MARK}", text, flags=re.MULTILINE).replace(r"\n", rf"\n{MARK}")  # line by line
        file.write_text(text, encoding="utf-8")


def with_language(text: str) -> str:
    """Return a scenario file in which everything English is there in the third language as well."""
    text = re.sub(r'^(title|text)\.en(.*?) = "(.*)"$', rf'\g<0>\n\1.{LANG}\2 = "{MARK}\3"', text, flags=re.MULTILINE)

    def also(found: re.Match[str]) -> str:
        scene = re.sub(r'^(title|role) = "', rf"\g<0>{MARK}", found[1], flags=re.MULTILINE)
        stem = scene.partition('"""')[2].partition('"""')[0].strip()
        return f"{found[0]}[scenario.text.{LANG}]{scene.replace(stem, marked(stem))}"

    text = re.sub(r'\[scenario\.text\.en\](.*?""".*?"""\n\n?)', also, text, flags=re.DOTALL)

    def declined(found: re.Match[str]) -> str:
        request = re.sub(r'^(title|role) = "|^  "', rf"\g<0>{MARK}", found[1], flags=re.MULTILINE)
        stem = request.partition('"""')[2].partition('"""')[0].strip()
        return f"{found[0]}\n[note.text.{LANG}]{request.replace(stem, marked(stem))}"

    return re.sub(r"\[note\.text\.en\](.*?\n\]\n)", declined, text, flags=re.DOTALL)


class Kit:
    """A copy of the whole kit, with the third language in it.

    Parameters
    ----------
    folder : Path
        Where to copy it to.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "kit"
        for name in ("etiquette_kit", "scenarios", "notebooks"):
            shutil.copytree(ROOT / name, self.folder / name, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
        make_language(self.folder / "etiquette_kit" / "locale")
        self.store = folder / "answers.sqlite3"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("LC_", "ETIQUETTE_"))},
            "LANG": "en_GB.UTF-8",
            "PYTHONPATH": os.pathsep.join([str(self.folder), str(ROOT / "tests" / "support")]),
            "PYTHONUNBUFFERED": "1",
            "PYTHONIOENCODING": "utf-8",
            "ETIQUETTE_STORE": str(self.store),
            "COLUMNS": "500",
        }

    def translate_scenarios(self) -> None:
        """Write all scenarios in the language."""
        for file in (self.folder / "scenarios").glob("*.toml"):
            file.write_text(with_language(file.read_text(encoding="utf-8")), encoding="utf-8")

    def copy_notebooks(self) -> None:
        """Copy the English notebooks, and change the one line that names the language."""
        source, folder = (self.folder / "notebooks" / lang for lang in ("en", LANG))
        shutil.copytree(source, folder)
        for file in folder.glob("*.ipynb"):
            text = file.read_text(encoding="utf-8").replace('lang = \\"en\\"', f'lang = \\"{LANG}\\"')
            file.write_text(text.replace('"lang": "en"', f'"lang": "{LANG}"'), encoding="utf-8")

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run an `etiquette` command."""
        return self._process([sys.executable, "-m", "etiquette_kit.cli", *arguments], environment)

    def python(self, code: str) -> str:
        """Run some code, and return what it prints."""
        done = self._process([sys.executable, "-W", "error", "-c", code], {})
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _process(self, command: list[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,  # Python looks there first
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )


def unmarked(part: Any, known: frozenset[str] = frozenset()) -> list[str]:
    """Return the texts of several words within a page that do not come from the third language, but for those that are known."""
    return [text for text in _texts(part) if MARK not in text and re.search(r"[a-zäöüß]{2}\s+\S*[a-zäöüß]{2}", text) and text not in known]


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for value in part.values():
            yield from _texts(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _texts(value)
    elif isinstance(part, str):
        yield part


class Page(HTMLParser):
    """What can be read on an HTML page, tag by tag, and its language."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.lang = ""
        self._silent = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("style", "script")
        if tag == "html":
            self.lang = dict(attrs).get("lang") or ""

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.texts.append(" ".join(data.split()))


def assert_told(done: subprocess.CompletedProcess[str], code: int = 0) -> None:
    """Make sure that a command ended as it should, and said what it said in the third language."""
    said = done.stdout + done.stderr
    assert done.returncode == code, said
    assert "Traceback" not in said
    assert MARK in said
    assert unmarked(said.splitlines()) == []


@contextlib.contextmanager
def serving(kit: Kit, *arguments: str) -> Iterator[tuple[list[str], list[str]]]:
    """Start a command that serves pages, and yield the addresses and the lines that it has told."""
    process = subprocess.Popen(
        [sys.executable, "-m", "etiquette_kit.cli", *arguments, "--no-browser", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        cwd=kit.folder,
        env=kit.environment,
    )
    assert process.stdout is not None
    said: list[str] = []
    try:
        for line in process.stdout:
            said.append(line.rstrip())
            if "Ctrl-C" in line:
                break
        yield re.findall(r"http://127\.0\.0\.1:\d+/\S*", "\n".join(said)), said
    finally:
        process.send_signal(signal.SIGINT)
        said += process.communicate(timeout=600)[0].splitlines()
    assert process.returncode == 0, said
    assert unmarked([line for line in said if line]) == []
