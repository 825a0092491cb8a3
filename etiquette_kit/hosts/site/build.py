"""Building the site: pages, scripts, styles, and the Python that runs in the browser."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from etiquette_kit.bank import Bank
from etiquette_kit.content.house_rules import House
from etiquette_kit.content.material import shared_languages
from etiquette_kit.content.shipped import shipped
from etiquette_kit.content.toml.toml_file import read_path, read_toml
from etiquette_kit.hosts.launcher.course import course_languages
from etiquette_kit.hosts.site.errors import SiteError
from etiquette_kit.hosts.site.first_pages import FirstPage, first_pages, script, script_of
from etiquette_kit.hosts.site.lessons import CARDS, Lesson, PlacedCard, lessons
from etiquette_kit.hosts.site.offline import write_service_worker
from etiquette_kit.hosts.site.out_folder import replace, require_writable, write_manifest
from etiquette_kit.hosts.site.pages import Settings, pages
from etiquette_kit.hosts.site.programs import program
from etiquette_kit.hosts.site.pyodide import SERVED, cache_folder, checked_core, core, lock_without_packages
from etiquette_kit.hosts.site.python_files import licences, write_python_files
from etiquette_kit.hosts.site.reporting import REPORTING, write_reporting_scripts
from etiquette_kit.hosts.site.styles import card_style, page_style
from etiquette_kit.hosts.site.wheels import msgspec_wheel
from etiquette_kit.web import WEB

_LOADED = ("pyodide.asm.wasm", "stdlib.zip", "kit.zip")
"""What the bar counts while Python loads; scripts are loaded by the browser itself."""

_KIT = "/kit"
"""Where a page's Python finds the kit."""


@dataclass(frozen=True)
class Contents:
    """What is practised on a site.

    Attributes
    ----------
    bank : Bank
        The scenarios.
    bank_path : Path
        Their file or folder.
    languages : sequence of str or None
        The languages in which they must be written.
    house : House or None
        The rules of the house.
    house_path : Path or None
        Their file.
    """

    bank: Bank
    bank_path: Path
    languages: tuple[str, ...] | None = None
    house: House | None = None
    house_path: Path | None = None

    @property
    def environment(self) -> dict[str, str]:
        """By which the kit finds all this in a page's Python."""
        found = {"ETIQUETTE_BANK": f"{_KIT}/bank"}
        if self.languages is not None:
            found["ETIQUETTE_LANGUAGES"] = ",".join(self.languages)
        if self.house_path is not None:
            found["ETIQUETTE_HOUSE"] = f"{_KIT}/house.toml"
        return found

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files of the bank and of the rules, by their paths in the kit's folder."""
        folder = self.bank_path if self.bank_path.is_dir() else self.bank_path.parent
        for file in read_path(self.bank_path):
            if file.text:
                yield f"bank/{file.path.relative_to(folder).as_posix()}", file.text.encode()
        if self.house_path is not None:
            yield "house.toml", read_toml(self.house_path).text.encode()


@dataclass(frozen=True)
class Sizes:
    """How large a site is, in bytes: its files, all of them, and what the first visit loads, plain and as a web server compresses it."""

    files: int
    total: int
    plain: int
    compressed: int


def build(out: Path, contents: Contents, pyodide: Path | None = None, *, force: bool = False) -> Sizes:
    """Write the site to a folder; it is there as a whole or, where something goes wrong before, not at all.

    Parameters
    ----------
    out : Path
        The folder.
    contents : Contents
        What is practised.
    pyodide : Path, optional
        A folder with Pyodide's core; default: it is downloaded once.
    force : bool
        Whether to write to a folder with other files, which stay.

    Raises
    ------
    SiteError
        When it cannot be built.
    """
    require_writable(out, force=force)
    with TemporaryDirectory() as place:
        built = Path(place)
        build_pages(built, contents, pyodide)
        write_service_worker(built)
        write_manifest(built)
        replace(out, built)
        return _sizes(built)


