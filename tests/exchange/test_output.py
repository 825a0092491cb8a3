"""Files of an export are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from etiquette_kit.exchange.output import OutputError, write_files


def test_where_the_disk_is_full_nothing_of_the_file_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "a.xml"
    path.write_bytes(b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError) as failed:
        write_files({path: b"new"}, force=True)
    assert (failed.value.kind, failed.value.path, failed.value.reason) == ("not_written", path, "No space left on device")
    assert [(found.name, found.read_bytes()) for found in tmp_path.iterdir()] == [("a.xml", b"old")]
