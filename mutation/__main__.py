"""Run the mutants, or those whose names are given, and print which share of them is killed.

A mutant that changes nothing which could be seen counts neither way; ``equivalent.toml`` has them, with the reason.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

_MUTMUT = Path(sys.executable).with_name("mutmut")
_MUTANTS = Path("mutants/etiquette_kit")
_UNKILLED = (0, 2, 5, 33)
"""The codes that mutmut notes where all tests passed, where it was interrupted, and where no test came by."""


def main(names: list[str]) -> None:
    """Run the mutants and print the rate by module."""
    subprocess.run([_MUTMUT, "run", *names], check=True)
    known = tomllib.loads((Path(__file__).parent / "equivalent.toml").read_text(encoding="utf-8"))["equivalent"]
    fates: dict[str, Counter[str]] = {}
    left = []
    for found in sorted(_MUTANTS.rglob("*.py.meta")):
        module = found.relative_to(_MUTANTS).as_posix().removesuffix(".meta")
        for name, code in json.loads(found.read_text(encoding="utf-8"))["exit_code_by_key"].items():
            if code is None:  # not tried
                continue
            fate = _fate_of(name, module, known) if code in _UNKILLED else "killed"
            fates.setdefault(module, Counter())[fate] += 1
            left += [name] * (fate == "survived")
    print(f"\n{'module':<40} mutants  equivalent  survived   killed")
    for module, count in {**fates, "all": sum(fates.values(), Counter())}.items():
        rate = count["killed"] / max(1, count.total() - count["equivalent"])
        print(f"{module:<40} {count.total():>7} {count['equivalent']:>11} {count['survived']:>9} {rate:>8.1%}")
    print(*left, sep="\n")


def _fate_of(name: str, module: str, known: list[dict[str, Any]]) -> str:
    """Tell whether a mutant that no test killed is among the equivalent ones."""
    shown = subprocess.run([_MUTMUT, "show", name], check=True, capture_output=True, text=True).stdout.splitlines()
    old, new = ("\n".join(line for line in shown if line[:1] == sign and line[:3] != sign * 3) for sign in "-+")
    near = [entry for entry in known if entry["module"] == module and entry.get("within", "") in name]
    fits = any(part in new and part not in old for entry in near for part in entry["becomes"])
    return "equivalent" if fits else "survived"


if __name__ == "__main__":
    main(sys.argv[1:])
