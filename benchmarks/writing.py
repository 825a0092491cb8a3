"""The author's page without its browser: the list of a large folder, and what is found while one types in a folder like the shipped one."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from statistics import median

from etiquette_kit.bank import load_bank
from etiquette_kit.cards.writer.card import WriterCard
from etiquette_kit.content.shipped import shipped

from benchmarks.reading import generated
from benchmarks.row import Row

_WORDS = ("urlaub", "messe", "n19", "team", "fotos")
_NUMBERS = count()


def measure(*, quick: bool) -> list[Row]:
    """Open and search a large folder, and type in a folder of the shipped size."""
    folder = shipped("scenarios")
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.toml"))]
    many, times = (200, 1) if quick else (10_000, 5)
    with tempfile.TemporaryDirectory() as temporary:
        drafts = Path(temporary) / "drafts"
        large, small = generated(Path(temporary) / "large", texts, many), Path(temporary) / "small"
        shutil.copytree(folder, small)
        opening = [_seconds(lambda: WriterCard(large, lang="de", drafts=drafts)) for _ in range(times)]
        page = WriterCard(large, lang="de", drafts=drafts)
        while not page.folder.is_complete:
            _do(page, "survey")
        _do(page, "search", text="a")  # what is looked through is remembered
        searching = [_seconds(lambda word=word: _do(page, "search", text=word)) for word in _WORDS]  # type: ignore[misc]
        typing = _typing(WriterCard(small, lang="de", drafts=drafts), 5 * times)
        checking = [_seconds(lambda: load_bank(small).findings) for _ in range(times)]
    of = f"of {many:,} situations"
    return [
        Row("write", f"opening the author’s page on a folder {of}, until the list", 1000 * median(opening), "ms", most=1000),
        Row("write", f"a search in a list {of}", 1000 * median(searching), "ms", most=1000),
        Row(
            "write",
            "a letter in a folder of the shipped size, until what is found",
            1000 * median(typing),
            "ms",
            {"checking the whole folder": 1000 * median(checking)},
            most=300,
        ),
    ]


def _typing(page: WriterCard, times: int) -> list[float]:
    """Type at the end of a text, and return how long each letter takes; the first loads what counts syllables."""
    key = next(iter(page.folder.entries))
    stem = page.folder.entries[key].raw["text"]["de"]["stem"].strip()
    _do(page, "open", key=key)
    return [
        _seconds(lambda letters=letters: _do(page, "edit", key=key, field="text.de.stem", value=stem + " x" * letters))  # type: ignore[misc]
        for letters in range(1, times + 2)
    ][1:]


def _do(page: WriterCard, action: str, **more: object) -> None:
    page.take({"do": action, **more, "n": str(next(_NUMBERS))})


def _seconds(step: Callable[[], object]) -> float:
    begun = time.perf_counter()
    step()
    return time.perf_counter() - begun
