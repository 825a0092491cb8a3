"""What the mutation run names is there: mutmut passes over a module that was moved."""

import tomllib

from repository import ROOT

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]


def test_what_is_mutated_and_what_tries_it_is_there():
    for pattern in [*SETTINGS["only_mutate"], *SETTINGS["pytest_add_cli_args_test_selection"]]:
        assert list(ROOT.glob(pattern)), pattern


def test_equivalent_mutants_are_of_modules_that_are_mutated():
    known = tomllib.loads((ROOT / "mutation" / "equivalent.toml").read_text(encoding="utf-8"))["equivalent"]
    mutated = {path.relative_to(ROOT / "etiquette_kit").as_posix() for pattern in SETTINGS["only_mutate"] for path in ROOT.glob(pattern)}
    assert {entry["module"] for entry in known} <= mutated
