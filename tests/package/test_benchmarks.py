"""The benchmarks run: the parts that need neither a browser nor a peer, few times; and the table tells what was measured."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import benchmarks.__main__ as command
import pytest
from benchmarks import table
from benchmarks.__main__ import PARTS
from benchmarks.row import Row
from repository import ROOT


@pytest.mark.parametrize(
    "part", ["decide", *(pytest.param(name, marks=pytest.mark.slow) for name in ("import", "bank", "write", "records", "analysis"))]
)
def test_a_part_runs_and_prints_its_rows(part: str):
    command = [sys.executable, "-m", "benchmarks", "--quick", "--only", part]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    head, rule, *rows = done.stdout.splitlines()
    assert head.startswith("| what | ours |")
    assert len(rows) >= 2
    assert {line.count("|") for line in (head, rule, *rows)} == {7}


def test_a_target_is_a_limit_on_the_ratio_or_on_the_figure():
    slow = Row("a", "b", 30, "ms", {"peer": 20}, most_ratio=1.4)
    assert (slow.ratio, slow.target, slow.reached) == (1.5, "≤ 1.4 ×", False)
    small = Row("a", "b", 3900, "bytes", most=4000)
    assert (small.ratio, small.target, small.reached) == (None, "≤ 4 kB", True)
    both = Row("a", "b", 30, "ms", {"peer": 20}, most_ratio=2, most=20)
    assert (both.target, both.reached) == ("≤ 2 ×, ≤ 20 ms", False)
    fast = Row("a", "b", 300, "1/s", {"floor": 500}, least_ratio=0.5)
    assert (fast.ratio, fast.target, fast.reached) == (0.6, "≥ 0.5 ×", True)
    assert Row("a", "b", 200, "1/s", {"floor": 500}, least_ratio=0.5).reached is False
    told = Row("a", "b", 1, "ms", {"peer": 0})
    assert (told.ratio, told.target, told.reached) == (None, "", None)


class TestTable:
    """The table in the README, and what stands beside it as JSON."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        (tmp_path / "README.md").write_text(
            "# Measured\n\n<!-- measured: begin -->\nold\n<!-- measured: end -->\n\nWhat it means.\n", "utf-8"
        )
        return tmp_path

    @staticmethod
    def rows(part: str, ours: float) -> list[Row]:
        return [Row(part, f"{part}, a line", ours, "ms", {"peer": 2.0}, most_ratio=1.5)]

    @staticmethod
    def day(monkeypatch: pytest.MonkeyPatch, date: str, python: str) -> None:
        place = {"date": date, "python": python, "packages": {"msgspec": "1"}, "machine": "m", "cores": 2}
        monkeypatch.setattr(table, "surroundings", lambda: place)

    def test_a_part_alone_replaces_its_own_lines(self, folder: Path, monkeypatch: pytest.MonkeyPatch):
        self.day(monkeypatch, "2025-01-01", "3.11.1")
        table.write({name: self.rows(name, 1.0) for name in ("one", "two", "gone")}, ["one", "two", "gone"], folder)
        before = json.loads((folder / "results.json").read_text("utf-8"))["parts"]
        self.day(monkeypatch, "2025-02-02", "3.12.2")
        table.write({"two": self.rows("two", 4.0), "new": self.rows("new", 3.0)}, ["new", "one", "two"], folder)
        after = json.loads((folder / "results.json").read_text("utf-8"))["parts"]
        assert list(after) == ["new", "one", "two"]
        assert after["one"] == before["one"]
        assert (after["two"]["date"], after["two"]["python"], after["two"]["rows"][0]["ours"]) == ("2025-02-02", "3.12.2", 4.0)
        readme = (folder / "README.md").read_text("utf-8")
        lines = [line for line in readme.splitlines() if ", a line" in line]
        assert lines == [
            "| new, a line | 3 ms | peer: 2 ms | 1.50 × | ≤ 1.5 × | yes |",
            "| one, a line | 1 ms | peer: 2 ms | 0.50 × | ≤ 1.5 × | yes |",
            "| two, a line | 4 ms | peer: 2 ms | 2.00 × | ≤ 1.5 × | **no** |",
        ]
        assert "`new`, `two` on 2025-02-02 with Python 3.12.2 on 2 cores;\n`one` on 2025-01-01 with Python 3.11.1 on 2 cores." in readme
        assert readme.startswith("# Measured\n\n<!-- measured: begin -->\n\n| what |")
        assert readme.endswith("<!-- measured: end -->\n\nWhat it means.\n")
        assert "old" not in readme

    def test_the_one_that_is_kept_is_written_from_its_results(self, tmp_path: Path):
        for name in ("README.md", "results.json"):
            shutil.copy(ROOT / "benchmarks" / name, tmp_path)
        table.write({}, PARTS, tmp_path)
        for name in ("README.md", "results.json"):
            assert (tmp_path / name).read_text("utf-8") == (ROOT / "benchmarks" / name).read_text("utf-8")

    @pytest.mark.parametrize(
        ("arguments", "written"), [([], True), (["--only", "a"], False), (["--only", "a", "--keep"], True), (["--quick"], False)]
    )
    def test_what_is_kept(self, monkeypatch: pytest.MonkeyPatch, arguments: list[str], *, written: bool):
        kept: list[dict[str, list[Row]]] = []
        part = SimpleNamespace(measure=lambda *, quick: self.rows("a", 1.0 + quick))
        monkeypatch.setattr(command, "PARTS", {"a": "a", "b": "b"})
        monkeypatch.setattr(command, "import_module", lambda _: part)
        monkeypatch.setattr(command, "write", lambda measured, _: kept.append(measured))
        monkeypatch.setattr(sys, "argv", ["benchmarks", *arguments])
        command.main()
        assert [list(measured) for measured in kept] == ([["a"] if arguments else ["a", "b"]] if written else [])

    def test_what_was_measured_quickly_is_not_kept(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
        monkeypatch.setattr(sys, "argv", ["benchmarks", "--quick", "--only", "decide", "--keep"])
        with pytest.raises(SystemExit):
            command.main()
        assert "not saved" in capsys.readouterr().err
