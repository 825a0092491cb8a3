"""Every notebook runs, and its stored outputs are what comes out."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from etiquette_kit import load_bank
from etiquette_kit.locale import catalog
from etiquette_kit.content.shipped import shipped

NOTEBOOKS = shipped("notebooks")
NAMES = sorted(path.name for path in (NOTEBOOKS / "de").glob("*.ipynb"))

pytestmark = pytest.mark.slow


def nbval(*paths: Path, bank: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "--numprocesses=0", "-p", "no:cacheprovider", *map(str, paths)]
    environment = {**os.environ, **({"ETIQUETTE_BANK": str(bank)} if bank else {})}
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300, check=False)


def test_outputs_are_what_is_stored() -> None:
    run = nbval(NOTEBOOKS)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("name", ["00_start.ipynb", "06_test.ipynb", "07_workshop.ipynb", "16_choose.ipynb"])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_changed_last_option_fails_the_comparison(tmp_path: Path, lang: str, name: str) -> None:
    bank = shutil.copytree(shipped("scenarios"), tmp_path / "scenarios")
    notebook = nbformat.read(NOTEBOOKS / lang / name, as_version=4)
    told = "".join(output["data"]["text/plain"] for cell in notebook.cells for output in cell.get("outputs", []))
    scenario = next(entry for entry in load_bank() if entry.text(lang).title in told)
    label = scenario.options[-1].text(lang).label
    file = bank / f"{scenario.theme}.toml"
    text = file.read_text(encoding="utf-8")
    assert text.count(label) == 1
    file.write_text(text.replace(label, label + "!"), encoding="utf-8")
    run = nbval(NOTEBOOKS / lang / name, bank=bank)
    assert run.returncode == 1, run.stdout
    assert "mismatch" in run.stdout


@pytest.mark.parametrize("name", NAMES)
def test_the_languages_differ_in_prose_and_one_line_only(name: str) -> None:
    german, english = (nbformat.read(NOTEBOOKS / lang / name, as_version=4) for lang in ("de", "en"))
    assert [cell.cell_type for cell in german.cells] == [cell.cell_type for cell in english.cells]
    code = [[cell.source for cell in book.cells if cell.cell_type == "code"] for book in (german, english)]
    assert "\n".join(code[0]).replace('lang = "de"', 'lang = "en"') == "\n".join(code[1])
    assert "\n".join(code[0]).count('lang = "de"') == 1


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("name", ["00_start.ipynb", "06_test.ipynb", "16_choose.ipynb"])
def test_a_saved_notebook_holds_nothing_of_the_key(lang: str, name: str) -> None:
    notebook = nbformat.read(NOTEBOOKS / lang / name, as_version=4)
    NotebookClient(notebook, store_widget_state=True).execute()
    assert "_esm" in json.dumps(notebook.metadata), "the widget's state is in it"
    saved = json.dumps(notebook, ensure_ascii=False)
    for scenario in load_bank():
        for option in scenario.options:
            assert option.text(lang).feedback not in saved
            assert scenario.advice.reason(option.action, lang) not in saved
    for words in (*catalog(lang).table("grades").values(), *catalog(lang).table("basis_tags").values()):
        assert json.dumps(words, ensure_ascii=False) not in saved
    assert not re.search(r'\\*"(grade|credit|best)\\*": ', saved)


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.rglob("*.ipynb")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_stored_notebooks_carry_no_widget_state_and_no_times(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert "widgets" not in notebook.metadata
    assert all("execution" not in cell.metadata for cell in notebook.cells)
