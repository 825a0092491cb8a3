"""What is found in a mixed bank is held word for word: faster checks must find the same."""

from pathlib import Path

import mixed_bank
from repository import DATA


def test_a_mixed_bank_has_the_findings_that_are_held(tmp_path: Path):
    mixed_bank.write(tmp_path)
    held = DATA / "mixed_findings.txt"
    assert mixed_bank.told(tmp_path) == held.read_text(encoding="utf-8").splitlines()