def build_pages(built: Path, contents: Contents, pyodide: Path | None = None, *, reported: bool = False) -> tuple[str, ...]:
    """Write the pages, and what they load, to an empty folder.

    Parameters
    ----------
    built : Path
        The folder.
    contents, pyodide
        As of ``build``.
    reported : bool
        Whether the quiz of the first page is reported to a page around it, which is in a learning management system.

    Returns
    -------
    tuple of str
        The languages that there are pages in.

    Raises
    ------
    SiteError
        When they cannot be built.
    """
    program("node")  # before anything is downloaded
    written, taught = shared_languages(contents.bank), course_languages(shipped("notebooks"))
    if not written:
        raise SiteError("no_language", path=contents.bank_path)
    spoken = tuple(lang for lang in written if lang in taught)
    if not spoken:
        raise SiteError("no_notebooks", path=contents.bank_path, languages=", ".join(taught))
    folder = core(cache_folder()) if pyodide is None else checked_core(pyodide)
    wheel = msgspec_wheel(cache_folder())
    for name in ("card", "python", "site"):
        (built / "app" / name).mkdir(parents=True)
    _write_python(built / "app" / "python", folder, wheel, contents, reported=reported)
    _write_scripts(built / "app", spoken)
    if reported:
        write_reporting_scripts(built / "app")
    (built / "app" / "licences.txt").write_text(licences(wheel), encoding="utf-8")
    total = sum((built / "app" / "python" / name).stat().st_size for name in _LOADED)
    settings = Settings(total, json.loads(lock_without_packages(folder)), contents.environment, reported=reported)
    for name, page in _pages(spoken, contents, settings).items():
        (built / name).parent.mkdir(exist_ok=True)
        (built / name).write_text(page, encoding="utf-8", newline="\n")
    return spoken


def first_visit(site: Path) -> list[Path]:
    """Return the files that a browser loads which opens the first page and begins."""
    python = [site / "app" / "python" / name for name in ("pyodide.mjs", "pyodide.asm.mjs", *_LOADED)]
    scripts = [path for path in sorted((site / "app" / "site").iterdir()) if path.name != "too_old.js"]
    return [site / "index.html", site / "app" / "card" / "quiz.js", *scripts, *python]


def _sizes(site: Path) -> Sizes:
    everything = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
    first = [path.read_bytes() for path in first_visit(site)]
    compressed = sum(len(gzip.compress(body, 6, mtime=0)) for body in first)
    return Sizes(len(everything), sum(everything), sum(map(len, first)), compressed)


def _write_python(target: Path, folder: Path, wheel: Path, contents: Contents, *, reported: bool) -> None:
    for name in SERVED:
        shutil.copyfile(folder / name, target / name)
    write_python_files(target, folder, wheel, dict(contents.files()), REPORTING if reported else ())


def _write_scripts(app: Path, languages: tuple[str, ...]) -> None:
    for path in sorted((WEB / "site").glob("*.js")):
        shutil.copyfile(path, app / "site" / path.name)
    for kind in sorted(CARDS):
        (app / "card" / script_of(kind)).write_text(script(kind), encoding="utf-8", newline="\n")
    (app / "site" / "card.css").write_text(card_style(), encoding="utf-8", newline="\n")
    (app / "site" / "site.css").write_text(page_style(languages), encoding="utf-8", newline="\n")


def _pages(languages: tuple[str, ...], contents: Contents, settings: Settings) -> dict[str, str]:
    course = {lang: lessons(lang) for lang in languages}
    every = [lesson for found in course.values() for lesson in found]
    placed = [card for lesson in every for card in _cards(lesson)]
    drawn = iter(first_pages(placed, contents.bank, contents.house, reported=settings.reported))
    first: Mapping[str, list[FirstPage]] = {f"{lesson.lang}/{lesson.name}": [next(drawn) for _ in _cards(lesson)] for lesson in every}
    return pages(course, first, settings)


def _cards(lesson: Lesson) -> list[PlacedCard]:
    return [cell for cell in lesson.cells if isinstance(cell, PlacedCard)]
