import json
import subprocess
import sys
from importlib.metadata import version

import etiquette_kit
import pytest

HEAVY = [
    "pandas",
    "numpy",
    "matplotlib",
    "typer",
    "click",
    "voila",
    "jupyterlab",
    "jupyter_server",
    "tornado.web",
    "sqlalchemy",
]


def _loaded_by(statement: str) -> set[str]:
    code = f"import sys, json; {statement}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


@pytest.mark.parametrize(
    "statement",
    [
        "import etiquette_kit",
        "from etiquette_kit import Quiz",
        "from etiquette_kit import Quiz; Quiz(seed=1).next()",
        "from etiquette_kit import Advisor, load_bank; Advisor(); load_bank().findings",
    ],
)
def test_the_learner_s_path_loads_nothing_heavy(statement: str):
    assert _loaded_by(statement) & set(HEAVY) == set()


def test_importing_the_package_loads_no_part_of_it():
    loaded = _loaded_by("import etiquette_kit")
    assert {name for name in loaded if name.startswith("etiquette_kit")} == {"etiquette_kit"}
    assert loaded & {"msgspec", "ipywidgets", "anywidget", "traitlets", "IPython"} == set()


def test_the_core_needs_no_widgets():
    loaded = _loaded_by("from etiquette_kit import load_bank, decide, Facts, FactsError, AnswerError, Bank; load_bank()")
    assert loaded & {"ipywidgets", "anywidget", "traitlets", "IPython"} == set()


def test_every_public_name_resolves_and_is_listed():
    assert {"Facts", "FactsError", "decide", "load_bank", "Quiz", "Advisor", "rules_table"} <= set(etiquette_kit.__all__)
    for name in etiquette_kit.__all__:
        assert getattr(etiquette_kit, name).__name__ == name
        assert name in dir(etiquette_kit)
        assert getattr(etiquette_kit, name).__doc__


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="'etiquette_kit' has no attribute 'Quizz'"):
        etiquette_kit.Quizz  # noqa: B018


def test_the_version_is_that_of_the_installed_package():
    assert etiquette_kit.__version__ == version("etiquette-kit")


def test_a_command_loads_what_other_commands_need_only_when_it_is_run():
    loaded = _loaded_by("import etiquette_kit.cli.commands")
    assert (
        loaded & {"tomlkit", "genanki", "sqlalchemy", "xml.etree.ElementTree", "etiquette_kit.authoring", "etiquette_kit.exchange"} == set()
    )
