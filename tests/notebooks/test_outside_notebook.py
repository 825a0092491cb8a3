"""A notebook with a format from outside of the kit is compared as those of the kit are."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import two_people
from nbclient import NotebookClient

pytestmark = pytest.mark.slow

_CODE = """
import two_people
from etiquette_kit import Quiz
from etiquette_kit.formats import register

register(two_people)
quiz = Quiz(lang="en", formats=[two_people.NAME], seed=3)
quiz.answer({"client": "yes", "boss": "no"})
quiz
"""
_PATHS = os.pathsep.join([str(Path(two_people.__file__).parent.parent), *sys.path])


def nbval(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "--numprocesses=0", "-p", "no:cacheprovider", str(path)]
    environment = {**os.environ, "PYTHONPATH": _PATHS}
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300, check=False)


def test_its_text_is_compared_and_a_changed_one_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", _PATHS)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(_CODE)])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    NotebookClient(notebook, store_widget_state=False).execute()
    (output,) = notebook.cells[0].outputs
    assert "Client 1 and Boss 1" in output.data["text/plain"]
    path = tmp_path / "outside.ipynb"
    nbformat.write(notebook, path)
    run = nbval(path)
    assert run.returncode == 0, run.stdout
    output.data["text/plain"] = output.data["text/plain"].replace("yes", "no")
    nbformat.write(notebook, path)
    run = nbval(path)
    assert run.returncode == 1, run.stdout
    assert "mismatch" in run.stdout
