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
    counts, unkilled = Counter[tuple[str, str]](), list[str]()
    for found in sorted(_MUTANTS.rglob("*.py.meta")):
        module = found.relative_to(_MUTANTS).as_posix().removesuffix(".meta")
        for name, code in json.loads(found.read_text(encoding="utf-8"))["exit_code_by_key"].items():
            fate = "killed" if code not in (None, *_UNKILLED) else _fate_of(name, module, known)
            counts[module, fate] += code is not None
            unkilled += [name] * (fate == "survived" and code is not None)
    print("\nmodule                                   mutants  equivalent  survived   killed")
    for module in [*dict.fromkeys(module for module, _ in counts), "all"]:
        part = Counter({fate: sum(n for (of, is_), n in counts.items() if is_ == fate and module in (of, "all")) for _, fate in counts})
        if part.total():
            rate = part["killed"] / max(1, part.total() - part["equivalent"])
            print(f"{module:<40} {part.total():>7} {part['equivalent']:>11} {part['survived']:>9} {rate:>8.1%}")
    print(*unkilled, "", "`mutmut show NAME` shows one.", sep="\n")


def _fate_of(name: str, module: str, known: list[dict[str, Any]]) -> str:
    """Tell whether a mutant that no test killed is among the equivalent ones."""
    shown = subprocess.run([_MUTMUT, "show", name], check=True, capture_output=True, text=True).stdout.splitlines()
    old, new = ("\n".join(line for line in shown if line[:1] == sign and line[:3] != sign * 3) for sign in "-+")
    near = [entry for entry in known if entry["module"] == module and entry.get("within", "") in name]
    fits = any(part in new and part not in old for entry in near for part in entry["becomes"])
    return "equivalent" if fits else "survived"


if __name__ == "__main__":
    main(sys.argv[1:])
