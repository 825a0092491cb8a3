"""The law of the reader: it never raises for content, and loads what review has no error for."""

from pathlib import Path

from etiquette_kit.bank import Bank, load_bank, read_bank
from etiquette_kit.content.shipped import shipped
from etiquette_kit.content.toml.toml_file import TomlFile, read_toml

SHIPPED_FILES = [path.read_bytes() for path in sorted(shipped("scenarios").rglob("*.toml"))]


def holds(bank: Bank, file: TomlFile) -> None:
    """Check the law: a scenario is loaded if and only if review has no error for it."""
    tables = file.document.get("scenario", [])
    tables = tables if isinstance(tables, list) else []
    bad = {
        problem.where[1]
        for _, problem in file.problems
        if problem.severity == "error" and problem.where[:1] == ("scenario",) and problem.where[1:]
    }
    good = [table["id"] for position, table in enumerate(tables) if position not in bad]
    assert [entry.id for entry in bank] == good
    lines = file.text.count("\n") + 1
    for finding in bank.findings:
        assert 1 <= finding.line <= lines or not file.text
        assert finding.text("de")
        assert finding.message
        assert len(finding.message) < 5000
    errors = [finding for finding in bank.findings if finding.severity == "error"]
    assert bool(bank.left_out) <= bool(errors)
    for entry in bank:
        assert 4 in bank.key(entry.id).values()
        for lang in ("de", "en"):
            assert entry.text(lang).stem
            assert all(option.text(lang).label for option in entry.options)


def read(path: Path, raw: bytes) -> Bank:
    path.write_bytes(raw)
    file = read_toml(path)
    bank = read_bank([file])
    holds(bank, file)
    assert [entry.id for entry in load_bank(path)] == [entry.id for entry in bank]
    return bank
